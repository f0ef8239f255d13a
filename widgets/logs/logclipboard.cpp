// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/logs/logclipboard.h"

#include "services/base/background.h"

#include <QClipboard>
#include <QGuiApplication>

namespace {

QString plainText()
{
    return QStringLiteral("text/plain");
}

} // namespace

void LogClipboard::copy(const LogExcerpt &excerpt)
{
    m_making.drop();
    const qint64 lines = excerpt.lineCount();
    if (excerpt.byteCount() <= smallBytes) {
        QGuiApplication::clipboard()->setText(excerpt.text());
        Q_EMIT copied(lines);
        return;
    }
    m_making =
        runInBackground<QString>(QThreadPool::globalInstance(), [excerpt] { return Result<QString>(excerpt.text()); });
    m_making.then(this, [this, lines](const Result<QString> &text) {
        QGuiApplication::clipboard()->setText(*text);
        Q_EMIT copied(lines);
    });
}

void LogClipboard::offer(const LogExcerpt &excerpt)
{
    if (QGuiApplication::clipboard()->supportsSelection())
        QGuiApplication::clipboard()->setMimeData(new LogMimeData(excerpt), QClipboard::Selection);
}

LogMimeData::LogMimeData(LogExcerpt excerpt)
    : m_excerpt(std::move(excerpt))
{
}

QStringList LogMimeData::formats() const
{
    return {plainText()};
}

bool LogMimeData::hasFormat(const QString &mimeType) const
{
    return mimeType == plainText();
}

QVariant LogMimeData::retrieveData(const QString &mimeType, QMetaType) const
{
    return hasFormat(mimeType) ? QVariant(m_excerpt.text()) : QVariant();
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/tokenfile.h"

#include "services/base/background.h"
#include "services/base/clock.h"

#include <QFile>
#include <QThreadPool>

namespace {

constexpr auto readEvery = std::chrono::seconds(30);
constexpr qint64 longest = 64 * 1024;

Result<QByteArray> contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(longest).trimmed() : QByteArray();
}

} // namespace

TokenFile::TokenFile(Clock &clock)
    : m_clock(clock)
{
}

void TokenFile::set(const QString &path, const SecretString &token)
{
    m_reading.drop();
    m_path = path;
    m_token = token;
    m_askedAt = m_renewedAt = m_clock.monotonic();
}

const SecretString &TokenFile::token()
{
    if (!m_path.isEmpty() && m_clock.monotonic() - m_askedAt > readEvery)
        readNow();
    return m_token;
}

void TokenFile::readNow()
{
    if (m_reading.isAsked())
        return;
    m_askedAt = m_clock.monotonic();
    m_reading = runInBackground<QByteArray>(QThreadPool::globalInstance(), [path = m_path] { return contentOf(path); });
    m_reading.then(this, [this](const Result<QByteArray> &content) {
        take(*content);
        m_reading.drop();
        Q_EMIT read();
    });
}

void TokenFile::take(const QByteArray &content)
{
    // What is written in place is empty for a moment.
    const SecretString read(content);
    if (read.isEmpty() || read == m_token)
        return;
    m_token = read;
    m_renewedAt = m_clock.monotonic();
}

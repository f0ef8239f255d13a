// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/secretclipboard.h"

#include <QClipboard>
#include <QCryptographicHash>
#include <QGuiApplication>
#include <QMimeData>
#include <QPointer>
#include <QTimer>

namespace {

/// Remembers only a digest of what was copied, so that no second copy of the secret lies in memory for this.
class ClipboardKeeper final : public QObject {
public:
    ClipboardKeeper()
    {
        m_timer.setSingleShot(true);
        connect(&m_timer, &QTimer::timeout, this, &ClipboardKeeper::clear);
        connect(qApp, &QCoreApplication::aboutToQuit, this, &ClipboardKeeper::clear);
    }

    void put(const SecretString &secret, std::chrono::milliseconds clearAfter)
    {
        auto *data = new QMimeData;
        data->setText(secret.reveal());
        // What clipboard managers honour: of KDE and others on Unix, of macOS (nspasteboard.org), and Windows' own.
        data->setData(QStringLiteral("x-kde-passwordManagerHint"), QByteArrayLiteral("secret"));
        data->setData(QStringLiteral("application/x-nspasteboard-concealed-type"), QByteArrayLiteral("1"));
        data->setData(QStringLiteral("ExcludeClipboardContentFromMonitorProcessing"), QByteArrayLiteral("1"));
        QGuiApplication::clipboard()->setMimeData(data);
        m_digest = digest(secret.revealUtf8());
        m_timer.start(clearAfter);
    }

private:
    static QByteArray digest(const QByteArray &utf8)
    {
        return QCryptographicHash::hash(utf8, QCryptographicHash::Sha256);
    }

    void clear()
    {
        m_timer.stop();
        if (m_digest.isEmpty())
            return;
        QClipboard *clipboard = QGuiApplication::clipboard();
        if (digest(clipboard->text().toUtf8()) == m_digest)
            clipboard->clear();
        m_digest.clear();
    }

    QTimer m_timer;
    QByteArray m_digest;
};

} // namespace

void copySecret(const SecretString &secret, std::chrono::milliseconds clearAfter)
{
    static QPointer<ClipboardKeeper> keeper;
    if (!keeper) {
        keeper = new ClipboardKeeper;
        keeper->setParent(qApp);
    }
    keeper->put(secret, clearAfter);
}

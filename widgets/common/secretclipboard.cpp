// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/secretclipboard.h"

#include "services/base/freedmemory.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QPointer>
#include <QTimer>

namespace {

/// Knows what it put on the clipboard by its address: what is there is never asked for, because its owner may be
/// another program that doesn't answer, for which X11 waits fifteen seconds.
class ClipboardKeeper final : public QObject {
public:
    ClipboardKeeper()
    {
        m_timer.setSingleShot(true);
        connect(&m_timer, &QTimer::timeout, this, &ClipboardKeeper::clear);
        connect(qApp, &QCoreApplication::aboutToQuit, this, &ClipboardKeeper::clear);
        connect(QGuiApplication::clipboard(), &QClipboard::dataChanged, this, [this] {
            if (!isStillThere())
                forget();
        });
    }

    void put(const SecretString &secret, std::chrono::milliseconds clearAfter)
    {
        m_trace.begin();
        auto *data = new QMimeData;
        data->setText(secret.reveal());
        // What clipboard managers honour: of KDE, GNOME and others on Unix, of macOS (nspasteboard.org), and Windows'
        // own, whose history and cloud take a DWORD of 0 for no.
        data->setData(QStringLiteral("x-kde-passwordManagerHint"), QByteArrayLiteral("secret"));
        data->setData(QStringLiteral("application/x-nspasteboard-concealed-type"), QByteArrayLiteral("1"));
        data->setData(QStringLiteral("ExcludeClipboardContentFromMonitorProcessing"), QByteArrayLiteral("1"));
        for (const char *format : {"CanIncludeInClipboardHistory", "CanUploadToCloudClipboard"})
            data->setData(QLatin1String(format), QByteArray(4, '\0'));
        m_data = data; // before anybody hears of it, who would take it for another's and end the trace
        QGuiApplication::clipboard()->setMimeData(data);
        m_timer.start(clearAfter);
    }

private:
    bool isStillThere() const { return m_data && QGuiApplication::clipboard()->mimeData() == m_data; }

    void clear()
    {
        const bool isToClear = isStillThere();
        forget();
        if (isToClear)
            QGuiApplication::clipboard()->clear();
    }

    void forget()
    {
        m_timer.stop();
        m_data.clear();
        m_trace.end();
    }

    SecretTrace m_trace;
    QTimer m_timer;
    QPointer<QMimeData> m_data; ///< the clipboard's
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/detachedprocess.h"

#include <QFile>
#include <QPointer>
#include <QTemporaryDir>
#include <QTest>

/// Real programs that are ended before they end by themselves.
class DetachedProcessTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void endsWhatItsProgramStarted();
    void isLetGoOfWhileItFailsToStart();

private:
    /// One that is over may be listed until somebody asks how it ended.
    static bool isRunning(const QByteArray &process)
    {
        QFile file(QStringLiteral("/proc/%1/stat").arg(QString::fromLatin1(process)));
        return file.open(QIODevice::ReadOnly) && !file.readAll().contains(") Z");
    }

    QTemporaryDir m_folder;
};

void DetachedProcessTest::endsWhatItsProgramStarted()
{
    QFile told(m_folder.filePath(QStringLiteral("told")));
    const QPointer process = new DetachedProcess;
    process->start(QStringLiteral("/bin/sh"),
        {QStringLiteral("-c"), QStringLiteral("sleep 600 & echo $! > \"$0.new\"; mv \"$0.new\" \"$0\"; wait"),
            told.fileName()});
    QTRY_VERIFY(told.exists());
    QVERIFY(told.open(QIODevice::ReadOnly));
    const QByteArray child = told.readAll().trimmed();
    QVERIFY(isRunning(child));
    process->letGo();
    QTRY_VERIFY(!isRunning(child));
    QTRY_VERIFY(!process && !qApp->findChild<QProcess *>());
}

/// That it failed is told through the event loop, and may come when nothing is left of it.
void DetachedProcessTest::isLetGoOfWhileItFailsToStart()
{
    const QPointer process = new DetachedProcess;
    const auto *running = qApp->findChild<QProcess *>();
    QVERIFY(running);
    connect(running, &QProcess::errorOccurred, this, [process] { process->letGo(); });
    process->start(m_folder.filePath(QStringLiteral("nothing")), {});
    QTRY_VERIFY(!process);
}

QTEST_GUILESS_MAIN(DetachedProcessTest)
#include "tst_detachedprocess.moc"

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
    void isLetGoOfWhileItFailsToStart();

private:
    QTemporaryDir m_folder;
};

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

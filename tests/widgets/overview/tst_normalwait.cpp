// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/normalwait.h"

#include <QTest>

class NormalWaitTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lastsForAMomentOnly_data()
    {
        QTest::addColumn<int>("age");
        QTest::addColumn<bool>("isNormal");
        QTest::newRow("just begun") << 0 << true;
        QTest::newRow("a moment old") << 19 << true;
        QTest::newRow("older") << 20 << false;
        QTest::newRow("asked for where the clock is ahead") << -1 << false;
        QTest::newRow("asked for where the clock is hours ahead") << -7200 << false;
    }

    /// Whoever asked wrote the time by a clock of his own.
    void lastsForAMomentOnly()
    {
        QFETCH(int, age);
        QFETCH(bool, isNormal);
        const QDateTime now(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
        RuntimeStatus status;
        status.phase = RuntimePhase::Provisioning;
        status.since = now.addSecs(-age);
        QCOMPARE(isNormalWait(status, now), isNormal);
    }
};

QTEST_GUILESS_MAIN(NormalWaitTest)
#include "tst_normalwait.moc"

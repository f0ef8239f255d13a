// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relativetime.h"

#include <QTest>

class RelativeTimeTest final : public QObject {
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void nothingIsNever();
    void exactNamesBothTimes();
};

void RelativeTimeTest::reads_data()
{
    QTest::addColumn<qint64>("milliseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("this moment") << qint64(0) << QStringLiteral("now");
    QTest::newRow("less than a second") << qint64(999) << QStringLiteral("now");
    QTest::newRow("clocks differ") << qint64(-1500) << QStringLiteral("now");
    QTest::newRow("one second") << qint64(1000) << QStringLiteral("1 s ago");
    QTest::newRow("59 seconds") << qint64(59'999) << QStringLiteral("59 s ago");
    QTest::newRow("a minute") << qint64(60'000) << QStringLiteral("1 min ago");
    QTest::newRow("hours") << qint64(4 * 3'600'000 + 5) << QStringLiteral("4 h ago");
    QTest::newRow("still hours") << qint64(47 * 3'600'000) << QStringLiteral("47 h ago");
    QTest::newRow("days") << qint64(29LL * 86'400'000) << QStringLiteral("29 d ago");
    QTest::newRow("ahead") << qint64(-180'000) << QStringLiteral("in 3 min");
}

void RelativeTimeTest::reads()
{
    QFETCH(qint64, milliseconds);
    const QDateTime now(QDate(2026, 11, 23), QTime(12, 0), Qt::UTC);
    QTEST(relativeTime(now.addMSecs(-milliseconds), now), "text");
}

void RelativeTimeTest::nothingIsNever()
{
    const QDateTime now(QDate(2026, 11, 23), QTime(12, 0), Qt::UTC);
    QCOMPARE(relativeTime({}, now), QStringLiteral("never"));
    QCOMPARE(relativeTime(QDateTime(), now), QStringLiteral("never"));
    QVERIFY(exactTime({}).isEmpty());
}

void RelativeTimeTest::exactNamesBothTimes()
{
    const QDateTime then(QDate(2026, 11, 23), QTime(12, 0, 1, 234), Qt::UTC);
    QVERIFY(exactTime(then).endsWith(QStringLiteral("2026-11-23 12:00:01.234 UTC")));
}

QTEST_GUILESS_MAIN(RelativeTimeTest)
#include "tst_relativetime.moc"

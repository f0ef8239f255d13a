// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/momenttext.h"

#include <QLocale>
#include <QTest>

/// What is shown as "since" is never taken for another day's.
class MomentTextTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesTheDayWhereItIsNotToday()
    {
        const QLocale before;
        QLocale::setDefault(QLocale(QLocale::German));
        const QDateTime moment(QDate(2026, 3, 9), QTime(7, 4, 5), Qt::LocalTime);
        QCOMPARE(momentText(moment, QDate(2026, 3, 9)), QStringLiteral("07:04:05"));
        QCOMPARE(momentText(moment.toUTC(), QDate(2026, 3, 10)), QStringLiteral("09.03.26 07:04:05"));
        QLocale::setDefault(before);
    }
};

QTEST_GUILESS_MAIN(MomentTextTest)
#include "tst_momenttext.moc"

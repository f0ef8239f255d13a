// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/celltext.h"

#include <QTest>

/// Names stand in the order that people expect.
class CellTextTest final : public QObject {
    Q_OBJECT

private slots:
    void ordersNumbersByValue();
    void ordersEverythingInOneWay();
};

void CellTextTest::ordersNumbersByValue()
{
    const QStringList wanted{QStringLiteral("Audit"), QStringLiteral("orders"), QStringLiteral("orders-1a"),
        QStringLiteral("Worker-1"), QStringLiteral("worker-2"), QStringLiteral("worker-10"),
        QStringLiteral("worker-10-eu"), QStringLiteral("worker-99999999999999999999"),
        QStringLiteral("worker-100000000000000000000"), QStringLiteral("worker-x")};
    QStringList shuffled = wanted;
    std::reverse(shuffled.begin(), shuffled.end());
    QCOMPARE(inOrder(shuffled), wanted);
}

void CellTextTest::ordersEverythingInOneWay()
{
    const QStringList names{QString(), QStringLiteral("0"), QStringLiteral("00"), QStringLiteral("a01"),
        QStringLiteral("a1"), QStringLiteral("A1"), QStringLiteral("a1b"), QStringLiteral("a01b"), QStringLiteral("a"),
        QStringLiteral("ä1"), QStringLiteral("Ä1"), QStringLiteral("1a"), QStringLiteral("-")};
    for (const QString &a : names) {
        for (const QString &b : names) {
            const QByteArray pair = (a + QStringLiteral(" and ") + b).toUtf8();
            QVERIFY2((comparedText(a, b) == 0) == (a == b), pair.constData());
            QVERIFY2(comparedText(a, b) == -comparedText(b, a), pair.constData());
            QVERIFY2(comparedText(a, b) == comparedNumber(sortKey(a).compare(sortKey(b)), 0), pair.constData());
            for (const QString &c : names)
                QVERIFY2(comparedText(a, b) > 0 || comparedText(b, c) > 0 || comparedText(a, c) <= 0, pair.constData());
        }
    }
}

QTEST_GUILESS_MAIN(CellTextTest)
#include "tst_celltext.moc"

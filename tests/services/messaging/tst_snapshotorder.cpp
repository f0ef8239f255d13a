// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/snapshotorder.h"
#include "tests/support/awaited.h"

#include <QTest>

namespace {

struct Item {
    int id = 0;
    QString config;
    int count = 0;

    bool operator==(const Item &) const = default;
};

/// Equal to every other of the same arguments, and shared with none.
Item item(int id, int count, const char *config = "limits")
{
    return {id, QString::fromLatin1(config), count};
}

} // namespace

class SnapshotOrderTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sortsById()
    {
        const auto next = awaited(inOrder<Item>({item(3, 0), item(1, 0), item(2, 0)}, {}));
        QCOMPARE(next->after, QList<Item>({item(1, 0), item(2, 0), item(3, 0)}));
        QCOMPARE(next->succession.added, std::vector<int>({0, 1, 2}));
    }

    void keepsTheFirstOfSeveralWithOneId()
    {
        const auto next = awaited(inOrder<Item>({item(2, 5), item(1, 0), item(2, 6), item(1, 7)}, {}));
        QCOMPARE(next->after, QList<Item>({item(1, 0), item(2, 5)}));
    }

    void tellsHowOneFollowsFromTheOther()
    {
        const QList<Item> before{item(1, 5), item(2, 6), item(4, 7), item(6, 8)};
        const auto next = awaited(inOrder<Item>({item(5, 0), item(6, 9), item(0, 0), item(4, 7), item(1, 6)}, before));
        QCOMPARE(next->succession.newIndexOf, std::vector<int>({1, -1, 2, 4}));
        QCOMPARE(next->succession.changed, std::vector<int>({1, 4}));
        QCOMPARE(next->succession.added, std::vector<int>({0, 3}));
        QVERIFY(next->leads(before, next->after));
        QVERIFY(!next->leads(QList<Item>(before.cbegin(), before.cend()), next->after));
        QVERIFY(!next->leads(before, before));
    }

    void tellsWhetherAnythingIsOther_data()
    {
        QTest::addColumn<QList<int>>("counts");
        QTest::addColumn<bool>("isOther");
        QTest::newRow("the same") << QList<int>{5, 6} << false;
        QTest::newRow("one changed") << QList<int>{5, 7} << true;
        QTest::newRow("one gone") << QList<int>{5} << true;
        QTest::newRow("all gone") << QList<int>{} << true;
        QTest::newRow("one more") << QList<int>{5, 6, 7} << true;
    }

    void tellsWhetherAnythingIsOther()
    {
        QFETCH(QList<int>, counts);
        QList<Item> items;
        for (const int count : counts)
            items.prepend(item(int(items.size()), count));
        const auto next = awaited(inOrder<Item>(items, {item(0, 5), item(1, 6)}));
        QTEST(next->succession.isOther(), "isOther");
        QCOMPARE(next->after.size(), next->succession.isOther() ? items.size() : 0);
    }

    void sharesWhatHasNotChanged()
    {
        const QList<Item> before{item(1, 5), item(2, 6), item(4, 7)};
        const auto next = awaited(inOrder<Item>({item(4, 7, "interest"), item(3, 0), item(2, 9), item(1, 5)}, before));
        QCOMPARE(next->after, QList<Item>({item(1, 5), item(2, 9), item(3, 0), item(4, 7, "interest")}));
        QVERIFY(next->after[0].config.isSharedWith(before[0].config));
        QVERIFY(next->after[1].config.isSharedWith(before[1].config));
        QVERIFY(!next->after[3].config.isSharedWith(before[2].config));
    }
};

QTEST_GUILESS_MAIN(SnapshotOrderTest)
#include "tst_snapshotorder.moc"

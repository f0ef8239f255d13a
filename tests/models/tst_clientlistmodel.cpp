// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/clientlistmodel.h"

#include <QTest>

namespace {

ClientConnection client(quint64 id, const char *user, const char *name, const char *address)
{
    ClientConnection made;
    made.pod = QStringLiteral("nats-0");
    made.id = id;
    made.user = QLatin1String(user);
    made.name = QLatin1String(name);
    made.address = QLatin1String(address);
    made.library = QStringLiteral("nats.js 2.28.2");
    made.since = QDateTime(QDate(2026, 11, 23), QTime(12, 0), Qt::UTC);
    made.messagesIn = 1204;
    return made;
}

} // namespace

class ClientListModelTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void standsByUserThenAddress();
    void tellsAllInOneLine();
    void namesWhoGivesNoNameByItsAddress();
    void filtersByWhateverIsShown();
};

void ClientListModelTest::standsByUserThenAddress()
{
    ClientListModel model;
    model.setClients({client(1, "orders.worker", "w", "10.0.0.1:1"), client(2, "orders", "b", "10.0.0.12:1"),
        client(3, "orders", "a", "10.0.0.3:1")});
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.rowAt(0).client.id, 3ULL);
    QCOMPARE(model.rowAt(1).client.id, 2ULL);
    QCOMPARE(model.rowAt(2).client.id, 1ULL);
}

void ClientListModelTest::tellsAllInOneLine()
{
    ClientListModel model;
    model.setNow(QDateTime(QDate(2026, 11, 23), QTime(12, 5), Qt::UTC));
    model.setClients({client(1, "orders", "checkout", "10.0.0.1:51234")});
    QCOMPARE(model.index(0, 0).data().toString(),
        QStringLiteral("checkout · orders · 10.0.0.1:51234 · nats.js 2.28.2 · 5 min ago · 1,204 in, 0 out · nats-0"));
}

void ClientListModelTest::namesWhoGivesNoNameByItsAddress()
{
    ClientConnection nameless = client(1, "orders", "", "10.0.0.1:51234");
    QCOMPARE(ClientListModel::nameOf(nameless), QStringLiteral("10.0.0.1:51234"));
    QVERIFY(!ClientListModel::originOf(nameless).contains(QStringLiteral("51234")));
    nameless.library = QStringLiteral(" ");
    QCOMPARE(ClientListModel::originOf(nameless), QStringLiteral("gives no name"));
}

void ClientListModelTest::filtersByWhateverIsShown()
{
    ClientListModel model;
    model.setClients({client(1, "orders", "checkout", "10.0.0.1:1"), client(2, "orders.worker", "pick", "10.0.0.2:1")});
    model.setFilterText(QStringLiteral("worker 10.0.0.2"));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.rowAt(0).client.id, 2ULL);
}

QTEST_GUILESS_MAIN(ClientListModelTest)
#include "tst_clientlistmodel.moc"

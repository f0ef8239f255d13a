// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accounts/clientsview.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/tableview.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

namespace {

QList<ClientConnection> clients(int count)
{
    QList<ClientConnection> made;
    for (int i = 0; i < count; ++i) {
        ClientConnection client;
        client.pod = QStringLiteral("nats-0");
        client.id = quint64(i);
        client.user = QStringLiteral("orders");
        client.name = QStringLiteral("checkout-%1").arg(i);
        client.address = QStringLiteral("10.0.0.1:%1").arg(1000 + i);
        made.append(client);
    }
    return made;
}

} // namespace

class ClientsViewTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tellsThatNobodyIsConnectedApartFromNotKnown();
    void countsWhatTheFilterLeaves();
    void kicksWhomAPersonHasChosen();
    void keepsTheChoiceWhenTheyAreReadAgain();
    void saysWhyNobodyCanBeKicked();
    void saysWhyTheyAreNotKnown();

private:
    template <typename T> T *child(const char *name) const { return m_view->findChild<T *>(QLatin1String(name)); }
    TableView *table() const { return child<TableView>("clientTable"); }

    std::unique_ptr<ClientsView> m_view;
};

void ClientsViewTest::init()
{
    m_view = std::make_unique<ClientsView>();
    m_view->resize(380, 500);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
}

void ClientsViewTest::tellsThatNobodyIsConnectedApartFromNotKnown()
{
    const auto *empty = child<EmptyState>("clientsEmptyState");
    QVERIFY(empty->isVisible());
    QCOMPARE(empty->accessibleName(), QStringLiteral("Clients are being read…"));
    m_view->setClients(QList<ClientConnection>{}, {});
    QCOMPARE(empty->accessibleName(), QStringLiteral("No clients are connected"));
    m_view->setClients(clients(2), {});
    QVERIFY(!empty->isVisible());
    QVERIFY(table()->isVisible());
}

void ClientsViewTest::countsWhatTheFilterLeaves()
{
    m_view->setClients(clients(12), {});
    QCOMPARE(child<QLabel>("clientCountLabel")->text(), QStringLiteral("12 clients"));
    child<QLineEdit>("clientFilterEdit")->setText(QStringLiteral("checkout-1"));
    QCOMPARE(child<QLabel>("clientCountLabel")->text(), QStringLiteral("3 of 12 clients"));
    child<QLineEdit>("clientFilterEdit")->setText(QStringLiteral("nobody"));
    QVERIFY(child<EmptyState>("clientsEmptyState")->isVisible());
}

void ClientsViewTest::kicksWhomAPersonHasChosen()
{
    std::optional<ClientConnection> kicked;
    connect(m_view.get(), &ClientsView::kickRequested, this, [&kicked](const ClientConnection &who) { kicked = who; });
    m_view->setClients(clients(3), {});
    QVERIFY(!child<QPushButton>("kickButton")->isEnabled());
    table()->selectRow(1);
    child<QPushButton>("kickButton")->click();
    QVERIFY(kicked);
    QCOMPARE(kicked->id, 1ULL);
    kicked.reset();
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Delete);
    QVERIFY(kicked);
}

void ClientsViewTest::keepsTheChoiceWhenTheyAreReadAgain()
{
    m_view->setClients(clients(3), {});
    table()->selectRow(2);
    QList<ClientConnection> later = clients(3);
    later.removeFirst();
    later.last().messagesIn = 99;
    m_view->setClients(later, {});
    QCOMPARE(table()->selectedRow().row(), 1);
    QVERIFY(table()->selectedRow().data().toString().startsWith(QStringLiteral("checkout-2")));
}

void ClientsViewTest::saysWhyNobodyCanBeKicked()
{
    m_view->setClients(clients(1), {});
    table()->selectRow(0);
    m_view->setKickAccess(Access::no(QStringLiteral("You may not change this cluster.")));
    QVERIFY(!child<QPushButton>("kickButton")->isEnabled());
    QCOMPARE(child<QPushButton>("kickButton")->toolTip(), QStringLiteral("You may not change this cluster."));
}

void ClientsViewTest::saysWhyTheyAreNotKnown()
{
    m_view->setClients({}, Error{Error::Kind::Forbidden, QStringLiteral("You may not look into pods."), {}, {}, {}});
    QVERIFY(child<InlineMessage>("clientsProblemMessage")->isVisible());
    QCOMPARE(child<InlineMessage>("clientsProblemMessage")->text(), QStringLiteral("You may not look into pods."));
    QCOMPARE(child<EmptyState>("clientsEmptyState")->accessibleName(), QStringLiteral("Not known"));
}

QTEST_MAIN(ClientsViewTest)
#include "tst_clientsview.moc"

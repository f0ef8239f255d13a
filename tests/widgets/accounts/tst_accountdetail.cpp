// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accounts/accountdetail.h"
#include "widgets/accounts/usersview.h"
#include "widgets/common/copyablerow.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/meter.h"
#include "widgets/common/secretrow.h"
#include "widgets/common/statusbadge.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

namespace {

QDateTime noon()
{
    return {QDate(2026, 11, 23), QTime(12, 0), Qt::UTC};
}

AccountRow orders()
{
    AccountRow row;
    row.id = QStringLiteral("orders");
    row.account.name = row.id;
    row.account.displayName = QStringLiteral("Orders");
    row.account.spec.name = row.id;
    row.account.spec.limits = {10, 100, 2};
    row.account.connection.username = row.id;
    row.account.connection.secretName = QStringLiteral("account-orders");
    row.account.credential = CredentialState::Active;
    row.used = {3, 12, 7, ByteCount::gibibytes(1), 2};
    return row;
}

AccountOperation operation(AccountOperation::State state)
{
    return {AccountOperation::Kind::Change, state, QStringLiteral("1"), QStringLiteral("ana@laptop"),
        noon().addSecs(-60), {}};
}

AccountState allowed()
{
    AccountState state;
    state.change = state.retry = state.reveal = state.kick = Access::yes();
    return state;
}

ClientConnection client(quint64 id, const char *user)
{
    ClientConnection made;
    made.id = id;
    made.user = QLatin1String(user);
    return made;
}

} // namespace

class AccountDetailTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsLimitsWithTheirUse();
    void copiesNamesOfTheLogin();
    void showsHowFarAChangeHasCome();
    void showsWhatAServerRefusesInItsWords();
    void offersToTryAgainWhatFailed();
    void saysWhoStillUsesTheOldLogin();
    void saysWhyNothingCanBeChanged();
    void listsUsersWithWhatTheyMay();
    void fetchesAPasswordOnDemandOnly();
    void asksWhatIsToBeDoneWithAUser();
    void countsUsersAndClientsOnTheirTabs();
    void showsTheConnectionUnderItsHeading();
    void forgetsWhatItKnewOfAnotherAccount();

private:
    template <typename T> T *child(const char *name) const { return m_detail->findChild<T *>(QLatin1String(name)); }
    void show(const AccountRow &row, const AccountState &state = allowed())
    {
        m_detail->setObject(row, noon());
        m_detail->setState(state);
    }
    InlineMessage *operationMessage() const { return child<InlineMessage>("accountOperationMessage"); }

    std::unique_ptr<AccountDetail> m_detail;
};

void AccountDetailTest::init()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    m_detail = std::make_unique<AccountDetail>();
    m_detail->resize(376, 700);
    m_detail->show();
}

void AccountDetailTest::showsLimitsWithTheirUse()
{
    show(orders());
    QCOMPARE(child<ElidingLabel>("streamsLimitLabel")->text(), QStringLiteral("3 of 10 streams"));
    QCOMPARE(child<Meter>("streamsLimitMeter")->value(), 0.3);
    QVERIFY(child<ElidingLabel>("consumersLimitLabel")->text().contains(QStringLiteral("100 for each stream")));
    QVERIFY(!child<Meter>("consumersLimitMeter")->isVisible());
    QCOMPARE(child<ElidingLabel>("storageLimitLabel")->text(), QStringLiteral("1.0 GiB of 2.0 GiB"));
    AccountRow open = orders();
    open.account.spec.limits = {};
    open.used = {};
    show(open);
    QCOMPARE(child<ElidingLabel>("streamsLimitLabel")->text(), QStringLiteral("unlimited"));
    QVERIFY(!child<Meter>("streamsLimitMeter")->isVisible());
}

void AccountDetailTest::copiesNamesOfTheLogin()
{
    show(orders());
    QCOMPARE(child<CopyableRow>("accountUsernameRow")->value(), QStringLiteral("orders"));
    QCOMPARE(child<CopyableRow>("accountSecretRow")->value(), QStringLiteral("account-orders"));
    QCOMPARE(child<StatusBadge>("credentialBadge")->text(), QStringLiteral("Active"));
}

void AccountDetailTest::showsHowFarAChangeHasCome()
{
    AccountRow row = orders();
    row.account.operation = operation(AccountOperation::State::Running);
    AccountState state = allowed();
    state.rollout = {{QStringLiteral("nats-0"), true, {}}, {QStringLiteral("nats-1"), true, {}},
        {QStringLiteral("nats-2"), false, {}}};
    show(row, state);
    QVERIFY(operationMessage()->isVisible());
    QVERIFY2(operationMessage()->text().contains(QStringLiteral("2 of 3 pods run the new configuration")),
        qPrintable(operationMessage()->text()));
    QVERIFY(operationMessage()->text().contains(QStringLiteral("ana@laptop 1 min ago")));
    QCOMPARE(m_detail->findChildren<QWidget *>(QStringLiteral("podConfigurationLine")).size(), 3);
    QVERIFY(!child<QPushButton>("retryOperationButton")->isVisible());
    show(orders());
    QVERIFY(!operationMessage()->isVisible());
    QVERIFY(m_detail->findChildren<QWidget *>(QStringLiteral("podConfigurationLine")).isEmpty());
}

void AccountDetailTest::showsWhatAServerRefusesInItsWords()
{
    AccountRow row = orders();
    row.account.operation = operation(AccountOperation::State::Running);
    AccountState state = allowed();
    const QString words = QStringLiteral("accounts.conf:12:3: unknown field");
    state.rollout = {{QStringLiteral("nats-0"), false, words}};
    show(row, state);
    const auto *line = m_detail->findChild<QWidget *>(QStringLiteral("podConfigurationLine"));
    QCOMPARE(line->accessibleDescription(), words);
    QVERIFY(line->accessibleName().contains(QStringLiteral("refuses")));
}

void AccountDetailTest::offersToTryAgainWhatFailed()
{
    AccountRow row = orders();
    row.account.operation = operation(AccountOperation::State::Failed);
    row.account.operation->error =
        Error{Error::Kind::Timeout, QStringLiteral("nats-1 has not taken it."), QStringLiteral("in words"), {}, {}};
    show(row);
    QVERIFY(operationMessage()->text().contains(QStringLiteral("nats-1 has not taken it.")));
    QCOMPARE(operationMessage()->detail(), QStringLiteral("in words"));
    QSignalSpy retried(m_detail.get(), &AccountDetail::retryRequested);
    child<QPushButton>("retryOperationButton")->click();
    QCOMPARE(retried.count(), 1);
    AccountState viewer = allowed();
    viewer.retry = Access::no(QStringLiteral("You may not."));
    show(row, viewer);
    QVERIFY(!child<QPushButton>("retryOperationButton")->isEnabled());
}

void AccountDetailTest::saysWhoStillUsesTheOldLogin()
{
    AccountRow row = orders();
    row.account.connection.username = QStringLiteral("orders_2");
    row.account.credential = CredentialState::Rotating;
    row.account.retiring = RetiringLogin{QStringLiteral("orders"), noon().addSecs(-600), true};
    AccountState state = allowed();
    state.clients = QList<ClientConnection>{client(1, "orders"), client(2, "orders"), client(3, "orders_2")};
    show(row, state);
    const auto *overlap = child<InlineMessage>("overlapMessage");
    QVERIFY(overlap->isVisible());
    QVERIFY2(overlap->text().contains(QStringLiteral("2 clients still use orders")), qPrintable(overlap->text()));
    QVERIFY(overlap->text().contains(QStringLiteral("10 min ago")));
    QVERIFY(overlap->text().contains(QStringLiteral("once nobody does")));
    QSignalSpy ended(m_detail.get(), &AccountDetail::endOverlapRequested);
    child<QPushButton>("endOverlapButton")->click();
    QCOMPARE(ended.count(), 1);
    state.clients.reset();
    show(row, state);
    QVERIFY(overlap->text().contains(QStringLiteral("is not known")));
    show(orders());
    QVERIFY(!overlap->isVisible());
}

void AccountDetailTest::saysWhyNothingCanBeChanged()
{
    AccountState viewer = allowed();
    viewer.change = Access::no(QStringLiteral("You may not write here."));
    viewer.changeGrant = QStringLiteral("kind: Role");
    show(orders(), viewer);
    for (const char *button : {"editAccountButton", "rotateButton", "newUserButton"}) {
        QVERIFY2(!child<QPushButton>(button)->isEnabled(), button);
        QCOMPARE(child<QPushButton>(button)->toolTip(), QStringLiteral("You may not write here."));
    }
    QVERIFY(child<QPushButton>("copyChangeRoleButton")->isVisible());
    show(orders());
    QVERIFY(child<QPushButton>("editAccountButton")->isEnabled());
    QVERIFY(!child<QPushButton>("copyChangeRoleButton")->isVisible());
}

void AccountDetailTest::listsUsersWithWhatTheyMay()
{
    show(orders());
    const auto *empty = child<EmptyState>("usersEmptyState");
    QVERIFY(!empty->isHidden());
    AccountRow row = orders();
    row.account.spec.users = {
        {QStringLiteral("worker"), {{QStringLiteral("orders.>")}, {QStringLiteral("orders.internal")}, {}, {}}}};
    show(row);
    QVERIFY(empty->isHidden());
    const auto *shown = child<QWidget>("accountUserRow");
    QStringList texts;
    for (const QLabel *label : shown->findChildren<QLabel *>())
        texts << QString(label->text()).remove(QChar(0x200b));
    const QString all = texts.join(u'\n');
    QVERIFY2(all.contains(QStringLiteral("Publishes to: orders.>, but not orders.internal")), qPrintable(all));
    QVERIFY(all.contains(QStringLiteral("Subscribes to: everything")));
}

void AccountDetailTest::fetchesAPasswordOnDemandOnly()
{
    AccountRow row = orders();
    row.account.spec.users = {{QStringLiteral("worker"), {}}};
    show(row);
    m_detail->findChild<QTabBar *>()->setCurrentIndex(1);
    QSignalSpy wanted(m_detail->users(), &UsersView::passwordWanted);
    auto *password = child<SecretRow>("userPasswordRow");
    QCOMPARE(wanted.count(), 0);
    password->findChild<QToolButton *>(QStringLiteral("revealButton"))->click();
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.first().first().toString(), QStringLiteral("worker"));
    m_detail->users()->setPassword(QStringLiteral("worker"), SecretString(QStringLiteral("told to nobody")));
    QVERIFY(password->isRevealed());
    m_detail->users()->setPasswordError(
        QStringLiteral("worker"), Error{Error::Kind::Forbidden, QStringLiteral("You may not."), {}, {}, {}});
    QVERIFY(!password->isRevealed());
    QVERIFY(child<InlineMessage>("userPasswordErrorMessage")->isVisible());
}

void AccountDetailTest::asksWhatIsToBeDoneWithAUser()
{
    AccountRow row = orders();
    row.account.spec.users = {{QStringLiteral("worker"), {}}};
    show(row);
    QSignalSpy edited(m_detail->users(), &UsersView::editRequested);
    QSignalSpy rotated(m_detail->users(), &UsersView::rotateRequested);
    QSignalSpy removed(m_detail->users(), &UsersView::removeRequested);
    for (const char *button : {"editUserButton", "rotateUserButton", "removeUserButton"})
        child<QToolButton>(button)->click();
    for (const QSignalSpy *spy : {&edited, &rotated, &removed}) {
        QCOMPARE(spy->count(), 1);
        QCOMPARE(spy->first().first().toString(), QStringLiteral("worker"));
    }
}

void AccountDetailTest::countsUsersAndClientsOnTheirTabs()
{
    AccountRow row = orders();
    row.account.spec.users = {{QStringLiteral("worker"), {}}};
    AccountState state = allowed();
    state.clients = QList<ClientConnection>{client(1, "orders"), client(2, "orders.worker")};
    show(row, state);
    const auto *tabs = m_detail->findChild<QTabBar *>();
    QCOMPARE(tabs->count(), 3);
    QCOMPARE(tabs->tabText(1), QStringLiteral("Users (1)"));
    QCOMPARE(tabs->tabText(2), QStringLiteral("Clients (2)"));
    QCOMPARE(m_detail->connectedAs(QStringLiteral("orders")), std::optional(1));
}

void AccountDetailTest::showsTheConnectionUnderItsHeading()
{
    auto *card = new QLabel(QStringLiteral("how to connect"));
    show(orders());
    m_detail->setConnection(card);
    QVERIFY(card->isVisible());
    QVERIFY(m_detail->isAncestorOf(card));
}

void AccountDetailTest::forgetsWhatItKnewOfAnotherAccount()
{
    AccountState state = allowed();
    state.clients = QList<ClientConnection>{client(1, "orders")};
    show(orders(), state);
    AccountRow other = orders();
    other.id = QStringLiteral("edge");
    m_detail->setObject(other, noon());
    QCOMPARE(m_detail->connectedAs(QStringLiteral("orders")), std::optional<int>());
}

QTEST_MAIN(AccountDetailTest)
#include "tst_accountdetail.moc"

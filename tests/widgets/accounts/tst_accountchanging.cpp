// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/accountrecord.h"
#include "services/messaging/streamservice.h"
#include "tests/support/jetstreamfixture.h"
#include "widgets/accounts/accountspage.h"
#include "widgets/accounts/rotatedialog.h"
#include "widgets/accounts/userform.h"
#include "widgets/common/confirmbytyping.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/tableview.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

} // namespace

/// What a person does on the Accounts tab, over the real services.
class AccountChangingTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void countsStreamsOfEachAccount();
    void recordsANewAccountAndShowsIt();
    void keepsTheDraftOfWhatIsRefused();
    void recordsAChangeAndGoesBackToTheAccount();
    void keepsADraftOfEachAccount();
    void keepsADraftOfWhatSomebodyElseHasChanged();
    void recordsANewUser();
    void asksBeforeAPasswordIsRotated();
    void saysWhyTheDefaultAccountStays();
    void saysWhatGoesWithAnAccount();
    void showsAThousandAccounts();

private:
    template <typename T> T *child(const char *name) const { return m_page->findChild<T *>(QLatin1String(name)); }
    TableView *table() const { return child<TableView>("accountTable"); }
    AccountDetail *detail() const { return m_page->findChild<AccountDetail *>(); }
    void enter(const char *edit, const char *value) { shown<QLineEdit>(edit)->setText(QLatin1String(value)); }
    /// Forms for each account have the same controls.
    template <typename T> T *shown(const char *name) const
    {
        for (T *each : m_page->findChildren<T *>(QLatin1String(name))) {
            if (each->isVisible())
                return each;
        }
        return nullptr;
    }
    bool passTimeUntil(const std::function<bool()> &condition) { return m_fixture->passTimeUntil(condition); }
    std::optional<QJsonObject> record(const char *account) const
    {
        return m_fixture->cluster.cluster.object(
            {text("v1"), text("ConfigMap"), MessagingFixture::nameSpace, text("pennant-account-") + text(account)});
    }

    std::unique_ptr<JetStreamFixture> m_fixture;
    std::unique_ptr<StreamService> m_streams;
    std::unique_ptr<AccountsPage> m_page;
};

void AccountChangingTest::init()
{
    m_fixture = std::make_unique<JetStreamFixture>();
    m_fixture->cluster.putAccount(text("orders"));
    m_streams = std::make_unique<StreamService>(m_fixture->runtime, *m_fixture->connections, m_fixture->clock);
    m_page = std::make_unique<AccountsPage>(m_fixture->accounts, m_fixture->runtime, *m_streams, m_fixture->clock);
    m_fixture->holdStreams({text("ORDERS"), text("RETURNS")}, 2, text("orders"));
    m_streams->refresh();
    m_page->resize(1200, 800);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    QVERIFY(m_fixture->start());
    QVERIFY(passTimeUntil([this] { return table()->isVisible() && table()->model()->rowCount() == 2; }));
    QVERIFY(passTimeUntil([this] { return m_streams->streams().size() == 2; }));
}

void AccountChangingTest::cleanup()
{
    m_page.reset();
    m_streams.reset();
    m_fixture.reset();
}

void AccountChangingTest::countsStreamsOfEachAccount()
{
    const auto *model = table()->model();
    QCOMPARE(model->index(1, AccountTableModel::NameColumn).data().toString(), text("orders"));
    QCOMPARE(model->index(1, AccountTableModel::StreamsColumn).data().toString(), text("2"));
    QCOMPARE(model->index(1, AccountTableModel::ConsumersColumn).data().toString(), text("4"));
    QCOMPARE(model->index(0, AccountTableModel::StreamsColumn).data().toString(), text("0"));
}

void AccountChangingTest::recordsANewAccountAndShowsIt()
{
    child<QPushButton>("newAccountButton")->click();
    enter("accountNameEdit", "edge");
    enter("accountMaxStreamsEdit", "5");
    shown<QPushButton>("createAccountButton")->click();
    QVERIFY(passTimeUntil([this] { return detail()->isVisible() && detail()->id() == text("edge"); }));
    QVERIFY(record("edge"));
    QCOMPARE(m_fixture->accounts.find(text("edge"))->spec.limits.maxStreams, std::optional(5));
    QCOMPARE(table()->selectedRow().data().toString(), text("edge"));
}

void AccountChangingTest::keepsTheDraftOfWhatIsRefused()
{
    child<QPushButton>("newAccountButton")->click();
    enter("accountNameEdit", "edge");
    m_fixture->cluster.putAccount(text("edge")); // somebody else was faster; not seen here so far
    shown<QPushButton>("createAccountButton")->click();
    QVERIFY(passTimeUntil([this] {
        return m_page->findChild<AccountForm *>()->hasDraft() && !m_page->findChild<AccountForm *>()->isBusy();
    }));
}

void AccountChangingTest::recordsAChangeAndGoesBackToTheAccount()
{
    m_page->open(text("orders"));
    child<QPushButton>("editAccountButton")->click();
    QVERIFY(!detail()->isVisible());
    enter("accountMaxStreamsEdit", "1");
    QVERIFY(shown<InlineMessage>("loweredLimitMessage"));
    shown<QPushButton>("createEditedAccountButton")->click();
    QVERIFY(passTimeUntil([this] { return detail()->isVisible(); }));
    QCOMPARE(m_fixture->accounts.find(text("orders"))->spec.limits.maxStreams, std::optional(1));
    QVERIFY(passTimeUntil([this] { return !shown<AccountForm>(""); }));
}

void AccountChangingTest::keepsADraftOfEachAccount()
{
    m_page->open(text("orders"));
    child<QPushButton>("editAccountButton")->click();
    enter("accountDescriptionEdit", "half a sen");
    QTest::keyClick(shown<QLineEdit>("accountDescriptionEdit"), Qt::Key_Escape);
    m_page->open(text("default"));
    child<QPushButton>("editAccountButton")->click();
    QVERIFY(shown<QLineEdit>("accountDescriptionEdit")->text().isEmpty());
    QTest::keyClick(shown<QLineEdit>("accountDescriptionEdit"), Qt::Key_Escape);
    m_page->open(text("orders"));
    child<QPushButton>("editAccountButton")->click();
    QCOMPARE(shown<QLineEdit>("accountDescriptionEdit")->text(), text("half a sen"));
}

void AccountChangingTest::keepsADraftOfWhatSomebodyElseHasChanged()
{
    m_page->open(text("orders"));
    child<QPushButton>("editAccountButton")->click();
    enter("accountMaxStreamsEdit", "5");
    AccountRecord others = AccountRecord::fromConfigMap(*record("orders")).value();
    others.operation.id = text("of somebody else");
    others.operation.state = AccountOperation::State::Done;
    others.operation.requestedBy = text("bo@desk");
    others.spec.limits.maxStreams = 7;
    others.spec.description = text("Bo's");
    shown<QPushButton>("createEditedAccountButton")->click();
    m_fixture->cluster.cluster.put(others.toConfigMap(MessagingFixture::nameSpace));
    auto *form = shown<AccountForm>("");
    QVERIFY(passTimeUntil([form] { return !form->isBusy(); }));
    QVERIFY(form->isVisible() && form->hasDraft()); // theirs on record is not ours on record
    QVERIFY(passTimeUntil(
        [this] { return m_fixture->accounts.find(text("orders"))->spec.limits.maxStreams == std::optional(7); }));
    QVERIFY(passTimeUntil([this] { return shown<QPushButton>("createEditedAccountButton")->isEnabled(); }));
    shown<QPushButton>("createEditedAccountButton")->click(); // says first what they have changed
    QVERIFY(!form->isBusy());
    QCOMPARE(shown<QLineEdit>("accountDescriptionEdit")->text(), text("Bo's"));
    QCOMPARE(shown<QLineEdit>("accountMaxStreamsEdit")->text(), text("5"));
    shown<QPushButton>("createEditedAccountButton")->click();
    QVERIFY(passTimeUntil([this] { return detail()->isVisible(); }));
    const AccountSpec spec = m_fixture->accounts.find(text("orders"))->spec;
    QCOMPARE(spec.limits.maxStreams, std::optional(5));
    QCOMPARE(spec.description, text("Bo's"));
}

void AccountChangingTest::recordsANewUser()
{
    m_page->open(text("orders"));
    child<QPushButton>("newUserButton")->click();
    enter("userNameEdit", "worker");
    enter("publishAllowedEdit", "orders.>");
    shown<QPushButton>("createUserButton")->click();
    QVERIFY(passTimeUntil([this] { return detail()->isVisible(); }));
    const QList<AccountUser> users = m_fixture->accounts.find(text("orders"))->spec.users;
    QCOMPARE(users.size(), 1);
    QCOMPARE(users.first().permissions.publishAllowed, QStringList{text("orders.>")});
}

void AccountChangingTest::asksBeforeAPasswordIsRotated()
{
    m_page->open(text("orders"));
    child<QPushButton>("rotateButton")->click();
    auto *dialog = m_page->findChild<RotateDialog *>();
    QVERIFY(dialog);
    dialog->findChild<QPushButton *>(text("confirmRotateButton"))->click();
    QVERIFY(passTimeUntil([this] {
        const std::optional<Account> account = m_fixture->accounts.find(text("orders"));
        return account && account->operation && account->operation->kind == AccountOperation::Kind::Rotate;
    }));
}

void AccountChangingTest::saysWhyTheDefaultAccountStays()
{
    m_page->open(text("default"));
    const auto *remove = child<QPushButton>("deleteAccountButton");
    QVERIFY(!remove->isEnabled());
    QVERIFY2(!remove->toolTip().isEmpty(), qPrintable(remove->toolTip()));
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Delete);
    QVERIFY(!m_page->findChild<ConfirmByTyping *>());
    QVERIFY(child<InlineMessage>("accountMessage")->isVisible());
}

void AccountChangingTest::saysWhatGoesWithAnAccount()
{
    m_page->open(text("orders"));
    child<QPushButton>("deleteAccountButton")->click();
    auto *question = m_page->findChild<ConfirmByTyping *>();
    QVERIFY(question);
    QStringList said;
    for (const QLabel *label : question->findChildren<QLabel *>())
        said << label->text();
    const QString all = said.join(u'\n');
    for (const char *gone : {"2 streams", "6 messages", "4 consumers", "Secrets"})
        QVERIFY2(all.contains(text(gone)), qPrintable(all));
    QVERIFY(!question->dangerButton()->isEnabled());
    question->nameEdit()->setText(text("orders"));
    QVERIFY(question->dangerButton()->isEnabled());
}

void AccountChangingTest::showsAThousandAccounts()
{
    for (int i = 0; i < 1000; ++i)
        m_fixture->cluster.putAccount(QStringLiteral("tenant-%1").arg(i));
    QVERIFY(passTimeUntil([this] { return table()->model()->rowCount() == 1002; }));
    m_page->open(text("tenant-999"));
    QCOMPARE(table()->selectedRow().data().toString(), text("tenant-999"));
    child<QLineEdit>("accountFilterEdit")->setText(text("tenant-77"));
    QCOMPARE(table()->model()->rowCount(), 11);
}

QTEST_MAIN(AccountChangingTest)
#include "tst_accountchanging.moc"

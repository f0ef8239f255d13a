// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/fields.h"
#include "tests/widgets/mnemonics.h"
#include "widgets/accounts/accountform.h"
#include "widgets/common/field.h"
#include "widgets/common/inlinemessage.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace {

Account orders()
{
    Account account;
    account.name = QStringLiteral("orders");
    account.displayName = QStringLiteral("Orders");
    account.spec.name = account.name;
    account.spec.displayName = account.displayName;
    account.spec.description = QStringLiteral("What the shop sells");
    account.spec.limits = {10, {}, 50};
    account.spec.users = {{QStringLiteral("worker"), {}}};
    return account;
}

QString errorBelow(const AccountForm &form, const char *control)
{
    for (const Field *field : form.findChildren<Field *>()) {
        const QWidget *own = field->control();
        if (own->objectName() == QLatin1String(control) || own->findChild<QWidget *>(QLatin1String(control)))
            return field->error();
    }
    return QStringLiteral("no such field");
}

void enter(const AccountForm &form, const char *edit, const char *text)
{
    form.findChild<QLineEdit *>(QLatin1String(edit))->setText(QLatin1String(text));
}

void submit(const AccountForm &form, const char *button = "createAccountButton")
{
    form.findChild<QPushButton *>(QLatin1String(button))->click();
}

} // namespace

class AccountFormTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void submitsWhatWasEntered();
    void beginsWithAGeneratedPasswordAndNoDraft();
    void followsWhatChangesElsewhere();
    void judgesTheNameWhileItIsTyped_data();
    void judgesTheNameWhileItIsTyped();
    void refusesANameThatIsTaken();
    void leavesEmptyLimitsUnlimited();
    void refusesLimitsThatMakeNoSense();
    void refusesAShortPassword();
    void keepsTheNameOfOneThatIsChanged();
    void countsOnlyWhatDiffersAsADraft();
    void saysWhatALowerLimitDoes();
    void saysNothingOfALimitThatIsKept();
    void hasAMnemonicForAllOfItsOwn();
    void limitsWhatIsTyped();
};

void AccountFormTest::submitsWhatWasEntered()
{
    AccountForm form;
    form.show();
    QSignalSpy submitted(&form, &AccountForm::submitted);
    enter(form, "accountNameEdit", "orders");
    enter(form, "accountDisplayNameEdit", "Orders and payments");
    enter(form, "accountDescriptionEdit", "What the shop sells");
    enter(form, "accountMaxStreamsEdit", "10");
    enter(form, "accountMaxConsumersEdit", "20");
    enter(form, "accountMaxStorageEdit", "50");
    enter(form, "accountPasswordEdit", "a password of twelve");
    submit(form);
    QCOMPARE(submitted.count(), 1);
    const auto draft = submitted.first().first().value<AccountDraft>();
    const AccountSpec expected{QStringLiteral("orders"), QStringLiteral("Orders and payments"),
        QStringLiteral("What the shop sells"), {10, 20, 50}, {}};
    QVERIFY(draft.spec == expected);
    QCOMPARE(draft.password.reveal(), QStringLiteral("a password of twelve"));
}

void AccountFormTest::beginsWithAGeneratedPasswordAndNoDraft()
{
    AccountForm form;
    QVERIFY(form.draft().password.isEmpty()); // nobody sees it
    form.show();
    QVERIFY(!form.hasDraft());
    const SecretString first = form.draft().password;
    QCOMPARE(first.length(), 24);
    enter(form, "accountNameEdit", "orders");
    QVERIFY(form.hasDraft());
    form.clear();
    QVERIFY(!form.hasDraft());
    QVERIFY(!(form.draft().password == first));
    QCOMPARE(form.draft().password.length(), 24);
    form.hide();
    QVERIFY(form.draft().password.isEmpty());
    form.show();
    enter(form, "accountNameEdit", "orders");
    const SecretString drafted = form.draft().password;
    form.hide();
    QCOMPARE(form.draft().password, drafted); // a draft is kept whole
}

void AccountFormTest::followsWhatChangesElsewhere()
{
    AccountForm form(orders());
    enter(form, "accountMaxStreamsEdit", "7");
    Account now = orders();
    now.spec.description = QStringLiteral("Bo's");
    now.spec.users.append({QStringLiteral("packer"), {}});
    QVERIFY(form.renewSeen(now).isEmpty());
    QCOMPARE(form.draft().spec.description, QStringLiteral("Bo's"));
    QCOMPARE(form.draft().spec.users, now.spec.users);
    QCOMPARE(form.draft().spec.limits.maxStreams, std::optional(7));
    now.spec.limits.maxStreams = 8;
    QCOMPARE(form.renewSeen(now), QStringList{QStringLiteral("Max streams: 8")});
    QCOMPARE(form.draft().spec.limits.maxStreams, std::optional(7)); // what was entered stays
    QVERIFY(form.hasDraft());
    QVERIFY(form.renewSeen(now).isEmpty()); // that was told
    now.spec.limits.maxStreams = 7;
    QVERIFY(form.renewSeen(now).isEmpty()); // they want the same
    QVERIFY(!form.hasDraft());
}

void AccountFormTest::judgesTheNameWhileItIsTyped_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isWrong");
    QTest::newRow("fine") << QStringLiteral("orders-2") << false;
    QTest::newRow("capitals") << QStringLiteral("Orders") << true;
    QTest::newRow("hyphen at the end") << QStringLiteral("orders-") << true;
    QTest::newRow("reserved") << QStringLiteral("pennant-orders") << true;
    QTest::newRow("a hidden login's") << QStringLiteral("orders-management") << true;
    QTest::newRow("too long") << QString(41, u'a') << true;
}

void AccountFormTest::judgesTheNameWhileItIsTyped()
{
    QFETCH(QString, name);
    AccountForm form;
    form.show();
    QTest::keyClicks(form.findChild<QLineEdit *>(QStringLiteral("accountNameEdit")), name);
    QTEST(!errorBelow(form, "accountNameEdit").isEmpty(), "isWrong");
}

void AccountFormTest::refusesANameThatIsTaken()
{
    AccountForm form;
    form.show();
    QSignalSpy submitted(&form, &AccountForm::submitted);
    enter(form, "accountNameEdit", "orders");
    form.setSurroundings({{orders().spec}, 3, 20});
    submit(form);
    QCOMPARE(submitted.count(), 0);
    QVERIFY(errorBelow(form, "accountNameEdit").contains(QStringLiteral("already")));
}

void AccountFormTest::leavesEmptyLimitsUnlimited()
{
    AccountForm form;
    form.show();
    enter(form, "accountNameEdit", "orders");
    QVERIFY(form.draft().spec.limits == AccountLimits{});
}

void AccountFormTest::refusesLimitsThatMakeNoSense()
{
    AccountForm form;
    form.show();
    QSignalSpy submitted(&form, &AccountForm::submitted);
    enter(form, "accountNameEdit", "orders");
    enter(form, "accountMaxStreamsEdit", "0");
    enter(form, "accountMaxConsumersEdit", "-7");
    enter(form, "accountMaxStorageEdit", "many");
    submit(form);
    QCOMPARE(submitted.count(), 0);
    for (const char *edit : {"accountMaxStreamsEdit", "accountMaxConsumersEdit", "accountMaxStorageEdit"})
        QVERIFY2(!errorBelow(form, edit).isEmpty(), edit);
}

void AccountFormTest::refusesAShortPassword()
{
    AccountForm form;
    form.show();
    QSignalSpy submitted(&form, &AccountForm::submitted);
    enter(form, "accountNameEdit", "orders");
    enter(form, "accountPasswordEdit", "short");
    submit(form);
    QCOMPARE(submitted.count(), 0);
    QVERIFY(!errorBelow(form, "accountPasswordEdit").isEmpty());
}

void AccountFormTest::keepsTheNameOfOneThatIsChanged()
{
    AccountForm form(orders());
    QSignalSpy submitted(&form, &AccountForm::submitted);
    QVERIFY(form.findChild<QLineEdit *>(QStringLiteral("accountNameEdit"))->isReadOnly());
    QVERIFY(!form.findChild<QLineEdit *>(QStringLiteral("accountPasswordEdit")));
    enter(form, "accountDisplayNameEdit", "Orders and returns");
    enter(form, "accountMaxStreamsEdit", "");
    submit(form, "createEditedAccountButton");
    QCOMPARE(submitted.count(), 1);
    AccountSpec expected = orders().spec;
    expected.displayName = QStringLiteral("Orders and returns");
    expected.limits.maxStreams.reset();
    QVERIFY(submitted.first().first().value<AccountDraft>().spec == expected);
}

void AccountFormTest::countsOnlyWhatDiffersAsADraft()
{
    AccountForm form(orders());
    QVERIFY(!form.hasDraft());
    enter(form, "accountDescriptionEdit", "");
    QVERIFY(form.hasDraft());
    enter(form, "accountDescriptionEdit", "What the shop sells");
    QVERIFY(!form.hasDraft());
}

void AccountFormTest::saysWhatALowerLimitDoes()
{
    AccountForm form(orders());
    form.setUsed({12, 40, 9, ByteCount::gibibytes(21), 3});
    const auto *said = form.findChild<InlineMessage *>(QStringLiteral("loweredLimitMessage"));
    enter(form, "accountMaxStreamsEdit", "11");
    QVERIFY(!said->isHidden());
    QVERIFY2(said->text().contains(QStringLiteral("10027")), qPrintable(said->text()));
    enter(form, "accountMaxStreamsEdit", "12");
    enter(form, "accountMaxConsumersEdit", "8");
    QVERIFY(said->text().contains(QStringLiteral("10026")));
    QVERIFY(!said->text().contains(QStringLiteral("10027")));
    enter(form, "accountMaxStorageEdit", "20");
    QVERIFY(said->text().contains(QStringLiteral("10002")));
    QVERIFY(said->title().contains(QStringLiteral("nothing is deleted")));
}

void AccountFormTest::saysNothingOfALimitThatIsKept()
{
    AccountForm form(orders());
    form.setUsed({10, 40, 9, ByteCount::gibibytes(50), 3});
    QVERIFY(form.findChild<InlineMessage *>(QStringLiteral("loweredLimitMessage"))->isHidden());
    form.setUsed({}); // nothing is known
    enter(form, "accountMaxStreamsEdit", "1");
    QVERIFY(form.findChild<InlineMessage *>(QStringLiteral("loweredLimitMessage"))->isHidden());
}

void AccountFormTest::hasAMnemonicForAllOfItsOwn()
{
    const AccountForm fresh;
    QVERIFY2(mnemonicClash(fresh).isEmpty(), qPrintable(mnemonicClash(fresh)));
    const AccountForm change(orders());
    QVERIFY2(mnemonicClash(change).isEmpty(), qPrintable(mnemonicClash(change)));
}

void AccountFormTest::limitsWhatIsTyped()
{
    const AccountForm form;
    QCOMPARE(fieldWithoutLimit(form), QString());
}

QTEST_MAIN(AccountFormTest)
#include "tst_accountform.moc"

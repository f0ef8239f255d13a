// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/fields.h"
#include "tests/widgets/mnemonics.h"
#include "widgets/accounts/userform.h"
#include "widgets/common/field.h"
#include "widgets/common/subjectpreview.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace {

Account orders()
{
    Account account;
    account.name = QStringLiteral("orders");
    account.spec.users = {{QStringLiteral("worker"), {{QStringLiteral("orders.>")}, {}, {}, {QStringLiteral("a.b")}}}};
    return account;
}

void enter(const UserForm &form, const char *edit, const char *text)
{
    form.findChild<QLineEdit *>(QLatin1String(edit))->setText(QLatin1String(text));
}

QString errorBelow(const UserForm &form, const char *control)
{
    for (const Field *field : form.findChildren<Field *>()) {
        if (field->control()->objectName() == QLatin1String(control))
            return field->error();
    }
    return QStringLiteral("no such field");
}

} // namespace

class UserFormTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void submitsPermissionsAsLists();
    void previewsSubjects();
    void refusesWhatIsNoSubject();
    void refusesANameThatIsTaken();
    void keepsTheNameOfOneThatIsChanged();
    void hasAMnemonicForAllOfItsOwn();
    void limitsWhatIsTyped();
};

void UserFormTest::submitsPermissionsAsLists()
{
    UserForm form(orders(), {});
    QSignalSpy submitted(&form, &UserForm::submitted);
    enter(form, "userNameEdit", "reporting");
    enter(form, "publishAllowedEdit", "orders.*.new,  $JS.API.>");
    enter(form, "publishDeniedEdit", "orders.internal.>");
    enter(form, "subscribeAllowedEdit", "_INBOX.>");
    form.findChild<QPushButton *>(QStringLiteral("createUserButton"))->click();
    QCOMPARE(submitted.count(), 1);
    const AccountUser expected{QStringLiteral("reporting"),
        {{QStringLiteral("orders.*.new"), QStringLiteral("$JS.API.>")}, {QStringLiteral("orders.internal.>")},
            {QStringLiteral("_INBOX.>")}, {}}};
    QVERIFY(submitted.first().first().value<AccountUser>() == expected);
}

void UserFormTest::previewsSubjects()
{
    UserForm form(orders(), {});
    enter(form, "publishAllowedEdit", "orders.*.new");
    const auto *preview = form.findChild<SubjectPreview *>(QStringLiteral("publishAllowedPreview"));
    QVERIFY2(preview->text().contains(QStringLiteral("orders.x.new")), qPrintable(preview->text()));
}

void UserFormTest::refusesWhatIsNoSubject()
{
    UserForm form(orders(), {});
    QSignalSpy submitted(&form, &UserForm::submitted);
    enter(form, "userNameEdit", "reporting");
    enter(form, "subscribeDeniedEdit", "a..b");
    form.findChild<QPushButton *>(QStringLiteral("createUserButton"))->click();
    QCOMPARE(submitted.count(), 0);
    QVERIFY(!errorBelow(form, "subscribeDeniedEdit").isEmpty());
}

void UserFormTest::refusesANameThatIsTaken()
{
    UserForm form(orders(), {});
    enter(form, "userNameEdit", "worker");
    form.findChild<QPushButton *>(QStringLiteral("createUserButton"))->click();
    QVERIFY(errorBelow(form, "userNameEdit").contains(QStringLiteral("already")));
}

void UserFormTest::keepsTheNameOfOneThatIsChanged()
{
    const AccountUser worker = orders().spec.users.first();
    UserForm form(orders(), worker);
    QVERIFY(form.findChild<QLineEdit *>(QStringLiteral("userNameEdit"))->isReadOnly());
    QVERIFY(!form.hasDraft());
    QVERIFY(form.draft() == worker);
    QSignalSpy submitted(&form, &UserForm::submitted);
    enter(form, "publishAllowedEdit", "");
    form.findChild<QPushButton *>(QStringLiteral("createEditedUserButton"))->click();
    QCOMPARE(submitted.count(), 1);
    QVERIFY(submitted.first().first().value<AccountUser>().permissions.publishAllowed.isEmpty());
}

void UserFormTest::hasAMnemonicForAllOfItsOwn()
{
    const UserForm fresh(orders(), {});
    QVERIFY2(mnemonicClash(fresh).isEmpty(), qPrintable(mnemonicClash(fresh)));
}

void UserFormTest::limitsWhatIsTyped()
{
    const UserForm form(orders(), {});
    QCOMPARE(fieldWithoutLimit(form), QString());
}

QTEST_MAIN(UserFormTest)
#include "tst_userform.moc"

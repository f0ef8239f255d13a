// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/mnemonics.h"
#include "widgets/accounts/rotatedialog.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/wrappinglabel.h"

#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace {

Account orders(const char *username = "orders")
{
    Account account;
    account.name = QStringLiteral("orders");
    account.connection.username = QLatin1String(username);
    account.spec.users = {{QStringLiteral("worker"), {}}};
    return account;
}

} // namespace

class RotateDialogTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_dialog = new RotateDialog(orders()); }
    void cleanup() { delete m_dialog; }
    void asksForAnOverlapWithAGeneratedPassword();
    void saysWhoIsDisconnectedAtOnce();
    void saysThatAnOverlapChangesTheUserName_data();
    void saysThatAnOverlapChangesTheUserName();
    void offersNoSecondOverlap();
    void saysThatItIsNotKnownWhoIsConnected();
    void takesNoShortPassword();
    void saysWhyItCannotBeSent();
    void asksForNoOverlapOfOtherUsers();
    void hasAMnemonicForAllOfItsOwn();

private:
    template <typename T> T *child(const char *name) const { return m_dialog->findChild<T *>(QLatin1String(name)); }
    QString meaning() const { return child<WrappingLabel>("rotationMeaningLabel")->text(); }
    QPushButton *button() const { return child<QPushButton>("confirmRotateButton"); }

    QPointer<RotateDialog> m_dialog;
};

void RotateDialogTest::asksForAnOverlapWithAGeneratedPassword()
{
    std::optional<RotationRequest> asked;
    connect(m_dialog, &RotateDialog::confirmed, this, [&asked](const RotationRequest &request) { asked = request; });
    m_dialog->open();
    button()->click();
    QVERIFY(asked);
    QCOMPARE(asked->account, QStringLiteral("orders"));
    QVERIFY(asked->user.isEmpty());
    QCOMPARE(asked->password.length(), 24);
    QCOMPARE(asked->overlap, RotationRequest::Overlap::UntilUnused);
}

void RotateDialogTest::saysWhoIsDisconnectedAtOnce()
{
    m_dialog->setConnected(12);
    child<SegmentedChoice>("overlapChoice")->choose(0);
    QVERIFY2(meaning().contains(QStringLiteral("12 clients are connected as orders")), qPrintable(meaning()));
    QVERIFY(meaning().contains(QStringLiteral("disconnected at once")));
    QVERIFY(meaning().contains(QStringLiteral("stays orders")));
    m_dialog->setConnected(1);
    QVERIFY(meaning().contains(QStringLiteral("1 client is")));
}

void RotateDialogTest::saysThatAnOverlapChangesTheUserName_data()
{
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<QString>("next");
    QTest::newRow("first") << QByteArray("orders") << QStringLiteral("user orders_2");
    QTest::newRow("back again") << QByteArray("orders_2") << QStringLiteral("user orders,");
}

void RotateDialogTest::saysThatAnOverlapChangesTheUserName()
{
    QFETCH(QByteArray, now);
    QFETCH(QString, next);
    delete m_dialog;
    m_dialog = new RotateDialog(orders(now.constData()));
    for (const int choice : {1, 2}) {
        child<SegmentedChoice>("overlapChoice")->choose(choice);
        QVERIFY2(meaning().contains(next), qPrintable(meaning()));
        QVERIFY(meaning().contains(QStringLiteral("one password")));
    }
}

void RotateDialogTest::offersNoSecondOverlap()
{
    Account rotating = orders("orders_2");
    rotating.retiring = RetiringLogin{QStringLiteral("orders"), {}, false};
    delete m_dialog;
    m_dialog = new RotateDialog(rotating);
    const auto *choice = child<SegmentedChoice>("overlapChoice");
    QCOMPARE(choice->currentIndex(), 0);
    for (const int overlap : {1, 2}) {
        QVERIFY(!choice->isChoiceEnabled(overlap));
        QVERIFY(choice->choiceReason(overlap).contains(QStringLiteral("orders with an older password")));
    }
    QVERIFY(button()->isEnabled());
}

void RotateDialogTest::saysThatItIsNotKnownWhoIsConnected()
{
    QVERIFY(meaning().contains(QStringLiteral("is not known")));
    m_dialog->setConnected(0);
    QVERIFY(meaning().contains(QStringLiteral("No client")));
}

void RotateDialogTest::takesNoShortPassword()
{
    QVERIFY(button()->isEnabled());
    child<QLineEdit>("newPasswordEdit")->setText(QStringLiteral("short"));
    QVERIFY(!button()->isEnabled());
    QVERIFY(button()->toolTip().contains(QStringLiteral("12")));
}

void RotateDialogTest::saysWhyItCannotBeSent()
{
    m_dialog->setAccess(Access::no(QStringLiteral("The account is being changed.")));
    QVERIFY(!button()->isEnabled());
    QCOMPARE(button()->toolTip(), QStringLiteral("The account is being changed."));
    m_dialog->setAccess(Access::yes());
    QVERIFY(button()->isEnabled());
}

void RotateDialogTest::asksForNoOverlapOfOtherUsers()
{
    delete m_dialog;
    m_dialog = new RotateDialog(orders(), orders().spec.users.first());
    std::optional<RotationRequest> asked;
    connect(m_dialog, &RotateDialog::confirmed, this, [&asked](const RotationRequest &request) { asked = request; });
    m_dialog->open();
    QVERIFY(!child<SegmentedChoice>("overlapChoice")->isVisible());
    QVERIFY(meaning().contains(QStringLiteral("orders.worker")));
    button()->click();
    QCOMPARE(asked->user, QStringLiteral("worker"));
    QCOMPARE(asked->overlap, RotationRequest::Overlap::None);
}

void RotateDialogTest::hasAMnemonicForAllOfItsOwn()
{
    QVERIFY2(mnemonicClash(*m_dialog).isEmpty(), qPrintable(mnemonicClash(*m_dialog)));
}

QTEST_MAIN(RotateDialogTest)
#include "tst_rotatedialog.moc"

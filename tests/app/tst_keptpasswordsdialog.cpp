// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keptpasswordsdialog.h"
#include "tests/app/windowfixture.h"
#include "tests/support/awaited.h"
#include "tests/support/fakekeychain.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/switch.h"
#include "widgets/common/tableview.h"

#include <QAction>
#include <QPushButton>
#include <QTest>

/// The dialog that lists kept passwords, over a keychain that does as it is told.
class KeptPasswordsDialogTest final : public WindowFixture {
    Q_OBJECT

private Q_SLOTS:
    void opensFromTheWindow();
    void saysThatNothingIsKept();
    void listsAndRemovesOne();
    void removesByKey();
    void removesAll();
    void goesOnAfterAnotherTry();
    void saysWhatTheKeychainWaitsFor();
    void switchesKeepingOff();

private:
    void openDialog()
    {
        m_state = {};
        m_kept = std::make_unique<KeptPasswords>(
            [this]() -> Result<std::unique_ptr<SecretStore>> { return std::make_unique<FakeKeychain>(m_state); },
            m_clock);
        m_dialog = std::make_unique<KeptPasswordsDialog>(*m_kept);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }
    void keep(const char *account)
    {
        const KeptPassword kept{
            {u"user"_qs, SecretString(QByteArray("secret-of-") + account), {u"uid"_qs, u"7"_qs}}, m_clock.now()};
        (void)awaited(m_kept->keep({u"c1"_qs, u"messages"_qs, QLatin1String(account)}, u"prod"_qs, kept));
    }
    template <typename Widget> Widget *child(const char *name) const
    {
        return m_dialog->findChild<Widget *>(QLatin1String(name));
    }
    TableView *table() const { return child<TableView>("keptPasswordsTable"); }
    QStringList rows() const
    {
        QStringList rows;
        for (int row = 0; row < table()->model()->rowCount(); ++row)
            rows.append(table()->model()->index(row, 2).data().toString());
        return rows;
    }

    FakeKeychain::State m_state;
    std::unique_ptr<KeptPasswords> m_kept;
    std::unique_ptr<KeptPasswordsDialog> m_dialog;
};

void KeptPasswordsDialogTest::opensFromTheWindow()
{
    writeKubeconfig(twoClusters);
    open();
    find<QPushButton>("keptPasswordsButton")->click();
    QPointer<KeptPasswordsDialog> dialog = find<KeptPasswordsDialog>("keptPasswordsDialog");
    QVERIFY(dialog && dialog->isVisible());
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!dialog);
    find<QAction>("keptPasswordsAction")->trigger();
    QVERIFY(find<KeptPasswordsDialog>("keptPasswordsDialog")->isVisible());
}

void KeptPasswordsDialogTest::saysThatNothingIsKept()
{
    openDialog();
    QVERIFY(m_dialog->findChild<EmptyState *>()->isVisible());
    QVERIFY(!child<QPushButton>("removePasswordButton")->isEnabled());
    QVERIFY(!child<QPushButton>("removeAllPasswordsButton")->isEnabled());
    keep("default");
    QVERIFY(!m_dialog->findChild<EmptyState *>()->isVisible());
    QVERIFY(child<QPushButton>("removeAllPasswordsButton")->isEnabled());
}

void KeptPasswordsDialogTest::listsAndRemovesOne()
{
    openDialog();
    for (const char *account : {"billing", "default", "orders"})
        keep(account);
    QCOMPARE(rows(), (QStringList{u"billing"_qs, u"default"_qs, u"orders"_qs}));
    const auto *model = table()->model();
    QCOMPARE(model->index(0, 0).data().toString(), u"prod"_qs);
    QCOMPARE(model->index(0, 1).data().toString(), u"messages"_qs);
    QVERIFY(!model->index(0, 3).data().toString().isEmpty());
    auto *remove = child<QPushButton>("removePasswordButton");
    QVERIFY(!remove->isEnabled()); // none is selected
    table()->selectRow(1);
    QVERIFY(remove->isEnabled());
    remove->click();
    QTRY_COMPARE(rows(), (QStringList{u"billing"_qs, u"orders"_qs}));
    QCOMPARE(m_state.held.size(), std::size_t(2));
    QVERIFY(m_state.held.find(u"c1/messages/default"_qs) == m_state.held.end());
}

void KeptPasswordsDialogTest::removesByKey()
{
    openDialog();
    keep("default");
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Down);
    table()->selectRow(0);
    QTest::keyClick(table(), Qt::Key_Delete);
    QTRY_VERIFY(rows().isEmpty());
    QVERIFY(m_state.held.empty());
    // the keyboard is not lost with the table
    QVERIFY(m_dialog->focusWidget() && m_dialog->focusWidget()->isVisible());
}

void KeptPasswordsDialogTest::removesAll()
{
    openDialog();
    for (const char *account : {"billing", "default"})
        keep(account);
    child<QPushButton>("removeAllPasswordsButton")->click();
    QTRY_VERIFY(rows().isEmpty());
    QVERIFY(m_state.held.empty());
    QVERIFY(m_dialog->findChild<EmptyState *>()->isVisible());
}

void KeptPasswordsDialogTest::goesOnAfterAnotherTry()
{
    openDialog();
    m_state.obstacle = Error{Error::Kind::Offline, u"There is none."_qs, {}, {}, {}};
    keep("default");
    auto *message = child<InlineMessage>("keychainMessage");
    QVERIFY(message->isVisible());
    QVERIFY2(message->text().contains(u"There is none."_qs), qPrintable(message->text()));
    QVERIFY(table()->model()->index(0, 4).data().toString().contains(u"Memory"_qs));
    message->actionButton()->click();
    QTRY_VERIFY(child<QPushButton>("removeAllPasswordsButton")->isEnabled());
    QVERIFY(message->isVisible());
    m_state.obstacle.reset();
    message->actionButton()->click();
    QTRY_VERIFY(!message->isVisible());
    QTRY_COMPARE(table()->model()->index(0, 4).data().toString(), u"Keychain"_qs);
    QCOMPARE(m_state.held.size(), std::size_t(1));
}

void KeptPasswordsDialogTest::saysWhatTheKeychainWaitsFor()
{
    openDialog();
    keep("default");
    m_state.isLocked = true;
    child<QPushButton>("removeAllPasswordsButton")->click();
    auto *message = child<InlineMessage>("keychainMessage");
    QTRY_VERIFY(message->isVisible());
    QVERIFY2(message->title().contains(u"unlocked"_qs), qPrintable(message->title()));
    QVERIFY(!child<QPushButton>("removeAllPasswordsButton")->isEnabled());
    m_state.open->answerAsPerson(false);
    QTRY_VERIFY(child<QPushButton>("removeAllPasswordsButton")->isEnabled());
    QVERIFY2(message->text().contains(u"not unlocked"_qs), qPrintable(message->text()));
    QCOMPARE(rows(), QStringList{u"default"_qs});
}

void KeptPasswordsDialogTest::switchesKeepingOff()
{
    openDialog();
    auto *keeps = child<Switch>("keepPasswordsSwitch");
    QVERIFY(keeps->isChecked());
    keeps->click();
    QVERIFY(!m_kept->isOn());
    keep("default");
    QVERIFY(rows().isEmpty());
    keeps->click();
    keep("default");
    QCOMPARE(rows(), QStringList{u"default"_qs});
}

QTEST_MAIN(KeptPasswordsDialogTest)
#include "tst_keptpasswordsdialog.moc"

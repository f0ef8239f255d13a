// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/keychain/qtkeychainstore.h"
#include "tests/e2e/othertools.h"
#include "tests/e2e/windowtest.h"
#include "tests/services/keychain/keyring.h"
#include "tests/support/filesearch.h"

#include <QLineEdit>
#include <QTest>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

const QString messagingNamespace = QStringLiteral("pennant-messaging");
const QString firstPassword = QStringLiteral("first-light-Of-5-mornings");
const QString secondPassword = QStringLiteral("second-light-Of-5-evenings");

} // namespace

/// A password of a real cluster in a real gnome-keyring: revealed, kept over a restart, changed, gone with its runtime.
class KeychainWindowTest final : public WindowTest {
    Q_OBJECT

public:
    KeychainWindowTest()
        : WindowTest([]() -> Result<std::unique_ptr<SecretStore>> { return std::make_unique<QtKeychainStore>(); })
    {
    }

private:
    void pressReveal()
    {
        QWidget *row = m_driver->find<QWidget>(text("passwordRow"));
        QVERIFY2(row, qPrintable(m_driver->failure()));
        QTest::mouseClick(row->findChild<QWidget *>(text("revealButton")), Qt::LeftButton);
    }
    /// Every item of this program.
    static QByteArray kept() { return Keyring::storedByProgram(); }

private Q_SLOTS:
    void enablesNats()
    {
        QVERIFY2(qEnvironmentVariableIsSet("PENNANT_KEYRING_PASSWORD"), "run it under tests/support/with-keyring");
        openWindow();
        m_driver->click(text("overviewEnableButton"));
        m_driver->choose(text("storageClassCombo"), text("standard"));
        m_driver->type(text("storageEdit"), text("1"));
        m_driver->press(text("replicasChoice"), text("1"));
        m_driver->type(text("clientPasswordEdit"), firstPassword);
        m_driver->click(text("enableNatsButton"));
        QVERIFY2(m_driver->shows(text("Ready"), text("runtimeBadge"), 300), qPrintable(m_driver->failure()));
        QVERIFY(kept().isEmpty());
    }

    void keepsWhatIsRevealed()
    {
        m_driver->openTab(text("Overview"));
        pressReveal();
        QVERIFY2(m_driver->shows(firstPassword, text("passwordRow")), qPrintable(m_driver->failure()));
        QVERIFY2(
            m_driver->shows(text("Kept in the keychain"), text("keptPasswordLine")), qPrintable(m_driver->failure()));
        QVERIFY(m_driver->waitFor([] { return kept().endsWith('\n' + firstPassword.toUtf8()); }));
        pressReveal(); // hides it
        m_driver->screenshot(text("overview-kept"));
    }

    /// The metadata that is watched has the version of what was read.
    void showsItAgainAfterARestart()
    {
        openWindow();
        QVERIFY2(
            m_driver->shows(text("Kept in the keychain"), text("keptPasswordLine")), qPrintable(m_driver->failure()));
        QVERIFY(!m_driver->textIn(text("keptPasswordLine")).contains(text("changed since")));
        pressReveal();
        QVERIFY2(m_driver->shows(firstPassword, text("passwordRow")), qPrintable(m_driver->failure()));
        QVERIFY(Keyring::lock() && Keyring::unlock());
        pressReveal();
        pressReveal();
        QVERIFY2(m_driver->shows(firstPassword, text("passwordRow")), qPrintable(m_driver->failure()));
    }

    void noticesThatItWasChanged()
    {
        bool isOk = false;
        OtherTools::kubectl({text("patch"), text("secret"), text("nats-account-default"), text("-n"),
                                messagingNamespace, text("--type=merge"), text("-p"),
                                QStringLiteral("{\"stringData\":{\"password\":\"%1\"}}").arg(secondPassword)},
            &isOk);
        QVERIFY(isOk);
        QVERIFY2(m_driver->shows(text("changed since"), text("keptPasswordLine")), qPrintable(m_driver->failure()));
        openWindow(); // whatever was shown is hidden
        pressReveal();
        QVERIFY2(m_driver->shows(secondPassword, text("passwordRow")), qPrintable(m_driver->failure()));
        QVERIFY(m_driver->waitFor([] { return kept().endsWith('\n' + secondPassword.toUtf8()); }));
        QVERIFY(!kept().contains(firstPassword.toUtf8()));
    }

    void leavesNothingInFiles()
    {
        for (const QString &password : {firstPassword, secondPassword})
            QCOMPARE(filesWith(password.toUtf8(),
                         {settingsFolder(), qEnvironmentVariable("HOME"), qEnvironmentVariable("XDG_RUNTIME_DIR")}),
                QStringList());
    }

    void goesWithTheRuntime()
    {
        m_driver->openTab(text("Settings"));
        m_driver->click(text("disableNatsButton"));
        m_driver->type(text("confirmNameEdit"), text("local-admin"));
        m_driver->click(text("confirmDangerButton"));
        m_driver->openTab(text("Overview"));
        QVERIFY2(m_driver->waitFor(
                     [this] { return m_driver->textIn(text("overviewPage")).contains(text("Enable NATS")); }, 300),
            qPrintable(m_driver->failure()));
        QVERIFY(m_driver->waitFor([] { return kept().isEmpty(); }));
    }
};

int main(int argc, char **argv)
{
    const auto application = createTestApplication(argc, argv);
    KeychainWindowTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "e2e_keychain.moc"

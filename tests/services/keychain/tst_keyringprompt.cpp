// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/clock.h"
#include "services/keychain/keptpasswords.h"
#include "services/keychain/qtkeychainstore.h"
#include "tests/services/keychain/keyring.h"
#include "tests/support/awaited.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <functional>

/// The keyring's own question to a person, on a screen: answered, and turned down, by the keyboard.
class KeyringPromptTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsOnceAPersonHasUnlockedIt();
    void goesOnWithoutItWhereAPersonTurnsItDown();
    void leavesTheQuestionToThePerson();

private:
    static QByteArray xdotool(const QStringList &arguments, const QByteArray &input = {})
    {
        QProcess tool;
        tool.start(QStringLiteral("xdotool"), arguments);
        tool.write(input);
        tool.closeWriteChannel();
        tool.waitForFinished();
        return tool.readAllStandardOutput().trimmed();
    }
    static QByteArray promptWindow()
    {
        return xdotool({QStringLiteral("search"), QStringLiteral("--onlyvisible"), QStringLiteral("--class"),
            QStringLiteral("prompter")});
    }
    /// Until the prompt has gone: one that has not taken the keyboard yet does not hear.
    static bool pressUntilGone(const std::function<void()> &press)
    {
        return QTest::qWaitFor(
            [&press] {
                if (promptWindow().isEmpty())
                    return true;
                press();
                QTest::qWait(500);
                return promptWindow().isEmpty();
            },
            60000);
    }
    static bool unlockAsPerson()
    {
        return pressUntilGone([] {
            xdotool({QStringLiteral("key"), QStringLiteral("ctrl+a")});
            xdotool({QStringLiteral("type"), QStringLiteral("--file"), QStringLiteral("-")},
                qgetenv("PENNANT_KEYRING_PASSWORD"));
            xdotool({QStringLiteral("key"), QStringLiteral("Return")});
        });
    }

    SystemClock m_clock;
    const KeptId m_account{QStringLiteral("c"), QStringLiteral("messages"), QStringLiteral("default")};
    KeptPassword m_kept;
    std::unique_ptr<KeptPasswords> m_passwords;
};

void KeyringPromptTest::init()
{
    QVERIFY2(qEnvironmentVariableIsSet("PENNANT_KEYRING_PASSWORD"), "run it under tests/support/with-keyring");
    QCoreApplication::setOrganizationName(QStringLiteral("PennantTest"));
    QCoreApplication::setApplicationName(QStringLiteral("KeyringPromptTest"));
    QVERIFY(Keyring::unlock());
    m_passwords = std::make_unique<KeptPasswords>(
        []() -> Result<std::unique_ptr<SecretStore>> { return std::make_unique<QtKeychainStore>(); }, m_clock);
    m_kept = {{QStringLiteral("default"), generatePassword(), {QStringLiteral("uid"), QStringLiteral("7")}},
        QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC)};
    const Result<void> stored = awaited(m_passwords->keep(m_account, QStringLiteral("prod"), m_kept));
    QVERIFY2(stored, whyNot(stored));
    QVERIFY(Keyring::lock());
}

void KeyringPromptTest::readsOnceAPersonHasUnlockedIt()
{
    Pending<KeptPassword> read = m_passwords->read(m_account);
    QTRY_VERIFY_WITH_TIMEOUT(!promptWindow().isEmpty(), 60000);
    QVERIFY(m_passwords->isWaitingForPerson());
    QVERIFY(unlockAsPerson());
    const Result<KeptPassword> answer = awaited(std::move(read));
    QVERIFY2(answer, whyNot(answer));
    QCOMPARE(*answer, m_kept);
    QVERIFY(!m_passwords->isWaitingForPerson());
    QVERIFY(!m_passwords->problem());
}

void KeyringPromptTest::goesOnWithoutItWhereAPersonTurnsItDown()
{
    Pending<KeptPassword> read = m_passwords->read(m_account);
    QTRY_VERIFY_WITH_TIMEOUT(!promptWindow().isEmpty(), 60000);
    QVERIFY(pressUntilGone([] { xdotool({QStringLiteral("key"), QStringLiteral("Escape")}); }));
    const Result<KeptPassword> answer = awaited(std::move(read));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, Error::Kind::Forbidden);
    QVERIFY(m_passwords->problem().has_value());
    QVERIFY(!m_passwords->isWaitingForPerson());
}

/// Who doesn't wait any more does nothing to it: the daemon would end itself.
void KeyringPromptTest::leavesTheQuestionToThePerson()
{
    const pid_t daemon = Keyring::process();
    QtKeychainStore store;
    Pending<void> opening = store.open(SecretStore::IfLocked::Ask);
    QTRY_VERIFY_WITH_TIMEOUT(!promptWindow().isEmpty(), 60000);
    opening.drop();
    QVERIFY(!store.isWaitingForPerson());
    QVERIFY(Keyring::isLocked());
    QVERIFY(unlockAsPerson());
    QTRY_VERIFY(!Keyring::isLocked());
    QCOMPARE(Keyring::process(), daemon);
    const Result<KeptPassword> read = awaited(m_passwords->read(m_account));
    QVERIFY2(read, whyNot(read));
    QCOMPARE(*read, m_kept);
}

QTEST_GUILESS_MAIN(KeyringPromptTest)
#include "tst_keyringprompt.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/clock.h"
#include "services/keychain/keptpasswords.h"
#include "services/keychain/qtkeychainstore.h"
#include "tests/services/keychain/keyring.h"
#include "tests/support/awaited.h"
#include "tests/support/filesearch.h"

#include <QProcess>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>

#include <csignal>

namespace {

QString said; ///< by the program's log, all of it

void note(QtMsgType, const QMessageLogContext &, const QString &message)
{
    said += message + u'\n';
}

const KeptId account{
    QStringLiteral("0123456789abcdef"), QStringLiteral("pennant-messaging"), QStringLiteral("default")};

KeptPassword password(const QString &resourceVersion)
{
    return {{QStringLiteral("default"), generatePassword(), {QStringLiteral("a-uid"), resourceVersion}},
        QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC)};
}

QStringList filesWith(const SecretString &secret)
{
    return filesWith(secret.revealUtf8(), {qEnvironmentVariable("HOME"), qEnvironmentVariable("XDG_RUNTIME_DIR")});
}

} // namespace

/// What is kept, in a real gnome-keyring of its own (tests/support/with-keyring).
class KeychainTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void storesAndReadsAfterARestart();
    void replacesWhatWasRotated();
    void asksForALockedOneOnceAndKeepsInMemory();
    void readsOnceItIsUnlocked();
    void removesOneByOneAndAllTogether();
    void leavesALockedOneAloneWhereNobodyMayBeAsked();
    void knowsThatSomebodyElseHasRemovedIt();
    void outlivesTheDaemon();
    void isNotHeldUpByADaemonThatIsSilent();

private:
    /// As after a start of the program.
    void restart()
    {
        m_passwords = std::make_unique<KeptPasswords>(
            []() -> Result<std::unique_ptr<SecretStore>> { return std::make_unique<QtKeychainStore>(); }, m_clock);
    }
    Result<void> keep(const KeptPassword &kept, const KeptId &id = account)
    {
        return awaited(m_passwords->keep(id, QStringLiteral("prod"), kept));
    }

    SystemClock m_clock;
    std::unique_ptr<KeptPasswords> m_passwords;
    QtMessageHandler m_before = nullptr;
};

void KeychainTest::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIsSet("PENNANT_KEYRING_PASSWORD"), "run it under tests/support/with-keyring");
    QCoreApplication::setOrganizationName(QStringLiteral("PennantTest"));
    QCoreApplication::setApplicationName(QStringLiteral("KeychainTest"));
    m_before = qInstallMessageHandler(note);
}

void KeychainTest::init()
{
    QVERIFY(Keyring::unlock());
    restart();
    const Result<void> removed = awaited(m_passwords->removeAll());
    QVERIFY2(removed, whyNot(removed));
    QVERIFY(m_passwords->entries().isEmpty());
}

void KeychainTest::cleanup()
{
    m_passwords.reset();
}

void KeychainTest::storesAndReadsAfterARestart()
{
    const KeptPassword kept = password(QStringLiteral("7"));
    const Result<void> stored = keep(kept);
    QVERIFY2(stored, whyNot(stored));
    QVERIFY(!m_passwords->find(account)->isSessionOnly);
    QVERIFY(Keyring::stored(account.key()).endsWith('\n' + kept.credential.password.revealUtf8()));

    restart();
    QCOMPARE(m_passwords->entries().size(), 1);
    QCOMPARE(m_passwords->find(account)->version, kept.credential.version);
    QCOMPARE(m_passwords->find(account)->fetchedAt, kept.fetchedAt);
    const Result<KeptPassword> read = awaited(m_passwords->read(account));
    QVERIFY2(read, whyNot(read));
    QCOMPARE(*read, kept);
    QCOMPARE(filesWith(kept.credential.password), QStringList());
    QVERIFY(!said.contains(kept.credential.password.reveal()));
}

void KeychainTest::replacesWhatWasRotated()
{
    const KeptPassword old = password(QStringLiteral("7"));
    const KeptPassword rotated = password(QStringLiteral("8"));
    QVERIFY(keep(old));
    QVERIFY(keep(rotated));
    restart();
    QCOMPARE(m_passwords->entries().size(), 1);
    QCOMPARE(m_passwords->find(account)->version, rotated.credential.version);
    QCOMPARE(*awaited(m_passwords->read(account)), rotated);
    QVERIFY(!Keyring::stored(account.key()).contains(old.credential.password.revealUtf8()));
}

void KeychainTest::asksForALockedOneOnceAndKeepsInMemory()
{
    const KeptPassword old = password(QStringLiteral("7"));
    QVERIFY(keep(old));
    QVERIFY(Keyring::lock());
    restart();
    int asked = 0;
    connect(m_passwords.get(), &KeptPasswords::waitingForPersonChanged, this,
        [this, &asked] { asked += m_passwords->isWaitingForPerson() ? 1 : 0; });
    // nobody is there to unlock it: there is no screen that the question could be shown on
    const Result<KeptPassword> read = awaited(m_passwords->read(account));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, Error::Kind::Forbidden);
    QVERIFY(m_passwords->problem().has_value());
    QCOMPARE(asked, 1);

    const KeptPassword rotated = password(QStringLiteral("8"));
    QVERIFY(!keep(rotated));
    QCOMPARE(asked, 1);
    QVERIFY(m_passwords->find(account)->isSessionOnly);
    QCOMPARE(*awaited(m_passwords->read(account)), rotated);
    QCOMPARE(filesWith(rotated.credential.password), QStringList());
    QVERIFY(!said.contains(rotated.credential.password.reveal()));

    // what is in the keychain is still listed after a restart, as of the version that it is
    restart();
    QCOMPARE(m_passwords->find(account)->version, old.credential.version);
    QVERIFY(Keyring::unlock());
    QCOMPARE(*awaited(m_passwords->read(account)), old);
}

void KeychainTest::readsOnceItIsUnlocked()
{
    QVERIFY(Keyring::lock());
    const KeptPassword kept = password(QStringLiteral("7"));
    QVERIFY(!keep(kept));
    QVERIFY(m_passwords->find(account)->isSessionOnly);
    QVERIFY(Keyring::unlock());
    const Result<void> again = awaited(m_passwords->tryAgain());
    QVERIFY2(again, whyNot(again));
    QVERIFY(!m_passwords->problem());
    QVERIFY(!m_passwords->find(account)->isSessionOnly);
    QVERIFY(Keyring::stored(account.key()).endsWith(kept.credential.password.revealUtf8()));
    restart();
    QCOMPARE(*awaited(m_passwords->read(account)), kept);
}

void KeychainTest::removesOneByOneAndAllTogether()
{
    QList<KeptId> ids;
    for (const char *name : {"default", "orders", "billing"})
        ids.append({account.cluster, account.nameSpace, QLatin1String(name)});
    for (const KeptId &id : ids)
        QVERIFY(keep(password(QStringLiteral("7")), id));
    QCOMPARE(m_passwords->entries().size(), 3);
    QVERIFY(awaited(m_passwords->remove(ids[0])));
    QVERIFY(Keyring::stored(ids[0].key()).isEmpty());
    QVERIFY(!Keyring::stored(ids[1].key()).isEmpty());
    QCOMPARE(m_passwords->entries().size(), 2);
    QVERIFY(awaited(m_passwords->removeAll()));
    for (const KeptId &id : ids)
        QVERIFY(Keyring::stored(id.key()).isEmpty());
    restart();
    QVERIFY(m_passwords->entries().isEmpty());
}

void KeychainTest::leavesALockedOneAloneWhereNobodyMayBeAsked()
{
    QVERIFY(keep(password(QStringLiteral("7"))));
    QVERIFY(Keyring::lock());
    int asked = 0;
    connect(m_passwords.get(), &KeptPasswords::waitingForPersonChanged, this, [&asked] { ++asked; });
    m_passwords->forgetRuntime(account.cluster, account.nameSpace);
    QTest::qWait(500);
    QCOMPARE(asked, 0);
    QCOMPARE(m_passwords->entries().size(), 1); // and so it can still be removed
    QVERIFY(Keyring::unlock());
    m_passwords->forgetRuntime(account.cluster, account.nameSpace);
    QTRY_VERIFY(m_passwords->entries().isEmpty());
    QVERIFY(Keyring::stored(account.key()).isEmpty());
}

void KeychainTest::knowsThatSomebodyElseHasRemovedIt()
{
    QVERIFY(keep(password(QStringLiteral("7"))));
    QCOMPARE(QProcess::execute(QStringLiteral("secret-tool"),
                 {QStringLiteral("clear"), QStringLiteral("server"), QtKeychainStore::service()}),
        0);
    const Result<KeptPassword> read = awaited(m_passwords->read(account));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, Error::Kind::NotFound);
    QVERIFY(!m_passwords->problem());
}

void KeychainTest::outlivesTheDaemon()
{
    const KeptPassword kept = password(QStringLiteral("7"));
    QVERIFY(keep(kept));
    const pid_t daemon = Keyring::process();
    QVERIFY(daemon > 1);
    QCOMPARE(::kill(daemon, SIGKILL), 0);
    // D-Bus starts another one, whose keyring is locked
    const Result<KeptPassword> read = awaited(m_passwords->read(account));
    QVERIFY(!read);
    QVERIFY(m_passwords->problem().has_value());
    QVERIFY(!m_passwords->problem()->summary.isEmpty());
    const KeptPassword other = password(QStringLiteral("8"));
    QVERIFY(!keep(other));
    QCOMPARE(*awaited(m_passwords->read(account)), other);
    QCOMPARE(filesWith(other.credential.password), QStringList());
    QVERIFY(Keyring::process() != daemon);
    QVERIFY(Keyring::unlock());
    const Result<void> again = awaited(m_passwords->tryAgain());
    QVERIFY2(again, whyNot(again));
    restart();
    QCOMPARE(*awaited(m_passwords->read(account)), other);
}

void KeychainTest::isNotHeldUpByADaemonThatIsSilent()
{
    QVERIFY(keep(password(QStringLiteral("7"))));
    const pid_t daemon = Keyring::process();
    QCOMPARE(::kill(daemon, SIGSTOP), 0);
    const Result<KeptPassword> read = awaited(m_passwords->read(account));
    QCOMPARE(::kill(daemon, SIGCONT), 0);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, Error::Kind::Timeout);
    QVERIFY(awaited(m_passwords->tryAgain()));
    QVERIFY(awaited(m_passwords->read(account)));
}

QTEST_GUILESS_MAIN(KeychainTest)
#include "tst_keychain.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/accountpasswords.h"

#include "services/kubernetes/clusteraccess.h"
#include "services/messaging/clientsecrets.h"
#include "services/messaging/runtimenames.h"
#include "tests/support/fakekeychain.h"
#include "tests/support/jetstreamfixture.h"

#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace std::chrono_literals;

namespace {

const QString account = QStringLiteral("default");

ObjectRef secretRef()
{
    return {QStringLiteral("v1"), QStringLiteral("Secret"), MessagingFixture::nameSpace,
        RuntimeNames::clientSecret(account)};
}

ClusterAccess access(const char *server, const QByteArray &authority)
{
    ClusterAccess access;
    access.server = QUrl(QLatin1String(server));
    access.certificateAuthority = authority;
    return access;
}

} // namespace

/// Passwords of a runtime as a person asks for them, over a cluster in memory and a keychain that does as it is told.
class AccountPasswordsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void isNotFetchedAgain();
    void isFetchedAnewWhereItWasRotated();
    void isFetchedAnewWhereTheKeychainHoldsAnotherVersion();
    void isNotShownToWhomTheClusterRefusesIt();
    void isFetchedEachTimeWhereSecretsCanNotBeListed();
    void isShownAsItWasWhereTheClusterDoesNotAnswer();
    void saysWhyThereIsNone();
    void isFetchedWhereTheKeychainIsNotUnlocked();
    void tellsOfAKeychainThatFailsOnce();
    void readsItselfFromTheClusterWhereNothingIsKept();
    void goesWithTheRuntime();
    void isRemoved();
    void knowsClustersApart();

private:
    /// The fixture's own password at first.
    Result<RevealedPassword> reveal() { return m_fixture->outcomeOf(m_passwords->password(account)); }
    /// Kept to the end.
    Result<RevealedPassword> revealAndKeep()
    {
        Result<RevealedPassword> revealed = reveal();
        m_fixture->passTimeUntil([this] { return !m_state.held.empty(); });
        return revealed;
    }
    int readsOfTheSecret() const
    {
        int reads = 0;
        for (const ApiRequest &request : m_fixture->cluster.cluster.requests)
            reads += request.verb == "GET" && request.path.endsWith(u'/' + secretRef().name) ? 1 : 0;
        return reads;
    }
    void rotate(const char *password)
    {
        const QString encoded = QString::fromLatin1(QByteArray(password).toBase64());
        m_fixture->cluster.cluster.change(
            secretRef(), {{QStringLiteral("data"), QJsonObject{{QStringLiteral("password"), encoded}}}});
    }
    void refuse(const QStringList &verbs)
    {
        m_fixture->cluster.cluster.isAllowed = [verbs](const Permission &permission) {
            return permission.resource != QStringLiteral("secrets") || !verbs.contains(permission.verb);
        };
    }
    bool waitForVersion()
    {
        return m_fixture->passTimeUntil([this] { return m_secrets->version(account).has_value(); });
    }

    FakeKeychain::State m_state;
    std::unique_ptr<JetStreamFixture> m_fixture;
    std::unique_ptr<ClientSecrets> m_secrets;
    std::unique_ptr<KeptPasswords> m_kept;
    std::unique_ptr<AccountPasswords> m_passwords;
};

void AccountPasswordsTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("PennantTest"));
    QCoreApplication::setApplicationName(QStringLiteral("AccountPasswordsTest"));
}

void AccountPasswordsTest::init()
{
    QSettings().clear();
    m_state = {};
    m_fixture = std::make_unique<JetStreamFixture>();
    m_secrets = std::make_unique<ClientSecrets>(m_fixture->cluster.cluster, m_fixture->clock, m_fixture->runtime);
    m_kept = std::make_unique<KeptPasswords>(
        [this]() -> Result<std::unique_ptr<SecretStore>> { return std::make_unique<FakeKeychain>(m_state); },
        m_fixture->clock);
    m_passwords = std::make_unique<AccountPasswords>(*m_secrets, m_fixture->runtime, m_fixture->accounts,
        m_fixture->clock, AccountPasswords::Keeping{m_kept.get(), QStringLiteral("c1"), QStringLiteral("prod")});
    QVERIFY(m_fixture->start());
    m_secrets->start();
    QVERIFY(waitForVersion());
}

void AccountPasswordsTest::cleanup()
{
    m_passwords.reset();
    m_kept.reset();
    m_secrets.reset();
    m_fixture.reset();
}

void AccountPasswordsTest::isNotFetchedAgain()
{
    const Result<RevealedPassword> first = revealAndKeep();
    QVERIFY(first);
    QCOMPARE(first->password, MessagingFixture::request().clientPassword);
    QVERIFY(!first->unconfirmed);
    QCOMPARE(m_passwords->kept(account)->clusterName, QStringLiteral("prod"));
    QVERIFY(!m_passwords->isOutOfDate(account));
    const int reads = readsOfTheSecret();
    QVERIFY(reads > 0);
    m_fixture->passTime(10s);

    const Result<RevealedPassword> second = reveal();
    QVERIFY(second);
    QCOMPARE(second->password, first->password);
    QVERIFY(!second->unconfirmed);
    QVERIFY(second->fetchedAt < m_fixture->clock.now());
    QCOMPARE(readsOfTheSecret(), reads);
}

void AccountPasswordsTest::isFetchedAnewWhereItWasRotated()
{
    QVERIFY(revealAndKeep());
    m_fixture->passTime(1s);
    QSignalSpy changed(m_passwords.get(), &AccountPasswords::keptChanged);
    rotate("another-one-by-now");
    QVERIFY(m_fixture->passTimeUntil([this] { return m_passwords->isOutOfDate(account); }));
    QVERIFY(changed.count() > 0); // though the accounts are the same
    m_state.asked.clear();
    const Result<RevealedPassword> rotated = reveal();
    QCOMPARE(rotated->password, SecretString(QByteArray("another-one-by-now")));
    QVERIFY(!m_state.asked.join(u' ').contains(QStringLiteral("read")));
    QVERIFY(m_fixture->passTimeUntil([this] { return !m_passwords->isOutOfDate(account); }));
    QTRY_VERIFY(m_state.held.begin()->second.revealUtf8().endsWith("another-one-by-now"));
    QCOMPARE(m_kept->entries().size(), 1);
    QCOMPARE(reveal()->password, rotated->password);
}

/// The index is written first: it may be ahead.
void AccountPasswordsTest::isFetchedAnewWhereTheKeychainHoldsAnotherVersion()
{
    QVERIFY(revealAndKeep());
    m_state.held.begin()->second =
        encoded({{account, SecretString(QByteArray("an old one")), {QStringLiteral("uid"), QStringLiteral("1")}},
            m_fixture->clock.now()});
    QCOMPARE(reveal()->password, MessagingFixture::request().clientPassword);
}

void AccountPasswordsTest::isNotShownToWhomTheClusterRefusesIt()
{
    QVERIFY(revealAndKeep());
    refuse({QStringLiteral("get"), QStringLiteral("list"), QStringLiteral("watch")});
    m_fixture->runtime.refresh();
    QVERIFY(m_fixture->passTimeUntil([this] { return !m_fixture->runtime.access().reveal; }));
    m_state.asked.clear();
    const Result<RevealedPassword> refused = reveal();
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Forbidden);
    QVERIFY(m_state.asked.isEmpty());
    // not even where nobody can be asked whether that still holds
    m_fixture->cluster.cluster.goOffline();
    QVERIFY(!reveal());
    QVERIFY(m_state.asked.isEmpty());
    QVERIFY(m_passwords->kept(account).has_value()); // and can be removed
}

void AccountPasswordsTest::isFetchedEachTimeWhereSecretsCanNotBeListed()
{
    QVERIFY(revealAndKeep());
    refuse({QStringLiteral("list"), QStringLiteral("watch")});
    m_fixture->cluster.cluster.cutStreams();
    QVERIFY(m_fixture->passTimeUntil([this] { return !m_secrets->version(account); }));
    rotate("nobody-tells-of-this");
    const Result<RevealedPassword> current = reveal();
    QCOMPARE(current->password, SecretString(QByteArray("nobody-tells-of-this")));
    QVERIFY(!current->unconfirmed);
}

void AccountPasswordsTest::isShownAsItWasWhereTheClusterDoesNotAnswer()
{
    const Result<RevealedPassword> before = revealAndKeep();
    m_fixture->cluster.cluster.goOffline();
    QVERIFY(m_fixture->passTimeUntil([this] { return !m_secrets->version(account); }));
    const Result<RevealedPassword> kept = reveal();
    QVERIFY(kept);
    QCOMPARE(kept->password, before->password);
    QVERIFY(kept->unconfirmed.has_value());
    QCOMPARE(kept->unconfirmed->kind, Error::Kind::Offline);
    QCOMPARE(kept->fetchedAt, before->fetchedAt);
}

void AccountPasswordsTest::saysWhyThereIsNone()
{
    m_fixture->cluster.cluster.goOffline();
    const Result<RevealedPassword> none = reveal();
    QVERIFY(!none);
    QCOMPARE(none.error().kind, Error::Kind::Offline);
    QVERIFY(m_state.asked.isEmpty());
}

void AccountPasswordsTest::isFetchedWhereTheKeychainIsNotUnlocked()
{
    QVERIFY(revealAndKeep());
    m_state.isLocked = true;
    QSignalSpy failed(m_passwords.get(), &AccountPasswords::keychainFailed);
    Pending<RevealedPassword> asked = m_passwords->password(account);
    QVERIFY(m_fixture->passTimeUntil([this] { return m_passwords->isWaitingForPerson(); }));
    rotate("while-the-question-stood");
    QVERIFY(m_fixture->passTimeUntil([this] { return m_passwords->isOutOfDate(account); }));
    m_state.open->answerAsPerson(false);
    const Result<RevealedPassword> fetched = m_fixture->outcomeOf(std::move(asked));
    QCOMPARE(fetched->password, SecretString(QByteArray("while-the-question-stood")));
    QCOMPARE(failed.count(), 1);
    QVERIFY(m_fixture->passTimeUntil([this] { return m_passwords->kept(account)->isSessionOnly; }));
}

void AccountPasswordsTest::tellsOfAKeychainThatFailsOnce()
{
    m_state.obstacle = Error{Error::Kind::Offline, QStringLiteral("There is none."), {}, {}, {}};
    QSignalSpy failed(m_passwords.get(), &AccountPasswords::keychainFailed);
    QVERIFY(reveal());
    QVERIFY(m_fixture->passTimeUntil([&failed] { return failed.count() == 1; }));
    QCOMPARE(failed.first().first().value<Error>().summary, QStringLiteral("There is none."));
    rotate("another-one-by-now");
    QVERIFY(m_fixture->passTimeUntil([this] { return m_passwords->isOutOfDate(account); }));
    QVERIFY(reveal());
    m_fixture->passTime(5s);
    QCOMPARE(failed.count(), 1);
    const int reads = readsOfTheSecret();
    QCOMPARE(reveal()->password, SecretString(QByteArray("another-one-by-now")));
    QCOMPARE(readsOfTheSecret(), reads); // memory has it
}

void AccountPasswordsTest::readsItselfFromTheClusterWhereNothingIsKept()
{
    QVERIFY(revealAndKeep());
    m_kept->setOn(false);
    m_state.asked.clear();
    const int reads = readsOfTheSecret();
    QVERIFY(reveal());
    QVERIFY(reveal());
    QCOMPARE(readsOfTheSecret(), reads + 2);
    QVERIFY(m_state.asked.isEmpty());
    AccountPasswords without(*m_secrets, m_fixture->runtime, m_fixture->accounts, m_fixture->clock, {});
    QCOMPARE(m_fixture->outcomeOf(without.password(account))->password, MessagingFixture::request().clientPassword);
    QVERIFY(!without.kept(account));
    QVERIFY(m_fixture->outcomeOf(without.removeKept(account)));
}

void AccountPasswordsTest::goesWithTheRuntime()
{
    QVERIFY(revealAndKeep());
    m_fixture->cluster.cluster.put(
        {{QStringLiteral("apiVersion"), QStringLiteral("v1")}, {QStringLiteral("kind"), QStringLiteral("Namespace")},
            {QStringLiteral("metadata"), QJsonObject{{QStringLiteral("name"), MessagingFixture::nameSpace}}}});
    m_fixture->cluster.playControllers();
    const RuntimeIdentity identity = m_fixture->runtime.status().identity();
    QVERIFY(m_fixture->outcomeOf(m_fixture->runtime.disable(identity)));
    QVERIFY(
        m_fixture->passTimeUntil([this] { return m_fixture->runtime.status().phase == RuntimePhase::Absent; }, 3000));
    QVERIFY(m_fixture->passTimeUntil([this] { return m_state.held.empty(); }));
    QVERIFY(m_kept->entries().isEmpty());
}

void AccountPasswordsTest::isRemoved()
{
    QVERIFY(revealAndKeep());
    QSignalSpy changed(m_passwords.get(), &AccountPasswords::keptChanged);
    QVERIFY(m_fixture->outcomeOf(m_passwords->removeKept(account)));
    QVERIFY(!m_passwords->kept(account));
    QVERIFY(m_state.held.empty());
    QVERIFY(changed.count() > 0);
}

void AccountPasswordsTest::knowsClustersApart()
{
    const QString one = clusterDigest(access("https://one:6443", "PEM"));
    QCOMPARE(clusterDigest(access("https://one:6443/", "PEM\n")), one);
    QVERIFY(clusterDigest(access("https://two:6443", "PEM")) != one);
    QVERIFY(clusterDigest(access("https://one:6443", "another")) != one); // made anew at the same address
    ClusterAccess behind = access("https://one:6443", "PEM");
    behind.proxy = QUrl(QStringLiteral("http://bastion:3128"));
    QVERIFY(clusterDigest(behind) != one);
    ClusterAccess renamed = access("https://one:6443", "PEM");
    renamed.contextName = QStringLiteral("another name");
    renamed.userName = QStringLiteral("another person");
    QCOMPARE(clusterDigest(renamed), one);
}

QTEST_MAIN(AccountPasswordsTest)
#include "tst_accountpasswords.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/accountservice.h"

#include "services/messaging/accountrecord.h"
#include "services/messaging/runtimecredentials.h"
#include "services/messaging/runtimenames.h"
#include "services/nats/bcrypt.h"
#include "services/nats/serverconfig.h"
#include "tests/support/jetstreamfixture.h"

#include <QTest>

using namespace std::chrono_literals;

namespace {

const QString shop = QStringLiteral("shop");
const SecretString first(QByteArray("a first password"));
const SecretString second(QByteArray("a second password"));

QString text(const char *value)
{
    return QLatin1String(value);
}

AccountSpec named(const QString &name)
{
    AccountSpec spec;
    spec.name = name;
    return spec;
}

} // namespace

/// Changes of accounts, with servers that take every configuration. Deletion is tried on real ones (e2e_accounts).
class AccountChangesTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<JetStreamFixture> m_fixture;

    AccountService &accounts() { return m_fixture->accounts; }
    Account account(const QString &name) { return accounts().find(name).value_or(Account{}); }

    QByteArray configuration() const
    {
        return secretValue(
            m_fixture->cluster.secret(text(RuntimeNames::configSecret)).value_or(QJsonObject()), text("nats.conf"));
    }

    Login login(const QString &secret) const
    {
        return loginFromSecret(m_fixture->cluster.secret(secret).value_or(QJsonObject()));
    }

    bool letsIn(const QString &user, const SecretString &password) const
    {
        return bcryptMatches(password, passwordHashIn(configuration(), user));
    }

    AccountRecord stored(const QString &name) const
    {
        const auto object = m_fixture->cluster.cluster.object(
            {text("v1"), text("ConfigMap"), MessagingFixture::nameSpace, RuntimeNames::accountRecord(name)});
        return AccountRecord::fromConfigMap(object.value_or(QJsonObject())).value_or(AccountRecord{});
    }

    void put(const AccountRecord &record)
    {
        m_fixture->cluster.cluster.put(record.toConfigMap(MessagingFixture::nameSpace));
    }

    bool settles(const QString &name)
    {
        return m_fixture->passTimeUntil(
            [&] { return account(name).name == name && accounts().changeAccess(account(name)); });
    }

    Result<void> makeShop()
    {
        Result<void> made = m_fixture->outcomeOf(accounts().create(named(shop), first));
        if (made && !settles(shop))
            return fail(Error::Kind::Timeout, text("it does not settle"));
        return made;
    }

    RotationRequest rotation(RotationRequest::Overlap overlap) const { return {shop, {}, second, overlap}; }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<JetStreamFixture>(3);
        m_fixture->cluster.playServers({text("nats-0"), text("nats-1"), text("nats-2")});
        QVERIFY(m_fixture->start());
        QVERIFY(m_fixture->passTimeUntil([this] { return accounts().createAccess().allowed; }));
    }

    void makesAnAccount()
    {
        AccountSpec spec = named(shop);
        spec.displayName = text("Web shop");
        spec.limits.maxStreams = 3;
        spec.users = {{text("worker"), {{text("jobs.>")}, {}, {}, {}}}};
        const auto made = m_fixture->outcomeOf(accounts().create(spec, first));
        QVERIFY2(made, made ? "" : qPrintable(made.error().text()));
        QVERIFY(settles(shop));
        QCOMPARE(account(shop).spec, spec);
        QCOMPARE(account(shop).credential, CredentialState::Active);
        QCOMPARE(stored(shop).operation.state, AccountOperation::State::Done);
        QCOMPARE(login(RuntimeNames::clientSecret(shop)).password, first);
        QVERIFY(letsIn(shop, first));
        QVERIFY(letsIn(text("shop.worker"), login(RuntimeNames::userSecret(shop, text("worker"))).password));
        QVERIFY(letsIn(text("pennant-management-shop"), login(RuntimeNames::managementSecret(shop)).password));
        QVERIFY(configuration().contains("max_streams: 3"));
        QVERIFY(!configuration().contains(first.revealUtf8()));
        QVERIFY(letsIn(text("default"), MessagingFixture::request().clientPassword));
        QVERIFY(accounts().rollout(shop).isEmpty());
    }

    /// It is recorded by then: to retry it makes it whole.
    void makesAnAccountWhosePasswordWasNotStoredAtFirst()
    {
        m_fixture->cluster.cluster.failNext(
            1, Error{Error::Kind::Invalid, text("no room"), {}, {}, {}}, "POST", text("/secrets"));
        QVERIFY(!m_fixture->outcomeOf(accounts().create(named(shop), first)));
        QVERIFY(settles(shop));
        QCOMPARE(stored(shop).operation.state, AccountOperation::State::Failed);
        const auto retried = m_fixture->outcomeOf(accounts().retry(account(shop)));
        QVERIFY2(retried, retried ? "" : qPrintable(retried.error().text()));
        QVERIFY(letsIn(shop, login(RuntimeNames::clientSecret(shop)).password));
        QVERIFY(account(shop).hasLostPassword);
        QVERIFY(settles(shop));
        QVERIFY(m_fixture->outcomeOf(accounts().rotate(account(shop), rotation(RotationRequest::Overlap::None))));
        QVERIFY(!stored(shop).hasLostPassword);
    }

    void refusesWhatIsWrong()
    {
        AccountSpec spec = named(text("Shop"));
        spec.limits.maxStreams = 0;
        const auto made = m_fixture->outcomeOf(accounts().create(spec, SecretString(QByteArray("short"))));
        QVERIFY(!made);
        QStringList fields;
        for (const FieldError &error : made.error().fields)
            fields.append(error.field);
        QCOMPARE(fields, QStringList({text("name"), text("maxStreams"), text("password")}));
        QVERIFY(stored(text("Shop")).spec.name.isEmpty());
    }

    void leavesAnAccountThatSomebodyElseMade()
    {
        AccountRecord others = AccountRecord{named(shop), {}, shop};
        others.operation.state = AccountOperation::State::Done;
        others.operation.id = text("of somebody else");
        Pending<void> making = accounts().create(named(shop), first);
        put(others);
        const auto made = m_fixture->outcomeOf(std::move(making));
        QVERIFY(!made);
        QCOMPARE(made.error().kind, Error::Kind::Conflict);
        QCOMPARE(stored(shop).operation.id, others.operation.id);
        QVERIFY(!m_fixture->cluster.secret(RuntimeNames::clientSecret(shop)));
    }

    void changesLimitsAndUsers()
    {
        QVERIFY(makeShop());
        AccountSpec spec = account(shop).spec;
        spec.limits.maxStorageGibibytes = 2;
        spec.users = {{text("worker"), {}}};
        const auto changed = m_fixture->outcomeOf(accounts().change(account(shop), spec));
        QVERIFY2(changed, changed ? "" : qPrintable(changed.error().text()));
        QVERIFY(configuration().contains("max_store: 2147483648"));
        QVERIFY(settles(shop));
        spec.users.clear();
        QVERIFY(m_fixture->outcomeOf(accounts().change(account(shop), spec)));
        QVERIFY(passwordHashIn(configuration(), text("shop.worker")).isEmpty());
        QVERIFY(!m_fixture->cluster.secret(RuntimeNames::userSecret(shop, text("worker"))));
        QVERIFY(letsIn(shop, first));
    }

    void refusesAChangeOfWhatIsAnotherByNow()
    {
        QVERIFY(makeShop());
        const Account seen = account(shop);
        AccountRecord others = stored(shop);
        others.operation.id = text("of somebody else");
        others.operation.requestedBy = text("bo@desk");
        others.spec.description = text("Bo's");
        AccountSpec spec = seen.spec;
        spec.description = text("Ana's");
        Pending<void> changing = accounts().change(seen, spec);
        put(others);
        const auto changed = m_fixture->outcomeOf(std::move(changing));
        QVERIFY(!changed);
        QCOMPARE(changed.error().kind, Error::Kind::Conflict);
        QVERIFY2(changed.error().summary.contains(text("bo@desk")), qPrintable(changed.error().summary));
        QCOMPARE(stored(shop).spec.description, text("Bo's"));
    }

    void rotatesAtOnce()
    {
        QVERIFY(makeShop());
        const auto rotated =
            m_fixture->outcomeOf(accounts().rotate(account(shop), rotation(RotationRequest::Overlap::None)));
        QVERIFY2(rotated, rotated ? "" : qPrintable(rotated.error().text()));
        QVERIFY(letsIn(shop, second) && !letsIn(shop, first));
        QCOMPARE(login(RuntimeNames::clientSecret(shop)).password, second);
    }

    void rotatesWithAnOverlap()
    {
        QVERIFY(makeShop());
        const auto rotated =
            m_fixture->outcomeOf(accounts().rotate(account(shop), rotation(RotationRequest::Overlap::UntilEnded)));
        QVERIFY2(rotated, rotated ? "" : qPrintable(rotated.error().text()));
        QVERIFY(letsIn(text("shop_2"), second) && letsIn(shop, first));
        QVERIFY(settles(shop));
        QCOMPARE(account(shop).credential, CredentialState::Rotating);
        QCOMPARE(account(shop).connection.username, text("shop_2"));
        QCOMPARE(login(RuntimeNames::clientSecret(shop)).username, text("shop_2"));
        const auto twice =
            m_fixture->outcomeOf(accounts().rotate(account(shop), rotation(RotationRequest::Overlap::UntilEnded)));
        QVERIFY(!twice && twice.error().kind == Error::Kind::Conflict);
        QVERIFY(m_fixture->outcomeOf(accounts().endOverlap(account(shop))));
        QVERIFY(letsIn(text("shop_2"), second));
        QVERIFY(passwordHashIn(configuration(), shop).isEmpty());
        QVERIFY(!m_fixture->cluster.secret(RuntimeNames::retiringSecret(shop)));
    }

    /// A client of a pod that is away comes back with it.
    void goesOnWithAnOverlapWhileAPodIsAway()
    {
        for (const char *pod : {"nats-0", "nats-1", "nats-2"}) {
            const QString nameSpace = MessagingFixture::nameSpace;
            FakeCluster &cluster = m_fixture->cluster.cluster;
            cluster.servePage(nameSpace, text(pod), 8222, text("/connz?auth=true&limit=1024&offset=0"),
                "{\"connections\":[],\"total\":0}");
            cluster.servePage(nameSpace, text(pod), 8222, text("/jsz?accounts=true"), "{\"account_details\":[]}");
        }
        QVERIFY(makeShop());
        m_fixture->cluster.cluster.put(MessagingFixture::pod(text("nats-2"), false));
        QVERIFY(m_fixture->passTimeUntil([this] { return m_fixture->runtime.status().readyPods() == 2; }));
        QVERIFY(settles(shop));
        const auto rotated =
            m_fixture->outcomeOf(accounts().rotate(account(shop), rotation(RotationRequest::Overlap::UntilUnused)));
        QVERIFY2(rotated, rotated ? "" : qPrintable(rotated.error().text()));
        m_fixture->passTime(60s);
        QVERIFY(accounts().connections(shop) && !accounts().areConnectionsWhole());
        QVERIFY(stored(shop).retiring);
        m_fixture->cluster.cluster.put(MessagingFixture::pod(text("nats-2"), true));
        QVERIFY(m_fixture->passTimeUntil([this] { return !stored(shop).retiring; }));
        QVERIFY(accounts().areConnectionsWhole());
    }

    /// A workstation that went away after it had asked for a rotation, before or after it stored the password.
    void goesOnWithARotation_data()
    {
        QTest::addColumn<bool>("isStored");
        QTest::newRow("stored") << true;
        QTest::newRow("never stored") << false;
    }

    void goesOnWithARotation()
    {
        QFETCH(bool, isStored);
        QVERIFY(makeShop());
        AccountRecord asked = stored(shop);
        asked.operation = {AccountOperation::Kind::Rotate, AccountOperation::State::Running, text("died"),
            text("bo@desk"), m_fixture->clock.now(), {}};
        asked.retiring = RetiringLogin{shop, m_fixture->clock.now(), false};
        asked.clientUsername = text("shop_2");
        asked.isOverlapBegun = true;
        put(asked);
        if (isStored) {
            QJsonObject secret = *m_fixture->cluster.secret(RuntimeNames::clientSecret(shop));
            QJsonObject retiring = secret;
            QJsonObject metadata = secret[text("metadata")].toObject();
            metadata[text("annotations")] = QJsonObject{{text(RuntimeNames::operationAnnotation), text("died")}};
            secret[text("metadata")] = metadata;
            QJsonObject data = secret[text("data")].toObject();
            data[text("username")] = text("c2hvcF8y"); // shop_2
            data[text("password")] = QString::fromLatin1(second.revealUtf8().toBase64());
            secret[text("data")] = data;
            m_fixture->cluster.cluster.put(secret);
            metadata[text("name")] = RuntimeNames::retiringSecret(shop);
            retiring[text("metadata")] = metadata;
            m_fixture->cluster.cluster.put(retiring);
        }
        QVERIFY(m_fixture->passTimeUntil(
            [this] { return stored(shop).operation.state != AccountOperation::State::Running; }));
        const AccountRecord now = stored(shop);
        QCOMPARE(now.operation.state, isStored ? AccountOperation::State::Done : AccountOperation::State::Failed);
        QCOMPARE(now.clientUsername, isStored ? text("shop_2") : shop);
        QCOMPARE(now.retiring.has_value(), isStored);
        QVERIFY(letsIn(shop, first));
        QCOMPARE(letsIn(text("shop_2"), second), isStored);
        if (!isStored)
            QVERIFY2(now.operation.error->summary.contains(text("bo@desk")), qPrintable(now.operation.error->summary));
    }

    /// What is taken back is what this operation did, not the overlap that was there before.
    void leavesAnEarlierOverlapAlone()
    {
        QVERIFY(makeShop());
        QVERIFY(m_fixture->outcomeOf(accounts().rotate(account(shop), rotation(RotationRequest::Overlap::UntilEnded))));
        QVERIFY(settles(shop));
        AccountRecord asked = stored(shop);
        asked.operation = {AccountOperation::Kind::Rotate, AccountOperation::State::Running, text("died"),
            text("bo@desk"), m_fixture->clock.now(), {}};
        asked.isOverlapBegun = false;
        put(asked);
        QVERIFY(m_fixture->passTimeUntil(
            [this] { return stored(shop).operation.state == AccountOperation::State::Failed; }));
        QCOMPARE(stored(shop).clientUsername, text("shop_2"));
        QVERIFY(stored(shop).retiring);
        QVERIFY(letsIn(text("shop_2"), second) && letsIn(shop, first));
        const auto retried = m_fixture->outcomeOf(accounts().retry(account(shop)));
        QVERIFY(!retried); // it would say "done" of a password that nobody has
    }

    void ignoresAUserNameThatSomebodyPutIntoASecret()
    {
        QVERIFY(makeShop());
        QJsonObject secret = *m_fixture->cluster.secret(RuntimeNames::clientSecret(shop));
        QJsonObject data = secret[text("data")].toObject();
        data[text("username")] = text("ZGVmYXVsdA=="); // default
        const auto before = configuration().count("user: \"default\"");
        secret[text("data")] = data;
        m_fixture->cluster.cluster.put(secret);
        QVERIFY(m_fixture->outcomeOf(accounts().create(named(text("lab")), second)));
        QCOMPARE(configuration().count("user: \"default\""), before);
        QVERIFY(letsIn(shop, first));
    }

    void makesThePasswordOfAnAccountWhoseMakerWentAway()
    {
        AccountRecord asked{named(shop), {}, shop};
        asked.operation = {AccountOperation::Kind::Create, AccountOperation::State::Running, text("died"),
            text("bo@desk"), m_fixture->clock.now(), {}};
        put(asked);
        QVERIFY(
            m_fixture->passTimeUntil([this] { return stored(shop).operation.state == AccountOperation::State::Done; }));
        QVERIFY(letsIn(shop, login(RuntimeNames::clientSecret(shop)).password));
    }

    void letsClientsInWhoseSecretIsGone()
    {
        QVERIFY(makeShop());
        m_fixture->cluster.cluster.erase(
            {text("v1"), text("Secret"), MessagingFixture::nameSpace, RuntimeNames::clientSecret(shop)});
        QVERIFY(m_fixture->outcomeOf(accounts().create(named(text("lab")), second)));
        QVERIFY(letsIn(shop, first));
        QVERIFY(!m_fixture->cluster.secret(RuntimeNames::clientSecret(shop)));
    }

    void saysThatASecretWasChangedByHand()
    {
        QVERIFY(makeShop());
        QJsonObject secret = *m_fixture->cluster.secret(RuntimeNames::clientSecret(shop));
        QJsonObject data = secret[text("data")].toObject();
        data[text("password")] = QString::fromLatin1(second.revealUtf8().toBase64());
        secret[text("data")] = data;
        m_fixture->cluster.cluster.put(secret);
        QVERIFY(m_fixture->passTimeUntil([this] { return account(shop).credential == CredentialState::Drifted; }));
        // nothing else that is asked brings servers what somebody put there
        QVERIFY(m_fixture->outcomeOf(accounts().create(named(text("lab")), second)));
        AccountSpec spec = account(shop).spec;
        spec.limits.maxStreams = 4;
        QVERIFY(m_fixture->outcomeOf(accounts().change(account(shop), spec)));
        QVERIFY(letsIn(shop, first) && !letsIn(shop, second));
        QVERIFY(settles(shop));
        QVERIFY(m_fixture->passTimeUntil([this] { return account(shop).credential == CredentialState::Drifted; }));
        QVERIFY(m_fixture->outcomeOf(accounts().rotate(account(shop), rotation(RotationRequest::Overlap::None))));
        QVERIFY(letsIn(shop, second));
        QVERIFY(m_fixture->passTimeUntil([this] { return account(shop).credential == CredentialState::Active; }));
    }

    /// Servers that can't be asked at all are not waited for.
    void endsAtOnceWhereServersMayNotBeAsked()
    {
        QVERIFY(makeShop());
        AccountSpec spec = account(shop).spec;
        spec.limits.maxStreams = 4;
        m_fixture->cluster.cluster.afterWrite = {};
        m_fixture->cluster.cluster.tunnelProblem =
            Error{Error::Kind::Forbidden, text("may not create pods/portforward"), {}, {}, {}};
        const auto began = m_fixture->clock.monotonic();
        const auto changed = m_fixture->outcomeOf(accounts().change(account(shop), spec));
        QVERIFY(!changed);
        QCOMPARE(changed.error().kind, Error::Kind::Forbidden);
        QVERIFY2(changed.error().summary.contains(text("is written")), qPrintable(changed.error().summary));
        QVERIFY(m_fixture->clock.monotonic() - began < 30s);
    }

    /// The pod comes back with what is written then.
    void waitsForNoPodThatIsAway()
    {
        QVERIFY(makeShop());
        m_fixture->cluster.cluster.put(MessagingFixture::pod(text("nats-2"), false));
        QVERIFY(m_fixture->passTimeUntil([this] { return m_fixture->runtime.status().readyPods() == 2; }));
        QVERIFY(settles(shop));
        AccountSpec spec = account(shop).spec;
        spec.limits.maxStreams = 4;
        QList<PodConfiguration> last;
        connect(&accounts(), &AccountService::rolloutChanged, this, [this, &last] {
            if (const QList<PodConfiguration> pods = accounts().rollout(shop); !pods.isEmpty())
                last = pods;
        });
        const auto changed = m_fixture->outcomeOf(accounts().change(account(shop), spec));
        QVERIFY2(changed, changed ? "" : qPrintable(changed.error().text()));
        disconnect(&accounts(), &AccountService::rolloutChanged, this, nullptr);
        QCOMPARE(last.size(), 3);
        QVERIFY(last[0].isLoaded && last[1].isLoaded && !last[0].isAway);
        QVERIFY(last[2].isAway && !last[2].isLoaded);
    }

    /// What clients use goes on working, whatever somebody put into the Secret.
    void overlapsWithWhatServersTake()
    {
        QVERIFY(makeShop());
        QJsonObject secret = *m_fixture->cluster.secret(RuntimeNames::clientSecret(shop));
        QJsonObject data = secret[text("data")].toObject();
        data[text("password")] = QString::fromLatin1(QByteArray("put there by hand").toBase64());
        secret[text("data")] = data;
        m_fixture->cluster.cluster.put(secret);
        const auto rotated =
            m_fixture->outcomeOf(accounts().rotate(account(shop), rotation(RotationRequest::Overlap::UntilEnded)));
        QVERIFY2(rotated, rotated ? "" : qPrintable(rotated.error().text()));
        QVERIFY(letsIn(shop, first) && letsIn(text("shop_2"), second));
    }

    void isNotForWhoMayNotChangeTheRuntime()
    {
        m_fixture->cluster.cluster.isAllowed = [](const Permission &wanted) {
            return wanted.verb == text("get") || wanted.verb == text("list") || wanted.verb == text("watch");
        };
        m_fixture->runtime.refresh();
        QVERIFY(m_fixture->passTimeUntil([this] { return !accounts().createAccess().allowed; }));
        const auto made = m_fixture->outcomeOf(accounts().create(named(shop), first));
        QVERIFY(!made && made.error().kind == Error::Kind::Forbidden);
        QVERIFY(stored(shop).spec.name.isEmpty());
    }

    void keepsTheDefaultAccount()
    {
        const Access access = accounts().deleteAccess(account(text("default")));
        QVERIFY(!access);
        const auto removed = m_fixture->outcomeOf(accounts().remove(account(text("default"))));
        QVERIFY(!removed && removed.error().kind == Error::Kind::Forbidden);
    }
};

QTEST_MAIN(AccountChangesTest)
#include "tst_accountchanges.moc"

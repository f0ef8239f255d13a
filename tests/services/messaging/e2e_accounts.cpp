// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/clock.h"
#include "services/kubernetes/clusteraccess.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/kubernetes/podhttp.h"
#include "services/kubernetes/portforward.h"
#include "services/messaging/accountservice.h"
#include "services/messaging/messaging.h"
#include "services/messaging/runtimecredentials.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/streamservice.h"
#include "services/nats/monitoring.h"
#include "services/nats/natsconnection.h"
#include "services/nats/serverconfig.h"
#include "tests/support/awaited.h"
#include "tests/support/rawnats.h"
#include "tests/support/realcluster.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QRegularExpression>

namespace {

constexpr int longWait = 240'000;
const QString nameSpace = QStringLiteral("pennant-messaging");
const SecretString firstPassword(QByteArray("a first password of shop"));
const SecretString secondPassword(QByteArray("a second password of shop"));
const SecretString thirdPassword(QByteArray("a third password of shop"));
const SecretString fourthPassword(QByteArray("a fourth password of shop"));

QString text(const char *value)
{
    return QLatin1String(value);
}

} // namespace

/// Accounts on a real cluster: made, limited, rotated and deleted while clients are connected, on three servers.
class AccountsTest : public QObject {
    Q_OBJECT

private:
    SystemClock m_clock;
    std::unique_ptr<NetworkTransport> m_transport; ///< the test's own
    std::unique_ptr<Messaging> m_ana;
    std::unique_ptr<Messaging> m_bo; ///< another workstation

    std::unique_ptr<Messaging> open(const char *workstation)
    {
        auto transport = connectAs("PENNANT_KUBECONFIG_ADMIN");
        if (!transport)
            return nullptr;
        Messaging::Options options;
        options.workstation = text(workstation);
        auto messaging = std::make_unique<Messaging>(std::move(transport), m_clock, options);
        messaging->start();
        return messaging;
    }

    static bool eventually(const std::function<bool()> &condition) { return QTest::qWaitFor(condition, longWait); }

    Account account(const char *name) const { return m_ana->accounts().find(text(name)).value_or(Account{}); }

    bool isSettled(const char *name)
    {
        return eventually([this, name] {
            const Account now = account(name);
            return now.name == text(name) && !now.isInProgress() && m_ana->accounts().changeAccess(now);
        });
    }

    /// What is asked of JetStream as a client of an account, through one pod.
    struct Client {
        std::unique_ptr<PortForward> forward;
        std::unique_ptr<RawNats> nats;

        bool isOpen() const { return nats && nats->isOpen(); }
        QByteArray ask(const QByteArray &subject, const QByteArray &payload = {}) const
        {
            return nats->ask(subject, "_INBOX.test", payload);
        }
    };

    std::unique_ptr<Client> client(
        const QString &user, const SecretString &password, const QString &pod = text("nats-0"))
    {
        auto client = std::make_unique<Client>();
        client->forward = m_transport->forward(nameSpace, pod, 4222);
        if (!client->forward->listen())
            return client;
        client->nats = std::make_unique<RawNats>(client->forward->localPort(), user, password);
        if (client->nats->isOpen())
            client->nats->subscribe("_INBOX.test");
        return client;
    }

    bool isLetIn(const QString &user, const SecretString &password)
    {
        for (const char *pod : {"nats-0", "nats-1", "nats-2"}) {
            if (!client(user, password, text(pod))->isOpen())
                return false;
        }
        return true;
    }

    static QByteArray streamConfig(const QByteArray &name)
    {
        return "{\"name\":\"" + name + "\",\"subjects\":[\"" + name + ".>\"],\"num_replicas\":3}";
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("PENNANT_KUBECONFIG_ADMIN"))
            QSKIP("PENNANT_KUBECONFIG_ADMIN names no kubeconfig");
        m_transport = connectAs("PENNANT_KUBECONFIG_ADMIN");
        m_ana = open("ana@laptop");
        QVERIFY(m_transport && m_ana);
        EnableRequest request;
        request.spec.storageClass = text("standard");
        request.spec.storageGibibytes = 1;
        request.spec.replicas = 3;
        request.clientPassword = SecretString(QByteArray("correct horse battery"));
        QVERIFY(eventually([this] { return m_ana->runtime().enableAccess().allowed; }));
        const auto asked = awaited(m_ana->runtime().enable(request));
        QVERIFY2(asked, whyNot(asked));
        QVERIFY(eventually([this] { return m_ana->runtime().status().phase == RuntimePhase::Ready; }));
        QVERIFY(eventually([this] { return m_ana->accounts().createAccess().allowed; }));
        QCOMPARE(m_ana->accounts().accounts().size(), 1);
        QVERIFY(eventually([this] { return account("default").credential == CredentialState::Active; }));
    }

    void cleanupTestCase()
    {
        m_bo.reset();
        m_ana.reset();
        NatsConnection::shutDown();
    }

    void makesAnAccountWithoutARestart()
    {
        AccountSpec spec;
        spec.name = text("shop");
        spec.displayName = text("Web shop");
        spec.limits = {2, std::nullopt, 1};
        spec.users = {{text("worker"), {{text("jobs.>"), text("$JS.API.>")}, {}, {}, {}}}};
        QElapsedTimer watch;
        watch.start();
        const auto created = awaited(m_ana->accounts().create(spec, firstPassword));
        QVERIFY2(created, whyNot(created));
        qInfo("an account is made on three servers after %.1f s", double(watch.elapsed()) / 1000);
        QVERIFY(isSettled("shop"));
        QCOMPARE(account("shop").spec, spec);
        QVERIFY(isLetIn(text("shop"), firstPassword));
        QVERIFY(!client(text("shop"), secondPassword)->isOpen());
        for (const RuntimePod &pod : m_ana->runtime().status().pods)
            QCOMPARE(pod.restarts, 0);
        const auto again = awaited(m_ana->accounts().create(spec, firstPassword));
        QVERIFY(!again);
    }

    /// Streams, consumers and subjects of one account are nothing to another.
    void keepsAccountsApart()
    {
        const auto shop = client(text("shop"), firstPassword);
        const auto other = client(text("default"), SecretString(QByteArray("correct horse battery")), text("nats-1"));
        QVERIFY(shop->isOpen() && other->isOpen());
        QVERIFY(shop->ask("$JS.API.STREAM.CREATE.orders", streamConfig("orders")).contains("\"name\":\"orders\""));
        QVERIFY(other->ask("$JS.API.STREAM.NAMES").contains("\"total\":0"));
        QVERIFY(other->ask("$JS.API.STREAM.INFO.orders").contains("10059"));
        other->nats->subscribe("orders.>");
        QVERIFY(!shop->nats->publish("orders.1", {}, "for the shop alone").contains("-ERR"));
        QVERIFY(!other->nats->say({}).contains("for the shop alone"));
        QVERIFY(eventually([&shop] { return shop->ask("$JS.API.STREAM.INFO.orders").contains("\"messages\":1,"); }));
        // and the same name is free in the other
        QVERIFY(other->ask("$JS.API.STREAM.CREATE.orders", streamConfig("orders")).contains("\"name\":\"orders\""));
        QVERIFY(other->ask("$JS.API.STREAM.INFO.orders").contains("\"messages\":0,"));
    }

    /// Whoever may only look does so from an account of its own, which came with the same load.
    void letsViewersLook()
    {
        KubernetesClient kubernetes(*m_transport);
        for (const char *name : {"shop", "default"}) {
            const auto secret = awaited(
                kubernetes.read({text("v1"), text("Secret"), nameSpace, RuntimeNames::viewingSecret(text(name))}));
            QVERIFY2(secret, whyNot(secret));
            const Login login = loginFromSecret(*secret);
            for (const char *pod : {"nats-0", "nats-1", "nats-2"}) {
                const auto viewer = client(login.username, login.password, text(pod));
                QVERIFY(viewer->isOpen());
                viewer->nats->subscribe(viewingInboxPrefix().toLatin1() + ".test");
                const QByteArray said =
                    viewer->nats->ask("$JS.API.STREAM.LIST", viewingInboxPrefix().toLatin1() + ".test");
                QVERIFY2(said.contains("\"name\":\"orders\""), (QByteArray(name) + pod + said).constData());
            }
        }
    }

    void givesUsersTheirPermissions()
    {
        const auto password = awaited(m_ana->accounts().clientPassword(text("shop"), text("worker")));
        QVERIFY2(password, whyNot(password));
        const auto worker = client(text("shop.worker"), *password);
        QVERIFY(worker->isOpen());
        QVERIFY(!worker->nats->publish("jobs.1").contains("-ERR"));
        QVERIFY(worker->nats->publish("orders.2").contains("Permissions Violation"));
    }

    void enforcesLimitsAndRaisesThem()
    {
        const auto shop = client(text("shop"), firstPassword);
        QVERIFY(shop->ask("$JS.API.STREAM.CREATE.audit", streamConfig("audit")).contains("\"name\":\"audit\""));
        QVERIFY(shop->ask("$JS.API.STREAM.CREATE.third", streamConfig("third")).contains("10027"));
        AccountSpec raised = account("shop").spec;
        raised.limits.maxStreams = 3;
        QElapsedTimer watch;
        watch.start();
        const auto changed = awaited(m_ana->accounts().change(account("shop"), raised));
        QVERIFY2(changed, whyNot(changed));
        qInfo("a limit is raised on three servers after %.1f s", double(watch.elapsed()) / 1000);
        QVERIFY(shop->ask("$JS.API.STREAM.CREATE.third", streamConfig("third")).contains("\"name\":\"third\""));
        QVERIFY(isSettled("shop"));
        // below what is used: nothing is deleted, nothing is added
        AccountSpec lowered = account("shop").spec;
        lowered.limits.maxStreams = 1;
        const auto less = awaited(m_ana->accounts().change(account("shop"), lowered));
        QVERIFY2(less, whyNot(less));
        QVERIFY(shop->ask("$JS.API.STREAM.NAMES").contains("\"total\":3"));
        QVERIFY(shop->ask("$JS.API.STREAM.CREATE.fourth", streamConfig("fourth")).contains("10027"));
    }

    /// What an account stores is what its limit is held against: each copy of each stream, once.
    void countsWhatAnAccountStores()
    {
        const auto shop = client(text("shop"), firstPassword);
        const QByteArray payload(100'000, 'x');
        for (int i = 0; i < 20; ++i)
            QVERIFY(!shop->nats->publish("orders.big", {}, payload).contains("-ERR"));
        m_ana->accounts().setInSight(true);
        const auto told = [&shop] {
            static const QRegularExpression storage(text("\"storage\":\\s*(\\d+)"));
            return storage.match(QString::fromLatin1(shop->ask("$JS.API.INFO"))).captured(1).toLongLong();
        };
        QVERIFY(eventually([&told] { return told() > 3 * 20 * 100'000; }));
        QVERIFY(eventually([&] { return m_ana->accounts().usage(text("shop")).storage == ByteCount{told()}; }));
    }

    void refusesWhatSomebodyElseHasChangedMeanwhile()
    {
        QVERIFY(isSettled("shop"));
        const Account seen = account("shop");
        m_bo = open("bo@desk");
        QVERIFY(m_bo);
        QVERIFY(eventually([this] { return m_bo->accounts().createAccess().allowed; }));
        QVERIFY(eventually([this] { return m_bo->accounts().find(text("shop")).has_value(); }));
        AccountSpec spec = seen.spec;
        spec.description = text("Bo was faster");
        const auto first = awaited(m_bo->accounts().change(*m_bo->accounts().find(text("shop")), spec));
        QVERIFY2(first, whyNot(first));
        spec.description = text("Ana was not");
        const auto second = awaited(m_ana->accounts().change(seen, spec));
        QVERIFY(!second);
        QCOMPARE(second.error().kind, Error::Kind::Conflict);
        QVERIFY(isSettled("shop"));
        QCOMPARE(account("shop").spec.description, text("Bo was faster"));
        m_bo.reset();
    }

    void rotatesAtOnce()
    {
        const auto connected = client(text("shop"), firstPassword);
        const auto bystander = client(text("default"), SecretString(QByteArray("correct horse battery")));
        m_ana->accounts().setInSight(true);
        QVERIFY(eventually([this] {
            const auto seen = m_ana->accounts().connections(text("shop"));
            return seen && seen->size() == 1 && seen->constFirst().user == text("shop");
        }));
        QVERIFY(isSettled("shop"));
        RotationRequest request;
        request.account = text("shop");
        request.password = secondPassword;
        QElapsedTimer watch;
        watch.start();
        const auto rotated = awaited(m_ana->accounts().rotate(account("shop"), request));
        QVERIFY2(rotated, whyNot(rotated));
        qInfo("a password is rotated on three servers after %.1f s", double(watch.elapsed()) / 1000);
        QVERIFY(isLetIn(text("shop"), secondPassword));
        QVERIFY(!client(text("shop"), firstPassword)->isOpen());
        QVERIFY(!connected->nats->say({}).contains("PONG"));
        QVERIFY(bystander->nats->say({}).contains("PONG"));
    }

    void rotatesWithAnOverlapThatEndsWhenUnused()
    {
        QVERIFY(isSettled("shop"));
        auto old = client(text("shop"), secondPassword);
        RotationRequest request;
        request.account = text("shop");
        request.password = thirdPassword;
        request.overlap = RotationRequest::Overlap::UntilUnused;
        const auto rotated = awaited(m_ana->accounts().rotate(account("shop"), request));
        QVERIFY2(rotated, whyNot(rotated));
        QVERIFY(isSettled("shop"));
        QCOMPARE(account("shop").credential, CredentialState::Rotating);
        QCOMPARE(account("shop").connection.username, text("shop_2"));
        QVERIFY(isLetIn(text("shop_2"), thirdPassword));
        QVERIFY(isLetIn(text("shop"), secondPassword));
        QVERIFY(old->nats->say({}).contains("PONG"));
        QTest::qWait(20'000); // it stays for as long as somebody uses it
        QVERIFY(account("shop").retiring && old->nats->say({}).contains("PONG"));
        old.reset();
        QElapsedTimer watch;
        watch.start();
        QVERIFY(eventually([this] { return account("shop").name == text("shop") && !account("shop").retiring; }));
        QVERIFY(isSettled("shop"));
        qInfo("an overlap that nobody needs ends after %.1f s", double(watch.elapsed()) / 1000);
        QVERIFY(!client(text("shop"), secondPassword)->isOpen());
        QVERIFY(isLetIn(text("shop_2"), thirdPassword));
        const auto left =
            awaited(KubernetesClient(*m_transport)
                        .read({text("v1"), text("Secret"), nameSpace, RuntimeNames::retiringSecret(text("shop"))}));
        QVERIFY(!left && left.error().kind == Error::Kind::NotFound);
    }

    void kicksOneClient()
    {
        const auto kicked = client(text("shop_2"), thirdPassword, text("nats-1"));
        const auto stays = client(text("shop_2"), thirdPassword, text("nats-2"));
        QVERIFY(eventually([this] {
            const auto seen = m_ana->accounts().connections(text("shop"));
            return seen && seen->size() == 2;
        }));
        const QList<ClientConnection> seen = *m_ana->accounts().connections(text("shop"));
        const auto wanted = std::find_if(
            seen.cbegin(), seen.cend(), [](const ClientConnection &each) { return each.pod == text("nats-1"); });
        QVERIFY(wanted != seen.cend());
        const auto done = awaited(m_ana->accounts().kick(*wanted));
        QVERIFY2(done, whyNot(done));
        QVERIFY(!kicked->nats->say({}).contains("PONG"));
        QVERIFY(stays->nats->say({}).contains("PONG"));
    }

    void seesASecretThatWasChangedByHand()
    {
        QVERIFY(kubectl({text("patch"), text("secret"), text("nats-account-shop"), text("--patch"),
            text("{\"stringData\":{\"password\":\"changed by somebody\"}}")}));
        QVERIFY(eventually([this] { return account("shop").credential == CredentialState::Drifted; }));
        QVERIFY(isLetIn(text("shop_2"), thirdPassword));
        // other changes write the configuration again, and leave to servers what they take
        AccountSpec other = account("default").spec;
        other.description = text("Changed while the Secret of shop is another");
        const auto changed = awaited(m_ana->accounts().change(account("default"), other));
        QVERIFY2(changed, whyNot(changed));
        AccountSpec own = account("shop").spec;
        own.limits.maxStreams = 4;
        const auto limited = awaited(m_ana->accounts().change(account("shop"), own));
        QVERIFY2(limited, whyNot(limited));
        QVERIFY(isLetIn(text("shop_2"), thirdPassword));
        QVERIFY(isSettled("shop"));
        QVERIFY(eventually([this] { return account("shop").credential == CredentialState::Drifted; }));
        RotationRequest request;
        request.account = text("shop");
        request.password = fourthPassword;
        const auto rotated = awaited(m_ana->accounts().rotate(account("shop"), request));
        QVERIFY2(rotated, whyNot(rotated));
        QVERIFY(eventually([this] { return account("shop").credential == CredentialState::Active; }));
        QVERIFY(isLetIn(text("shop_2"), fourthPassword));
    }

    /// A laptop that is closed after it has asked.
    void goesOnWithWhatADiedWorkstationAsked()
    {
        QVERIFY(isSettled("shop"));
        m_bo = open("bo@desk");
        QVERIFY(eventually([this] { return m_bo->accounts().createAccess().allowed; }));
        AccountSpec spec;
        spec.name = text("lab");
        auto asked = m_bo->accounts().create(spec, firstPassword);
        KubernetesClient client(*m_transport);
        const ObjectRef record{text("v1"), text("ConfigMap"), nameSpace, RuntimeNames::accountRecord(text("lab"))};
        QVERIFY(eventually([&] { return bool(awaited(client.read(record))); }));
        m_bo.reset(); // in the midst of it
        QVERIFY(isSettled("lab"));
        QCOMPARE(account("lab").operation->state, AccountOperation::State::Done);
        const auto password = awaited(m_ana->accounts().clientPassword(text("lab")));
        QVERIFY2(password, whyNot(password));
        QVERIFY(isLetIn(text("lab"), *password));
    }

    void deletesAnAccountWithAllItHolds()
    {
        QVERIFY(isSettled("shop"));
        const auto connected = client(text("shop_2"), fourthPassword);
        QVERIFY(connected->isOpen());
        QElapsedTimer watch;
        watch.start();
        const auto removed = awaited(m_ana->accounts().remove(account("shop")));
        QVERIFY2(removed, whyNot(removed));
        qInfo("an account with three streams is deleted on three servers after %.1f s", double(watch.elapsed()) / 1000);
        QVERIFY(eventually([this] { return !m_ana->accounts().find(text("shop")); }));
        QVERIFY(!connected->nats->say({}).contains("PONG"));
        QVERIFY(!client(text("shop_2"), fourthPassword)->isOpen());
        for (const char *pod : {"nats-0", "nats-1", "nats-2"}) {
            const auto held =
                awaited(getFromPod(*m_transport, nameSpace, text(pod), 8222, text("/jsz?acc=shop&streams=true")));
            QVERIFY2(held, whyNot(held));
            QCOMPARE(heldStreams(*held, text("shop")).value_or(-1), 0);
            const auto health = awaited(getFromPod(*m_transport, nameSpace, text(pod), 8222, text("/healthz")));
            QVERIFY2(health, whyNot(health));
        }
        KubernetesClient kubernetes(*m_transport);
        const auto secrets = awaited(
            kubernetes.list(text("v1"), text("Secret"), nameSpace, RuntimeNames::accountSelector(text("shop"))));
        QVERIFY2(secrets, whyNot(secrets));
        QVERIFY(secrets->isEmpty());
        // the other account's stream of the same name is untouched
        const auto other = client(text("default"), SecretString(QByteArray("correct horse battery")));
        QVERIFY(other->ask("$JS.API.STREAM.INFO.orders").contains("\"name\":\"orders\""));
    }

    void goesOnWithADeletionThatADiedWorkstationAsked()
    {
        QVERIFY(isSettled("lab"));
        const auto password = awaited(m_ana->accounts().clientPassword(text("lab")));
        QVERIFY2(password, whyNot(password));
        {
            const auto lab = client(text("lab"), *password);
            QVERIFY(
                lab->ask("$JS.API.STREAM.CREATE.results", streamConfig("results")).contains("\"name\":\"results\""));
        }
        m_bo = open("bo@desk");
        QVERIFY(eventually([this] { return m_bo->accounts().createAccess().allowed; }));
        QVERIFY(eventually([this] { return m_bo->accounts().find(text("lab")).has_value(); }));
        auto asked = m_bo->accounts().remove(*m_bo->accounts().find(text("lab")));
        KubernetesClient kubernetes(*m_transport);
        const ObjectRef record{text("v1"), text("ConfigMap"), nameSpace, RuntimeNames::accountRecord(text("lab"))};
        QVERIFY(eventually([&] {
            const auto found = awaited(kubernetes.read(record));
            return found && found->value(text("data"))[text("operation.json")].toString().contains(text("delete"));
        }));
        m_bo.reset(); // in the midst of it
        QVERIFY(eventually([this] { return !m_ana->accounts().find(text("lab")); }));
        QVERIFY(!client(text("lab"), *password)->isOpen());
        for (const char *pod : {"nats-0", "nats-1", "nats-2"}) {
            const auto held =
                awaited(getFromPod(*m_transport, nameSpace, text(pod), 8222, text("/jsz?acc=lab&streams=true")));
            QVERIFY2(held, whyNot(held));
            QCOMPARE(heldStreams(*held, text("lab")).value_or(-1), 0);
        }
    }

    void takesAllAccountsAlongWhenDisabled()
    {
        QVERIFY(eventually([this] { return m_ana->runtime().disableAccess().allowed; }));
        const auto asked = awaited(m_ana->runtime().disable(m_ana->runtime().status().identity()));
        QVERIFY2(asked, whyNot(asked));
        QVERIFY(eventually([this] { return m_ana->runtime().status().phase == RuntimePhase::Absent; }));
        KubernetesClient kubernetes(*m_transport);
        const auto isGone = [&kubernetes] {
            const auto found = awaited(kubernetes.read({text("v1"), text("Namespace"), QString(), nameSpace}));
            return !found && found.error().kind == Error::Kind::NotFound;
        };
        QVERIFY(eventually(isGone));
    }
};

QTEST_MAIN(AccountsTest)
#include "e2e_accounts.moc"

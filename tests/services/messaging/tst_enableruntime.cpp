// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/enableruntime.h"

#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/archivemarks.h"
#include "services/messaging/driverlease.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimesteps.h"
#include "services/nats/natsconnection.h"
#include "tests/support/awaited.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenatsserver.h"
#include "tests/support/messagingfixture.h"
#include "tests/support/steppedtransport.h"

#include <QCryptographicHash>
#include <QJsonDocument>

using namespace std::chrono_literals;

namespace {

const QString nameSpace = QStringLiteral("pennant-messaging");
const QString managementUser = QStringLiteral("pennant-management-default");
const ObjectRef servers{
    QStringLiteral("apps/v1"), QStringLiteral("StatefulSet"), nameSpace, QLatin1String(RuntimeNames::server)};
constexpr int fewestRequests = 40; // of the steps before the servers are waited for

QString text(const char *value)
{
    return QLatin1String(value);
}

} // namespace

class EnableRuntimeTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<MessagingFixture> m_fixture;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<KubernetesClient> m_client;
    std::unique_ptr<RuntimeWatch> m_watch;
    std::unique_ptr<ArchiveMarks> m_marks;
    std::unique_ptr<DriverLease> m_lease;
    std::optional<Result<void>> m_outcome;

    FakeCluster &cluster() { return m_fixture->cluster; }

    std::optional<RuntimeRecord> record()
    {
        const auto stored = cluster().object({text("v1"), text("ConfigMap"), nameSpace, text(RuntimeNames::record)});
        const auto read = stored ? RuntimeRecord::fromConfigMap(*stored) : fail(Error::Kind::NotFound, {});
        return read ? std::optional(*read) : std::nullopt;
    }

    RuntimeJournal journal(KubernetesClient &client)
    {
        return {client, *m_clock, *m_lease, *m_marks, nameSpace, *record()};
    }

    /// A runtime whose Enable was just asked for again, watched, with the Lease in hand.
    bool begin(int replicas)
    {
        m_fixture->putRuntime(replicas);
        RuntimeRecord again = *record();
        again.operation.state = RuntimeOperation::State::Running;
        cluster().put(again.toConfigMap(nameSpace));
        m_watch->start();
        return awaited(m_lease->acquire()).value_or(false) && passTimeUntil([this] {
            return m_watch->freshness().state == Freshness::State::Live && !m_watch->observation().pods.isEmpty();
        });
    }

    bool passTimeUntil(const std::function<bool()> &condition, std::chrono::milliseconds step = 50ms)
    {
        for (int i = 0; i < 3000; ++i) {
            if (condition())
                return true;
            m_clock->advance(step);
            QTest::qWait(1); // hashing, and the line to the servers, take real time
        }
        return condition();
    }

    bool isAt(const char *step)
    {
        const auto now = record();
        return now && now->operation.currentStep == text(step);
    }

    bool hasEnded() const { return m_outcome.has_value(); }

    Flow<void> run(EnableRuntime &enable)
    {
        m_outcome.reset();
        Flow<void> flow = enable.run();
        flow.whenFinished([this](const Result<void> &result) { m_outcome = result; });
        return flow;
    }

    QString handedOver(int ordinal)
    {
        const auto pod = cluster().object({text("v1"), text("Pod"), nameSpace, text("nats-%1").arg(ordinal)});
        return (*pod)[text("metadata")][text("annotations")][text(RuntimeNames::configurationAnnotation)].toString();
    }

    QString digestOfConfiguration()
    {
        const QByteArray config = secretValue(*m_fixture->secret(text(RuntimeNames::configSecret)), text("nats.conf"));
        return QString::fromLatin1(QCryptographicHash::hash(config, QCryptographicHash::Sha256).toHex());
    }

    void eraseSecret(const QString &name) { cluster().erase({text("v1"), text("Secret"), nameSpace, name}); }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<MessagingFixture>();
        m_clock = std::make_unique<FakeClock>();
        m_client = std::make_unique<KubernetesClient>(cluster());
        m_watch = std::make_unique<RuntimeWatch>(cluster(), *m_clock, nameSpace);
        m_marks = std::make_unique<ArchiveMarks>(cluster(), *m_clock, nameSpace);
        m_lease = std::make_unique<DriverLease>(*m_client, *m_clock, nameSpace, text("ana"));
    }

    void cleanup()
    {
        m_lease.reset();
        m_watch.reset();
        m_client.reset();
        m_clock.reset();
        m_fixture.reset();
    }

    void cleanupTestCase() { NatsConnection::shutDown(); }

    /// Each request of its own, reviews too.
    void survivesARequestThatFails()
    {
        int sent = 1;
        for (int failing = 0; failing < sent; ++failing) {
            cleanup();
            init();
            QVERIFY(begin(3));
            for (const QString &made : {RuntimeNames::managementSecret(text("default")), text("nats-system")})
                eraseSecret(made);
            cluster().change({text("apps/v1"), text("StatefulSet"), nameSpace, text("nats")},
                {{text("spec"), QJsonObject{{text("replicas"), 1}}}});
            SteppedTransport transport(cluster());
            transport.areReviewsCounted = true;
            transport.failing = failing;
            KubernetesClient client(transport);
            EnableRuntime enable(cluster(), client, *m_clock, *m_watch, nameSpace, journal(client));
            const Flow<void> flow = run(enable);
            QVERIFY(passTimeUntil([this] { return hasEnded() || isAt(RuntimeStepId::waitForJetStream); }));
            QVERIFY2(!hasEnded(), qPrintable(text("request %1: ").arg(failing) + m_outcome->error().text()));
            sent = transport.sent();
        }
        QVERIFY(sent >= fewestRequests);
    }

    /// By itself a kubelet hands a changed Secret over after more than a minute.
    void hastensTheNewConfiguration()
    {
        QVERIFY(begin(3));
        eraseSecret(RuntimeNames::managementSecret(text("default")));
        EnableRuntime enable(cluster(), *m_client, *m_clock, *m_watch, nameSpace, journal(*m_client));
        const Flow<void> flow = run(enable);
        QVERIFY(passTimeUntil([this] { return hasEnded() || isAt(RuntimeStepId::waitForJetStream); }));
        QVERIFY(!hasEnded());
        for (int i = 0; i < 3; ++i)
            QCOMPARE(handedOver(i), digestOfConfiguration());
    }

    void goesOnWhereItMayNotBeHastened()
    {
        cluster().isAllowed = [](const Permission &wanted) {
            return wanted.resource != text("pods") || wanted.verb != text("patch");
        };
        QVERIFY(begin(1));
        EnableRuntime enable(cluster(), *m_client, *m_clock, *m_watch, nameSpace, journal(*m_client));
        const Flow<void> flow = run(enable);
        QVERIFY(passTimeUntil([this] { return hasEnded() || isAt(RuntimeStepId::waitForJetStream); }));
        QVERIFY(!hasEnded());
        QVERIFY(handedOver(0).isEmpty());
        const bool hasPatched = std::any_of(cluster().requests.cbegin(), cluster().requests.cend(),
            [](const ApiRequest &request) { return request.verb == "PATCH" && request.path.contains(text("/pods/")); });
        QVERIFY(!hasPatched);
    }

    /// The servers know the old password until they are handed the new configuration.
    void waitsUntilTheServersKnowTheNewPassword()
    {
        FakeNatsServer server;
        server.answers = {{"$SYS.REQ.SERVER.PING.JSZ", R"({"data":{"config":{"max_memory":1}}})"},
            {"$JS.API.INFO", R"({"type":"io.nats.jetstream.api.v1.account_info_response","memory":0,"storage":0,
                "streams":0,"consumers":0,"limits":{}})"}};
        bool isHandedOver = false;
        server.isWelcome = [&isHandedOver](
                               const QString &user, const QString &) { return isHandedOver || user != managementUser; };
        cluster().carryTunnels(4222, server.port());
        QVERIFY(begin(1));
        eraseSecret(RuntimeNames::managementSecret(text("default")));
        EnableRuntime enable(cluster(), *m_client, *m_clock, *m_watch, nameSpace, journal(*m_client));
        const Flow<void> flow = run(enable);
        QVERIFY(passTimeUntil([&] { return hasEnded() || server.logins.contains(managementUser); }));
        const auto began = m_clock->monotonic();
        QVERIFY(passTimeUntil([&] { return hasEnded() || m_clock->monotonic() - began > 100s; }));
        QVERIFY2(!hasEnded(), qPrintable(m_outcome->has_value() ? text("done") : m_outcome->error().text()));
        QVERIFY(isAt(RuntimeStepId::waitForAccount));

        isHandedOver = true;
        QVERIFY(passTimeUntil([this] { return hasEnded(); }));
        QVERIFY2(*m_outcome, whyNot(*m_outcome));
        QCOMPARE(record()->operation.state, RuntimeOperation::State::Done);
    }

    /// The pods of before are ready until the controller has seen what was applied.
    void waitsForThePodsOfWhatItApplied()
    {
        QVERIFY(begin(1));
        cluster().afterWrite = {};
        cluster().change(servers, {{text("status"), QJsonObject{{text("observedGeneration"), 0}}}});
        EnableRuntime enable(cluster(), *m_client, *m_clock, *m_watch, nameSpace, journal(*m_client));
        const Flow<void> flow = run(enable);
        QVERIFY(passTimeUntil([this] { return hasEnded() || isAt(RuntimeStepId::waitForPods); }));
        const auto began = m_clock->monotonic();
        QVERIFY(passTimeUntil([&] { return hasEnded() || m_clock->monotonic() - began > 20s; }));
        QVERIFY(isAt(RuntimeStepId::waitForPods));
        cluster().change(servers, {{text("status"), QJsonObject{{text("observedGeneration"), 1}}}});
        QVERIFY(passTimeUntil([this] { return hasEnded() || isAt(RuntimeStepId::waitForJetStream); }));
        QVERIFY(!hasEnded());
    }

    /// One that a drained node holds, for instance: all that were asked for are ready, and the cluster says nothing.
    void namesThePodsThatAreTooMany()
    {
        QVERIFY(begin(1));
        cluster().put(m_fixture->pod(text("nats-4"), true));
        EnableRuntime enable(cluster(), *m_client, *m_clock, *m_watch, nameSpace, journal(*m_client));
        const Flow<void> flow = run(enable);
        QVERIFY(passTimeUntil([this] { return hasEnded(); }, 1s));
        QVERIFY(!*m_outcome);
        QCOMPARE(m_outcome->error().kind, Error::Kind::Timeout);
        QVERIFY2(m_outcome->error().summary.contains(text("more pods than the 1 that were asked for: nats-4.")),
            whyNot(*m_outcome));
    }

    void leavesServersOfANewerPennantAlone_data()
    {
        QTest::addColumn<bool>("isByImage");
        QTest::newRow("a newer nats-server") << true;
        QTest::newRow("a newer spec") << false;
    }

    void leavesServersOfANewerPennantAlone()
    {
        QFETCH(bool, isByImage);
        QVERIFY(begin(1));
        QJsonObject found = *cluster().object(servers);
        if (isByImage) {
            QJsonDocument document(found);
            found = QJsonDocument::fromJson(document.toJson().replace("nats:2.14.", "nats:2.15.")).object();
        } else {
            QJsonObject metadata = found[text("metadata")].toObject();
            metadata[text("annotations")] = QJsonObject{{text(RuntimeNames::specAnnotation), text("{\"needs\":99}")}};
            found[text("metadata")] = metadata;
        }
        found = cluster().put(found);
        EnableRuntime enable(cluster(), *m_client, *m_clock, *m_watch, nameSpace, journal(*m_client));
        const Flow<void> flow = run(enable);
        QVERIFY(passTimeUntil([this] { return hasEnded(); }));
        QVERIFY(!*m_outcome);
        QVERIFY2(m_outcome->error().summary.contains(text("or a newer one")), whyNot(*m_outcome));
        QCOMPARE(*cluster().object(servers), found);
    }

    void saysThatTheClientsPasswordIsLost()
    {
        QVERIFY(begin(1));
        eraseSecret(RuntimeNames::clientSecret(text("default")));
        EnableRuntime enable(cluster(), *m_client, *m_clock, *m_watch, nameSpace, journal(*m_client));
        const Flow<void> flow = run(enable);
        QVERIFY(passTimeUntil([this] { return hasEnded(); }));
        QVERIFY(!*m_outcome);
        QVERIFY(m_outcome->error().summary.contains(text("only copy of the clients' password")));
    }
};

QTEST_GUILESS_MAIN(EnableRuntimeTest)
#include "tst_enableruntime.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/foreignmessaging.h"

#include "services/messaging/consumerservice.h"
#include "services/messaging/foreignruntime.h"
#include "services/messaging/foreignserverrules.h"
#include "services/messaging/foreignservers.h"
#include "services/messaging/messageservice.h"
#include "services/messaging/monitoredjetstream.h"
#include "services/messaging/nackresources.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/streamservice.h"
#include "tests/support/awaited.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakecluster.h"
#include "tests/support/foreignnats.h"

#include <QSignalSpy>

using namespace ForeignNats;
using namespace std::chrono_literals;

/// A NATS that Pennant did not make: found, and looked at by the services that look at Pennant's own.
class ForeignMessagingTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<FakeCluster> m_cluster;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<NackResources> m_nack;
    std::unique_ptr<ForeignMessaging> m_messaging;

    void serve(const QString &podName, const QByteArray &assets)
    {
        serveVariables(*m_cluster, podName, 1);
        m_cluster->serve(monitorOf(podName, "jsz"), assets);
    }

    int connections() const
    {
        int sum = 0;
        for (const auto &[name, variables] : m_messaging->jetStream().servers())
            sum += variables.connections;
        return sum;
    }

    void openBus()
    {
        put(*m_cluster);
        m_cluster->put(pod(u"other-0"_qs, u"other"_qs));
        m_nack = std::make_unique<NackResources>(*m_cluster, *m_clock, u"pennant-messaging"_qs);
        m_messaging = std::make_unique<ForeignMessaging>(
            *m_cluster, *m_clock, *m_nack, *foreignServerFrom(statefulSet(u"team"_qs)), u"ana"_qs);
    }

    bool isLive() { return m_messaging->streams().freshness().state == Freshness::State::Live; }
    void pass() { m_clock->advance(5s); }

private Q_SLOTS:
    void init()
    {
        m_cluster = std::make_unique<FakeCluster>();
        m_clock = std::make_unique<FakeClock>();
    }

    void cleanup() { m_messaging.reset(); }

    void recognisesAServer()
    {
        const auto server =
            foreignServerFrom(statefulSet(u"team"_qs, u"reg.example:5000/x/nats:2.12.3-alpine@sha256:0"_qs));
        QVERIFY(server);
        QCOMPARE(server->text(),
            u"StatefulSet team/bus (Helm release bus, chart nats-1.3.2, nats-server 2.12.3, 2 pods)"_qs);
        QCOMPARE(server->container, u"server"_qs);
        QCOMPARE(server->monitorPort, 8222);
        QVERIFY(!foreignServerFrom(statefulSet(u"team"_qs, u"natsio/nats-box:0.14"_qs)));
        QJsonObject own = statefulSet(u"team"_qs);
        own[u"metadata"_qs] = QJsonObject{{u"labels"_qs, RuntimeNames::labels()}};
        QVERIFY(!foreignServerFrom(own));
    }

    void findsThemInTheWholeCluster()
    {
        m_cluster->put(statefulSet(u"team"_qs));
        ForeignServers servers(*m_cluster, *m_clock, u"pennant-messaging"_qs);
        servers.start();
        QTRY_COMPARE(servers.servers().size(), 1);
        m_cluster->put(statefulSet(u"another"_qs));
        m_clock->advance(30s);
        QTRY_COMPARE(servers.servers().size(), 2);
        QCOMPARE(servers.servers().constFirst().nameSpace, u"another"_qs);
    }

    void looksSeldomWhileNobodyDoes()
    {
        ForeignServers servers(*m_cluster, *m_clock, u"pennant-messaging"_qs);
        const auto looks = [this] {
            return std::count_if(m_cluster->requests.cbegin(), m_cluster->requests.cend(),
                [](const ApiRequest &each) { return each.path.endsWith(u"/statefulsets"); });
        };
        servers.setInSight(false);
        servers.start();
        m_cluster->put(statefulSet(u"team"_qs));
        QTRY_COMPARE(m_clock->sleepers(), 1);
        m_clock->advance(4min);
        QCOMPARE(looks(), 1);
        servers.setInSight(true);
        QCOMPARE(looks(), 2);
        QTRY_COMPARE(servers.servers().size(), 1);
    }

    void findsThemWhereOneMayLook()
    {
        for (const QString &name : {u"team"_qs, u"secret"_qs}) {
            m_cluster->put({{u"apiVersion"_qs, u"v1"_qs}, {u"kind"_qs, u"Namespace"_qs},
                {u"metadata"_qs, QJsonObject{{u"name"_qs, name}}}});
            m_cluster->put(statefulSet(name));
        }
        m_cluster->isAllowed = [](const Permission &permission) {
            return permission.resource != u"statefulsets"_qs || permission.nameSpace == u"team"_qs;
        };
        ForeignServers servers(*m_cluster, *m_clock, u"pennant-messaging"_qs);
        servers.start();
        QTRY_COMPARE(servers.servers().size(), 1);
        QCOMPARE(servers.servers().constFirst().nameSpace, u"team"_qs);
    }

    void showsItsPodsStreamsAndConsumers()
    {
        openBus();
        QTRY_COMPARE(m_messaging->runtime().status().pods.size(), 2);
        QCOMPARE(m_messaging->runtime().status().phase, RuntimePhase::Ready);
        QCOMPARE(m_messaging->runtime().status().pods[0].defaultContainer, u"server"_qs);
        QTRY_VERIFY((pass(), isLive()));
        QTRY_COMPARE((pass(), m_messaging->streams().streams().size()), 2);
        QTRY_COMPARE((pass(), m_messaging->consumers().consumers().size()), 2);
        QCOMPARE(m_messaging->jetStream().accounts().accounts().constFirst().name, u"APP"_qs);
    }

    void refusesEachChange()
    {
        openBus();
        QTRY_COMPARE((pass(), m_messaging->streams().streams().size()), 2);
        const Access access = m_messaging->streams().createAccess();
        QVERIFY(!access.allowed && access.reason.contains(u"owned by Helm release bus"_qs));
        const auto removed = awaited(m_messaging->streams().remove(m_messaging->streams().streams()[0]));
        QCOMPARE(removed.error().kind, Error::Kind::Forbidden);
        for (const ApiRequest &request : m_cluster->requests)
            QCOMPARE(request.verb, "GET");
    }

    void saysWhyNoMessageIsSeen()
    {
        openBus();
        QTRY_COMPARE((pass(), m_messaging->streams().streams().size()), 2);
        MessageService &messages = m_messaging->messages();
        const Stream stream = m_messaging->streams().streams()[0];
        QVERIFY(!messages.readAccess());
        QVERIFY2(
            messages.readAccess().reason.contains(u"monitoring port"_qs), qPrintable(messages.readAccess().reason));
        const auto read = awaited(messages.read(stream.id, {}));
        QCOMPARE(read.error().kind, Error::Kind::Forbidden);
        const OutgoingMessage message{u"audit"_qs, {}, {}};
        QCOMPARE(awaited(messages.publish(stream, message)).error().kind, Error::Kind::Forbidden);
        QCOMPARE(awaited(messages.remove(stream, {})).error().kind, Error::Kind::Forbidden);
    }

    void keepsWhatAnUnreadPodLeads()
    {
        openBus();
        QTRY_COMPARE((pass(), m_messaging->streams().streams().size()), 2);
        m_cluster->stopServing(monitorOf(u"bus-1"_qs, "varz"));
        QTRY_VERIFY((pass(), m_messaging->streams().streams()[0].isOffline));
        QCOMPARE(m_messaging->streams().streams()[0].id.name, u"audit"_qs);
        QVERIFY(!m_messaging->streams().streams()[1].isOffline);
        QCOMPARE(m_messaging->consumers().consumers().size(), 2);
        QVERIFY((pass(), m_messaging->consumers().consumers().size() == 2));
    }

    void saysThatAPodIsNotRead()
    {
        openBus();
        QTRY_COMPARE((pass(), m_messaging->consumers().consumers().size()), 2);
        QVERIFY(isLive());
        m_cluster->stopServing(monitorOf(u"bus-1"_qs, "varz"));
        QTRY_VERIFY((pass(), !isLive()));
        for (const Freshness *known : {&m_messaging->streams().freshness(), &m_messaging->consumers().freshness()}) {
            QTRY_COMPARE((pass(), known->state), Freshness::State::Stale);
            QVERIFY2(
                known->why.startsWith(u"What only bus-1 tells of stands as it was known: "_qs), qPrintable(known->why));
        }
        // what others tell of is read on
        serve(u"bus-0"_qs, jsz("orders2", "bus-0"));
        QTRY_COMPARE((pass(), m_messaging->streams().streams().value(1).id.name), u"orders2"_qs);
        QTRY_COMPARE((pass(), m_messaging->consumers().consumers().value(1).id.stream.name), u"orders2"_qs);
        serve(u"bus-1"_qs, jsz("audit", "bus-1"));
        QTRY_VERIFY((pass(), isLive()));
        QVERIFY(!m_messaging->streams().streams()[0].isOffline);
    }

    void isNeverLiveWhereAPodWasNeverRead()
    {
        openBus();
        m_cluster->stopServing(monitorOf(u"bus-1"_qs, "varz"));
        QTRY_COMPARE((pass(), m_messaging->streams().streams().size()), 1);
        QTRY_COMPARE((pass(), m_messaging->consumers().consumers().size()), 1);
        QCOMPARE(m_messaging->streams().freshness().state, Freshness::State::Stale);
    }

    /// A consumer that is on one server only, of a stream that others have copies of.
    void keepsConsumersOfAnUnreadPod()
    {
        openBus();
        const QByteArray copied = R"("cluster":{"leader":"bus-0","replicas":[{"name":"bus-1","current":true}]},)";
        const auto orders = [&copied](const QByteArray &consumers) {
            return QByteArray(R"({"account_details":[{"name":"APP","stream_detail":[{"name":"orders",)") + copied
                + R"("config":{"name":"orders"},"state":{"messages":3,"last_seq":3},"consumer_detail":[)" + consumers
                + "]}]}]}";
        };
        serve(u"bus-0"_qs, orders({}));
        serve(u"bus-1"_qs, orders(R"({"name":"worker","config":{},"cluster":{"leader":"bus-1"}})"));
        QTRY_COMPARE((pass(), m_messaging->consumers().consumers().size()), 1);
        m_cluster->stopServing(monitorOf(u"bus-1"_qs, "varz"));
        QTRY_VERIFY((pass(), !isLive()));
        for (int i = 0; i < 5; ++i)
            QTRY_COMPARE((pass(), m_messaging->consumers().consumers().size()), 1);
        serve(u"bus-1"_qs, orders({})); // somebody deleted it meanwhile
        QTRY_COMPARE((pass(), m_messaging->consumers().consumers().size()), 0);
    }

    void keepsWhatAPodLedThatIsGoneForAWhile()
    {
        openBus();
        QTRY_COMPARE((pass(), m_messaging->streams().streams().size()), 2);
        m_cluster->erase({u"v1"_qs, u"Pod"_qs, u"team"_qs, u"bus-1"_qs});
        QTRY_VERIFY((pass(), m_messaging->streams().streams()[0].isOffline));
        QCOMPARE(m_messaging->streams().streams().size(), 2);
        QVERIFY(!isLive());
    }

    /// Streams rest while clients come and go.
    void tellsOfConnectionsAsTheyAreNow()
    {
        openBus();
        QTRY_COMPARE((pass(), connections()), 2);
        QSignalSpy changed(&m_messaging->jetStream(), &MonitoredJetStream::serversChanged);
        serveVariables(*m_cluster, u"bus-0"_qs, 5);
        QTRY_COMPARE((pass(), connections()), 6);
        QCOMPARE(changed.size(), 1);
        m_cluster->stopServing(monitorOf(u"bus-1"_qs, "varz"));
        QTRY_COMPARE((pass(), connections()), 5);
        m_cluster->stopServing(monitorOf(u"bus-0"_qs, "varz"));
        QTRY_VERIFY((pass(), m_messaging->jetStream().servers().empty()));
    }

    void saysWhyTheMonitorIsSilent()
    {
        openBus();
        for (const QString &name : {u"bus-0"_qs, u"bus-1"_qs})
            m_cluster->stopServing(monitorOf(name, "varz"));
        QTRY_VERIFY((pass(), m_messaging->streams().freshness().why.contains(u"monitoring port 8222"_qs)));
        m_cluster->isAllowed = [](const Permission &permission) {
            return !permission.subresource.startsWith(u"proxy");
        };
        QTRY_VERIFY((pass(), m_messaging->streams().freshness().why.contains(u"get pods/proxy in namespace team"_qs)));
        const ForeignRuntime &runtime = m_messaging->runtime();
        const QString role = runtime.grantFor(runtime.inspectAccess());
        QVERIFY2(role.contains(u"pods/proxy"_qs) && role.contains(u"namespace: \"team\""_qs), qPrintable(role));
        QVERIFY(role.contains(u"name: \"ana\""_qs));
        m_cluster->isAllowed = {};
        put(*m_cluster);
        QTRY_VERIFY((pass(), isLive()));
        QVERIFY(runtime.inspectAccess().allowed);
    }

    void saysThatItIsGone()
    {
        openBus();
        QTRY_COMPARE(m_messaging->runtime().status().phase, RuntimePhase::Ready);
        m_cluster->erase({u"apps/v1"_qs, u"StatefulSet"_qs, u"team"_qs, u"bus"_qs});
        QTRY_COMPARE((m_clock->advance(100ms), m_messaging->runtime().status().phase), RuntimePhase::Absent);
    }
};

QTEST_GUILESS_MAIN(ForeignMessagingTest)
#include "tst_foreignmessaging.moc"

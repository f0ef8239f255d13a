// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/foreignmessaging.h"

#include "services/messaging/consumerservice.h"
#include "services/messaging/foreignruntime.h"
#include "services/messaging/foreignserverrules.h"
#include "services/messaging/foreignservers.h"
#include "services/messaging/monitoredjetstream.h"
#include "services/messaging/nackresources.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/streamservice.h"
#include "tests/support/awaited.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakecluster.h"

#include <QJsonArray>

using namespace std::chrono_literals;

namespace {

const QJsonObject selected{{u"app.kubernetes.io/name"_qs, u"nats"_qs}};

QJsonObject statefulSet(const QString &nameSpace, const QString &image = u"nats:2.12.3-alpine"_qs)
{
    const QJsonObject monitor{{u"name"_qs, u"monitor"_qs}, {u"containerPort"_qs, 8222}};
    const QJsonObject server{{u"name"_qs, u"server"_qs}, {u"image"_qs, image}, {u"ports"_qs, QJsonArray{monitor}}};
    const QJsonObject first{{u"name"_qs, u"mesh"_qs}, {u"image"_qs, u"mesh:1"_qs}};
    const QJsonObject pod{{u"spec"_qs, QJsonObject{{u"containers"_qs, QJsonArray{first, server}}}}};
    return {{u"apiVersion"_qs, u"apps/v1"_qs}, {u"kind"_qs, u"StatefulSet"_qs},
        {u"metadata"_qs,
            QJsonObject{{u"name"_qs, u"bus"_qs}, {u"namespace"_qs, nameSpace},
                {u"labels"_qs, QJsonObject{{u"helm.sh/chart"_qs, u"nats-1.3.2"_qs}}},
                {u"annotations"_qs, QJsonObject{{u"meta.helm.sh/release-name"_qs, u"bus"_qs}}}}},
        {u"spec"_qs,
            QJsonObject{{u"replicas"_qs, 2}, {u"selector"_qs, QJsonObject{{u"matchLabels"_qs, selected}}},
                {u"template"_qs, pod}}}};
}

QJsonObject pod(const QString &name, const QString &owner = u"bus"_qs)
{
    const QJsonArray containers{QJsonObject{{u"name"_qs, u"mesh"_qs}}, QJsonObject{{u"name"_qs, u"server"_qs}}};
    const QJsonObject ready{{u"type"_qs, u"Ready"_qs}, {u"status"_qs, u"True"_qs}};
    return {{u"apiVersion"_qs, u"v1"_qs}, {u"kind"_qs, u"Pod"_qs},
        {u"metadata"_qs,
            QJsonObject{{u"name"_qs, name}, {u"namespace"_qs, u"team"_qs}, {u"labels"_qs, selected},
                {u"ownerReferences"_qs,
                    QJsonArray{QJsonObject{{u"kind"_qs, u"StatefulSet"_qs}, {u"name"_qs, owner}}}}}},
        {u"spec"_qs, QJsonObject{{u"containers"_qs, containers}}},
        {u"status"_qs, QJsonObject{{u"phase"_qs, u"Running"_qs}, {u"conditions"_qs, QJsonArray{ready}}}}};
}

QString monitorOf(const QString &podName, const char *page)
{
    return u"/api/v1/namespaces/team/pods/%1:8222/proxy/%2"_qs.arg(podName, QLatin1String(page));
}

QByteArray jsz(const char *stream, const char *leader)
{
    return QByteArray(R"({"account_details":[{"name":"APP","stream_detail":[{"name":"%1","cluster":{"leader":"%2"},)"
                      R"("config":{"name":"%1"},"state":{"messages":3,"last_seq":3},"consumer_detail":[)"
                      R"({"name":"worker","config":{},"cluster":{"leader":"%2"},"num_pending":2}]}]}]})")
        .replace("%1", stream)
        .replace("%2", leader);
}

} // namespace

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
        m_cluster->serve(monitorOf(podName, "varz"),
            R"({"server_name":")" + podName.toUtf8() + R"(","version":"2.12.3","jetstream":{"config":{"a":1}}})");
        m_cluster->serve(monitorOf(podName, "jsz"), assets);
    }

    void openBus()
    {
        m_cluster->put(statefulSet(u"team"_qs));
        for (const QString &name : {u"bus-0"_qs, u"bus-1"_qs})
            m_cluster->put(pod(name));
        m_cluster->put(pod(u"other-0"_qs, u"other"_qs));
        serve(u"bus-0"_qs, jsz("orders", "bus-0"));
        serve(u"bus-1"_qs, jsz("audit", "bus-1"));
        m_nack = std::make_unique<NackResources>(*m_cluster, *m_clock, u"pennant-messaging"_qs);
        m_messaging = std::make_unique<ForeignMessaging>(
            *m_cluster, *m_clock, *m_nack, *foreignServerFrom(statefulSet(u"team"_qs)));
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

    void keepsWhatAnUnreadPodLeads()
    {
        openBus();
        QTRY_COMPARE((pass(), m_messaging->streams().streams().size()), 2);
        m_cluster->stopServing(monitorOf(u"bus-1"_qs, "varz"));
        QTRY_VERIFY((pass(), m_messaging->streams().streams()[0].isOffline));
        QCOMPARE(m_messaging->streams().streams()[0].id.name, u"audit"_qs);
        QVERIFY(!m_messaging->streams().streams()[1].isOffline);
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

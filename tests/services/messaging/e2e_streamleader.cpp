// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/clock.h"
#include "services/kubernetes/clusteraccess.h"
#include "services/kubernetes/portforward.h"
#include "services/messaging/consumerservice.h"
#include "services/messaging/messaging.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/streamservice.h"
#include "services/messaging/workloads.h"
#include "services/nats/natsconnection.h"
#include "tests/support/awaited.h"
#include "tests/support/rawnats.h"
#include "tests/support/realcluster.h"

#include <QJsonDocument>

namespace {

constexpr int longWait = 240'000;
const SecretString password(QByteArray("correct horse battery"));

QString text(const char *value)
{
    return QLatin1String(value);
}

} // namespace

/// A stream with copies on three servers: another copy leads when it is asked to, and no message is lost.
class StreamLeaderTest : public QObject {
    Q_OBJECT

private:
    SystemClock m_clock;
    std::unique_ptr<NetworkTransport> m_transport;
    std::unique_ptr<Messaging> m_messaging;
    std::unique_ptr<PortForward> m_forward;
    std::unique_ptr<RawNats> m_nats;

    static bool eventually(const std::function<bool()> &condition) { return QTest::qWaitFor(condition, longWait); }
    StreamService &streams() { return m_messaging->streams(); }

    /// As an independent client reads it.
    QJsonObject info(const char *stream) const
    {
        const QByteArray answer = m_nats->ask(QByteArray("$JS.API.STREAM.INFO.") + stream, "_INBOX.test", {});
        const auto begin = answer.indexOf('{');
        return QJsonDocument::fromJson(answer.mid(begin, answer.lastIndexOf('}') - begin + 1)).object();
    }
    QString leader(const char *stream) const
    {
        return info(stream)[text("cluster")].toObject()[text("leader")].toString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("PENNANT_KUBECONFIG_ADMIN"))
            QSKIP("PENNANT_KUBECONFIG_ADMIN names no kubeconfig");
        m_transport = connectAs("PENNANT_KUBECONFIG_ADMIN");
        auto own = connectAs("PENNANT_KUBECONFIG_ADMIN");
        QVERIFY(m_transport && own);
        Messaging::Options options;
        options.workstation = text("ana@laptop");
        m_messaging = std::make_unique<Messaging>(std::move(own), m_clock, options);
        m_messaging->start();
        m_messaging->setInSight(true);
        RuntimeService &runtime = m_messaging->runtime();
        EnableRequest request;
        request.spec.storageClass = text("standard");
        request.spec.storageGibibytes = 1;
        request.spec.replicas = 3;
        request.clientPassword = password;
        QVERIFY(eventually([&runtime] { return runtime.enableAccess().allowed; }));
        const auto asked = awaited(runtime.enable(request));
        QVERIFY2(asked, whyNot(asked));
        QVERIFY(eventually([&runtime] { return runtime.status().phase == RuntimePhase::Ready; }));
        QVERIFY(eventually([this] { return streams().createAccess().allowed; }));
        m_forward = m_transport->forward(text("pennant-messaging"), text("nats-0"), 4222);
        QVERIFY(m_forward->listen());
        m_nats = std::make_unique<RawNats>(m_forward->localPort(), text("default"), password);
        QVERIFY(m_nats->isOpen());
        m_nats->subscribe("_INBOX.test");
    }

    void cleanupTestCase()
    {
        m_nats.reset();
        m_forward.reset();
        m_messaging.reset();
        NatsConnection::shutDown();
    }

    void stepsDownAndSaysWhoLeads()
    {
        StreamDraft draft = StreamDraft::of(text("default"), text("led"), {text("led")});
        draft.config[text("num_replicas")] = 3;
        const auto made = awaited(streams().create(draft));
        QVERIFY2(made, whyNot(made));
        for (int i = 0; i < 20; ++i)
            QVERIFY(!m_nats->publish("led").contains("-ERR"));
        const auto found = [this]() -> std::optional<Stream> {
            for (const Stream &stream : streams().streams()) {
                if (stream.id.name == text("led") && streams().stepDownAccess(stream))
                    return stream;
            }
            return std::nullopt;
        };
        QVERIFY(eventually([&found] { return found() && found()->messages == 20; }));
        QSet<QString> leaders;
        for (int step = 0; step < 3; ++step) {
            QVERIFY(eventually([&] { return found() && found()->leader == leader("led"); }));
            const Stream seen = *found();
            const auto next = awaited(streams().stepDown(seen));
            QVERIFY2(next, whyNot(next));
            QCOMPARE(leader("led"), *next);
            leaders << seen.leader << *next;
            QVERIFY(eventually([&] { return found() && found()->leader == *next; }));
        }
        QVERIFY(leaders.size() > 1);
        QCOMPARE(info("led")[text("state")].toObject()[text("messages")].toInt(), 20);
    }

    void stepsDownOfAConsumer()
    {
        ConsumerService &consumers = m_messaging->consumers();
        const StreamId led{text("default"), text("led")};
        const auto made = awaited(consumers.create(ConsumerDraft::of(led, text("work"))));
        QVERIFY2(made, whyNot(made));
        const auto found = [&consumers, id = made->id]() -> std::optional<Consumer> {
            for (const Consumer &consumer : consumers.consumers()) {
                if (consumer.id == id && consumers.stepDownAccess(consumer))
                    return consumer;
            }
            return std::nullopt;
        };
        QVERIFY(eventually([&found] { return found() && found()->pending == 20; }));
        const Consumer seen = *found();
        const auto next = awaited(consumers.stepDown(seen));
        QVERIFY2(next, whyNot(next));
        QVERIFY(eventually([&] { return found() && found()->leader == *next; }));
        QCOMPARE(found()->pending, quint64(20));
    }

    /// What a stream may be linked with, of a real API server.
    void findsWorkloads()
    {
        Workloads &workloads = m_messaging->workloads();
        workloads.look();
        QVERIFY(eventually([&workloads] { return !workloads.all().isEmpty(); }));
        QVERIFY(workloads.all().contains(Workload{text("StatefulSet"), text("pennant-messaging"), text("nats")}));
        QCOMPARE(workloads.gap(), QString());
    }
};

QTEST_MAIN(StreamLeaderTest)
#include "e2e_streamleader.moc"

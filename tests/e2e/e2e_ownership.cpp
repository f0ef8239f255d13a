// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/messaging.h"
#include "services/messaging/natslink.h"
#include "services/nats/jetstreamapi.h"
#include "tests/e2e/othertools.h"
#include "tests/e2e/windowtest.h"
#include "tests/support/awaited.h"
#include "tests/support/realcluster.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTableView>
#include <QTest>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

QString manifest(const char *name)
{
    return text(PENNANT_MANIFESTS) + u'/' + text(name);
}

QJsonObject streamConfig(const char *name, int replicas, const char *storage = "file")
{
    return {{text("name"), text(name)}, {text("subjects"), QJsonArray{text(name) + text(".>")}},
        {text("num_replicas"), replicas}, {text("storage"), text(storage)}};
}

} // namespace

/// What others keep in a cluster: a NATS of the official chart, found and opened read-only.
class OwnershipTest final : public WindowTest {
    Q_OBJECT

private:
    SystemClock m_clock;
    std::unique_ptr<NetworkTransport> m_transport;
    std::unique_ptr<NatsLink> m_link;

    /// As a client of that NATS, which asks for no credential.
    JetStreamApi api() { return {m_link->transport(), text("$G")}; }

    bool publish(const char *subject, int count)
    {
        for (int i = 0; i < count; ++i) {
            const auto answer = awaited(m_link->transport().request(text(subject), QByteArray(100, 'x')));
            if (!answer || answer->contains("error"))
                return false;
        }
        return true;
    }

    QStringList rowOf(const char *table, const QString &name)
    {
        const auto *view = m_driver->find<QTableView>(text(table));
        const QAbstractItemModel *model = view ? view->model() : nullptr;
        for (int row = 0; model && row < model->rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < model->columnCount(); ++column)
                cells.append(model->index(row, column).data().toString());
            if (cells.contains(name))
                return cells;
        }
        return {};
    }

private Q_SLOTS:
    void officialChartRuns()
    {
        bool isOk = false;
        OtherTools::kubectl({text("apply"), text("-f"), manifest("officialchart.yaml")}, &isOk);
        QVERIFY(isOk);
        OtherTools::kubectl({text("-n"), text("messaging"), text("rollout"), text("status"), text("statefulset/nats"),
                                text("--timeout=110s")},
            &isOk);
        QVERIFY(isOk);
        m_transport = connectAs("PENNANT_KUBECONFIG_ADMIN");
        QVERIFY(m_transport);
        m_link = std::make_unique<NatsLink>(*m_transport, text("messaging"), text("nats-0"), Login{});
        QVERIFY(awaited(asPending(m_link->open(m_clock, std::chrono::seconds(20)))));
        QTRY_VERIFY_WITH_TIMEOUT(awaited(api().createStream(streamConfig("orders", 3))), 30'000);
        QVERIFY(awaited(api().createStream(streamConfig("audit", 1))));
        QVERIFY(awaited(api().createStream(streamConfig("sessions", 1, "memory"))));
        const QJsonObject worker{{text("durable_name"), text("worker")}, {text("ack_policy"), text("explicit")}};
        QVERIFY(awaited(api().createConsumer(text("orders"), worker)));
        QVERIFY(awaited(api().createConsumer(text("audit"), worker)));
        QVERIFY(publish("orders.new", 120) && publish("audit.login", 35) && publish("sessions.a", 7));
    }

    void overviewOffersIt()
    {
        openWindow();
        QVERIFY(m_driver->shows(text("NATS is not enabled on this cluster")));
        QVERIFY(m_driver->shows(text("messaging/nats"), text("otherServersCard")));
        QVERIFY(m_driver->shows(text("chart nats-1.3.9"), text("otherServersCard")));
        QVERIFY(m_driver->shows(text("Helm release nats in namespace messaging"), text("otherServersCard")));
        m_driver->screenshot(text("ownership-found"));
    }

    void opensReadOnly()
    {
        m_driver->click(text("openForeignButton"));
        QVERIFY(m_driver->shows(text("Read-only: owned by Helm release nats in namespace messaging")));
        QVERIFY(m_driver->shows(text("3 of 3 ready")));
        QVERIFY(m_driver->shows(text("2.14.9"), text("foreignServerFacts")));
        QVERIFY(m_driver->shows(text("Messages: 162"), text("foreignUsageFacts")));
        QVERIFY(m_driver->shows(text("Streams: 3"), text("foreignUsageFacts")));
        QVERIFY(m_driver->shows(text("Consumers: 2"), text("foreignUsageFacts")));
        m_driver->screenshot(text("ownership-overview"));
    }

    void countsEachStreamOnceFromItsLeader()
    {
        m_driver->openTab(text("Streams"));
        QVERIFY(m_driver->waitFor([this] { return !rowOf("streamTable", text("orders")).isEmpty(); }));
        const auto streams = awaited(api().streams());
        QVERIFY(streams && streams->size() == 3);
        for (const Stream &stream : *streams) {
            const QStringList row = rowOf("streamTable", stream.id.name);
            qInfo() << row;
            QVERIFY(row.contains(QString::number(stream.messages)));
            QVERIFY(row.contains(stream.bytes.text()));
        }
        QVERIFY(m_driver->refuses(text("newStreamButton"), text("was not made by Pennant")));
        m_driver->screenshot(text("ownership-streams"));
        m_driver->openTab(text("Consumers"));
        QVERIFY(m_driver->waitFor([this] { return !rowOf("consumerTable", text("worker")).isEmpty(); }));
        QVERIFY(rowOf("consumerTable", text("orders")).contains(text("120")));
        QVERIFY(m_driver->refuses(text("newConsumerButton"), text("was not made by Pennant")));
        m_driver->screenshot(text("ownership-consumers"));
    }

    void followsWhatChanges()
    {
        QVERIFY(publish("orders.new", 3));
        QVERIFY(m_driver->waitFor([this] { return rowOf("consumerTable", text("orders")).contains(text("123")); }));
    }

    void logsOfItsPods()
    {
        m_driver->openTab(text("Logs"));
        QVERIFY(m_driver->shows(text("lines")));
        QVERIFY(m_driver->waitFor([this] { return !m_driver->textIn(text("logStatusLabel")).startsWith(text("0")); }));
        m_driver->screenshot(text("ownership-logs"));
        m_driver->openTab(text("Settings"));
        QVERIFY(m_driver->shows(text("No settings for messaging/nats")));
        m_driver->screenshot(text("ownership-settings"));
    }

    void leadsBack()
    {
        m_driver->click(text("ownRuntimeButton"));
        QVERIFY(m_driver->shows(text("NATS is not enabled on this cluster")));
    }

    void viewerIsToldWhatIsMissing()
    {
        openWindow(qEnvironmentVariable("PENNANT_KUBECONFIG_VIEWER"));
        QVERIFY(m_driver->shows(text("messaging/nats"), text("otherServersCard")));
        m_driver->click(text("openForeignButton"));
        QVERIFY(m_driver->shows(text("get pods/proxy in namespace messaging")));
        m_driver->screenshot(text("ownership-viewer"));
    }

    void cleanupTestCase()
    {
        closeWindow();
        m_link.reset();
    }
};

int main(int argc, char **argv)
{
    const auto application = createTestApplication(argc, argv);
    OwnershipTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "e2e_ownership.moc"

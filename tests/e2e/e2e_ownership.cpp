// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/account.h"
#include "services/messaging/consumerservice.h"
#include "services/messaging/foreignmessaging.h"
#include "services/messaging/foreignservers.h"
#include "services/messaging/messaging.h"
#include "services/messaging/nackresources.h"
#include "services/messaging/natslink.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/streamservice.h"
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

const QString ownNamespace = QStringLiteral("pennant-messaging");

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
    std::unique_ptr<Messaging> m_own; ///< the runtime that Pennant makes

    /// In both sizes that every screen has to bear.
    void shoot(const char *name)
    {
        m_driver->screenshot(text(name));
        QWidget *window = m_driver->find<QWidget>(text("workspaceTabs"))->window();
        window->resize(1024, 700);
        QTest::qWait(200);
        m_driver->screenshot(text(name) + text("-small"));
        window->resize(1440, 900);
        QTest::qWait(200);
    }

    static bool apply(const char *name)
    {
        bool isOk = false;
        OtherTools::kubectl({text("apply"), text("-f"), manifest(name)}, &isOk);
        return isOk;
    }

    static bool inOwn(const QStringList &arguments)
    {
        bool isOk = false;
        OtherTools::kubectl(QStringList{text("-n"), ownNamespace} + arguments, &isOk);
        return isOk;
    }

    std::unique_ptr<Messaging> openServices(
        const QString &nameSpace, const ClusterAccess &access = accessOf("PENNANT_KUBECONFIG_ADMIN"))
    {
        Messaging::Options options;
        options.nameSpace = nameSpace;
        options.workstation = text("tester@services");
        auto messaging = std::make_unique<Messaging>(connectAs(access), m_clock, options);
        messaging->start();
        return messaging;
    }

    /// Once it may be asked.
    static EnableRequest requestFor(RuntimeService &runtime)
    {
        const bool isKnown =
            QTest::qWaitFor([&runtime] { return runtime.enableAccess().allowed && runtime.storageClasses(); }, 60'000);
        EnableRequest request;
        if (isKnown && !runtime.storageClasses()->isEmpty())
            request.spec.storageClass = runtime.storageClasses()->constFirst().name;
        request.spec.storageGibibytes = 1;
        request.spec.replicas = 1;
        request.clientPassword = SecretString(QByteArray("kept-by-others-4711"));
        return request;
    }

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

    /// Of a stream's name: says who keeps it.
    QString toolTipOf(const QString &stream)
    {
        const auto *view = m_driver->find<QTableView>(text("streamTable"));
        const QModelIndexList found =
            view ? view->model()->match(view->model()->index(0, 1), Qt::DisplayRole, stream) : QModelIndexList();
        return found.isEmpty() ? QString() : found.constFirst().data(Qt::ToolTipRole).toString();
    }

private Q_SLOTS:
    void officialChartRuns()
    {
        bool isOk = false;
        QVERIFY(apply("officialchart.yaml"));
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
        shoot("ownership-found");
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
        shoot("ownership-overview");
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
        shoot("ownership-streams");
        m_driver->openTab(text("Consumers"));
        QVERIFY(m_driver->waitFor([this] { return !rowOf("consumerTable", text("worker")).isEmpty(); }));
        QVERIFY(rowOf("consumerTable", text("orders")).contains(text("120")));
        QVERIFY(m_driver->refuses(text("newConsumerButton"), text("was not made by Pennant")));
        shoot("ownership-consumers");
    }

    void followsWhatChanges()
    {
        QVERIFY(publish("orders.new", 3));
        QVERIFY(m_driver->waitFor([this] { return rowOf("consumerTable", text("orders")).contains(text("123")); }));
    }

    /// A list is refused there as well: it is discovery that tells.
    void nobodyMissesKindsThatAreNotThere()
    {
        const auto transport = connectAs("PENNANT_KUBECONFIG_VIEWER");
        NackResources nack(*transport, m_clock, text("messaging"));
        nack.start();
        QTRY_VERIFY_WITH_TIMEOUT(nack.access().allowed, 30'000);
    }

    void leavesToNackWhatNackKeeps()
    {
        bool isOk = false;
        QVERIFY(apply("nackkinds.yaml"));
        OtherTools::kubectl({text("wait"), text("--for=condition=Established"), text("crd"),
                                text("streams.jetstream.nats.io"), text("consumers.jetstream.nats.io")},
            &isOk);
        QVERIFY(isOk);
        QVERIFY(apply("nackresources.yaml"));
        m_driver->openTab(text("Streams"));
        QVERIFY(
            m_driver->waitFor([this] { return toolTipOf(text("orders")).contains(text("Stream prod-orders")); }, 90));
        QVERIFY(toolTipOf(text("audit")).isEmpty()); // that is of another NATS
        shoot("ownership-nack-streams");
    }

    void logsOfItsPods()
    {
        m_driver->openTab(text("Logs"));
        QVERIFY(m_driver->shows(text("lines")));
        QVERIFY(m_driver->waitFor([this] { return !m_driver->textIn(text("logStatusLabel")).startsWith(text("0")); }));
        shoot("ownership-logs");
        m_driver->openTab(text("Settings"));
        QVERIFY(m_driver->shows(text("No settings for messaging/nats")));
        shoot("ownership-settings");
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
        shoot("ownership-viewer");
    }

    void viewerIsToldThatNackMayKeepStreams()
    {
        const auto transport = connectAs("PENNANT_KUBECONFIG_VIEWER");
        NackResources nack(*transport, m_clock, text("messaging"));
        nack.start();
        QTRY_VERIFY_WITH_TIMEOUT(!nack.access().missing.isEmpty(), 30'000);
        qInfo("%s", qPrintable(nack.access().reason));
        QVERIFY(nack.access().reason.contains(text("list streams.jetstream.nats.io, consumers.jetstream.nats.io")));
    }

    void tunnelDoesWithoutTheProxy()
    {
        closeWindow();
        QVERIFY(apply("tunneller.yaml"));
        ClusterAccess access = accessOf("PENNANT_KUBECONFIG_ADMIN");
        access.impersonation.user = text("tunneller");
        const auto messaging = openServices(text("messaging"), access);
        QTRY_VERIFY_WITH_TIMEOUT(!messaging->foreignServers().servers().isEmpty(), 60'000);
        const auto foreign = messaging->openForeign(messaging->foreignServers().servers().constFirst());
        QTRY_COMPARE_WITH_TIMEOUT(foreign->streams().streams().size(), 3, 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(foreign->consumers().consumers().size(), 2, 60'000);
    }

    void enableSaysWhoHasTheNames()
    {
        closeWindow();
        const auto messaging = openServices(text("messaging"));
        const auto refused = awaited(messaging->runtime().enable(requestFor(messaging->runtime())));
        QVERIFY(!refused);
        qInfo("%s", qPrintable(refused.error().summary));
        QVERIFY(refused.error().summary.contains(text("owned by Helm release nats in namespace messaging")));
    }

    void ownRuntimeThatFluxKeepsIsLeftAlone()
    {
        m_own = openServices(ownNamespace);
        RuntimeService &runtime = m_own->runtime();
        QVERIFY(awaited(runtime.enable(requestFor(runtime))));
        QTRY_VERIFY_WITH_TIMEOUT(runtime.status().phase == RuntimePhase::Ready, 180'000);
        QVERIFY(inOwn({text("label"), text("statefulset/nats"), text("kustomize.toolkit.fluxcd.io/name=apps"),
            text("kustomize.toolkit.fluxcd.io/namespace=flux-system")}));
        QVERIFY(inOwn({text("delete"), text("service/nats")}));
        QTRY_VERIFY_WITH_TIMEOUT(runtime.status().deviation.has_value(), 60'000);
        QTRY_VERIFY(runtime.retryAccess().reason.contains(text("kept by Flux's Kustomization apps")));
        QVERIFY(runtime.disableAccess().reason.contains(text("kept by Flux's Kustomization apps")));
        openWindow();
        QVERIFY(m_driver->shows(text("NATS is not as Pennant made it")));
        QVERIFY(m_driver->shows(text("messaging/nats"), text("otherServersCard")));
        shoot("ownership-kept");
        QVERIFY(inOwn({text("label"), text("statefulset/nats"), text("kustomize.toolkit.fluxcd.io/name-"),
            text("kustomize.toolkit.fluxcd.io/namespace-")}));
        QTRY_VERIFY_WITH_TIMEOUT(runtime.retryAccess().allowed, 60'000);
        QVERIFY(awaited(runtime.retry()));
        QTRY_VERIFY_WITH_TIMEOUT(runtime.status().phase == RuntimePhase::Ready && !runtime.status().deviation, 120'000);
    }

    void fieldsOfAnotherManagerAreNotTaken()
    {
        RuntimeService &runtime = m_own->runtime();
        QVERIFY(inOwn({text("apply"), text("--server-side"), text("--force-conflicts"), text("--field-manager=helm"),
            text("-f"), manifest("takeover.yaml")}));
        QVERIFY(inOwn({text("delete"), text("service/nats")}));
        QTRY_VERIFY_WITH_TIMEOUT(runtime.status().deviation.has_value() && runtime.retryAccess().allowed, 60'000);
        QVERIFY(awaited(runtime.retry()));
        QTRY_VERIFY_WITH_TIMEOUT(runtime.status().phase == RuntimePhase::Failed && runtime.status().error, 120'000);
        qInfo("%s", qPrintable(runtime.status().error->summary));
        QVERIFY(runtime.status().error->summary.contains(text("kept by Helm (spec.ingress)")));
        QVERIFY(inOwn({text("delete"), text("networkpolicy/nats")}));
        QVERIFY(awaited(runtime.retry()));
        QTRY_VERIFY_WITH_TIMEOUT(runtime.status().phase == RuntimePhase::Ready && !runtime.status().deviation, 120'000);
    }

    void ownStreamThatNackKeepsIsNotDeleted()
    {
        StreamDraft draft = StreamDraft::of(defaultAccountName(), text("invoices"), {text("invoices.>")});
        QTRY_VERIFY_WITH_TIMEOUT(m_own->streams().createAccess().allowed, 60'000);
        QVERIFY(awaited(m_own->streams().create(draft)));
        QVERIFY(apply("nackown.yaml"));
        QTRY_VERIFY_WITH_TIMEOUT(
            !m_own->streams().streams().isEmpty() && m_own->streams().streams().constFirst().owner, 90'000);
        const auto removed = awaited(m_own->streams().remove(m_own->streams().streams().constFirst()));
        QCOMPARE(removed.error().kind, Error::Kind::Forbidden);
        qInfo("%s", qPrintable(removed.error().summary));
        m_driver->openTab(text("Streams"));
        QVERIFY(m_driver->waitFor([this] { return !toolTipOf(text("invoices")).isEmpty(); }, 90));
        auto *table = m_driver->find<QTableView>(text("streamTable"));
        QTest::mouseClick(
            table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(0, 1)).center());
        QTest::keyClick(table, Qt::Key_Return);
        QVERIFY(m_driver->shows(text("Kept by NACK's Stream kept-invoices in namespace default")));
        QVERIFY(m_driver->refuses(text("deleteStreamButton"), text("NACK would put it back")));
        shoot("ownership-nack-detail");
    }

    void cleanupTestCase()
    {
        closeWindow();
        m_link.reset();
        m_own.reset();
    }
};

int main(int argc, char **argv)
{
    const auto application = createTestApplication(argc, argv);
    OwnershipTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "e2e_ownership.moc"

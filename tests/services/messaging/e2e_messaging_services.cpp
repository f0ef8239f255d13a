// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/clock.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/accountservice.h"
#include "services/messaging/messaging.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/streamservice.h"
#include "services/nats/natsconnection.h"
#include "tests/support/awaited.h"
#include "tests/support/realcluster.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

namespace {

constexpr int longWait = 180'000;

QString text(const char *value)
{
    return QLatin1String(value);
}

/// "kind/name" of everything in the runtime's namespace, of every kind that there is, but events.
QStringList everythingThere()
{
    QString said;
    if (!kubectl({text("api-resources"), text("--namespaced"), text("--verbs=list"), text("-o"), text("name")}, &said))
        return {};
    QStringList kinds = said.split(u'\n', Qt::SkipEmptyParts);
    kinds.removeIf([](const QString &kind) { return kind.section(u'.', 0, 0) == text("events"); });
    QStringList names;
    if (kubectl({text("get"), kinds.join(u','), text("-o"), text("name")}, &said))
        names = said.split(u'\n', Qt::SkipEmptyParts);
    names.sort();
    return names;
}

} // namespace

/// services/messaging against a real cluster, with somebody else's kubectl: an administrator and a viewer have it open
/// the whole time.
class MessagingServicesTest : public QObject {
    Q_OBJECT

private:
    SystemClock m_clock;
    std::unique_ptr<Messaging> m_admin;
    std::unique_ptr<Messaging> m_viewer;
    QSet<QString> m_driversSeenByViewer;
    QStringList m_thereBefore; ///< in a namespace that Enable finds, so that Disable leaves it

    std::unique_ptr<Messaging> open(const char *kubeconfig, const char *workstation)
    {
        auto transport = connectAs(kubeconfig);
        if (!transport)
            return nullptr;
        Messaging::Options options;
        options.workstation = text(workstation);
        auto messaging = std::make_unique<Messaging>(std::move(transport), m_clock, options);
        messaging->start();
        return messaging;
    }

    const RuntimeStatus &status() const { return m_admin->runtime().status(); }

    bool becomesReady()
    {
        const bool isReady = QTest::qWaitFor(
            [this] { return status().phase == RuntimePhase::Ready && !status().isDegraded(); }, longWait);
        if (!isReady && status().error)
            qWarning("%s", qPrintable(status().error->text()));
        return isReady;
    }

    bool deviates(RuntimePhase phase, const char *words)
    {
        const bool isSeen = QTest::qWaitFor(
            [&] {
                return status().phase == phase && status().deviation
                    && status().deviation->error.summary.contains(text(words));
            },
            longWait);
        if (isSeen)
            qInfo("%s", qPrintable(status().deviation->error.summary));
        return isSeen;
    }

    bool holdsOrders() const
    {
        const QList<Stream> &streams = m_admin->streams().streams();
        return m_admin->streams().freshness().state == Freshness::State::Live && streams.size() == 1
            && streams.constFirst().id.name == text("orders");
    }

    bool isPutBack()
    {
        const auto retried = awaited(m_admin->runtime().retry());
        if (!retried)
            qWarning("%s", qPrintable(retried.error().text()));
        return retried && QTest::qWaitFor([this] { return status().isInProgress(); }, longWait) && becomesReady()
            && QTest::qWaitFor([this] { return holdsOrders(); }, longWait);
    }

    /// As Pennant before format 2 leaves a runtime: the servers have loaded that configuration.
    bool goesBackToFormatOne()
    {
        QString said;
        if (!kubectl(
                {text("get"), text("secret"), text("nats-config"), text("-o"), text("jsonpath={.data.nats\\.conf}")},
                &said))
            return false;
        QString config = QString::fromUtf8(QByteArray::fromBase64(said.toLatin1()));
        const auto cut = [&config](const char *from, const char *to) {
            const auto begin = config.indexOf(text(from));
            config.remove(begin, config.indexOf(text(to), begin) - begin);
        };
        cut("    exports: [", "    users: [");
        cut("  \"VIEW-default\" {", "}\nsystem_account");
        const int loadedBefore = reloads();
        const QJsonObject spec{{text("replicas"), 1}, {text("storageClass"), text("standard")},
            {text("storageGibibytes"), 1}, {text("webSocketEnabled"), false}, {text("needs"), 1}};
        return setData("Secret", "nats-config", "nats.conf", QString::fromLatin1(config.toUtf8().toBase64()))
            && kubectl({text("annotate"), text("pod"), text("nats-0"), text("tests/handed=over")})
            && QTest::qWaitFor([loadedBefore] { return reloads() > loadedBefore; }, longWait)
            && setData("ConfigMap", "pennant-runtime", "spec.json", QString::fromUtf8(QJsonDocument(spec).toJson()))
            && kubectl({text("delete"), text("secret/nats-viewing-default"), text("role/pennant-viewer"),
                text("role/pennant-editor")});
    }

    /// As Pennant itself writes: else it would be somebody else's change.
    static bool setData(const char *kind, const char *name, const char *key, const QString &value)
    {
        const auto transport = connectAs("PENNANT_KUBECONFIG_ADMIN");
        KubernetesClient client(*transport);
        auto found = awaited(client.read({text("v1"), text(kind), text("pennant-messaging"), text(name)}));
        if (!found)
            return false;
        QJsonObject metadata = (*found)[text("metadata")].toObject();
        const QJsonObject kept{{text("name"), metadata[text("name")]}, {text("namespace"), metadata[text("namespace")]},
            {text("labels"), metadata[text("labels")]}};
        QJsonObject data = (*found)[text("data")].toObject();
        data[text(key)] = value;
        (*found)[text("metadata")] = kept;
        (*found)[text("data")] = data;
        const auto applied = awaited(client.apply(*found, true));
        if (!applied)
            qWarning("%s", qPrintable(applied.error().text()));
        return applied.has_value();
    }

    /// How often the server has loaded a configuration anew.
    static int reloads()
    {
        QString log;
        kubectl({text("logs"), text("nats-0"), text("--container=nats")}, &log);
        return int(log.count(text("Reloaded server configuration")));
    }

    /// Of the runtime nothing is left, and of others what is expected.
    bool disablesTo(const QStringList &expected)
    {
        const auto asked = awaited(m_admin->runtime().disable(status().identity()));
        if (!asked)
            qWarning("%s", qPrintable(asked.error().text()));
        if (!asked || !QTest::qWaitFor([this] { return status().phase == RuntimePhase::Absent; }, longWait))
            return false;
        // what controllers made of it they take away in their own time
        QStringList left;
        const auto isClean = [&] {
            left = everythingThere();
            return left == expected;
        };
        const bool isAsExpected = QTest::qWaitFor(isClean, longWait);
        if (!isAsExpected)
            qWarning("%s", qPrintable(left.join(u' ')));
        return isAsExpected;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("PENNANT_KUBECONFIG_ADMIN"))
            QSKIP("PENNANT_KUBECONFIG_ADMIN names no kubeconfig");
        QVERIFY(kubectl({text("create"), text("namespace"), text("pennant-messaging")}));
        const auto isFurnished = [this] {
            m_thereBefore = everythingThere();
            return m_thereBefore.size() >= 2; // what Kubernetes puts into each
        };
        QVERIFY(QTest::qWaitFor(isFurnished, longWait));
        m_admin = open("PENNANT_KUBECONFIG_ADMIN", "ana@laptop");
        m_viewer = open("PENNANT_KUBECONFIG_VIEWER", "bo@desk");
        QVERIFY(m_admin && m_viewer);
        connect(&m_viewer->runtime(), &RuntimeService::statusChanged, this,
            [this] { m_driversSeenByViewer.insert(m_viewer->runtime().status().drivenBy); });
        QVERIFY(QTest::qWaitFor([this] { return m_admin->runtime().enableAccess().allowed; }, longWait));
    }

    void cleanupTestCase()
    {
        m_viewer.reset();
        m_admin.reset();
        NatsConnection::shutDown();
    }

    void enables()
    {
        EnableRequest request;
        QVERIFY(QTest::qWaitFor(
            [this] {
                const auto &classes = m_admin->runtime().storageClasses();
                return classes && !classes->isEmpty();
            },
            longWait));
        request.spec.storageClass = m_admin->runtime().storageClasses()->constFirst().name;
        request.spec.storageGibibytes = 1;
        request.spec.replicas = 1;
        request.clientPassword = SecretString(QByteArray("correct horse battery"));
        const auto asked = awaited(m_admin->runtime().enable(request));
        QVERIFY2(asked, whyNot(asked));
        QVERIFY(becomesReady());
        // the role `view` leaves Leases out
        QVERIFY(m_driversSeenByViewer.contains(text("ana@laptop")));
        QVERIFY(
            QTest::qWaitFor([this] { return m_viewer->runtime().status().phase == RuntimePhase::Ready; }, longWait));
    }

    void createsAStream()
    {
        QVERIFY(QTest::qWaitFor(
            [this] { return m_admin->streams().freshness().state == Freshness::State::Live; }, longWait));
        StreamDraft draft = StreamDraft::of(text("default"), text("orders"), {text("orders.>")});
        const auto created = awaited(m_admin->streams().create(draft));
        QVERIFY2(created, whyNot(created));
        QVERIFY(QTest::qWaitFor([this] { return holdsOrders(); }, longWait));
    }

    void seesThatTheStatefulSetWasDeleted()
    {
        QVERIFY(kubectl({text("delete"), text("statefulset"), text("nats"), text("--wait=false")}));
        QVERIFY(deviates(RuntimePhase::Failed, "StatefulSet nats was deleted"));
        QVERIFY(
            QTest::qWaitFor([this] { return m_viewer->runtime().status().phase == RuntimePhase::Failed; }, longWait));
        QVERIFY(!m_admin->streams().createAccess().allowed);
        QVERIFY(isPutBack());
    }

    void seesThatItWasScaledDown()
    {
        QVERIFY(kubectl({text("scale"), text("statefulset"), text("nats"), text("--replicas=0")}));
        QVERIFY(deviates(RuntimePhase::Failed, "scaled from 1 to 0"));
        QVERIFY(isPutBack());
    }

    void takesNothingAwayThatWasScaledUp()
    {
        QVERIFY(kubectl({text("scale"), text("statefulset"), text("nats"), text("--replicas=2")}));
        QVERIFY(deviates(RuntimePhase::Ready, "scaled from 1 to 2"));
        QVERIFY(!m_admin->runtime().retryAccess().allowed);
        QVERIFY(kubectl({text("scale"), text("statefulset"), text("nats"), text("--replicas=1")}));
        QVERIFY(becomesReady());
    }

    void seesThatAServiceAndASecretAreGone()
    {
        QVERIFY(kubectl({text("delete"), text("service/nats"), text("secret/nats-config")}));
        QVERIFY(deviates(RuntimePhase::Ready, "deleted Secret nats-config, Service nats"));
        QVERIFY(isPutBack());
    }

    /// The servers know the old password of the hidden user until they are handed the new configuration.
    void seesThatTheHiddenUserIsGone()
    {
        QVERIFY(kubectl({text("delete"), text("secret/nats-management-default")}));
        QVERIFY(deviates(RuntimePhase::Ready, "deleted Secret nats-management-default"));
        QElapsedTimer timer;
        timer.start();
        QVERIFY(isPutBack());
        qInfo("it was put back after %.1f s", double(timer.elapsed()) / 1000);
    }

    /// Its servers run with a configuration that has no viewing account, its record is of format 1.
    void addsWhatARuntimeOfAnEarlierVersionLacks()
    {
        QString before;
        QVERIFY(
            kubectl({text("get"), text("pod"), text("nats-0"), text("-o"), text("jsonpath={.metadata.uid}")}, &before));
        QVERIFY(goesBackToFormatOne());
        QVERIFY(deviates(RuntimePhase::Ready, "An earlier Pennant made this runtime"));
        QElapsedTimer timer;
        timer.start();
        QVERIFY(isPutBack());
        qInfo("it had all of it after %.1f s", double(timer.elapsed()) / 1000);
        QString after;
        QVERIFY(
            kubectl({text("get"), text("pod"), text("nats-0"), text("-o"), text("jsonpath={.metadata.uid}")}, &after));
        QCOMPARE(after, before);
        QVERIFY(kubectl({text("get"), text("role/pennant-viewer"), text("role/pennant-editor"),
            text("secret/nats-viewing-default")}));
    }

    void seesThatItsGuardsAreGone()
    {
        QVERIFY(kubectl({text("delete"), text("poddisruptionbudget/nats"), text("networkpolicy/nats")}));
        QVERIFY(deviates(RuntimePhase::Ready, "deleted PodDisruptionBudget nats, NetworkPolicy nats"));
        QVERIFY(isPutBack());
    }

    /// Its clients go on with the password they have.
    void goesOnWithoutItsRecord()
    {
        const auto password = awaited(m_admin->accounts().clientPassword(text("default")));
        QVERIFY2(password, whyNot(password));
        QVERIFY(kubectl({text("delete"), text("configmap/pennant-runtime")}));
        QVERIFY(deviates(RuntimePhase::Failed, "ConfigMap pennant-runtime was deleted"));
        QVERIFY(!m_admin->runtime().enableAccess().allowed);
        QVERIFY(isPutBack());
        QCOMPARE(awaited(m_admin->accounts().clientPassword(text("default"))), password);
    }

    /// A copy carries our labels, and somebody's Pod may carry one of them.
    void disablesWithoutTouchingOthers()
    {
        const QStringList labels{text("app.kubernetes.io/name=nats"), text("app.kubernetes.io/instance=pennant"),
            text("app.kubernetes.io/managed-by=pennant")};
        QVERIFY(kubectl({text("run"), text("theirs"), text("--image=docker.io/library/nats:2.14.9-alpine"),
            text("--labels=app.kubernetes.io/instance=pennant")}));
        QVERIFY(kubectl({text("create"), text("secret"), text("generic"), text("nats-config-copy")}));
        QVERIFY(kubectl(QStringList{text("label"), text("secret"), text("nats-config-copy")} + labels));
        // as if Enable had made it
        QVERIFY(kubectl({text("annotate"), text("namespace"), text("pennant-messaging"),
            text("pennant.app/created-by-enable=true")}));
        QStringList expected = m_thereBefore + QStringList{text("pod/theirs"), text("secret/nats-config-copy")};
        expected.sort();
        QVERIFY(disablesTo(expected));
        QVERIFY(expected.contains(text("configmap/kube-root-ca.crt")));
    }

    /// What the cluster made of the runtime's objects does not keep the namespace.
    void disablesWithTheNamespace()
    {
        QVERIFY(kubectl({text("delete"), text("pod/theirs"), text("secret/nats-config-copy")}));
        QVERIFY(QTest::qWaitFor([this] { return m_admin->runtime().enableAccess().allowed; }, longWait));
        enables();
        if (QTest::currentTestFailed())
            return;
        QVERIFY(disablesTo({}));
        QVERIFY(QTest::qWaitFor(
            [] {
                QString said;
                return kubectl({text("get"), text("namespaces"), text("-o"), text("name")}, &said)
                    && !said.contains(text("namespace/pennant-messaging\n"));
            },
            longWait));
    }
};

QTEST_GUILESS_MAIN(MessagingServicesTest)
#include "e2e_messaging_services.moc"

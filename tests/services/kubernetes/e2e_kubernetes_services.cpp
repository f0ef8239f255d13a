// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/clock.h"
#include "services/domain/quantity.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/kubernetes/podlog.h"
#include "services/kubernetes/portforward.h"
#include "services/kubernetes/resourcewatch.h"
#include "tests/support/awaited.h"
#include "tests/support/realcluster.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTcpSocket>

#include <algorithm>
#include <vector>

namespace {

QJsonObject configMap(const QString &nameSpace, const QString &name, const QJsonObject &data)
{
    return {{QStringLiteral("apiVersion"), QStringLiteral("v1")}, {QStringLiteral("kind"), QStringLiteral("ConfigMap")},
        {QStringLiteral("metadata"),
            QJsonObject{{QStringLiteral("namespace"), nameSpace}, {QStringLiteral("name"), name}}},
        {QStringLiteral("data"), data}};
}

QJsonObject podManifest(
    const QString &nameSpace, const QString &name, const QString &image, const QJsonArray &arguments)
{
    QJsonObject pod = configMap(nameSpace, name, {});
    pod.remove(QStringLiteral("data"));
    pod.insert(QStringLiteral("kind"), QStringLiteral("Pod"));
    QJsonObject container{{QStringLiteral("name"), QStringLiteral("main")}, {QStringLiteral("image"), image},
        {QStringLiteral("imagePullPolicy"), QStringLiteral("IfNotPresent")}};
    if (!arguments.isEmpty())
        container.insert(QStringLiteral("args"), arguments);
    pod.insert(QStringLiteral("spec"),
        QJsonObject{{QStringLiteral("terminationGracePeriodSeconds"), 0},
            {QStringLiteral("containers"), QJsonArray{container}}});
    return pod;
}

QString phaseOf(const QList<QJsonObject> &pods, const QString &name)
{
    for (const QJsonObject &pod : pods) {
        if (ObjectRef::of(pod).name == name)
            return pod.value(QLatin1String("status")).toObject().value(QLatin1String("phase")).toString();
    }
    return {};
}

} // namespace

/// services/kubernetes against a real cluster: PENNANT_KUBECONFIG_ADMIN and, for what is refused,
/// PENNANT_KUBECONFIG_VIEWER name kubeconfigs of it. Works in a namespace of its own.
class KubernetesServicesTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<NetworkTransport> m_transport;
    std::unique_ptr<KubernetesClient> m_client;
    const QString m_nameSpace = QStringLiteral("e2e-kubernetes-services-%1").arg(QCoreApplication::applicationPid());
    const ObjectRef m_settings{
        QStringLiteral("v1"), QStringLiteral("ConfigMap"), m_nameSpace, QStringLiteral("settings")};

    /// Milliseconds of two hundred requests, one after the other; -1 where one of them failed.
    double medianOfAnswers()
    {
        QList<double> times;
        QElapsedTimer timer;
        for (int i = 0; i < 200; ++i) {
            timer.start();
            if (!awaited(m_client->read(ObjectRef{QStringLiteral("v1"), QStringLiteral("Namespace"), {}, m_nameSpace})))
                return -1;
            times.append(double(timer.nsecsElapsed()) / 1e6);
        }
        std::sort(times.begin(), times.end());
        return times[times.size() / 2];
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("PENNANT_KUBECONFIG_ADMIN"))
            QSKIP("PENNANT_KUBECONFIG_ADMIN names no kubeconfig");
        m_transport = connectAs("PENNANT_KUBECONFIG_ADMIN");
        QVERIFY(m_transport);
        m_client = std::make_unique<KubernetesClient>(*m_transport);
        QJsonObject nameSpace = configMap({}, m_nameSpace, {});
        nameSpace.insert(QStringLiteral("kind"), QStringLiteral("Namespace"));
        nameSpace.remove(QStringLiteral("data"));
        QVERIFY(awaited(m_client->apply(nameSpace)));
    }

    void cleanupTestCase()
    {
        if (m_client)
            QVERIFY(awaited(m_client->remove({QStringLiteral("v1"), QStringLiteral("Namespace"), {}, m_nameSpace})));
    }

    void appliesReadsListsAndDeletes()
    {
        const QJsonObject wanted =
            configMap(m_nameSpace, m_settings.name, {{QStringLiteral("a"), QStringLiteral("1")}});
        const auto applied = awaited(m_client->apply(wanted));
        QVERIFY2(applied, qPrintable(applied ? QString() : applied.error().text()));
        const auto read = awaited(m_client->read(m_settings));
        QVERIFY(read);
        QCOMPARE(read->value(QLatin1String("data")), wanted.value(QLatin1String("data")));

        const auto listed = awaited(m_client->list(QStringLiteral("v1"), QStringLiteral("ConfigMap"), m_nameSpace));
        QVERIFY(listed);
        QVERIFY(std::any_of(listed->begin(), listed->end(),
            [this](const QJsonObject &item) { return ObjectRef::of(item) == m_settings; }));

        QVERIFY(awaited(m_client->remove(m_settings)));
        QVERIFY(awaited(m_client->remove(m_settings)));
        const auto gone = awaited(m_client->read(m_settings));
        QVERIFY(!gone);
        QCOMPARE(gone.error().kind, Error::Kind::NotFound);
    }

    void listsWhateverANamespaceCanHold()
    {
        QVERIFY(awaited(m_client->apply(
            configMap(m_nameSpace, QStringLiteral("held"), {{QStringLiteral("a"), QStringLiteral("1")}}))));
        const auto found = awaited(m_client->namespacedResources());
        QVERIFY2(found, whyNot(found));
        const ApiResource ingresses{
            QStringLiteral("networking.k8s.io/v1"), QStringLiteral("Ingress"), QStringLiteral("ingresses")};
        QVERIFY(found->contains(ingresses));
        bool isHeldSeen = false;
        for (const ApiResource &resource : *found) {
            const auto listed = awaited(m_client->listMetadata(resource, m_nameSpace));
            QVERIFY2(listed, whyNot(listed));
            for (const QJsonObject &item : *listed) {
                QVERIFY(!item.contains(QLatin1String("data")));
                isHeldSeen = isHeldSeen || ObjectRef::of(item).name == QLatin1String("held");
            }
        }
        QVERIFY(isHeldSeen);
    }

    void deletesOnlyTheVeryObjectThatIsMeant()
    {
        const QJsonObject wanted =
            configMap(m_nameSpace, QStringLiteral("meant"), {{QStringLiteral("a"), QStringLiteral("1")}});
        const ObjectRef ref = ObjectRef::of(wanted);
        const auto first = awaited(m_client->create(wanted));
        QVERIFY2(first, whyNot(first));
        QVERIFY(awaited(m_client->remove(ref)));
        const auto second = awaited(m_client->create(wanted));
        QVERIFY2(second, whyNot(second));
        const auto remove = [&](const Preconditions &preconditions) {
            return awaited(m_client->remove(ref, QStringLiteral("Background"), preconditions));
        };
        const auto refused = remove(Preconditions::sameAs(*first));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Error::Kind::Conflict);
        QVERIFY(remove(Preconditions::unchanged(*second)));
    }

    void refusesWhatSomebodyElseChanged()
    {
        const auto created = awaited(m_client->create(
            configMap(m_nameSpace, QStringLiteral("shared"), {{QStringLiteral("a"), QStringLiteral("1")}})));
        QVERIFY(created);
        QJsonObject changed = *created;
        changed.insert(QStringLiteral("data"), QJsonObject{{QStringLiteral("a"), QStringLiteral("2")}});
        QVERIFY(awaited(m_client->replace(changed)));
        const auto late = awaited(m_client->replace(changed));
        QVERIFY(!late);
        QCOMPARE(late.error().kind, Error::Kind::Conflict);
        QCOMPARE(awaited(m_client->create(configMap(m_nameSpace, QStringLiteral("shared"), {}))).error().kind,
            Error::Kind::Conflict);
    }

    /// A resourceVersion alone does not keep an apply from making what was deleted.
    void changesNothingThatIsGone()
    {
        const QJsonObject wanted =
            configMap(m_nameSpace, QStringLiteral("gone"), {{QStringLiteral("a"), QStringLiteral("1")}});
        const ObjectRef ref = ObjectRef::of(wanted);
        const auto seen = awaited(m_client->create(wanted));
        QVERIFY2(seen, whyNot(seen));
        QVERIFY(awaited(m_client->apply(onlyWhere(Preconditions::unchanged(*seen), wanted), true)));
        const auto latest = awaited(m_client->read(ref));
        QVERIFY2(latest, whyNot(latest));
        QVERIFY(awaited(m_client->remove(ref)));
        const auto refused = awaited(m_client->apply(onlyWhere(Preconditions::unchanged(*latest), wanted), true));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Error::Kind::Conflict);
        const auto left = awaited(m_client->read(ref));
        QVERIFY(!left);
        QCOMPARE(left.error().kind, Error::Kind::NotFound);
        const auto made =
            awaited(m_client->apply(onlyWhere({{}, Preconditions::unchanged(*latest).resourceVersion}, wanted), true));
        QVERIFY2(made, whyNot(made)); // why the uid is needed
        QVERIFY(Preconditions::sameAs(*made).uid != Preconditions::sameAs(*seen).uid);
    }

    void readsAmountsAsTheServerSpellsThem()
    {
        const QJsonObject requests{{QStringLiteral("storage"), QStringLiteral("1024Gi")}};
        QJsonObject claim = configMap(m_nameSpace, QStringLiteral("large"), {});
        claim.insert(QStringLiteral("kind"), QStringLiteral("PersistentVolumeClaim"));
        claim.remove(QStringLiteral("data"));
        claim.insert(QStringLiteral("spec"),
            QJsonObject{{QStringLiteral("accessModes"), QJsonArray{QStringLiteral("ReadWriteOnce")}},
                {QStringLiteral("storageClassName"), QStringLiteral("nobody-s")},
                {QStringLiteral("resources"), QJsonObject{{QStringLiteral("requests"), requests}}}});
        const auto created = awaited(m_client->create(claim));
        QVERIFY2(created, whyNot(created));
        const QJsonObject resources = (*created)[QLatin1String("spec")][QLatin1String("resources")].toObject();
        const QString stored = resources[QLatin1String("requests")][QLatin1String("storage")].toString();
        QCOMPARE(stored, QStringLiteral("1Ti"));
        QCOMPARE(bytesOfQuantity(stored), std::optional(ByteCount::gibibytes(1024)));
    }

    void namesTheFieldsThatAreInvalid()
    {
        const auto refused = awaited(m_client->create(configMap(m_nameSpace, QStringLiteral("Not a name"), {})));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Error::Kind::Invalid);
        QCOMPARE(refused.error().fields.value(0).field, QStringLiteral("metadata.name"));
    }

    void readsAnswersThatTheServerCompresses()
    {
        const QJsonObject large{{QStringLiteral("a"), QString(900000, u'x')}};
        QVERIFY(awaited(m_client->create(configMap(m_nameSpace, QStringLiteral("large"), large))));
        const auto listed = awaited(m_client->list(QStringLiteral("v1"), QStringLiteral("ConfigMap"), m_nameSpace));
        QVERIFY2(listed, whyNot(listed).constData());
        QVERIFY(std::any_of(listed->begin(), listed->end(),
            [&large](const QJsonObject &item) { return item.value(QLatin1String("data")).toObject() == large; }));
    }

    void watchesWhatChanges()
    {
        SystemClock clock;
        ResourceWatch watch(*m_transport, clock,
            {QStringLiteral("v1"), QStringLiteral("ConfigMap"), m_nameSpace, {},
                QStringLiteral("metadata.name=watched")});
        watch.start();
        QTRY_COMPARE(watch.freshness().state, Freshness::State::Live);
        QVERIFY(watch.snapshot().isEmpty());
        QVERIFY(awaited(m_client->apply(configMap(m_nameSpace, QStringLiteral("watched"), {}))));
        QTRY_COMPARE(watch.snapshot().size(), 1);
        const QJsonObject data{{QStringLiteral("a"), QStringLiteral("1")}};
        QVERIFY(awaited(m_client->apply(configMap(m_nameSpace, QStringLiteral("watched"), data))));
        QTRY_COMPARE(watch.snapshot().value(0).value(QLatin1String("data")).toObject(), data);
        QVERIFY(awaited(m_client->remove(ObjectRef::of(watch.snapshot().value(0)))));
        QTRY_VERIFY(watch.snapshot().isEmpty());
    }

    void startsPods()
    {
        QVERIFY(awaited(m_client->apply(
            podManifest(m_nameSpace, QStringLiteral("chatter"), QStringLiteral("localhost/chatter:1"), {}))));
        QVERIFY(awaited(m_client->apply(podManifest(
            m_nameSpace, QStringLiteral("nats"), QStringLiteral("docker.io/library/nats:2.14.9-alpine"), {}))));
        SystemClock clock;
        ResourceWatch pods(*m_transport, clock, {QStringLiteral("v1"), QStringLiteral("Pod"), m_nameSpace, {}, {}});
        pods.start();
        for (const char *name : {"chatter", "nats"}) {
            QTRY_COMPARE_WITH_TIMEOUT(phaseOf(pods.snapshot(), QLatin1String(name)), QStringLiteral("Running"), 120000);
        }
    }

    void followsALog()
    {
        PodLog log(*m_transport, {m_nameSpace, QStringLiteral("chatter"), QStringLiteral("main"), 5, false, true});
        QByteArrayList lines;
        connect(&log, &PodLog::linesArrived, this, [&lines](const QByteArrayList &more) { lines += more; });
        log.start();
        QTRY_VERIFY_WITH_TIMEOUT(lines.size() >= 10, 60000);
        QVERIFY(!lines.value(3).isEmpty());
    }

    /// Thirty watches and six logs, one of them a flood, go over the connection that a request takes.
    void answersBesideWatchesAndLogs()
    {
        const double alone = medianOfAnswers();
        QVERIFY(alone > 0);
        QVERIFY(awaited(m_client->apply(podManifest(m_nameSpace, QStringLiteral("flood"),
            QStringLiteral("localhost/chatter:1"), {QStringLiteral("-rate=20000"), QStringLiteral("-size=200")}))));
        SystemClock clock;
        std::vector<std::unique_ptr<ResourceWatch>> watches;
        for (const QString &nameSpace : {m_nameSpace, QStringLiteral("kube-system"), QString()}) {
            for (const auto &[version, kind] : {std::pair{"v1", "Pod"}, {"v1", "ConfigMap"}, {"v1", "Secret"},
                     {"v1", "Service"}, {"v1", "PersistentVolumeClaim"}, {"v1", "Event"}, {"apps/v1", "StatefulSet"},
                     {"policy/v1", "PodDisruptionBudget"}, {"networking.k8s.io/v1", "NetworkPolicy"},
                     {"coordination.k8s.io/v1", "Lease"}}) {
                watches.push_back(std::make_unique<ResourceWatch>(*m_transport, clock,
                    ResourceWatch::Query{QLatin1String(version), QLatin1String(kind), nameSpace, {}, {}}));
                watches.back()->start();
            }
        }
        const auto areLive = [&watches] {
            return std::all_of(watches.begin(), watches.end(),
                [](const auto &watch) { return watch->freshness().state == Freshness::State::Live; });
        };
        QTRY_VERIFY_WITH_TIMEOUT(areLive(), 60000);
        QTRY_COMPARE_WITH_TIMEOUT(
            phaseOf(watches.front()->snapshot(), QStringLiteral("flood")), QStringLiteral("Running"), 120000);
        std::vector<std::unique_ptr<PodLog>> logs;
        qsizetype lines = 0;
        for (int i = 0; i < 6; ++i) {
            const QString pod = i == 0 ? QStringLiteral("flood") : QStringLiteral("chatter");
            logs.push_back(std::make_unique<PodLog>(
                *m_transport, PodLogQuery{m_nameSpace, pod, QStringLiteral("main"), 5, false, true}));
            connect(logs.back().get(), &PodLog::linesArrived, this,
                [&lines](const QByteArrayList &more) { lines += more.size(); });
            logs.back()->start();
        }
        QTRY_VERIFY_WITH_TIMEOUT(lines > 10000, 60000);
        const qsizetype before = lines;
        const double beside = medianOfAnswers();
        QVERIFY(beside > 0);
        qInfo(
            "a request beside 30 watches and 6 logs (%lld lines meanwhile): median %.1f ms, alone %.1f ms, ratio %.2f",
            qlonglong(lines - before), beside, alone, beside / alone);
        QVERIFY(areLive());
        QVERIFY(awaited(m_client->remove(
            ObjectRef{QStringLiteral("v1"), QStringLiteral("Pod"), m_nameSpace, QStringLiteral("flood")})));
    }

    void readsALogToItsEnd()
    {
        PodLog log(*m_transport, {m_nameSpace, QStringLiteral("nats"), {}, {}, false, false});
        QByteArrayList lines;
        connect(&log, &PodLog::linesArrived, this, [&lines](const QByteArrayList &more) { lines += more; });
        QSignalSpy ended(&log, &PodLog::ended);
        log.start();
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 30000);
        QCOMPARE(ended.value(0).value(0).value<std::optional<Error>>(), std::optional<Error>());
        QVERIFY(lines.join().contains("Server is ready"));
    }

    void saysWhyThereIsNoPreviousLog()
    {
        PodLog log(*m_transport, {m_nameSpace, QStringLiteral("nats"), {}, {}, true, false});
        QSignalSpy ended(&log, &PodLog::ended);
        log.start();
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 30000);
        const auto error = ended.value(0).value(0).value<std::optional<Error>>();
        QVERIFY(error);
        QCOMPARE(error->kind, Error::Kind::Invalid);
        QVERIFY(error->summary.contains(QLatin1String("previous")));
    }

    void forwardsAPort()
    {
        const auto forward = m_transport->forward(m_nameSpace, QStringLiteral("nats"), 4222);
        QSignalSpy broken(forward.get(), &PortForward::broken);
        QVERIFY(forward->listen());
        for (int i = 0; i < 3; ++i) {
            QTcpSocket socket;
            socket.connectToHost(QStringLiteral("127.0.0.1"), forward->localPort());
            QByteArray received;
            connect(&socket, &QTcpSocket::readyRead, this, [&] { received += socket.readAll(); });
            QTRY_VERIFY_WITH_TIMEOUT(received.contains("\r\n"), 30000);
            QVERIFY(received.startsWith("INFO {"));
            socket.write("CONNECT {\"verbose\":false}\r\nPING\r\n");
            QTRY_VERIFY_WITH_TIMEOUT(received.contains("PONG\r\n"), 30000);
        }
        QCOMPARE(broken.size(), 0);
    }

    void saysThatNobodyListensInThePod()
    {
        const auto forward = m_transport->forward(m_nameSpace, QStringLiteral("nats"), 4999);
        QSignalSpy broken(forward.get(), &PortForward::broken);
        QVERIFY(forward->listen());
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), forward->localPort());
        QTRY_COMPARE_WITH_TIMEOUT(broken.size(), 1, 30000);
        const auto error = broken.value(0).value(0).value<Error>();
        QCOMPARE(error.kind, Error::Kind::NotReady);
        QVERIFY2(error.detail.contains(QLatin1String("refused")), qPrintable(error.text()));
    }

    void saysThatThereIsNoSuchPod()
    {
        const auto forward = m_transport->forward(m_nameSpace, QStringLiteral("nobody"), 4222);
        QSignalSpy broken(forward.get(), &PortForward::broken);
        QVERIFY(forward->listen());
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), forward->localPort());
        QTRY_COMPARE_WITH_TIMEOUT(broken.size(), 1, 30000);
        QCOMPARE(broken.value(0).value(0).value<Error>().kind, Error::Kind::NotFound);
    }

    /// Over HTTP/2 the server then ends the connection that all of them share.
    void tellsEveryRequestThatTheCredentialsAreRefused()
    {
        ClusterAccess access = accessOf("PENNANT_KUBECONFIG_ADMIN");
        access.clientCertificate.clear();
        access.clientKey = {};
        access.token = SecretString(QStringLiteral("not-a-token"));
        const auto transport = connectAs(access);
        QVERIFY(transport);
        KubernetesClient client(*transport);
        for (int round = 0; round < 5; ++round) {
            std::vector<Pending<QList<QJsonObject>>> questions;
            for (const char *kind : {"ConfigMap", "Secret", "Pod", "Service", "Event", "PersistentVolumeClaim"})
                questions.push_back(client.list(QStringLiteral("v1"), QLatin1String(kind), m_nameSpace));
            for (auto &question : questions) {
                const auto answer = awaited(std::move(question));
                QVERIFY(!answer);
                QVERIFY2(answer.error().kind == Error::Kind::Unauthorized, whyNot(answer).constData());
            }
            const auto written = awaited(client.apply(configMap(m_nameSpace, m_settings.name, {})));
            QVERIFY(!written);
            QVERIFY2(written.error().kind == Error::Kind::Unauthorized, whyNot(written).constData());
        }
        // the same connection, once the credentials are good
        QVERIFY(transport->renew(accessOf("PENNANT_KUBECONFIG_ADMIN")));
        const auto settings = awaited(client.list(QStringLiteral("v1"), QStringLiteral("ConfigMap"), m_nameSpace));
        QVERIFY2(settings, whyNot(settings).constData());
    }

    void tellsTheViewerWhatATunnelTakes()
    {
        if (!qEnvironmentVariableIsSet("PENNANT_KUBECONFIG_VIEWER"))
            QSKIP("PENNANT_KUBECONFIG_VIEWER names no kubeconfig");
        const auto transport = connectAs("PENNANT_KUBECONFIG_VIEWER");
        const auto forward = transport->forward(m_nameSpace, QStringLiteral("nats"), 4222);
        QSignalSpy broken(forward.get(), &PortForward::broken);
        QVERIFY(forward->listen());
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), forward->localPort());
        QTRY_COMPARE_WITH_TIMEOUT(broken.size(), 1, 30000);
        const auto error = broken.value(0).value(0).value<Error>();
        QCOMPARE(error.kind, Error::Kind::Forbidden);
        QVERIFY2(error.summary.contains(QLatin1String("pods/portforward")), qPrintable(error.text()));
        qInfo() << error.text();
    }

    void tellsWhatTheViewerMayNotDo()
    {
        if (!qEnvironmentVariableIsSet("PENNANT_KUBECONFIG_VIEWER"))
            QSKIP("PENNANT_KUBECONFIG_VIEWER names no kubeconfig");
        const auto transport = connectAs("PENNANT_KUBECONFIG_VIEWER");
        QVERIFY(transport);
        KubernetesClient viewer(*transport);
        const auto refused = awaited(viewer.apply(configMap(m_nameSpace, m_settings.name, {})));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Error::Kind::Forbidden);
        const auto access =
            awaited(viewer.review({QStringLiteral("create"), {}, QStringLiteral("configmaps"), {}, m_nameSpace}));
        QVERIFY(access);
        QVERIFY(!access->allowed);
        QVERIFY(access->reason.contains(QLatin1String("create configmaps")));
        QVERIFY(awaited(m_client->review({QStringLiteral("create"), {}, QStringLiteral("configmaps"), {}, m_nameSpace}))
                    ->allowed);
    }
};

QTEST_GUILESS_MAIN(KubernetesServicesTest)
#include "e2e_kubernetes_services.moc"

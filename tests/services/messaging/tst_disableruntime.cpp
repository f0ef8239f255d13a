// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/disableruntime.h"

#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/archivemarks.h"
#include "services/messaging/driverlease.h"
#include "services/messaging/runtimenames.h"
#include "tests/support/awaited.h"
#include "tests/support/fakeclock.h"
#include "tests/support/messagingfixture.h"

#include <QJsonArray>
#include <QTest>

using namespace std::chrono_literals;

namespace {

const QString nameSpace = QStringLiteral("pennant-messaging");
const ApiResource widgets{QStringLiteral("shop.example/v1"), QStringLiteral("Widget"), QStringLiteral("widgets")};

QString text(const char *value)
{
    return QLatin1String(value);
}

QJsonObject object(const QString &apiVersion, const QString &kind, const QString &name, const QJsonObject &labels = {})
{
    QJsonObject metadata{{text("name"), name}, {text("labels"), labels}};
    if (kind != text("Namespace"))
        metadata[text("namespace")] = nameSpace;
    return {{text("apiVersion"), apiVersion}, {text("kind"), kind}, {text("metadata"), metadata}};
}

QJsonObject ours(const char *apiVersion, const char *kind, const char *name)
{
    return object(text(apiVersion), text(kind), text(name), RuntimeNames::labels());
}

/// As a controller makes it of `owner`.
QJsonObject ownedBy(const QJsonObject &owner, QJsonObject made)
{
    QJsonObject metadata = made[text("metadata")].toObject();
    metadata[text("ownerReferences")] = QJsonArray{QJsonObject{{text("kind"), owner[text("kind")]},
        {text("name"), ObjectRef::of(owner).name}, {text("uid"), Preconditions::sameAs(owner).uid}}};
    made[text("metadata")] = metadata;
    return made;
}

const ApiResource slices{
    QStringLiteral("discovery.k8s.io/v1"), QStringLiteral("EndpointSlice"), QStringLiteral("endpointslices")};
const ApiResource revisions{
    QStringLiteral("apps/v1"), QStringLiteral("ControllerRevision"), QStringLiteral("controllerrevisions")};
const ObjectRef nameSpaceRef{QStringLiteral("v1"), QStringLiteral("Namespace"), {}, nameSpace};
const ObjectRef recordRef{
    QStringLiteral("v1"), QStringLiteral("ConfigMap"), nameSpace, QLatin1String(RuntimeNames::record)};

} // namespace

class DisableRuntimeTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<MessagingFixture> m_fixture;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<KubernetesClient> m_client;

    FakeCluster &cluster() { return m_fixture->cluster; }

    void putNamespace()
    {
        QJsonObject made = object(text("v1"), text("Namespace"), nameSpace);
        QJsonObject metadata = made[text("metadata")].toObject();
        metadata[text("annotations")] = QJsonObject{{text(RuntimeNames::createdByEnable), text("true")}};
        made[text("metadata")] = metadata;
        cluster().put(made);
    }

    void putRuntime()
    {
        putNamespace();
        RuntimeRecord record;
        record.spec.storageClass = text("standard");
        record.operation.kind = RuntimeOperation::Kind::Disable;
        record.operation.id = text("this one");
        record.operation.requestedAt = m_clock->now();
        cluster().put(record.toConfigMap(nameSpace));
        QJsonObject servers = ours("apps/v1", "StatefulSet", "nats");
        servers[text("spec")] = QJsonObject{{text("replicas"), 1}};
        const QList<QJsonObject> all{servers, MessagingFixture::pod(text("nats-0"), true),
            ours("v1", "PersistentVolumeClaim", "data-nats-0"), ours("v1", "Service", "nats"),
            ours("v1", "Service", "nats-headless"), ours("v1", "Endpoints", "nats"),
            ours("policy/v1", "PodDisruptionBudget", "nats"), ours("networking.k8s.io/v1", "NetworkPolicy", "nats"),
            ours("v1", "Secret", "nats-config"), ours("v1", "Secret", "nats-system")};
        for (const QJsonObject &each : all)
            cluster().put(each);
        const QJsonObject slice = object(slices.apiVersion, slices.kind, text("nats-x7k2p"));
        cluster().put(ownedBy(*cluster().object(ObjectRef::of(ours("v1", "Service", "nats"))), slice));
        const QJsonObject revision = object(revisions.apiVersion, revisions.kind, text("nats-5f"));
        cluster().put(ownedBy(*cluster().object(ObjectRef::of(servers)), revision));
    }

    std::optional<RuntimeRecord> storedRecord()
    {
        const auto stored = cluster().object(recordRef);
        const auto record = stored ? RuntimeRecord::fromConfigMap(*stored) : fail(Error::Kind::NotFound, {});
        return record ? std::optional(*record) : std::nullopt;
    }

    /// Carries out what the record says, as far as that goes within `limit`.
    std::optional<Result<void>> run(std::chrono::milliseconds limit = 10min)
    {
        DriverLease lease(*m_client, *m_clock, nameSpace, text("ana"));
        if (!awaited(lease.acquire()).value_or(false))
            return std::nullopt;
        ArchiveMarks marks(cluster(), *m_clock, nameSpace);
        DisableRuntime disable(
            *m_client, *m_clock, lease, nameSpace, {*m_client, *m_clock, lease, marks, nameSpace, *storedRecord()});
        std::optional<Result<void>> outcome;
        Flow<void> flow = disable.run();
        flow.whenFinished([&outcome](const Result<void> &result) { outcome = result; });
        const auto end = m_clock->monotonic() + limit;
        while (!outcome && m_clock->monotonic() < end)
            m_clock->advance(100ms);
        return outcome;
    }

    bool isDone()
    {
        const auto outcome = run();
        if (outcome && !*outcome)
            qWarning("%s", qPrintable(outcome->error().text()));
        return outcome && *outcome;
    }

    /// "kind/name" of everything in the namespace.
    QStringList remains()
    {
        static const QList<std::pair<const char *, const char *>> kinds{{"v1", "Pod"}, {"v1", "Service"},
            {"v1", "Secret"}, {"v1", "ConfigMap"}, {"v1", "PersistentVolumeClaim"}, {"apps/v1", "StatefulSet"},
            {"policy/v1", "PodDisruptionBudget"}, {"coordination.k8s.io/v1", "Lease"},
            {"networking.k8s.io/v1", "NetworkPolicy"}, {"networking.k8s.io/v1", "Ingress"}};
        QStringList names;
        for (const auto &[apiVersion, kind] : kinds) {
            for (const QJsonObject &each : cluster().objects(text(apiVersion), text(kind), nameSpace))
                names.append(text(kind) + u'/' + ObjectRef::of(each).name);
        }
        return names;
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<MessagingFixture>();
        m_fixture->playControllers();
        m_clock = std::make_unique<FakeClock>();
        m_client = std::make_unique<KubernetesClient>(cluster());
        const ApiResource endpoints{text("v1"), text("Endpoints"), text("endpoints")};
        const ApiResource replicaSets{text("apps/v1"), text("ReplicaSet"), text("replicasets")};
        for (const ApiResource &resource : {widgets, slices, revisions, endpoints, replicaSets})
            cluster().addKind(resource);
        putRuntime();
    }

    void anothersObjectKeepsTheNamespace_data()
    {
        QTest::addColumn<QJsonObject>("foreign");
        QTest::addColumn<bool>("isAggregated");
        const QJsonObject widget = object(widgets.apiVersion, widgets.kind, text("theirs"));
        QTest::newRow("custom resource") << widget << true;
        QTest::newRow("custom resource, old API server") << widget << false;
        const QJsonObject ingress = object(text("networking.k8s.io/v1"), text("Ingress"), text("theirs"));
        QTest::newRow("Ingress") << ingress << true;
        QTest::newRow("Ingress, old API server") << ingress << false;
        QTest::newRow("Pod") << object(text("v1"), text("Pod"), text("theirs")) << true;
        QTest::newRow("ConfigMap") << object(text("v1"), text("ConfigMap"), text("theirs")) << true;
        QTest::newRow("ConfigMap of the record's labels") << ours("v1", "ConfigMap", "a-newer-one") << true;
        const QJsonObject instance{
            {text(RuntimeNames::instanceLabel), RuntimeNames::labels()[text(RuntimeNames::instanceLabel)]}};
        QTest::newRow("Pod of one label") << object(text("v1"), text("Pod"), text("theirs"), instance) << true;
        QTest::newRow("Endpoints of one label")
            << object(text("v1"), text("Endpoints"), text("nats-headless"), instance) << true;
        QTest::newRow("Endpoints of another name") << ours("v1", "Endpoints", "theirs") << true;
        QTest::newRow("ReplicaSet of all labels") << ours("apps/v1", "ReplicaSet", "theirs") << true;
        const QJsonObject other{{text("kind"), text("Service")},
            {text("metadata"), QJsonObject{{text("name"), text("nats")}, {text("uid"), text("another")}}}};
        QTest::newRow("EndpointSlice of another Service")
            << ownedBy(other, ours("discovery.k8s.io/v1", "EndpointSlice", "nats-theirs")) << true;
        QTest::newRow("copy of a claim") << ours("v1", "PersistentVolumeClaim", "data-nats-0-copy") << true;
        QTest::newRow("copy of a Secret") << ours("v1", "Secret", "nats-config-copy") << true;
        QJsonObject labels = RuntimeNames::labels();
        labels[text(RuntimeNames::accountLabel)] = text("default");
        QTest::newRow("copy of a credential")
            << object(text("v1"), text("Secret"), text("nats-account-default-copy"), labels) << true;
        QTest::newRow("copy of a Service") << ours("v1", "Service", "nats-outside") << true;
    }

    void anothersObjectKeepsTheNamespace()
    {
        QFETCH(QJsonObject, foreign);
        QFETCH(bool, isAggregated);
        cluster().isDiscoveryAggregated = isAggregated;
        foreign = cluster().put(foreign);
        QVERIFY(isDone());
        QVERIFY(cluster().object(nameSpaceRef));
        const auto left = cluster().object(ObjectRef::of(foreign));
        QVERIFY(left);
        QCOMPARE(*left, foreign);
        cluster().erase(ObjectRef::of(foreign));
        QCOMPARE(remains(), QStringList());
    }

    void whatCannotBeSeenKeepsTheNamespace_data()
    {
        QTest::addColumn<bool>("isStale");
        QTest::newRow("not allowed") << false;
        QTest::newRow("its API server is away") << true;
    }

    void whatCannotBeSeenKeepsTheNamespace()
    {
        QFETCH(bool, isStale);
        if (isStale)
            cluster().staleApiVersion = widgets.apiVersion;
        else
            cluster().isAllowed = [](const Permission &wanted) { return wanted.resource != widgets.plural; };
        QVERIFY(isDone());
        QVERIFY(cluster().object(nameSpaceRef));
        QCOMPARE(remains(), QStringList());
    }

    void whatKubernetesPutsThereDoesNotKeepIt()
    {
        const ApiResource usage{text("metrics.k8s.io/v1beta1"), text("PodMetrics"), text("pods")};
        cluster().addKind(usage);
        cluster().put(object(usage.apiVersion, usage.kind, text("nats-0")));
        cluster().put(object(text("v1"), text("ConfigMap"), text("kube-root-ca.crt")));
        cluster().put(object(text("v1"), text("ServiceAccount"), text("default")));
        cluster().put(object(text("v1"), text("Event"), text("nats-0.17")));
        QVERIFY(isDone());
        QVERIFY(!cluster().object(nameSpaceRef));
    }

    void aFlowThatDiedIsGoneOnWith_data()
    {
        QTest::addColumn<bool>("isShared");
        QTest::newRow("the namespace goes") << false;
        QTest::newRow("the namespace stays") << true;
    }

    /// The plug is pulled after each single write; another run ends with nothing of ours.
    void aFlowThatDiedIsGoneOnWith()
    {
        QFETCH(bool, isShared);
        bool isCut = true;
        int survivingWrites = 0;
        while (isCut) {
            ++survivingWrites;
            init();
            if (isShared)
                cluster().put(object(text("networking.k8s.io/v1"), text("Ingress"), text("theirs")));
            isCut = false;
            int writes = 0;
            const auto controllers = cluster().afterWrite;
            cluster().afterWrite = [&, controllers](const QJsonObject &written) {
                controllers(written);
                if (++writes == survivingWrites) {
                    isCut = true;
                    cluster().goOffline();
                }
            };
            run(5s);
            cluster().afterWrite = controllers;
            cluster().goOnline();
            if (storedRecord())
                QVERIFY2(isDone(), qPrintable(text("after %1 writes").arg(survivingWrites)));
            QCOMPARE(cluster().object(nameSpaceRef).has_value(), isShared);
            QCOMPARE(remains(), isShared ? QStringList{text("Ingress/theirs")} : QStringList());
        }
        QVERIFY2(survivingWrites > 12, qPrintable(QString::number(survivingWrites)));
    }

    void aReplacedObjectSurvives()
    {
        const QJsonObject replacement = ours("v1", "Service", "nats-headless");
        const ObjectRef ref = ObjectRef::of(replacement);
        const QString before = Preconditions::sameAs(*cluster().object(ref)).uid;
        const auto controllers = cluster().afterWrite;
        cluster().afterWrite = [&, controllers](const QJsonObject &written) {
            controllers(written);
            if (ObjectRef::of(written).kind == text("Service")) {
                cluster().erase(ref);
                cluster().put(replacement);
            }
        };
        QVERIFY(isDone());
        const auto after = cluster().object(ref);
        QVERIFY(after);
        QVERIFY(Preconditions::sameAs(*after).uid != before);
        QCOMPARE(remains(), QStringList{text("Service/nats-headless")});
    }

    void whatASlowServerMakesMeanwhileGoesToo_data()
    {
        QTest::addColumn<bool>("isShared");
        QTest::addColumn<QString>("after");
        QTest::newRow("before the namespace goes") << false << text("Secret");
        QTest::newRow("before the record goes") << true << text("Secret");
        QTest::newRow("while others' objects are looked for") << true << QString();
    }

    /// A change of the Enable before is carried out only now.
    void whatASlowServerMakesMeanwhileGoesToo()
    {
        QFETCH(bool, isShared);
        QFETCH(QString, after);
        if (isShared)
            cluster().put(object(text("networking.k8s.io/v1"), text("Ingress"), text("theirs")));
        bool isMade = false;
        const auto make = [&] {
            if (std::exchange(isMade, true))
                return;
            QJsonObject servers = ours("apps/v1", "StatefulSet", "nats");
            servers[text("spec")] = QJsonObject{{text("replicas"), 1}};
            cluster().put(servers);
            cluster().put(MessagingFixture::pod(text("nats-0"), false));
            cluster().put(ours("v1", "PersistentVolumeClaim", "data-nats-0"));
        };
        const auto controllers = cluster().afterWrite;
        cluster().afterWrite = [&, controllers](const QJsonObject &written) {
            controllers(written);
            if (ObjectRef::of(written).kind == after)
                make();
        };
        cluster().delay = [&](const ApiRequest &request) {
            if (after.isEmpty() && request.path.endsWith(text("/ingresses")))
                make();
            return Pending<void>::answered({});
        };
        QVERIFY(isDone());
        QVERIFY(isMade);
        QCOMPARE(cluster().object(nameSpaceRef).has_value(), isShared);
        QCOMPARE(remains(), isShared ? QStringList{text("Ingress/theirs")} : QStringList());
    }

    void saysThatServersAreMadeAgainAndAgain()
    {
        const auto controllers = cluster().afterWrite;
        cluster().afterWrite = [&, controllers](const QJsonObject &written) {
            controllers(written);
            if (ObjectRef::of(written).kind == text("StatefulSet"))
                cluster().put(ours("apps/v1", "StatefulSet", "nats"));
        };
        const auto outcome = run();
        QVERIFY(outcome && !*outcome);
        QVERIFY(outcome->error().summary.contains(text("appear again and again")));
        QCOMPARE(storedRecord()->operation.state, RuntimeOperation::State::Failed);
    }

    void aNamespaceThatIsChangedMeanwhileIsJudgedAnew_data()
    {
        QTest::addColumn<bool>("isReplaced");
        QTest::newRow("somebody labels it") << false;
        QTest::newRow("somebody makes it again") << true;
    }

    void aNamespaceThatIsChangedMeanwhileIsJudgedAnew()
    {
        QFETCH(bool, isReplaced);
        int asked = 0;
        cluster().isAllowed = [&](const Permission &wanted) {
            // the review is the last question before the namespace is deleted
            if (wanted.verb != text("delete") || wanted.resource != text("namespaces") || ++asked > 1)
                return true;
            if (isReplaced) {
                cluster().erase(nameSpaceRef);
                cluster().put(object(text("v1"), text("Namespace"), nameSpace));
            } else {
                const QJsonObject labels{{text("team"), text("shop")}};
                cluster().change(nameSpaceRef, {{text("metadata"), QJsonObject{{text("labels"), labels}}}});
            }
            return true;
        };
        QVERIFY(isDone());
        QVERIFY(asked > 1);
        QCOMPARE(cluster().object(nameSpaceRef).has_value(), isReplaced);
        QCOMPARE(remains(), QStringList());
    }

    void anotherOperationKeepsItsRecord()
    {
        cluster().put(object(text("networking.k8s.io/v1"), text("Ingress"), text("theirs")));
        RuntimeRecord newer = *storedRecord();
        newer.operation.id = text("a newer one");
        newer.operation.kind = RuntimeOperation::Kind::Enable;
        cluster().isAllowed = [&](const Permission &wanted) {
            if (wanted.resource == text("ingresses"))
                cluster().put(newer.toConfigMap(nameSpace));
            return true;
        };
        QVERIFY(isDone());
        QVERIFY(storedRecord());
        QCOMPARE(storedRecord()->operation.id, newer.operation.id);
    }

    void aRecordThatIsChangedLastIsReadAgain_data()
    {
        QTest::addColumn<bool>("isAnotherRequest");
        QTest::newRow("another operation is asked for") << true;
        QTest::newRow("somebody annotates it") << false;
    }

    /// Between the last look at the record and its end.
    void aRecordThatIsChangedLastIsReadAgain()
    {
        QFETCH(bool, isAnotherRequest);
        const QJsonObject theirs = object(text("networking.k8s.io/v1"), text("Ingress"), text("theirs"));
        cluster().put(theirs);
        RuntimeRecord newer = *storedRecord();
        newer.operation.id = text("a newer one");
        const QJsonObject annotated{{text("annotations"), QJsonObject{{text("note"), text("looked at")}}}};
        const auto controllers = cluster().afterWrite;
        cluster().afterWrite = [&, controllers](const QJsonObject &written) {
            controllers(written);
            if (ObjectRef::of(written).kind != text("Lease") || cluster().object(ObjectRef::of(written)))
                return;
            if (isAnotherRequest)
                cluster().put(newer.toConfigMap(nameSpace));
            else
                cluster().change(recordRef, {{text("metadata"), annotated}});
        };
        QVERIFY(isDone());
        QCOMPARE(storedRecord().has_value(), isAnotherRequest);
        if (isAnotherRequest)
            QCOMPARE(storedRecord()->operation.id, newer.operation.id);
        else
            QCOMPARE(remains(), QStringList{text("Ingress/theirs")});
    }

    void outlivesErrorsThatPass()
    {
        Error throttled{Error::Kind::Throttled, text("too many requests"), {}, {}, 3s};
        const Error failing{Error::Kind::Server, text("etcd has no leader"), {}, {}, {}};
        cluster().failNext(1, failing, "POST", text("selfsubjectaccessreviews"));
        cluster().failNext(2, throttled, "GET", text("statefulsets"));
        cluster().failNext(2, failing, "DELETE", text("services"));
        cluster().failNext(2, failing, "PATCH", text(RuntimeNames::record));
        cluster().failNext(2, failing, "GET", text("networkpolicies"));
        cluster().failNext(1, throttled, "DELETE", text("/api/v1/namespaces/") + nameSpace);
        QVERIFY(isDone());
        QVERIFY(!cluster().object(nameSpaceRef));
    }

    void givesUpWhatDoesNotPass()
    {
        cluster().failNext(1000, {Error::Kind::Server, text("etcd has no leader"), {}, {}, {}}, "DELETE");
        const auto outcome = run();
        QVERIFY(outcome && !*outcome);
        QCOMPARE(outcome->error().kind, Error::Kind::Server);
        QCOMPARE(storedRecord()->operation.state, RuntimeOperation::State::Failed);
        QVERIFY(cluster().object(nameSpaceRef));
    }
};

QTEST_GUILESS_MAIN(DisableRuntimeTest)
#include "tst_disableruntime.moc"

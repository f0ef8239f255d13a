// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/collectionlist.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/kubernetes/kubernetestransport.h"
#include "tests/support/awaited.h"
#include "tests/support/fakecluster.h"
#include "tests/support/heldbackground.h"

#include <QJsonArray>

namespace {

const auto nameSpace = QStringLiteral("shop");

QJsonObject manifest(const QString &name, const QJsonObject &data = {})
{
    return {{QStringLiteral("apiVersion"), QStringLiteral("v1")}, {QStringLiteral("kind"), QStringLiteral("ConfigMap")},
        {QStringLiteral("metadata"),
            QJsonObject{{QStringLiteral("namespace"), nameSpace}, {QStringLiteral("name"), name}}},
        {QStringLiteral("data"), data}};
}

ObjectRef reference(const QString &name)
{
    return ObjectRef::of(manifest(name));
}

QJsonValue dataOf(const QJsonObject &object)
{
    return object.value(QLatin1String("data"));
}

/// A server whose list goes on: `next` makes the token of each page.
class EndlessList final : public KubernetesTransport {
public:
    explicit EndlessList(std::function<Result<QString>(int)> next)
        : m_next(std::move(next))
    {
    }

    Pending<ApiResponse> send(const ApiRequest &) override
    {
        const Result<QString> token = m_next(++pages);
        if (!token)
            return Pending<ApiResponse>::answered(fail(token.error()));
        return Pending<ApiResponse>::answered(
            ApiResponse{200, R"({"items":[],"metadata":{"continue":")" + token->toUtf8() + "\"}}"});
    }
    std::unique_ptr<ApiStream> stream(const ApiRequest &) override { return nullptr; }
    std::unique_ptr<PodTunnel> tunnel(const QString &, const QString &, quint16) override { return nullptr; }
    std::unique_ptr<PortForward> forward(const QString &, const QString &, quint16) override { return nullptr; }
    Result<void> renew(const ClusterAccess &) override { return {}; }

    int pages = 0;

private:
    std::function<Result<QString>(int)> m_next;
};

} // namespace

class KubernetesClientTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<FakeCluster> m_cluster;
    std::unique_ptr<KubernetesClient> m_client;

private Q_SLOTS:
    void init()
    {
        m_cluster = std::make_unique<FakeCluster>();
        m_client = std::make_unique<KubernetesClient>(*m_cluster);
    }

    void knowsItsPaths_data()
    {
        QTest::addColumn<QString>("apiVersion");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("inNameSpace");
        QTest::addColumn<QString>("path");
        const auto add = [](const char *apiVersion, const char *kind, const char *in, const char *path) {
            QTest::addRow("%s %s in '%s'", apiVersion, kind, in)
                << QString::fromLatin1(apiVersion) << QString::fromLatin1(kind) << QString::fromLatin1(in)
                << QString::fromLatin1(path);
        };
        add("v1", "Pod", "shop", "/api/v1/namespaces/shop/pods");
        add("v1", "Pod", "", "/api/v1/pods");
        add("v1", "Namespace", "shop", "/api/v1/namespaces");
        add("apps/v1", "StatefulSet", "shop", "/apis/apps/v1/namespaces/shop/statefulsets");
        add("networking.k8s.io/v1", "NetworkPolicy", "shop",
            "/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies");
        add("storage.k8s.io/v1", "StorageClass", "", "/apis/storage.k8s.io/v1/storageclasses");
        add("apps/v1", "Pod", "shop", "");
        add("v1", "Unheard", "shop", "");
        add("v1", "Pod", "..", "");
        add("v1", "Pod", "a/b", "");
    }

    void knowsItsPaths()
    {
        QFETCH(QString, apiVersion);
        QFETCH(QString, kind);
        QFETCH(QString, inNameSpace);
        QTEST(collectionPath(apiVersion, kind, inNameSpace), "path");
    }

    void refusesNamesThatWouldLeaveThePath()
    {
        for (const char *name : {"", ".", "..", "a/b", "..%2Fx"}) {
            const auto answer = awaited(m_client->read(reference(QString::fromLatin1(name))));
            QVERIFY(!answer);
            QCOMPARE(answer.error().kind, Error::Kind::Invalid);
        }
        QVERIFY(m_cluster->requests.isEmpty());
    }

    void appliesAsPennant()
    {
        const QJsonObject data{{QStringLiteral("a"), QStringLiteral("1")}};
        const auto applied = awaited(m_client->apply(manifest(QStringLiteral("x"), data)));
        QVERIFY2(applied, whyNot(applied).constData());
        QCOMPARE(dataOf(*applied).toObject(), data);
        const ApiRequest request = m_cluster->requests.value(0);
        QCOMPARE(request.verb, QByteArray("PATCH"));
        QCOMPARE(request.path, QStringLiteral("/api/v1/namespaces/shop/configmaps/x"));
        QCOMPARE(request.contentType, QByteArray("application/apply-patch+yaml"));
        QCOMPARE(request.query.toString(), QStringLiteral("fieldManager=pennant&force=false"));
    }

    void takesFieldsOverWhereItIsTold()
    {
        QVERIFY(awaited(m_client->apply(manifest(QStringLiteral("x")), true)));
        QCOMPARE(m_cluster->requests.value(0).query.toString(), QStringLiteral("fieldManager=pennant&force=true"));
    }

    void leavesManagedFieldsOut()
    {
        QJsonObject object = manifest(QStringLiteral("x"));
        QJsonObject metadata = object.value(QLatin1String("metadata")).toObject();
        metadata.insert(QStringLiteral("managedFields"), QJsonArray{1});
        object.insert(QStringLiteral("metadata"), metadata);
        QVERIFY(awaited(m_client->apply(object)));
        QVERIFY(!m_cluster->requests.value(0).body.contains("managedFields"));
    }

    void applyTakesBackWhatItNoLongerSays()
    {
        QVERIFY(awaited(
            m_client->apply(manifest(QStringLiteral("x"), {{QStringLiteral("a"), 1}, {QStringLiteral("b"), 2}}))));
        const auto again = awaited(m_client->apply(manifest(QStringLiteral("x"), {{QStringLiteral("b"), 2}})));
        QCOMPARE(dataOf(*again).toObject(), (QJsonObject{{QStringLiteral("b"), 2}}));
    }

    void createsOnlyWhatIsNew()
    {
        QVERIFY(awaited(m_client->create(manifest(QStringLiteral("x")))));
        const auto again = awaited(m_client->create(manifest(QStringLiteral("x"))));
        QVERIFY(!again);
        QCOMPARE(again.error().kind, Error::Kind::Conflict);
    }

    void replacesOnlyTheVersionThatWasRead()
    {
        QJsonObject read = *awaited(m_client->create(manifest(QStringLiteral("x"))));
        QVERIFY(awaited(m_client->replace(read)));
        const auto late = awaited(m_client->replace(read));
        QVERIFY(!late);
        QCOMPARE(late.error().kind, Error::Kind::Conflict);
    }

    void mergesPatches()
    {
        m_cluster->put(manifest(QStringLiteral("x"), {{QStringLiteral("a"), 1}, {QStringLiteral("b"), 2}}));
        const QJsonObject change{{QStringLiteral("data"), QJsonObject{{QStringLiteral("a"), QJsonValue::Null}}}};
        const auto patched = awaited(m_client->patch(reference(QStringLiteral("x")), change));
        QVERIFY(patched);
        QCOMPARE(dataOf(*patched).toObject(), (QJsonObject{{QStringLiteral("b"), 2}}));
        QCOMPARE(awaited(m_client->patch(reference(QStringLiteral("y")), change)).error().kind, Error::Kind::NotFound);
    }

    void removesWhatIsThereOrNot()
    {
        m_cluster->put(manifest(QStringLiteral("x")));
        QVERIFY(awaited(m_client->remove(reference(QStringLiteral("x")))));
        QVERIFY(m_cluster->requests.value(0).body.contains("\"propagationPolicy\":\"Background\""));
        QVERIFY(!m_cluster->object(reference(QStringLiteral("x"))));
        QVERIFY(awaited(m_client->remove(reference(QStringLiteral("x")))));
        m_cluster->goOffline();
        QCOMPARE(awaited(m_client->remove(reference(QStringLiteral("x")))).error().kind, Error::Kind::Offline);
    }

    void removesOnlyTheVeryObjectThatIsMeant()
    {
        const ObjectRef ref = reference(QStringLiteral("x"));
        const QJsonObject first = m_cluster->put(manifest(QStringLiteral("x")));
        m_cluster->erase(ref);
        const QJsonObject second = m_cluster->put(manifest(QStringLiteral("x")));
        const auto remove = [&](const Preconditions &wanted) {
            return awaited(m_client->remove(ref, QStringLiteral("Background"), wanted));
        };
        QCOMPARE(remove(Preconditions::sameAs(first)).error().kind, Error::Kind::Conflict);
        m_cluster->change(ref, manifest(QStringLiteral("x"), {{QStringLiteral("a"), 1}}));
        QCOMPARE(remove(Preconditions::unchanged(second)).error().kind, Error::Kind::Conflict);
        QVERIFY(m_cluster->object(ref));
        QVERIFY(remove(Preconditions::sameAs(second)));
        QVERIFY(!m_cluster->object(ref));
    }

    void appliesOnlyToTheVersionThatItNames()
    {
        QJsonObject stale = m_cluster->put(manifest(QStringLiteral("x")));
        m_cluster->change(
            reference(QStringLiteral("x")), {{QStringLiteral("data"), QJsonObject{{QStringLiteral("a"), 1}}}});
        QCOMPARE(awaited(m_client->apply(stale, true)).error().kind, Error::Kind::Conflict);
        QVERIFY(awaited(m_client->apply(*m_cluster->object(reference(QStringLiteral("x"))), true)));
    }

    void appliesOnlyWhereThatObjectIsStillThere()
    {
        const QJsonObject seen = m_cluster->put(manifest(QStringLiteral("x")));
        const QJsonObject change =
            onlyWhere(Preconditions::unchanged(seen), manifest(QStringLiteral("x"), {{QStringLiteral("a"), 1}}));
        m_cluster->erase(reference(QStringLiteral("x")));
        QCOMPARE(awaited(m_client->apply(change, true)).error().kind, Error::Kind::Conflict);
        QVERIFY(!m_cluster->object(reference(QStringLiteral("x"))));
    }

    void discoversWhatCanBeListed_data()
    {
        QTest::addColumn<bool>("isAggregated");
        QTest::newRow("aggregated") << true;
        QTest::newRow("group by group") << false;
    }

    void discoversWhatCanBeListed()
    {
        QFETCH(bool, isAggregated);
        m_cluster->isDiscoveryAggregated = isAggregated;
        const ApiResource widgets{
            QStringLiteral("shop.example/v1"), QStringLiteral("Widget"), QStringLiteral("widgets")};
        m_cluster->addKind(widgets);
        m_cluster->addKind({QStringLiteral("shop.example/v1beta1"), QStringLiteral("Widget"), widgets.plural});
        m_cluster->addKind(
            {QStringLiteral("metrics.k8s.io/v1beta1"), QStringLiteral("PodMetrics"), QStringLiteral("pods")});
        m_cluster->put(manifest(QStringLiteral("x")));
        const auto found = awaited(m_client->namespacedResources());
        QVERIFY2(found, whyNot(found));
        const ApiResource configMaps{QStringLiteral("v1"), QStringLiteral("ConfigMap"), QStringLiteral("configmaps")};
        QCOMPARE(*found, QList<ApiResource>({configMaps, widgets}));
    }

    void doesNotTakeAnApiThatIsAwayForAnEmptyOne()
    {
        m_cluster->addKind({QStringLiteral("shop.example/v1"), QStringLiteral("Widget"), QStringLiteral("widgets")});
        m_cluster->staleApiVersion = QStringLiteral("shop.example/v1");
        const auto found = awaited(m_client->namespacedResources());
        QVERIFY(!found);
        QVERIFY(found.error().summary.contains(m_cluster->staleApiVersion));
    }

    void listsMetadataOfADiscoveredResource()
    {
        const ApiResource widgets{
            QStringLiteral("shop.example/v1"), QStringLiteral("Widget"), QStringLiteral("widgets")};
        m_cluster->addKind(widgets);
        QJsonObject widget = manifest(QStringLiteral("x"));
        widget.insert(QStringLiteral("apiVersion"), widgets.apiVersion);
        widget.insert(QStringLiteral("kind"), widgets.kind);
        m_cluster->put(widget);
        const auto listed = awaited(m_client->listMetadata(widgets, nameSpace));
        QVERIFY2(listed, whyNot(listed));
        QCOMPARE(ObjectRef::of(listed->value(0)), ObjectRef::of(widget));
        QVERIFY(m_cluster->requests.constLast().accept.contains("as=PartialObjectMetadataList"));
        const ApiResource hostile{widgets.apiVersion, widgets.kind, QStringLiteral("../secrets")};
        QCOMPARE(awaited(m_client->listMetadata(hostile, nameSpace)).error().kind, Error::Kind::Invalid);
    }

    void listsEveryPage()
    {
        for (int i = 0; i < 1201; ++i)
            m_cluster->put(manifest(QStringLiteral("c%1").arg(i)));
        const auto listed = awaited(m_client->list(QStringLiteral("v1"), QStringLiteral("ConfigMap"), nameSpace));
        QVERIFY(listed);
        QCOMPARE(listed->size(), 1201);
        QCOMPARE(m_cluster->requests.size(), 3);
        QCOMPARE(listed->value(700).value(QLatin1String("kind")).toString(), QStringLiteral("ConfigMap"));
        QCOMPARE(listed->value(700).value(QLatin1String("apiVersion")).toString(), QStringLiteral("v1"));
    }

    void takesLargePagesApartInTheBackground()
    {
        QJsonObject large = manifest(QStringLiteral("large"));
        large[QStringLiteral("data")] = QJsonObject{{QStringLiteral("text"), QString(200'000, u'x')}};
        m_cluster->put(large);
        std::optional<Result<QList<QJsonObject>>> listed;
        Pending<QList<QJsonObject>> pending;
        {
            const HeldBackground held;
            pending = m_client->list(QStringLiteral("v1"), QStringLiteral("ConfigMap"), nameSpace);
            pending.then(this, [&listed](const Result<QList<QJsonObject>> &result) { listed = result; });
            QTest::qWait(20);
            QVERIFY(!listed);
        }
        QTRY_VERIFY(listed);
        QCOMPARE((*listed)->constFirst()[QLatin1String("data")], large[QLatin1String("data")]);
    }

    void beginsTheListAgainWhereItsPagesExpired()
    {
        for (int i = 0; i < 700; ++i)
            m_cluster->put(manifest(QStringLiteral("c%1").arg(i)));
        auto pending = m_client->list(QStringLiteral("v1"), QStringLiteral("ConfigMap"), nameSpace);
        m_cluster->failNext(1, Error{Error::Kind::Gone, QStringLiteral("expired"), {}, {}, {}});
        const auto listed = awaited(std::move(pending));
        QVERIFY2(listed, whyNot(listed).constData());
        QCOMPARE(listed->size(), 700);
    }

    void followsNoListForEver()
    {
        const auto kindAfter = [](EndlessList &server) {
            CollectionQuery query;
            query.apiVersion = QStringLiteral("v1");
            query.kind = QStringLiteral("ConfigMap");
            query.nameSpace = nameSpace;
            auto listing = listCollection(server, query);
            // awaited() rests between events, which would make 2,000 pages long
            for (int i = 0; i < 10'000; ++i)
                QCoreApplication::processEvents();
            const auto listed = awaited(std::move(listing));
            return listed ? Error::Kind::Local : listed.error().kind;
        };
        EndlessList repeating([](int) { return QStringLiteral("again"); });
        QCOMPARE(kindAfter(repeating), Error::Kind::Protocol);
        QCOMPARE(repeating.pages, 2);
        EndlessList inventing([](int page) { return QString::number(page); });
        QCOMPARE(kindAfter(inventing), Error::Kind::Protocol);
        QCOMPARE(inventing.pages, 2000);
        EndlessList forgetting([](int page) -> Result<QString> {
            if (page % 2 == 0)
                return fail(Error::Kind::Gone, QStringLiteral("expired"));
            return QStringLiteral("next");
        });
        QCOMPARE(kindAfter(forgetting), Error::Kind::Gone);
    }

    void selectsByLabel()
    {
        QJsonObject labelled = manifest(QStringLiteral("x"));
        labelled.insert(QStringLiteral("metadata"),
            QJsonObject{{QStringLiteral("namespace"), nameSpace}, {QStringLiteral("name"), QStringLiteral("x")},
                {QStringLiteral("labels"), QJsonObject{{QStringLiteral("app"), QStringLiteral("nats & more")}}}});
        m_cluster->put(labelled);
        m_cluster->put(manifest(QStringLiteral("y")));
        const auto listed = awaited(m_client->list(
            QStringLiteral("v1"), QStringLiteral("ConfigMap"), nameSpace, QStringLiteral("app=nats & more")));
        QVERIFY(listed);
        QCOMPARE(listed->size(), 1);
    }

    void namesTheMissingPermission()
    {
        m_cluster->isAllowed = [](const Permission &permission) { return permission.verb != QLatin1String("create"); };
        const Permission wanted{
            QStringLiteral("create"), {}, QStringLiteral("pods"), QStringLiteral("portforward"), nameSpace};
        const auto access = awaited(m_client->review(wanted));
        QVERIFY(access);
        QCOMPARE(*access,
            Access::no(QStringLiteral("You may not create pods/portforward in shop. Ask whoever administers the "
                                      "cluster for this permission."),
                {wanted}));
        Permission read = wanted;
        read.verb = QStringLiteral("get");
        QCOMPARE(*awaited(m_client->review(read)), Access::yes());
    }

    void tellsWhoOneIs()
    {
        m_cluster->user = QStringLiteral("ana");
        const auto name = awaited(m_client->whoAmI());
        QVERIFY2(name, whyNot(name));
        QCOMPARE(*name, QStringLiteral("ana"));
    }

    void droppingAskedMutationsLetsThemRun()
    {
        {
            auto dropped = m_client->create(manifest(QStringLiteral("x")));
        }
        QVERIFY(m_cluster->object(reference(QStringLiteral("x"))));
        {
            auto dropped = m_client->list(QStringLiteral("v1"), QStringLiteral("ConfigMap"), nameSpace);
        }
        QCoreApplication::processEvents();
    }
};

QTEST_GUILESS_MAIN(KubernetesClientTest)
#include "tst_kubernetesclient.moc"

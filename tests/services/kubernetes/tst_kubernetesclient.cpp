// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/kubernetesclient.h"
#include "tests/support/awaited.h"
#include "tests/support/fakecluster.h"

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

    void dryRunsStoreNothing()
    {
        QVERIFY(awaited(m_client->apply(manifest(QStringLiteral("x")), true, true)));
        QCOMPARE(m_cluster->requests.value(0).query.toString(),
            QStringLiteral("fieldManager=pennant&force=true&dryRun=All"));
        QVERIFY(!m_cluster->object(reference(QStringLiteral("x"))));
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
                                      "cluster for this permission.")));
        Permission read = wanted;
        read.verb = QStringLiteral("get");
        QCOMPARE(*awaited(m_client->review(read)), Access::yes());
    }

    void readsTheServersVersion() { QCOMPARE(*awaited(m_client->serverVersion()), QStringLiteral("v1.36.2")); }

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

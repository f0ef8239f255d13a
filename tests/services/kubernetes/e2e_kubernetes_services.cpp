// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/clock.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/kubernetes/networktransport.h"
#include "tests/support/awaited.h"

#include <QSignalSpy>

namespace {

std::unique_ptr<NetworkTransport> connectAs(const char *variable)
{
    const Kubeconfig config = Kubeconfig::load({qEnvironmentVariable(variable)});
    for (const KubeconfigContext &context : config.contexts()) {
        const auto access = config.resolve(context.name);
        if (!access)
            qWarning() << access.error().text();
        auto transport = NetworkTransport::create(*access);
        if (transport)
            return std::move(*transport);
        qWarning() << transport.error().text();
    }
    return nullptr;
}

QJsonObject configMap(const QString &nameSpace, const QString &name, const QJsonObject &data)
{
    return {{QStringLiteral("apiVersion"), QStringLiteral("v1")}, {QStringLiteral("kind"), QStringLiteral("ConfigMap")},
        {QStringLiteral("metadata"),
            QJsonObject{{QStringLiteral("namespace"), nameSpace}, {QStringLiteral("name"), name}}},
        {QStringLiteral("data"), data}};
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

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("PENNANT_KUBECONFIG_ADMIN"))
            QSKIP("PENNANT_KUBECONFIG_ADMIN names no kubeconfig");
        m_transport = connectAs("PENNANT_KUBECONFIG_ADMIN");
        QVERIFY(m_transport);
        m_client = std::make_unique<KubernetesClient>(*m_transport);
        const auto version = awaited(m_client->serverVersion());
        QVERIFY2(version, qPrintable(version ? QString() : version.error().text()));
        QVERIFY(version->startsWith(u'v'));
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

    void namesTheFieldsThatAreInvalid()
    {
        const auto refused = awaited(m_client->create(configMap(m_nameSpace, QStringLiteral("Not a name"), {})));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Error::Kind::Invalid);
        QCOMPARE(refused.error().fields.value(0).field, QStringLiteral("metadata.name"));
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimemanifests.h"

#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimepodtemplate.h"
#include "services/messaging/runtimerecord.h"

#include <QJsonArray>

namespace {

constexpr int clientPort = 4222;
constexpr int clusterPort = 6222;
constexpr int webSocketPort = 8080;
constexpr int metricsPort = 7777;

QString text(const char *value)
{
    return QLatin1String(value);
}

QJsonObject port(const char *name, int number)
{
    return {{text("name"), text(name)}, {text("port"), number}, {text("targetPort"), text(name)},
        {text("protocol"), text("TCP")}};
}

QJsonObject podLabels()
{
    QJsonObject labels = RuntimeNames::labels();
    labels.remove(text(RuntimeNames::managedByLabel));
    return labels;
}

QJsonObject manifest(const char *apiVersion, const char *kind, const QJsonObject &metadata, const QJsonObject &spec)
{
    return {{text("apiVersion"), text(apiVersion)}, {text("kind"), text(kind)}, {text("metadata"), metadata},
        {text("spec"), spec}};
}

QJsonObject volumeClaim(const RuntimeSpec &spec)
{
    const QJsonObject claim{{text("accessModes"), QJsonArray{text("ReadWriteOnce")}},
        {text("storageClassName"), spec.storageClass},
        {text("resources"),
            QJsonObject{{text("requests"),
                QJsonObject{{text("storage"), QString::number(spec.storageGibibytes) + text("Gi")}}}}}};
    return {{text("metadata"),
                QJsonObject{{text("name"), text(RuntimeNames::volume)}, {text("labels"), RuntimeNames::labels()}}},
        {text("spec"), claim}};
}

} // namespace

RuntimeManifests::RuntimeManifests(QString nameSpace, RuntimeSpec spec)
    : m_nameSpace(std::move(nameSpace))
    , m_spec(std::move(spec))
{
}

QString RuntimeManifests::serverImage()
{
    return text(RuntimePodTemplate::serverImage);
}

QJsonObject RuntimeManifests::metadata(const QString &name) const
{
    return {{text("name"), name}, {text("namespace"), m_nameSpace}, {text("labels"), RuntimeNames::labels()}};
}

QJsonObject RuntimeManifests::nameSpaceObject() const
{
    return {{text("apiVersion"), text("v1")}, {text("kind"), text("Namespace")},
        {text("metadata"),
            QJsonObject{{text("name"), m_nameSpace}, {text("labels"), RuntimeNames::labels()},
                {text("annotations"), QJsonObject{{text(RuntimeNames::createdByEnable), text("true")}}}}}};
}

QList<QJsonObject> RuntimeManifests::services() const
{
    QJsonArray clientPorts{port("nats", clientPort)};
    if (m_spec.webSocketEnabled)
        clientPorts.append(port("websocket", webSocketPort));
    QJsonArray allPorts = clientPorts;
    allPorts.append(port("cluster", clusterPort));
    allPorts.append(port("monitor", RuntimeNames::monitorPort));
    const QJsonObject client{{text("selector"), podLabels()}, {text("ports"), clientPorts}};
    // Peers find each other before they are Ready, or a first boot would never come together.
    const QJsonObject headless{{text("selector"), podLabels()}, {text("clusterIP"), text("None")},
        {text("publishNotReadyAddresses"), true}, {text("ports"), allPorts}};
    return {manifest("v1", "Service", metadata(text(RuntimeNames::server)), client),
        manifest("v1", "Service", metadata(text(RuntimeNames::headlessService)), headless)};
}

QJsonObject RuntimeManifests::disruptionBudget() const
{
    return manifest("policy/v1", "PodDisruptionBudget", metadata(text(RuntimeNames::server)),
        {{text("maxUnavailable"), 1}, {text("selector"), QJsonObject{{text("matchLabels"), podLabels()}}}});
}

QJsonObject RuntimeManifests::networkPolicy() const
{
    const auto ports = [](std::initializer_list<int> numbers) {
        QJsonArray array;
        for (const int number : numbers)
            array.append(QJsonObject{{text("port"), number}, {text("protocol"), text("TCP")}});
        return array;
    };
    const QJsonObject servers{{text("matchLabels"), podLabels()}};
    // not the monitoring port: it tells anybody the accounts, subjects and addresses of all tenants
    const QJsonObject anybody{{text("ports"), ports({clientPort, webSocketPort, metricsPort})}};
    const QJsonObject peers{
        {text("from"), QJsonArray{QJsonObject{{text("podSelector"), servers}}}}, {text("ports"), ports({clusterPort})}};
    return manifest("networking.k8s.io/v1", "NetworkPolicy", metadata(text(RuntimeNames::server)),
        {{text("podSelector"), servers}, {text("policyTypes"), QJsonArray{text("Ingress")}},
            {text("ingress"), QJsonArray{anybody, peers}}});
}

QJsonObject RuntimeManifests::statefulSet() const
{
    const QJsonObject spec{{text("replicas"), m_spec.replicas},
        {text("serviceName"), text(RuntimeNames::headlessService)},
        // All pods at once: a new cluster elects nobody until every member is there.
        {text("podManagementPolicy"), text("Parallel")},
        {text("selector"), QJsonObject{{text("matchLabels"), podLabels()}}},
        {text("persistentVolumeClaimRetentionPolicy"),
            QJsonObject{{text("whenDeleted"), text("Retain")}, {text("whenScaled"), text("Retain")}}},
        {text("template"), RuntimePodTemplate::podTemplate(m_spec, podLabels())},
        {text("volumeClaimTemplates"), QJsonArray{volumeClaim(m_spec)}}};
    QJsonObject named = metadata(text(RuntimeNames::server));
    named[text("annotations")] = QJsonObject{{text(RuntimeNames::specAnnotation), specText(m_spec)}};
    return manifest("apps/v1", "StatefulSet", named, spec);
}

QJsonObject RuntimeManifests::secret(const QString &name, const QString &role, const QString &account,
    const SecretValues &values, const QString &type) const
{
    QJsonObject data;
    for (const auto &[key, value] : values)
        data[key] = QString::fromLatin1(value.toBase64());
    QJsonObject named = metadata(name);
    QJsonObject labels = named[text("labels")].toObject();
    labels[text(RuntimeNames::roleLabel)] = role;
    if (!account.isEmpty())
        labels[text(RuntimeNames::accountLabel)] = account;
    named[text("labels")] = labels;
    return {{text("apiVersion"), text("v1")}, {text("kind"), text("Secret")}, {text("metadata"), named},
        {text("type"), type}, {text("data"), data}};
}

QJsonObject RuntimeManifests::clientSecret(const ConnectionDetails &details, const SecretString &password) const
{
    const bool isManaged = details.secretName == RuntimeNames::clientSecret(details.account);
    return secret(details.secretName, text(isManaged ? "client" : "user"), details.account,
        {{text("type"), "nats"}, {text("provider"), "pennant"}, {text("host"), details.host.toUtf8()},
            {text("port"), QByteArray::number(details.port)}, {text("uri"), clientUrl(details, password).revealUtf8()},
            {text("username"), details.username.toUtf8()}, {text("password"), password.revealUtf8()}},
        text("servicebinding.io/nats"));
}

ConnectionDetails RuntimeManifests::connection(const QString &account, const QString &username) const
{
    ConnectionDetails details;
    details.account = account;
    details.host = QStringLiteral("%1.%2.svc.cluster.local").arg(text(RuntimeNames::server), m_nameSpace);
    details.port = clientPort;
    details.username = username.isEmpty() ? account : username;
    if (m_spec.webSocketEnabled)
        details.webSocketUrl = QStringLiteral("ws://%1:%2").arg(details.host).arg(webSocketPort);
    details.secretName = RuntimeNames::clientSecret(account);
    details.nameSpace = m_nameSpace;
    return details;
}

ConnectionDetails RuntimeManifests::userConnection(const QString &account, const QString &user) const
{
    ConnectionDetails details = connection(account, serverUserName(account, user));
    details.secretName = RuntimeNames::userSecret(account, user);
    return details;
}

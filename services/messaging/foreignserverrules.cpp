// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/foreignserverrules.h"

#include "services/messaging/runtimenames.h"

#include <QJsonArray>

#include <algorithm>

namespace {

constexpr int usualMonitorPort = 8222;

QString text(const char *value)
{
    return QLatin1String(value);
}

/// "docker.io/library/nats:2.12.2-alpine@sha256:…" → "nats"
QString repositoryName(const QString &image)
{
    return image.section(u'@', 0, 0).section(u'/', -1).section(u':', 0, 0);
}

QString versionIn(const QString &image)
{
    const QString tag = image.section(u'@', 0, 0).section(u'/', -1).section(u':', 1);
    const QString version = tag.section(u'-', 0, 0);
    return version.contains(u'.') ? version : QString();
}

bool isServer(const QJsonObject &container)
{
    static const QStringList names{text("nats"), text("nats-server")};
    const QString program = container[text("command")][0].toString().section(u'/', -1);
    return names.contains(repositoryName(container[text("image")].toString())) || program == text("nats-server");
}

QJsonObject serverContainer(const QJsonObject &statefulSet)
{
    const QJsonArray containers =
        statefulSet[text("spec")][text("template")][text("spec")][text("containers")].toArray();
    for (const QJsonValue &container : containers) {
        if (isServer(container.toObject()))
            return container.toObject();
    }
    return {};
}

QList<ForeignServer::Port> portsOf(const QJsonObject &container)
{
    QList<ForeignServer::Port> ports;
    const QJsonArray declared = container[text("ports")].toArray();
    for (const QJsonValue &port : declared)
        ports.append({port[text("name")].toString(), port[text("containerPort")].toInt()});
    return ports;
}

int monitorPortIn(const QList<ForeignServer::Port> &ports)
{
    const auto isMonitor = [](const ForeignServer::Port &port) {
        return port.name == text("monitor") || port.name == text("monitoring") || port.number == usualMonitorPort;
    };
    const auto found = std::find_if(ports.cbegin(), ports.cend(), isMonitor);
    return found == ports.cend() ? 0 : found->number;
}

QString selectorOf(const QJsonObject &statefulSet)
{
    const QJsonObject labels = statefulSet[text("spec")][text("selector")][text("matchLabels")].toObject();
    QStringList terms;
    for (auto label = labels.begin(); label != labels.end(); ++label)
        terms.append(label.key() + u'=' + label.value().toString());
    return terms.join(u',');
}

} // namespace

std::optional<ForeignServer> foreignServerFrom(const QJsonObject &statefulSet)
{
    const QJsonObject container = serverContainer(statefulSet);
    if (container.isEmpty() || isManagedByPennant(statefulSet))
        return std::nullopt;
    const QJsonObject metadata = statefulSet[text("metadata")].toObject();
    ForeignServer server;
    server.nameSpace = metadata[text("namespace")].toString();
    server.name = metadata[text("name")].toString();
    server.owner = ownerOf(statefulSet);
    server.chart = metadata[text("labels")][text("helm.sh/chart")].toString();
    server.image = container[text("image")].toString();
    server.version = versionIn(server.image);
    server.container = container[text("name")].toString();
    server.ports = portsOf(container);
    server.monitorPort = monitorPortIn(server.ports);
    server.podSelector = selectorOf(statefulSet);
    server.replicas = statefulSet[text("spec")][text("replicas")].toInt(1);
    server.readyReplicas = statefulSet[text("status")][text("readyReplicas")].toInt();
    return server;
}

QList<ForeignServer> foreignServersIn(const QList<QJsonObject> &statefulSets)
{
    QList<ForeignServer> servers;
    for (const QJsonObject &statefulSet : statefulSets) {
        if (const auto server = foreignServerFrom(statefulSet))
            servers.append(*server);
    }
    std::sort(servers.begin(), servers.end(),
        [](const ForeignServer &a, const ForeignServer &b) { return a.place() < b.place(); });
    return servers;
}

bool isPodOf(const QString &statefulSet, const QJsonObject &pod)
{
    const QJsonArray owners = pod[text("metadata")][text("ownerReferences")].toArray();
    return std::any_of(owners.cbegin(), owners.cend(), [&statefulSet](const QJsonValue &owner) {
        return owner[text("kind")] == text("StatefulSet") && owner[text("name")] == statefulSet;
    });
}

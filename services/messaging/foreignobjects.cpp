// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/foreignobjects.h"

#include "services/base/clock.h"
#include "services/base/logging.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/retrying.h"
#include "services/messaging/runtimenames.h"

#include <QJsonArray>
#include <QStringList>

#include <algorithm>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

/// What controllers make of a Service and a StatefulSet, and take away again with them.
bool isByProduct(const QString &kind)
{
    static const QStringList kinds{
        text("Endpoints"), text("EndpointSlice"), text("ControllerRevision"), text("Pod"), text("ReplicaSet")};
    return kinds.contains(kind);
}

bool isOwnedByRuntime(const QJsonObject &metadata)
{
    const QJsonArray owners = metadata[text("ownerReferences")].toArray();
    return std::any_of(owners.begin(), owners.end(), [](const QJsonValue &owner) {
        const QString kind = owner[text("kind")].toString();
        const QString name = owner[text("name")].toString();
        return (kind == text("StatefulSet") || kind == text("Service"))
            && (name == text(RuntimeNames::server) || name == text(RuntimeNames::headlessService));
    });
}

bool isLabelledAsRuntime(const QJsonObject &metadata)
{
    const QJsonObject labels = metadata[text("labels")].toObject();
    return labels[text(RuntimeNames::instanceLabel)] == RuntimeNames::labels()[text(RuntimeNames::instanceLabel)];
}

} // namespace

bool isFurniture(const QJsonObject &object)
{
    const QJsonObject metadata = object[text("metadata")].toObject();
    const QString kind = object[text("kind")].toString();
    const QString name = metadata[text("name")].toString();
    if (kind == text("Event"))
        return true;
    if (kind == text("ServiceAccount"))
        return name == text("default");
    if (kind == text("ConfigMap"))
        return name == text("kube-root-ca.crt") || (name == text(RuntimeNames::record) && isManagedByPennant(object));
    if (kind == text("Lease"))
        return name == text(RuntimeNames::lease);
    return isByProduct(kind) && (isLabelledAsRuntime(metadata) || isOwnedByRuntime(metadata));
}

Flow<bool> holdsForeignObjects(KubernetesClient &client, Clock &clock, QString nameSpace)
{
    const std::function<Pending<QList<ApiResource>>()> discover = [&client] { return client.namespacedResources(); };
    auto resources = co_await retrying(clock, discover);
    if (!resources)
        qCWarning(lcMessaging) << "the namespace stays:" << resources.error().text();
    if (!resources)
        co_return true;
    for (const ApiResource &resource : *resources) {
        if (resource.kind == text("Event"))
            continue;
        const std::function<Pending<QList<QJsonObject>>()> list = [&client, resource, nameSpace] {
            return client.listMetadata(resource, nameSpace);
        };
        auto found = co_await retrying(clock, list);
        if (!found) {
            qCWarning(lcMessaging) << "the namespace stays:" << found.error().text();
            co_return true;
        }
        const auto foreign = std::find_if_not(found->cbegin(), found->cend(), isFurniture);
        if (foreign != found->cend()) {
            qCInfo(lcMessaging) << "the namespace stays for" << ObjectRef::of(*foreign).text();
            co_return true;
        }
    }
    co_return false;
}

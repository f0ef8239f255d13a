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
    static const QStringList kinds{text("EndpointSlice"), text("ControllerRevision"), text("Pod")};
    return kinds.contains(kind);
}

bool isOwnedBy(const QStringList &uids, const QJsonObject &metadata)
{
    const QJsonArray owners = metadata[text("ownerReferences")].toArray();
    return std::any_of(owners.begin(), owners.end(),
        [&uids](const QJsonValue &owner) { return uids.contains(owner[text("uid")].toString()); });
}

/// They have no owner, but the name and all labels of their Service.
bool isEndpointsOfRuntime(const QString &kind, const QJsonObject &metadata)
{
    const QString name = metadata[text("name")].toString();
    if (kind != text("Endpoints")
        || (name != text(RuntimeNames::server) && name != text(RuntimeNames::headlessService)))
        return false;
    const QJsonObject labels = metadata[text("labels")].toObject();
    const QJsonObject ours = RuntimeNames::labels();
    const QStringList keys = ours.keys();
    return std::all_of(keys.cbegin(), keys.cend(), [&](const QString &key) { return labels[key] == ours[key]; });
}

} // namespace

bool isFurniture(const QJsonObject &object, const QStringList &owners)
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
    return isEndpointsOfRuntime(kind, metadata) || (isByProduct(kind) && isOwnedBy(owners, metadata));
}

Flow<bool> holdsForeignObjects(KubernetesClient &client, Clock &clock, QString nameSpace, QStringList owners)
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
        const auto foreign = std::find_if_not(found->cbegin(), found->cend(),
            [&owners](const QJsonObject &object) { return isFurniture(object, owners); });
        if (foreign != found->cend()) {
            qCInfo(lcMessaging) << "the namespace stays for" << ObjectRef::of(*foreign).text();
            co_return true;
        }
    }
    co_return false;
}

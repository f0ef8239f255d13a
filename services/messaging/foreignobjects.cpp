// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/foreignobjects.h"

#include "services/base/clock.h"
#include "services/base/logging.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/retrying.h"
#include "services/messaging/runtimenames.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>

#include <algorithm>
#include <utility>
#include <vector>

namespace {

constexpr qsizetype mostNamed = 3;

QString say(const char *source)
{
    return QCoreApplication::translate("ForeignObjects", source);
}

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

bool isNameOfOwner(const QString &kind, const QString &name)
{
    return (kind == text("StatefulSet") || kind == text("Service"))
        && (name == text(RuntimeNames::server) || name == text(RuntimeNames::headlessService));
}

bool isOwnedBy(const std::optional<QStringList> &uids, const QJsonObject &metadata)
{
    const QJsonArray owners = metadata[text("ownerReferences")].toArray();
    return std::any_of(owners.begin(), owners.end(), [&uids](const QJsonValue &owner) {
        return uids ? uids->contains(owner[text("uid")].toString())
                    : isNameOfOwner(owner[text("kind")].toString(), owner[text("name")].toString());
    });
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

/// What Disable looks for in a namespace: DisableRuntime.
bool isTakenByDisable(const QJsonObject &object)
{
    static const QStringList kinds{text("StatefulSet"), text("PersistentVolumeClaim"), text("Service"),
        text("PodDisruptionBudget"), text("NetworkPolicy"), text("Secret"), text("ConfigMap"), text("Role")};
    return kinds.contains(object[text("kind")].toString()) && isManagedByPennant(object)
        && object[text("metadata")][text("labels")][text(RuntimeNames::instanceLabel)]
        == RuntimeNames::labels()[text(RuntimeNames::instanceLabel)]
        && RuntimeNames::isOwnName(object);
}

bool isMadeByAnother(const QJsonObject &object)
{
    return !object[text("metadata")][text("ownerReferences")].toArray().isEmpty();
}

/// Each once, whatever API groups serve it.
QList<QJsonObject> strangers(
    const QList<QJsonObject> &objects, OfRuntime ofRuntime, const std::optional<QStringList> &owners)
{
    QList<QJsonObject> foreign;
    QSet<QString> seen;
    for (const QJsonObject &object : objects) {
        if (isFurniture(object, owners) || (ofRuntime == OfRuntime::Ours && isTakenByDisable(object)))
            continue;
        const QString uid = object[text("metadata")][text("uid")].toString();
        if (uid.isEmpty() || !seen.contains(uid))
            foreign.append(object);
        seen.insert(uid);
    }
    std::stable_partition(
        foreign.begin(), foreign.end(), [](const QJsonObject &each) { return !isMadeByAnother(each); });
    return foreign;
}

void count(ForeignObjects &foreign, const QList<QJsonObject> &objects)
{
    foreign.count = int(objects.size());
    for (const QJsonObject &object : objects.first(std::min(mostNamed, objects.size())))
        foreign.first.append(
            object[text("kind")].toString() + QLatin1Char(' ') + object[text("metadata")][text("name")].toString());
    if (!objects.isEmpty())
        qCInfo(lcMessaging) << "the namespace holds others' objects:" << foreign.count << foreign.first;
}

QString described(const ForeignObjects &foreign)
{
    const QString names = foreign.first.join(QStringLiteral(", "));
    const auto more = foreign.count - foreign.first.size();
    if (foreign.count == 0)
        return say("What it holds of %1 can't be seen.").arg(foreign.unseen);
    if (foreign.count == 1)
        return say("It holds 1 object that is not of this runtime: %1.").arg(names);
    if (more == 0)
        return say("It holds %1 objects that are not of this runtime: %2.").arg(foreign.count).arg(names);
    return say("It holds %1 objects that are not of this runtime: %2 and %3 more.")
        .arg(foreign.count)
        .arg(names)
        .arg(more);
}

NamespaceFate staying(const QString &why)
{
    return {NamespaceFate::State::Stays, why};
}

} // namespace

bool isFurniture(const QJsonObject &object, const std::optional<QStringList> &owners)
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

Flow<ForeignObjects> foreignObjects(
    KubernetesClient &client, Clock &clock, QString nameSpace, OfRuntime ofRuntime, std::optional<QStringList> owners)
{
    ForeignObjects foreign;
    const std::function<Pending<QList<ApiResource>>()> discover = [&client] { return client.namespacedResources(); };
    auto resources = co_await retrying(clock, discover);
    if (!resources) {
        qCWarning(lcMessaging) << "what a namespace holds can't be seen:" << resources.error().text();
        foreign.unseen = say("some kinds of objects");
        co_return foreign;
    }
    resources->removeIf([](const ApiResource &resource) { return resource.kind == text("Event"); });
    // Over a slow line one after the other takes many seconds.
    std::vector<Flow<QList<QJsonObject>>> lists;
    for (const ApiResource &resource : std::as_const(*resources)) {
        const std::function<Pending<QList<QJsonObject>>()> list = [&client, resource, nameSpace] {
            return client.listMetadata(resource, nameSpace);
        };
        lists.push_back(retrying(clock, list));
    }
    QList<QJsonObject> objects;
    for (std::size_t i = 0; i < lists.size(); ++i) {
        Flow<QList<QJsonObject>> &list = lists[i];
        auto found = co_await list;
        if (found)
            objects.append(*found);
        else if (foreign.unseen.isEmpty())
            foreign.unseen = resources->at(qsizetype(i)).plural;
        if (!found)
            qCWarning(lcMessaging) << "what a namespace holds can't be seen:" << found.error().text();
    }
    count(foreign, strangers(objects, ofRuntime, owners));
    co_return foreign;
}

Flow<NamespaceFate> namespaceFate(KubernetesClient &client, Clock &clock, QString nameSpace, OfRuntime ofRuntime)
{
    const NamespaceFate gone{NamespaceFate::State::Gone, {}};
    const ObjectRef ref{text("v1"), text("Namespace"), {}, nameSpace};
    const std::function<Pending<QJsonObject>()> read = [&client, ref] { return client.read(ref); };
    auto found = co_await retrying(clock, read);
    if (!found && found.error().kind == Error::Kind::NotFound)
        co_return gone;
    if (!found && found.error().kind == Error::Kind::Forbidden)
        co_return staying(say("You may not read it, so nobody judges what else is in it."));
    if (!found)
        co_return fail(found.error());
    const QJsonObject metadata = (*found)[text("metadata")].toObject();
    if (metadata.contains(text("deletionTimestamp")))
        co_return gone;
    if (metadata[text("annotations")][text(RuntimeNames::createdByEnable)] != text("true"))
        co_return staying(say("It was there before Enable."));
    auto foreign = co_await foreignObjects(client, clock, nameSpace, ofRuntime, std::nullopt);
    if (!foreign)
        co_return fail(foreign.error());
    if (!foreign->isNone())
        co_return staying(described(*foreign));
    const Permission removal{text("delete"), {}, text("namespaces"), {}, {}};
    const std::function<Pending<Access>()> ask = [&client, removal] { return client.review(removal); };
    auto may = co_await retrying(clock, ask);
    if (!may)
        co_return fail(may.error());
    co_return may->allowed ? NamespaceFate() : staying(may->reason);
}

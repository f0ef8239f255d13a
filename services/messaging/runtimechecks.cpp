// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimechecks.h"

#include "services/domain/owner.h"
#include "services/domain/runtime.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/recordlessrules.h"
#include "services/messaging/retrying.h"
#include "services/messaging/rolloutrules.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimerecord.h"

#include <QCoreApplication>
#include <QHash>

#include <initializer_list>
#include <vector>

namespace {

constexpr std::chrono::milliseconds reviewLimit = std::chrono::seconds(10);

QString text(const char *value)
{
    return QLatin1String(value);
}

QString say(const char *source)
{
    return QCoreApplication::translate("RuntimeChecks", source);
}

/// A resource of the runtime, as `group/resource` or `resource/subresource`.
struct Resource {
    const char *group;
    const char *resource;
    const char *subresource = "";
};

constexpr Resource statefulSets{"apps", "statefulsets"};
constexpr Resource secrets{"", "secrets"};
constexpr Resource services{"", "services"};
constexpr Resource configMaps{"", "configmaps"};
constexpr Resource budgets{"policy", "poddisruptionbudgets"};
constexpr Resource policies{"networking.k8s.io", "networkpolicies"};
constexpr Resource leases{"coordination.k8s.io", "leases"};
constexpr Resource claims{"", "persistentvolumeclaims"};
constexpr Resource portForward{"", "pods", "portforward"};
constexpr Resource pods{"", "pods"};

void add(
    QList<Permission> &list, const QString &nameSpace, Resource resource, std::initializer_list<const char *> verbs)
{
    for (const char *verb : verbs)
        list.append({text(verb), text(resource.group), text(resource.resource), text(resource.subresource), nameSpace});
}

QString resourceText(const Permission &permission)
{
    return permission.subresource.isEmpty() ? permission.resource
                                            : permission.resource + QLatin1Char('/') + permission.subresource;
}

/// "create or patch statefulsets, services; get secrets": what lacks the same verbs is named together.
QString described(const QList<Permission> &permissions)
{
    QStringList resources;
    QHash<QString, QStringList> verbs;
    for (const Permission &permission : permissions) {
        const QString resource = resourceText(permission);
        if (!resources.contains(resource))
            resources.append(resource);
        verbs[resource].append(permission.verb);
    }
    QStringList groups;
    QHash<QString, QStringList> members;
    for (const QString &resource : std::as_const(resources)) {
        const QString group = verbs[resource].join(say(" or "));
        if (!groups.contains(group))
            groups.append(group);
        members[group].append(resource);
    }
    QStringList parts;
    for (const QString &group : std::as_const(groups))
        parts.append(group + QLatin1Char(' ') + members[group].join(QStringLiteral(", ")));
    return parts.join(QStringLiteral("; "));
}

Error notOurs(const ObjectRef &ref, const std::optional<Owner> &owner)
{
    const QString summary = owner
        ? say("%1 exists already and is owned by %2. It is left as it is: remove it there, or enable NATS in another "
              "namespace (--namespace).")
              .arg(ref.text(), owner->text())
        : say("%1 exists already and was not made by Pennant. It is left as it is: remove it, or enable NATS in "
              "another namespace (--namespace).")
              .arg(ref.text());
    return {Error::Kind::Conflict, summary, {}, {}, {}};
}

} // namespace

QList<Permission> RuntimeChecks::writePermissions(const QString &nameSpace)
{
    QList<Permission> list;
    for (const Resource &applied : {statefulSets, secrets, services, configMaps, budgets, policies})
        add(list, nameSpace, applied, {"get", "create", "patch"});
    add(list, nameSpace, secrets, {"update"});
    add(list, nameSpace, leases, {"get", "create", "update"});
    add(list, nameSpace, claims, {"list"});
    add(list, nameSpace, pods, {"list"});
    // The WebSocket wants both: https://kubernetes.io/docs/reference/access-authn-authz/authorization/
    add(list, nameSpace, portForward, {"get", "create"});
    return list;
}

QList<Permission> RuntimeChecks::deletePermissions(const QString &nameSpace)
{
    QList<Permission> list;
    for (const Resource &deleted : {statefulSets, claims, services, budgets, policies, secrets})
        add(list, nameSpace, deleted, {"list", "delete"});
    add(list, nameSpace, pods, {"list"});
    add(list, nameSpace, configMaps, {"get", "patch", "delete"});
    add(list, nameSpace, leases, {"get", "create", "update", "delete"});
    return list;
}

QList<Permission> RuntimeChecks::readPermissions(const QString &nameSpace)
{
    QList<Permission> list;
    add(list, nameSpace, configMaps, {"list", "watch"});
    add(list, nameSpace, pods, {"list", "watch"});
    return list;
}

Flow<Access> RuntimeChecks::review(KubernetesClient &client, Clock &clock, QList<Permission> permissions)
{
    // Over a slow line one after the other takes many seconds.
    std::vector<Flow<Access>> reviews;
    for (const Permission &wanted : permissions) {
        const std::function<Pending<Access>()> ask = [&client, wanted] { return client.review(wanted); };
        reviews.push_back(retrying(clock, ask, reviewLimit));
    }
    QList<Permission> missing;
    for (std::size_t i = 0; i < reviews.size(); ++i) {
        Flow<Access> &asked = reviews[i];
        auto answer = co_await asked;
        if (!answer)
            co_return fail(answer.error());
        if (!answer->allowed)
            missing.append(permissions[qsizetype(i)]);
    }
    if (missing.isEmpty())
        co_return Access::yes();
    co_return Access::no(
        say("In namespace %1 you may not %2. Ask an administrator of the cluster for a role that allows it.")
            .arg(missing.constFirst().nameSpace, described(missing)));
}

Flow<void> RuntimeChecks::nameSpaceUsable(KubernetesClient &client, QString nameSpace)
{
    const ObjectRef ref{text("v1"), text("Namespace"), {}, nameSpace};
    auto found = co_await client.read(ref);
    if (found) {
        if ((*found)[text("status")][text("phase")] == text("Terminating"))
            co_return fail(Error::Kind::NotReady,
                say("Namespace %1 is still being deleted. Wait until it has gone, then enable NATS again.")
                    .arg(nameSpace));
        co_return Result<void>();
    }
    // Without permission to read namespaces it may exist all the same: the first write will tell.
    if (found.error().kind == Error::Kind::Forbidden)
        co_return Result<void>();
    if (found.error().kind != Error::Kind::NotFound)
        co_return fail(found.error());
    const Permission create{text("create"), {}, text("namespaces"), {}, {}};
    auto may = co_await client.review(create);
    if (may && !may->allowed)
        co_return fail(Error::Kind::Forbidden,
            say("Namespace %1 does not exist and you may not create namespaces. Ask an administrator of the cluster to "
                "create it, then enable NATS again.")
                .arg(nameSpace),
            may->reason);
    co_return Result<void>();
}

Flow<void> RuntimeChecks::storageClassUsable(KubernetesClient &client, QString storageClass)
{
    const ObjectRef ref{text("storage.k8s.io/v1"), text("StorageClass"), {}, storageClass};
    auto found = co_await client.read(ref);
    if (found || found.error().kind == Error::Kind::Forbidden)
        co_return Result<void>();
    if (found.error().kind != Error::Kind::NotFound)
        co_return fail(found.error());
    Error error{Error::Kind::NotFound,
        say("The cluster has no storage class %1. Choose another one, or ask an administrator of the cluster to create "
            "it.")
            .arg(storageClass),
        found.error().detail, {}, {}};
    error.fields = {{text("storageClass"), say("There is no such storage class in the cluster.")}};
    co_return fail(error);
}

Flow<void> RuntimeChecks::namesFree(KubernetesClient &client, QList<QJsonObject> manifests)
{
    for (const QJsonObject &manifest : manifests) {
        const ObjectRef ref = ObjectRef::of(manifest);
        auto found = co_await client.read(ref);
        if (!found && found.error().kind != Error::Kind::NotFound)
            co_return fail(found.error());
        if (found && !isManagedByPennant(*found))
            co_return fail(notOurs(ref, ownerOf(*found)));
    }
    co_return Result<void>();
}

Flow<void> RuntimeChecks::noServerRuns(KubernetesClient &client, QString nameSpace)
{
    const ObjectRef ref{text("apps/v1"), text("StatefulSet"), nameSpace, text(RuntimeNames::server)};
    auto servers = co_await client.read(ref);
    if (!servers && servers.error().kind != Error::Kind::NotFound)
        co_return fail(servers.error());
    const QString version = text("v1");
    const QString kind = text("Pod");
    const QString selector = RuntimeNames::podSelector();
    auto running = co_await client.list(version, kind, nameSpace, selector);
    if (!running)
        co_return fail(running.error());
    const auto found = recordlessRuntime(servers ? QList{*servers} : QList<QJsonObject>(), *running);
    if (found)
        co_return fail(found->deviation.error);
    co_return Result<void>();
}

std::optional<Error> RuntimeChecks::shrinking(const QJsonObject &found, const QJsonObject &statefulSet)
{
    const int wanted = statefulSet[text("spec")][text("replicas")].toInt();
    const int running = found[text("spec")][text("replicas")].toInt();
    if (running <= wanted)
        return std::nullopt;
    return Error{Error::Kind::Conflict,
        say("%1 was scaled from %3 to %2 by hand. Streams may live on the pods that are too many: move what is on them "
            "and scale it back, then retry.")
            .arg(ObjectRef::of(statefulSet).text())
            .arg(running)
            .arg(wanted),
        {}, {}, {}};
}

Flow<void> RuntimeChecks::wouldNotShrink(KubernetesClient &client, QJsonObject statefulSet)
{
    auto found = co_await client.read(ObjectRef::of(statefulSet));
    if (!found && found.error().kind != Error::Kind::NotFound)
        co_return fail(found.error());
    const auto problem = found ? shrinking(*found, statefulSet) : std::nullopt;
    if (problem)
        co_return fail(*problem);
    co_return Result<void>();
}

std::optional<Error> RuntimeChecks::downgrading(const QJsonObject &found, const QJsonObject &statefulSet)
{
    const QJsonObject annotations = found[text("metadata")][text("annotations")].toObject();
    if (auto obstacle = specObstacle(annotations[text(RuntimeNames::specAnnotation)].toString()))
        return obstacle;
    return serverDowngrade(found, statefulSet);
}

Flow<void> RuntimeChecks::wouldNotDowngrade(KubernetesClient &client, QJsonObject statefulSet)
{
    const ObjectRef ref = ObjectRef::of(statefulSet);
    auto found = co_await client.read(ref);
    if (!found && found.error().kind != Error::Kind::NotFound)
        co_return fail(found.error());
    if (const auto problem = found ? downgrading(*found, statefulSet) : std::nullopt)
        co_return fail(*problem);
    const QString version = text("v1");
    const QString kind = text("Pod");
    const QString selector = RuntimeNames::podSelector();
    auto pods = co_await client.list(version, kind, ref.nameSpace, selector);
    if (!pods)
        co_return fail(pods.error());
    for (const QJsonObject &pod : *pods) {
        if (const auto problem = serverDowngrade(pod, statefulSet))
            co_return fail(*problem);
    }
    co_return Result<void>();
}

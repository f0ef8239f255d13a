// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimepermissions.h"

#include "services/domain/account.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/retrying.h"
#include "services/messaging/runtimenames.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
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
    return QCoreApplication::translate("RuntimePermissions", source);
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
constexpr Resource podLogs{"", "pods", "log"};
constexpr Resource events{"", "events"};
constexpr Resource roles{"rbac.authorization.k8s.io", "roles"};
constexpr Resource nackStreams{"jetstream.nats.io", "streams"};
constexpr Resource nackConsumers{"jetstream.nats.io", "consumers"};
constexpr Resource nackKeyValues{"jetstream.nats.io", "keyvalues"};
constexpr Resource nackObjectStores{"jetstream.nats.io", "objectstores"};

void add(
    QList<Permission> &list, const QString &nameSpace, Resource resource, std::initializer_list<const char *> verbs)
{
    for (const char *verb : verbs)
        list.append({text(verb), text(resource.group), text(resource.resource), text(resource.subresource), nameSpace});
}

/// What is known by its name reaches no further: in the namespace may be other pods.
void addForPods(
    QList<Permission> &list, const QString &nameSpace, Resource resource, std::initializer_list<const char *> verbs)
{
    for (const QString &pod : RuntimeNames::podNames()) {
        for (const char *verb : verbs)
            list.append({text(verb), text(resource.group), text(resource.resource), text(resource.subresource),
                nameSpace, pod});
    }
}

Permission toReadSecret(const QString &nameSpace, const QString &name)
{
    return {text("get"), text(secrets.group), text(secrets.resource), {}, nameSpace, name};
}

/// "secrets, pods/log (nats-0, nats-1)"
QString together(const QList<Permission> &objects)
{
    QStringList kinds;
    QHash<QString, QList<Permission>> named;
    for (const Permission &object : objects) {
        Permission any = object;
        any.name.clear();
        const QString kind = object.name.isEmpty() ? object.object() : any.object() + QLatin1Char(' ');
        if (!kinds.contains(kind))
            kinds.append(kind);
        named[kind].append(object);
    }
    QStringList parts;
    for (const QString &kind : std::as_const(kinds)) {
        QStringList names;
        for (const Permission &object : std::as_const(named[kind]))
            names.append(object.name);
        parts.append(names.size() == 1 ? named[kind].constFirst().object()
                                       : kind + QLatin1Char('(') + names.join(QStringLiteral(", ")) + QLatin1Char(')'));
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace

QList<Permission> RuntimePermissions::toView(const QString &nameSpace)
{
    QList<Permission> list;
    add(list, nameSpace, configMaps, {"list", "watch"});
    add(list, nameSpace, pods, {"list", "watch"});
    return list;
}

QList<Permission> RuntimePermissions::toInspect(const QString &nameSpace)
{
    QList<Permission> list;
    for (const Resource &watched : {leases, claims, events, statefulSets, services, budgets, policies, roles})
        add(list, nameSpace, watched, {"list", "watch"});
    add(list, nameSpace, roles, {"get"});
    addForPods(list, nameSpace, podLogs, {"get"});
    return list + toReach(nameSpace);
}

QList<Permission> RuntimePermissions::toReach(const QString &nameSpace)
{
    QList<Permission> list;
    // The WebSocket wants both: https://kubernetes.io/docs/reference/access-authn-authz/authorization/
    addForPods(list, nameSpace, portForward, {"get", "create"});
    list.append(toReadSecret(nameSpace, RuntimeNames::viewingSecret(defaultAccountName())));
    return list;
}

Permission RuntimePermissions::toLookAt(const QString &account, const QString &nameSpace)
{
    return toReadSecret(nameSpace, RuntimeNames::viewingSecret(account));
}

QList<Permission> RuntimePermissions::toEdit(const QString &nameSpace)
{
    QList<Permission> list = toView(nameSpace);
    addForPods(list, nameSpace, portForward, {"get", "create"});
    list.append(toReadSecret(nameSpace, RuntimeNames::managementSecret(defaultAccountName())));
    return list;
}

QList<Permission> RuntimePermissions::toKnowOwners(const QString &nameSpace)
{
    QList<Permission> list;
    for (const Resource &kind : {nackStreams, nackConsumers, nackKeyValues, nackObjectStores})
        add(list, nameSpace, kind, {"list"});
    return list;
}

QList<Permission> RuntimePermissions::toWrite(const QString &nameSpace)
{
    QList<Permission> list;
    for (const Resource &applied : {statefulSets, secrets, services, configMaps, budgets, policies})
        add(list, nameSpace, applied, {"get", "create", "patch"});
    add(list, nameSpace, secrets, {"update"});
    add(list, nameSpace, leases, {"get", "create", "update"});
    add(list, nameSpace, claims, {"list"});
    add(list, nameSpace, pods, {"list"});
    addForPods(list, nameSpace, portForward, {"get", "create"});
    return list;
}

QList<Permission> RuntimePermissions::toManageAccounts(const QString &nameSpace)
{
    QList<Permission> list = toView(nameSpace);
    for (const Resource &kept : {configMaps, secrets})
        add(list, nameSpace, kept, {"get", "create", "patch", "delete"});
    add(list, nameSpace, secrets, {"list"});
    add(list, nameSpace, leases, {"get", "create", "update"});
    addForPods(list, nameSpace, portForward, {"get", "create"});
    return list;
}

QList<Permission> RuntimePermissions::toDelete(const QString &nameSpace)
{
    QList<Permission> list;
    for (const Resource &deleted : {statefulSets, claims, services, budgets, policies, secrets})
        add(list, nameSpace, deleted, {"list", "delete"});
    add(list, nameSpace, pods, {"list"});
    add(list, nameSpace, configMaps, {"get", "list", "patch", "delete"});
    add(list, nameSpace, leases, {"get", "create", "update", "delete"});
    return list;
}

QList<Permission> RuntimePermissions::toReveal(const QString &nameSpace)
{
    return {toReadSecret(nameSpace, RuntimeNames::clientSecret(defaultAccountName()))};
}

Permission RuntimePermissions::toRevealOf(const QString &account, const QString &nameSpace)
{
    return toReadSecret(nameSpace, RuntimeNames::clientSecret(account));
}

QList<Permission> RuntimePermissions::usefulToWrite(const QString &nameSpace)
{
    QList<Permission> list;
    add(list, nameSpace, secrets, {"watch"});
    addForPods(list, nameSpace, pods, {"patch"});
    return list;
}

Flow<QList<Permission>> RuntimePermissions::missing(
    KubernetesClient &client, Clock &clock, QList<Permission> permissions)
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
    co_return missing;
}

QString RuntimePermissions::described(const QList<Permission> &permissions)
{
    QList<Permission> objects;
    QHash<QString, QStringList> verbs;
    for (const Permission &permission : permissions) {
        QStringList &known = verbs[permission.object()];
        if (known.isEmpty())
            objects.append(permission);
        known.append(permission.verb);
    }
    QStringList groups;
    QHash<QString, QList<Permission>> members;
    for (const Permission &object : std::as_const(objects)) {
        const QString group = verbs[object.object()].join(say(" or "));
        if (!groups.contains(group))
            groups.append(group);
        members[group].append(object);
    }
    QStringList parts;
    for (const QString &group : std::as_const(groups))
        parts.append(group + QLatin1Char(' ') + together(members[group]));
    return parts.join(QStringLiteral("; "));
}

Access RuntimePermissions::verdict(const QList<Permission> &wanted, const QList<Permission> &missing)
{
    QList<Permission> lacking = wanted;
    lacking.removeIf([&missing](const Permission &each) { return !missing.contains(each); });
    if (lacking.isEmpty())
        return Access::yes();
    const QString reason =
        say("In namespace %1 you may not %2. Ask an administrator of the cluster for a role that allows it.")
            .arg(lacking.constFirst().nameSpace, described(lacking));
    return Access::no(reason, lacking);
}

Flow<Access> RuntimePermissions::review(KubernetesClient &client, Clock &clock, QList<Permission> permissions)
{
    auto lacking = co_await missing(client, clock, permissions);
    if (!lacking)
        co_return fail(lacking.error());
    co_return verdict(permissions, *lacking);
}

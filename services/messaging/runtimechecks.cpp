// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimechecks.h"

#include "services/domain/runtime.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/runtimenames.h"

#include <QCoreApplication>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

QString say(const char *source)
{
    return QCoreApplication::translate("RuntimeChecks", source);
}

Permission permission(
    const char *verb, const char *group, const char *resource, const QString &nameSpace, const char *subresource = "")
{
    return {text(verb), text(group), text(resource), text(subresource), nameSpace};
}

} // namespace

QList<Permission> RuntimeChecks::writePermissions(const QString &nameSpace)
{
    return {permission("create", "apps", "statefulsets", nameSpace), permission("create", "", "secrets", nameSpace),
        permission("get", "", "secrets", nameSpace), permission("create", "", "services", nameSpace),
        permission("create", "", "configmaps", nameSpace),
        permission("create", "policy", "poddisruptionbudgets", nameSpace),
        permission("create", "coordination.k8s.io", "leases", nameSpace),
        permission("get", "", "pods", nameSpace, "portforward"),
        permission("create", "", "pods", nameSpace, "portforward")};
}

QList<Permission> RuntimeChecks::deletePermissions(const QString &nameSpace)
{
    return {permission("delete", "apps", "statefulsets", nameSpace),
        permission("delete", "", "persistentvolumeclaims", nameSpace), permission("delete", "", "services", nameSpace),
        permission("delete", "policy", "poddisruptionbudgets", nameSpace),
        permission("delete", "", "secrets", nameSpace), permission("delete", "", "configmaps", nameSpace),
        permission("delete", "coordination.k8s.io", "leases", nameSpace)};
}

QList<Permission> RuntimeChecks::readPermissions(const QString &nameSpace)
{
    return {permission("list", "", "configmaps", nameSpace), permission("list", "", "pods", nameSpace)};
}

Flow<Access> RuntimeChecks::review(KubernetesClient &client, QList<Permission> permissions)
{
    QStringList missing;
    for (const Permission &wanted : permissions) {
        auto answer = co_await client.review(wanted);
        if (!answer)
            co_return fail(answer.error());
        if (!answer->allowed)
            missing.append(wanted.text());
    }
    if (missing.isEmpty())
        co_return Access::yes();
    co_return Access::no(say("You may not %1. Ask an administrator of the cluster for a role that allows it.")
                             .arg(missing.join(say(", nor "))));
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
                "create "
                "it, then enable NATS again.")
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
            co_return fail(Error::Kind::Conflict,
                say("%1 exists already and was not made by Pennant. It is left as it is: remove it, or enable NATS in "
                    "another "
                    "namespace (--namespace).")
                    .arg(ref.text()));
    }
    co_return Result<void>();
}

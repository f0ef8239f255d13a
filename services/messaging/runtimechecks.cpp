// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimechecks.h"

#include "services/domain/owner.h"
#include "services/domain/runtime.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/recordlessrules.h"
#include "services/messaging/rolloutrules.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimerecord.h"

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

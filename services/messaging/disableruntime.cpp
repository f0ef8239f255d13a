// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/disableruntime.h"

#include "services/base/clock.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/runtimechecks.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimesteps.h"

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds pollEvery = 500ms;
constexpr std::chrono::milliseconds goneLimit = 5min;

QString text(const char *value)
{
    return QLatin1String(value);
}

QString nameOf(const QJsonObject &object)
{
    return object[text("metadata")][text("name")].toString();
}

/// What every namespace has without anybody having put it there.
bool isFurniture(const QJsonObject &object)
{
    const QString name = nameOf(object);
    const QString kind = object[text("kind")].toString();
    return (kind == text("ConfigMap") && name == text("kube-root-ca.crt"))
        || (kind == text("ServiceAccount") && name == text("default"));
}

} // namespace

DisableRuntime::DisableRuntime(
    KubernetesClient &client, Clock &clock, const DriverLease &lease, QString nameSpace, RuntimeRecord record)
    : m_client(client)
    , m_clock(clock)
    , m_nameSpace(nameSpace)
    , m_journal(client, clock, lease, nameSpace, std::move(record))
{
}

Flow<void> DisableRuntime::run()
{
    auto done = co_await runSteps();
    if (!done) {
        const Error error = done.error();
        co_await m_journal.fail(error);
        co_return fail(error);
    }
    co_return done;
}

Flow<void> DisableRuntime::runSteps()
{
    namespace Id = RuntimeStepId;
    using Step = Flow<void> (DisableRuntime::*)();
    static constexpr std::pair<const char *, Step> steps[]{{Id::checkPermissions, &DisableRuntime::checkPermissions},
        {Id::deleteServers, &DisableRuntime::deleteServers}, {Id::deleteVolumes, &DisableRuntime::deleteVolumes},
        {Id::deleteServices, &DisableRuntime::deleteServices}, {Id::deleteSecrets, &DisableRuntime::deleteSecrets},
        {Id::deleteNamespace, &DisableRuntime::deleteNamespace}};
    for (const auto &[id, step] : steps) {
        auto entered = co_await m_journal.enter(text(id));
        if (!entered)
            co_return entered;
        auto done = co_await (this->*step)();
        if (!done)
            co_return done;
    }
    co_return Result<void>();
}

Flow<void> DisableRuntime::checkPermissions()
{
    auto access = co_await RuntimeChecks::review(m_client, RuntimeChecks::deletePermissions(m_nameSpace));
    if (!access)
        co_return fail(access.error());
    if (!access->allowed)
        co_return fail(Error::Kind::Forbidden, access->reason);
    co_return Result<void>();
}

Flow<void> DisableRuntime::deleteServers()
{
    auto deleted =
        co_await deleteAll(text("apps/v1"), text("StatefulSet"), RuntimeNames::labelSelector(), text("Background"));
    if (!deleted)
        co_return deleted;
    auto gone = co_await waitUntilGone(text("v1"), text("Pod"), RuntimeNames::podSelector());
    co_return gone;
}

Flow<void> DisableRuntime::deleteVolumes()
{
    auto deleted = co_await deleteAll(
        text("v1"), text("PersistentVolumeClaim"), RuntimeNames::labelSelector(), text("Background"));
    co_return deleted;
}

Flow<void> DisableRuntime::deleteServices()
{
    static constexpr std::pair<const char *, const char *> kinds[]{
        {"v1", "Service"}, {"policy/v1", "PodDisruptionBudget"}, {"networking.k8s.io/v1", "NetworkPolicy"}};
    for (const auto &[apiVersion, kind] : kinds) {
        auto deleted =
            co_await deleteAll(text(apiVersion), text(kind), RuntimeNames::labelSelector(), text("Background"));
        if (!deleted)
            co_return deleted;
    }
    co_return Result<void>();
}

Flow<void> DisableRuntime::deleteSecrets()
{
    auto deleted = co_await deleteAll(text("v1"), text("Secret"), RuntimeNames::labelSelector(), text("Background"));
    co_return deleted;
}

Flow<void> DisableRuntime::deleteNamespace()
{
    auto isOurs = co_await isNamespaceOurs();
    if (!isOurs)
        co_return fail(isOurs.error());
    if (*isOurs) {
        // Takes the Lease and the record along; from here on the cluster finishes by itself.
        const ObjectRef nameSpace{text("v1"), text("Namespace"), {}, m_nameSpace};
        auto removed = co_await m_client.remove(nameSpace, text("Background"));
        co_return removed;
    }
    const ObjectRef lease{text("coordination.k8s.io/v1"), text("Lease"), m_nameSpace, text(RuntimeNames::lease)};
    auto leaseRemoved = co_await m_client.remove(lease, text("Background"));
    if (!leaseRemoved)
        co_return leaseRemoved;
    const ObjectRef record{text("v1"), text("ConfigMap"), m_nameSpace, text(RuntimeNames::record)};
    auto recordRemoved = co_await m_client.remove(record, text("Background"));
    co_return recordRemoved;
}

Flow<void> DisableRuntime::deleteAll(QString apiVersion, QString kind, QString labelSelector, QString propagationPolicy)
{
    auto found = co_await m_client.list(apiVersion, kind, m_nameSpace, labelSelector);
    if (!found)
        co_return fail(found.error());
    for (const QJsonObject &object : *found) {
        const ObjectRef ref{apiVersion, kind, m_nameSpace, nameOf(object)};
        auto removed = co_await m_client.remove(ref, propagationPolicy);
        if (!removed)
            co_return removed;
    }
    auto gone = co_await waitUntilGone(apiVersion, kind, labelSelector);
    co_return gone;
}

Flow<void> DisableRuntime::waitUntilGone(QString apiVersion, QString kind, QString labelSelector)
{
    const auto deadline = m_clock.monotonic() + goneLimit;
    for (;;) {
        auto left = co_await m_client.list(apiVersion, kind, m_nameSpace, labelSelector);
        if (!left)
            co_return fail(left.error());
        if (left->isEmpty())
            co_return Result<void>();
        if (m_clock.monotonic() > deadline)
            co_return fail(Error::Kind::Timeout,
                tr("%1 %2 is still being deleted. Look with `kubectl describe` what holds it (a finalizer, a node that "
                   "does not "
                   "answer), then retry.")
                    .arg(kind, nameOf(left->constFirst())));
        co_await m_clock.sleep(pollEvery);
    }
}

Flow<bool> DisableRuntime::isNamespaceOurs()
{
    const ObjectRef ref{text("v1"), text("Namespace"), {}, m_nameSpace};
    auto nameSpace = co_await m_client.read(ref);
    if (!nameSpace && nameSpace.error().kind == Error::Kind::Forbidden)
        co_return false;
    if (!nameSpace)
        co_return fail(nameSpace.error());
    const QJsonObject annotations = (*nameSpace)[text("metadata")][text("annotations")].toObject();
    if (annotations[text(RuntimeNames::createdByEnable)] != text("true"))
        co_return false;
    static constexpr std::pair<const char *, const char *> kinds[]{{"v1", "Pod"}, {"v1", "Service"}, {"v1", "Secret"},
        {"v1", "ConfigMap"}, {"v1", "PersistentVolumeClaim"}, {"v1", "ServiceAccount"}, {"apps/v1", "Deployment"},
        {"apps/v1", "StatefulSet"}, {"apps/v1", "DaemonSet"}, {"apps/v1", "ReplicaSet"}, {"batch/v1", "Job"},
        {"batch/v1", "CronJob"}, {"networking.k8s.io/v1", "NetworkPolicy"}, {"rbac.authorization.k8s.io/v1", "Role"},
        {"rbac.authorization.k8s.io/v1", "RoleBinding"}};
    for (const auto &[apiVersion, kind] : kinds) {
        auto found = co_await m_client.list(text(apiVersion), text(kind), m_nameSpace);
        // What can't be seen may be somebody's: then the namespace stays.
        if (!found)
            co_return false;
        for (const QJsonObject &object : *found) {
            if (!isManagedByPennant(object) && !isFurniture(object))
                co_return false;
        }
    }
    const Permission removal{text("delete"), {}, text("namespaces"), {}, {}};
    auto may = co_await m_client.review(removal);
    co_return may && may->allowed;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/disableruntime.h"

#include "services/base/clock.h"
#include "services/base/logging.h"
#include "services/base/mapped.h"
#include "services/messaging/driverlease.h"
#include "services/messaging/foreignobjects.h"
#include "services/messaging/operationsteps.h"
#include "services/messaging/retrying.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimepermissions.h"
#include "services/messaging/runtimesteps.h"
#include "services/messaging/storedrecord.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds pollEvery = 500ms;
constexpr std::chrono::milliseconds goneLimit = 5min;
constexpr std::pair<const char *, const char *> owningKinds[]{{"apps/v1", "StatefulSet"}, {"v1", "Service"}};
constexpr int judgements = 3; // of a namespace that somebody changes meanwhile
constexpr int mostLatecomers = 5;
constexpr int recordTries = 5; // of a record that somebody changes meanwhile

QString text(const char *value)
{
    return QLatin1String(value);
}

QString nameOf(const QJsonObject &object)
{
    return object[text("metadata")][text("name")].toString();
}

/// A Conflict says that the object was replaced since it was read: what is there now is not ours to delete.
bool isSettled(const Result<void> &removed)
{
    return removed || removed.error().kind == Error::Kind::Conflict;
}

bool isRefused(const Result<void> &outcome)
{
    return !outcome && outcome.error().kind == Error::Kind::Forbidden;
}

} // namespace

DisableRuntime::DisableRuntime(
    KubernetesClient &client, Clock &clock, DriverLease &lease, QString nameSpace, RuntimeJournal journal)
    : m_client(client)
    , m_clock(clock)
    , m_lease(lease)
    , m_nameSpace(nameSpace)
    , m_journal(std::move(journal))
{
}

Flow<void> DisableRuntime::run()
{
    namespace Id = RuntimeStepId;
    return carryOutSteps(m_journal,
        {{Id::checkPermissions, [this] { return checkPermissions(); }},
            {Id::deleteServers, [this] { return deleteServers(); }},
            {Id::deleteVolumes, [this] { return deleteVolumes(); }},
            {Id::deleteServices, [this] { return deleteServices(); }},
            {Id::deleteSecrets, [this] { return deleteSecrets(); }},
            {Id::deleteNamespace, [this] { return deleteNamespace(); }}},
        RecordAtEnd::Deleted);
}

Flow<void> DisableRuntime::checkPermissions()
{
    const std::function<Pending<Access>()> ask = [this] {
        return asPending(RuntimePermissions::review(m_client, m_clock, RuntimePermissions::toDelete(m_nameSpace)));
    };
    auto access = co_await retrying(m_clock, ask);
    if (!access)
        co_return fail(access.error());
    if (!access->allowed)
        co_return fail(Error::Kind::Forbidden, access->reason);
    auto noted = co_await noteOwners();
    co_return noted;
}

Flow<void> DisableRuntime::noteOwners()
{
    for (const auto &[apiVersion, kind] : owningKinds) {
        auto found = co_await list(text(apiVersion), text(kind), RuntimeNames::labelSelector());
        if (!found)
            co_return fail(found.error());
        QStringList uids;
        for (const QJsonObject &object : *found) {
            if (RuntimeNames::isOwnName(object))
                uids.append(Preconditions::sameAs(object).uid);
        }
        m_journal.noteOwners(uids);
    }
    co_return Result<void>();
}

Flow<void> DisableRuntime::deleteServers()
{
    auto deleted = co_await deleteAll(text("apps/v1"), text("StatefulSet"));
    if (!deleted)
        co_return deleted;
    auto pods = co_await list(text("v1"), text("Pod"), RuntimeNames::podSelector());
    if (!pods)
        co_return fail(pods.error());
    auto gone = co_await waitUntilGone(*pods, RuntimeNames::podSelector());
    co_return gone;
}

Flow<void> DisableRuntime::deleteVolumes()
{
    auto deleted = co_await deleteAll(text("v1"), text("PersistentVolumeClaim"));
    co_return deleted;
}

Flow<void> DisableRuntime::deleteServices()
{
    static constexpr std::pair<const char *, const char *> kinds[]{
        {"v1", "Service"}, {"policy/v1", "PodDisruptionBudget"}, {"networking.k8s.io/v1", "NetworkPolicy"}};
    for (const auto &[apiVersion, kind] : kinds) {
        auto deleted = co_await deleteAll(text(apiVersion), text(kind));
        if (!deleted)
            co_return deleted;
    }
    co_return Result<void>();
}

Flow<void> DisableRuntime::deleteSecrets()
{
    auto deleted = co_await deleteAll(text("v1"), text("Secret"));
    if (!deleted)
        co_return deleted;
    auto accounts = co_await deleteAll(text("v1"), text("ConfigMap"));
    if (!accounts)
        co_return accounts;
    auto roles = co_await deleteAll(text("rbac.authorization.k8s.io/v1"), text("Role"));
    // Who may not see or delete Roles leaves them behind; they grant nothing that is still there.
    co_return isRefused(roles) ? Result<void>() : roles;
}

Flow<bool> DisableRuntime::hasServers()
{
    auto servers = co_await list(text("apps/v1"), text("StatefulSet"), RuntimeNames::labelSelector());
    if (!servers)
        co_return fail(servers.error());
    co_return std::any_of(servers->cbegin(), servers->cend(),
        [](const QJsonObject &found) { return nameOf(found) == text(RuntimeNames::server); });
}

Flow<void> DisableRuntime::deleteLatecomers()
{
    for (int tries = mostLatecomers;; --tries) {
        auto found = co_await hasServers();
        if (!found)
            co_return fail(found.error());
        if (!*found)
            co_return Result<void>();
        if (tries == 0)
            co_return fail(Error::Kind::Conflict,
                tr("Servers of the runtime appear again and again while it is being removed. Find out what makes "
                   "StatefulSet %1, a GitOps tool for instance, stop it, then retry.")
                    .arg(text(RuntimeNames::server)));
        qCInfo(lcMessaging, "Servers have appeared while the runtime was being removed; they go as well");
        auto noted = co_await noteOwners();
        if (!noted)
            co_return noted;
        for (const auto step : {&DisableRuntime::deleteServers, &DisableRuntime::deleteVolumes,
                 &DisableRuntime::deleteServices, &DisableRuntime::deleteSecrets}) {
            auto deleted = co_await (this->*step)();
            if (!deleted)
                co_return deleted;
        }
    }
}

Flow<void> DisableRuntime::deleteNamespace()
{
    auto deleted = co_await deleteLatecomers();
    if (!deleted)
        co_return deleted;
    const ObjectRef ref{text("v1"), text("Namespace"), {}, m_nameSpace};
    for (int attempt = 0; attempt < judgements; ++attempt) {
        auto nameSpace = co_await read(ref);
        if (!nameSpace && nameSpace.error().kind == Error::Kind::Forbidden)
            break;
        if (!nameSpace)
            co_return fail(nameSpace.error());
        if (!(*nameSpace)[text("metadata")][text("deletionTimestamp")].isUndefined())
            co_return Result<void>();
        auto isOurs = co_await isNamespaceOurs(*nameSpace);
        if (!isOurs)
            co_return fail(isOurs.error());
        if (!*isOurs)
            break;
        // Takes the Lease and the record along; from here on the cluster finishes by itself.
        auto removed = co_await remove(ref, Preconditions::unchanged(*nameSpace));
        if (removed || removed.error().kind != Error::Kind::Conflict)
            co_return removed;
    }
    auto removed = co_await deleteRecord();
    co_return removed;
}

Flow<void> DisableRuntime::deleteRecord()
{
    const ObjectRef recordRef{text("v1"), text("ConfigMap"), m_nameSpace, text(RuntimeNames::record)};
    for (int tries = recordTries;; --tries) {
        auto record = co_await readOwnRecord();
        if (!record)
            co_return fail(record.error());
        if (record->isEmpty())
            co_return Result<void>();
        // looking for others' objects takes its time
        auto deleted = co_await deleteLatecomers();
        if (!deleted)
            co_return deleted;
        const Preconditions own = m_lease.retire();
        auto lease = co_await remove(m_lease.ref(), own);
        if (!isSettled(lease))
            co_return lease;
        auto removed = co_await remove(recordRef, Preconditions::unchanged(*record));
        if (removed || removed.error().kind != Error::Kind::Conflict || tries == 1)
            co_return removed;
    }
}

Flow<QJsonObject> DisableRuntime::readOwnRecord()
{
    const std::function<Flow<std::optional<StoredRecord>>()> ask = [this] {
        return storedRecord(m_client, m_nameSpace);
    };
    auto stored = co_await retrying(m_clock, ask);
    if (!stored)
        co_return fail(stored.error());
    const bool isOwn = *stored && (*stored)->isOf(m_journal.record().operation.id);
    co_return isOwn ? (*stored)->object : QJsonObject();
}

Flow<void> DisableRuntime::deleteAll(QString apiVersion, QString kind)
{
    auto found = co_await list(apiVersion, kind, RuntimeNames::labelSelector());
    if (!found)
        co_return fail(found.error());
    found->removeIf([](const QJsonObject &object) { return !RuntimeNames::isOwnName(object); });
    for (const QJsonObject &object : *found) {
        auto removed = co_await remove(ObjectRef::of(object), Preconditions::sameAs(object));
        if (!isSettled(removed))
            co_return removed;
    }
    auto gone = co_await waitUntilGone(*found, RuntimeNames::labelSelector());
    co_return gone;
}

Flow<void> DisableRuntime::waitUntilGone(QList<QJsonObject> objects, QString labelSelector)
{
    const auto deadline = m_clock.monotonic() + goneLimit;
    while (!objects.isEmpty()) {
        const ObjectRef first = ObjectRef::of(objects.constFirst());
        auto left = co_await list(first.apiVersion, first.kind, labelSelector);
        if (!left)
            co_return fail(left.error());
        objects.removeIf([&left](const QJsonObject &object) {
            return std::none_of(left->cbegin(), left->cend(), [&object](const QJsonObject &other) {
                return Preconditions::sameAs(other).uid == Preconditions::sameAs(object).uid;
            });
        });
        if (objects.isEmpty())
            break;
        if (m_clock.monotonic() > deadline)
            co_return fail(Error::Kind::Timeout,
                tr("%1 %2 is still being deleted. Look with `kubectl describe` what holds it (a finalizer, a node that "
                   "does not answer), then retry.")
                    .arg(first.kind, nameOf(objects.constFirst())));
        co_await m_clock.sleep(pollEvery);
    }
    co_return Result<void>();
}

Flow<bool> DisableRuntime::isNamespaceOurs(QJsonObject nameSpace)
{
    const QJsonObject annotations = nameSpace[text("metadata")][text("annotations")].toObject();
    if (annotations[text(RuntimeNames::createdByEnable)] != text("true"))
        co_return false;
    const QStringList owners = m_journal.record().operation.owners;
    auto foreign = co_await foreignObjects(m_client, m_clock, m_nameSpace, OfRuntime::Foreign, owners);
    if (!foreign)
        co_return fail(foreign.error());
    if (!foreign->isNone())
        co_return false;
    const Permission removal{text("delete"), {}, text("namespaces"), {}, {}};
    const std::function<Pending<Access>()> ask = [this, removal] { return m_client.review(removal); };
    auto may = co_await retrying(m_clock, ask);
    if (!may || !may->allowed)
        co_return false;
    auto record = co_await readOwnRecord();
    if (!record)
        co_return fail(record.error());
    co_return !record->isEmpty();
}

Flow<QJsonObject> DisableRuntime::read(ObjectRef ref)
{
    const std::function<Pending<QJsonObject>()> ask = [this, ref] { return m_client.read(ref); };
    auto object = co_await retrying(m_clock, ask);
    co_return object;
}

Flow<QList<QJsonObject>> DisableRuntime::list(QString apiVersion, QString kind, QString labelSelector)
{
    const std::function<Pending<QList<QJsonObject>>()> ask = [this, apiVersion, kind, labelSelector] {
        return m_client.list(apiVersion, kind, m_nameSpace, labelSelector);
    };
    auto objects = co_await retrying(m_clock, ask);
    co_return objects;
}

Flow<void> DisableRuntime::remove(ObjectRef ref, Preconditions preconditions)
{
    const std::function<Pending<void>()> ask = [this, ref, preconditions] {
        return m_client.remove(ref, text("Background"), preconditions);
    };
    auto removed = co_await retrying(m_clock, ask);
    co_return removed;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimerequests.h"

#include "services/base/clock.h"
#include "services/domain/account.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/runtimechecks.h"
#include "services/messaging/runtimemanifests.h"
#include "services/messaging/runtimenames.h"

#include <QCoreApplication>
#include <QUuid>

namespace {

QString say(const char *source)
{
    return QCoreApplication::translate("RuntimeRequests", source);
}

RuntimeOperation newOperation(RuntimeOperation::Kind kind, const Clock &clock, const QString &workstation)
{
    RuntimeOperation operation;
    operation.kind = kind;
    operation.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    operation.requestedBy = workstation;
    operation.requestedAt = clock.now();
    return operation;
}

/// All that must hold before the first write.
Flow<void> checkEnable(
    KubernetesClient &client, Clock &clock, RuntimeManifests manifests, QString nameSpace, QString storageClass)
{
    auto usable = co_await RuntimeChecks::nameSpaceUsable(client, nameSpace);
    if (!usable)
        co_return usable;
    auto access = co_await RuntimeChecks::review(client, clock, RuntimeChecks::writePermissions(nameSpace));
    if (!access)
        co_return fail(access.error());
    if (!access->allowed)
        co_return fail(Error::Kind::Forbidden, access->reason);
    auto offered = co_await RuntimeChecks::storageClassUsable(client, storageClass);
    if (!offered)
        co_return offered;
    const QList<QJsonObject> names = manifests.services()
        + QList{manifests.statefulSet(), manifests.disruptionBudget(), manifests.networkPolicy(),
            manifests.secret(RuntimeNames::clientSecret(defaultAccountName()), {}, {}, {}),
            manifests.secret(RuntimeNames::managementSecret(defaultAccountName()), {}, {}, {}),
            manifests.secret(QLatin1String(RuntimeNames::configSecret), {}, {}, {}),
            manifests.secret(QLatin1String(RuntimeNames::systemSecret), {}, {}, {})};
    auto free = co_await RuntimeChecks::namesFree(client, names);
    co_return free;
}

Flow<void> ensureNamespace(KubernetesClient &client, QJsonObject nameSpace)
{
    const ObjectRef ref = ObjectRef::of(nameSpace);
    auto found = co_await client.read(ref);
    // Without permission to read namespaces it may well exist: the next write tells.
    if (found || found.error().kind == Error::Kind::Forbidden)
        co_return Result<void>();
    if (found.error().kind != Error::Kind::NotFound)
        co_return fail(found.error());
    auto created = co_await client.create(nameSpace);
    if (!created && created.error().kind != Error::Kind::Conflict)
        co_return fail(created.error());
    co_return Result<void>();
}

/// Volumes of an earlier runtime hold its streams: servers of another number or shape would delete them or not find
/// them.
Error unlikeExisting(const QString &field, const QString &existing)
{
    Error error{Error::Kind::Conflict,
        say("Volumes of an earlier runtime are still there, with its streams. Enable NATS with the same storage class, "
            "storage "
            "and replica count, or delete the volumes first."),
        {}, {}, {}};
    error.fields = {{field, say("The volumes that are there were made with: %1").arg(existing)}};
    return error;
}

Flow<void> checkExistingVolumes(KubernetesClient &client, QString nameSpace, RuntimeSpec spec)
{
    const QString apiVersion = QStringLiteral("v1");
    const QString kind = QStringLiteral("PersistentVolumeClaim");
    const QString selector = RuntimeNames::labelSelector();
    auto claims = co_await client.list(apiVersion, kind, nameSpace, selector);
    if (!claims)
        co_return fail(claims.error());
    if (!claims->isEmpty() && claims->size() != spec.replicas)
        co_return fail(unlikeExisting(QStringLiteral("replicas"), QString::number(claims->size())));
    for (const QJsonObject &claim : *claims) {
        const QJsonObject claimSpec = claim[QLatin1String("spec")].toObject();
        const QString storageClass = claimSpec[QLatin1String("storageClassName")].toString();
        const QString size =
            claimSpec[QLatin1String("resources")][QLatin1String("requests")][QLatin1String("storage")].toString();
        if (storageClass != spec.storageClass)
            co_return fail(unlikeExisting(QStringLiteral("storageClass"), storageClass));
        if (size != QString::number(spec.storageGibibytes) + QStringLiteral("Gi"))
            co_return fail(unlikeExisting(QStringLiteral("storageGibibytes"), size));
    }
    co_return Result<void>();
}

/// Stores the client's credential, once: where somebody else stores one at this moment, that is a Conflict.
Flow<void> storeCredential(KubernetesClient &client, QJsonObject secret)
{
    const ObjectRef ref = ObjectRef::of(secret);
    auto left = co_await client.read(ref);
    if (left) {
        // Of an attempt that was never recorded.
        QJsonObject metadata = secret[QLatin1String("metadata")].toObject();
        metadata[QLatin1String("resourceVersion")] =
            (*left)[QLatin1String("metadata")][QLatin1String("resourceVersion")];
        secret[QLatin1String("metadata")] = metadata;
        auto replaced = co_await client.replace(secret);
        if (!replaced)
            co_return fail(replaced.error());
        co_return Result<void>();
    }
    if (left.error().kind != Error::Kind::NotFound)
        co_return fail(left.error());
    auto created = co_await client.create(secret);
    if (!created)
        co_return fail(created.error());
    co_return Result<void>();
}

Error enabledMeanwhile()
{
    return {Error::Kind::Conflict,
        say("NATS is being enabled on this cluster from another workstation. Its state shows on Overview."), {}, {},
        {}};
}

} // namespace

Flow<void> RuntimeRequests::enable(
    KubernetesClient &client, Clock &clock, QString nameSpace, QString workstation, EnableRequest request)
{
    const RuntimeManifests manifests(nameSpace, request.spec);
    auto checked = co_await checkEnable(client, clock, manifests, nameSpace, request.spec.storageClass);
    if (!checked)
        co_return checked;
    auto ensured = co_await ensureNamespace(client, manifests.nameSpaceObject());
    if (!ensured)
        co_return ensured;

    auto sameVolumes = co_await checkExistingVolumes(client, nameSpace, request.spec);
    if (!sameVolumes)
        co_return sameVolumes;

    const RuntimeRecord record{request.spec, newOperation(RuntimeOperation::Kind::Enable, clock, workstation), {}};
    const QJsonObject configMap = record.toConfigMap(nameSpace);
    const ObjectRef recordRef = ObjectRef::of(configMap);
    auto existing = co_await client.read(recordRef);
    if (existing)
        co_return fail(enabledMeanwhile());
    if (existing.error().kind != Error::Kind::NotFound)
        co_return fail(existing.error());

    const QJsonObject secret =
        manifests.clientSecret(manifests.connection(defaultAccountName()), request.clientPassword);
    auto stored = co_await storeCredential(client, secret);
    if (!stored)
        co_return fail(stored.error().kind == Error::Kind::Conflict ? enabledMeanwhile() : stored.error());
    auto created = co_await client.create(configMap);
    if (!created)
        co_return fail(created.error().kind == Error::Kind::Conflict ? enabledMeanwhile() : created.error());
    co_return Result<void>();
}

Flow<void> RuntimeRequests::begin(KubernetesClient &client, Clock &clock, QString nameSpace, QString workstation,
    RuntimeRecord current, RuntimeOperation::Kind kind)
{
    const QJsonObject seen = current.toConfigMap(nameSpace);
    const ObjectRef ref = ObjectRef::of(seen);
    auto stored = co_await client.read(ref);
    if (!stored)
        co_return fail(stored.error());
    const auto latest = RuntimeRecord::fromConfigMap(*stored);
    if (!latest)
        co_return fail(latest.error());
    if (latest->operation.id != current.operation.id)
        co_return fail(Error::Kind::Conflict,
            say("Another workstation has asked for something else meanwhile. Look at Overview, then decide again."));
    const RuntimeRecord next{latest->spec, newOperation(kind, clock, workstation), latest->storedSpec};
    QJsonObject configMap = next.toConfigMap(nameSpace);
    QJsonObject metadata = configMap[QLatin1String("metadata")].toObject();
    metadata[QLatin1String("resourceVersion")] = (*stored)[QLatin1String("metadata")][QLatin1String("resourceVersion")];
    configMap[QLatin1String("metadata")] = metadata;
    auto applied = co_await client.apply(configMap, true);
    if (!applied)
        co_return fail(applied.error());
    co_return Result<void>();
}

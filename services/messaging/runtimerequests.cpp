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
Flow<void> checkEnable(KubernetesClient &client, RuntimeManifests manifests, QString nameSpace, QString storageClass)
{
    auto usable = co_await RuntimeChecks::nameSpaceUsable(client, nameSpace);
    if (!usable)
        co_return usable;
    auto access = co_await RuntimeChecks::review(client, RuntimeChecks::writePermissions(nameSpace));
    if (!access)
        co_return fail(access.error());
    if (!access->allowed)
        co_return fail(Error::Kind::Forbidden, access->reason);
    auto offered = co_await RuntimeChecks::storageClassUsable(client, storageClass);
    if (!offered)
        co_return offered;
    const QList<QJsonObject> names = manifests.services()
        + QList{manifests.statefulSet(), manifests.disruptionBudget(),
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

} // namespace

Flow<void> RuntimeRequests::enable(
    KubernetesClient &client, Clock &clock, QString nameSpace, QString workstation, EnableRequest request)
{
    const RuntimeManifests manifests(nameSpace, request.spec);
    auto checked = co_await checkEnable(client, manifests, nameSpace, request.spec.storageClass);
    if (!checked)
        co_return checked;
    auto ensured = co_await ensureNamespace(client, manifests.nameSpaceObject());
    if (!ensured)
        co_return ensured;

    RuntimeRecord record{request.spec, newOperation(RuntimeOperation::Kind::Enable, clock, workstation)};
    const QJsonObject configMap = record.toConfigMap(nameSpace);
    const ObjectRef recordRef = ObjectRef::of(configMap);
    auto existing = co_await client.read(recordRef);
    if (existing)
        co_return fail(Error::Kind::Conflict,
            say("NATS is enabled on this cluster already, from another workstation. Its state shows on Overview."));
    if (existing.error().kind != Error::Kind::NotFound)
        co_return fail(existing.error());

    const QJsonObject secret =
        manifests.clientSecret(manifests.connection(defaultAccountName()), request.clientPassword);
    auto stored = co_await client.apply(secret, true);
    if (!stored)
        co_return fail(stored.error());
    auto created = co_await client.create(configMap);
    if (!created)
        co_return fail(created.error());
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
    const RuntimeRecord next{latest->spec, newOperation(kind, clock, workstation)};
    QJsonObject configMap = next.toConfigMap(nameSpace);
    QJsonObject metadata = configMap[QLatin1String("metadata")].toObject();
    metadata[QLatin1String("resourceVersion")] = (*stored)[QLatin1String("metadata")][QLatin1String("resourceVersion")];
    configMap[QLatin1String("metadata")] = metadata;
    auto applied = co_await client.apply(configMap, true);
    if (!applied)
        co_return fail(applied.error());
    co_return Result<void>();
}

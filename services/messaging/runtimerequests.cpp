// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimerequests.h"

#include "services/base/clock.h"
#include "services/domain/account.h"
#include "services/domain/quantity.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/retrying.h"
#include "services/messaging/runtimechecks.h"
#include "services/messaging/runtimeclaim.h"
#include "services/messaging/runtimemanifests.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimenamespace.h"
#include "services/messaging/runtimepermissions.h"

#include <QCoreApplication>
#include <QLocale>
#include <QUuid>

namespace {

constexpr std::chrono::milliseconds patience = std::chrono::seconds(20); // somebody looks on

QString say(const char *source)
{
    return QCoreApplication::translate("RuntimeRequests", source);
}

RuntimeOperation newOperation(
    RuntimeOperation::Kind kind, RuntimeOperation::State state, const Clock &clock, const QString &workstation)
{
    RuntimeOperation operation;
    operation.kind = kind;
    operation.state = state;
    operation.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    operation.requestedBy = workstation;
    operation.requestedAt = clock.now();
    return operation;
}

/// All that must hold before the first write, but for what the record and the volumes say.
Flow<void> checkEnable(
    KubernetesClient &client, Clock &clock, RuntimeManifests manifests, QString nameSpace, QString storageClass)
{
    auto usable = co_await RuntimeChecks::nameSpaceUsable(client, nameSpace);
    if (!usable)
        co_return usable;
    auto access = co_await RuntimePermissions::review(client, clock, RuntimePermissions::toWrite(nameSpace));
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
            manifests.secret(RuntimeNames::viewingSecret(defaultAccountName()), {}, {}, {}),
            manifests.secret(QLatin1String(RuntimeNames::configSecret), {}, {}, {}),
            manifests.secret(QLatin1String(RuntimeNames::systemSecret), {}, {}, {})};
    auto free = co_await RuntimeChecks::namesFree(client, names);
    co_return free;
}

/// Volumes of an earlier runtime hold its streams: servers of another number or shape would delete them or not find
/// them.
Error unlikeExisting(const QString &field, const QString &existing)
{
    Error error{Error::Kind::Conflict,
        say("Volumes of an earlier runtime are still there, with its streams. Enable NATS with the same storage class, "
            "storage and replica count, or delete the volumes first."),
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
    claims->removeIf([](const QJsonObject &claim) { return !RuntimeNames::isOwnName(claim); });
    if (!claims->isEmpty() && claims->size() != spec.replicas)
        co_return fail(unlikeExisting(QStringLiteral("replicas"), QString::number(claims->size())));
    for (const QJsonObject &claim : *claims) {
        const QJsonObject claimSpec = claim[QLatin1String("spec")].toObject();
        const QString storageClass = claimSpec[QLatin1String("storageClassName")].toString();
        const QString size =
            claimSpec[QLatin1String("resources")][QLatin1String("requests")][QLatin1String("storage")].toString();
        if (storageClass != spec.storageClass)
            co_return fail(unlikeExisting(QStringLiteral("storageClass"), storageClass));
        if (bytesOfQuantity(size) != ByteCount::gibibytes(spec.storageGibibytes))
            co_return fail(unlikeExisting(QStringLiteral("storageGibibytes"), size));
    }
    co_return Result<void>();
}

/// Can be asked again with the same `record`, whatever of it was done before.
Flow<void> enableOnce(
    KubernetesClient &client, Clock &clock, QString nameSpace, RuntimeRecord record, EnableRequest request)
{
    const RuntimeManifests manifests(nameSpace, request.spec);
    auto checked = co_await checkEnable(client, clock, manifests, nameSpace, request.spec.storageClass);
    if (!checked)
        co_return checked;
    auto existing = co_await RuntimeClaim::record(client, nameSpace);
    if (!existing)
        co_return fail(existing.error());
    if (*existing && (*existing)->operation.hasBegun())
        co_return RuntimeClaim::isOf(**existing, record.operation.id);
    auto unused = co_await RuntimeChecks::noServerRuns(client, nameSpace);
    if (!unused)
        co_return unused;
    auto ensured = co_await ensureNamespace(client, manifests.nameSpaceObject());
    if (!ensured)
        co_return ensured;
    auto sameVolumes = co_await checkExistingVolumes(client, nameSpace, request.spec);
    if (!sameVolumes)
        co_return sameVolumes;

    auto claimed = co_await RuntimeClaim::take(client, nameSpace, record);
    if (!claimed)
        co_return claimed;
    const QJsonObject secret =
        manifests.clientSecret(manifests.connection(defaultAccountName()), request.clientPassword);
    auto stored = co_await RuntimeClaim::storeCredential(client, nameSpace, secret, record.operation.id);
    if (!stored)
        co_return stored;
    auto begun = co_await RuntimeClaim::letBegin(client, nameSpace, record);
    co_return begun;
}

/// Which Enable stands in the record where that of `id` was refused; nothing where there is none or it can't be read.
Flow<std::optional<RuntimeOperation>> rival(KubernetesClient &client, QString nameSpace, QString id)
{
    auto existing = co_await RuntimeClaim::record(client, nameSpace);
    if (!existing)
        co_return fail(existing.error());
    const bool isAnothers =
        *existing && (*existing)->operation.id != id && (*existing)->operation.kind == RuntimeOperation::Kind::Enable;
    co_return isAnothers ? std::optional((*existing)->operation) : std::nullopt;
}

/// To whoever pressed Enable while somebody else did: what was typed has had no effect. One that has not begun may have
/// lost as well, or come no further.
Error lostTo(const RuntimeOperation &other, const QString &workstation)
{
    const QString when = QLocale().toString(other.requestedAt.toLocalTime(), QLocale::ShortFormat);
    const QString who = other.requestedBy == workstation
        ? say("Another window of Pennant on this workstation, %1,").arg(workstation)
        : say("Somebody else, %1,").arg(other.requestedBy);
    const QString words = other.hasBegun()
        ? say("%1 has enabled NATS (%2). Your settings and your password were not used.")
        : say("%1 is asking for NATS as well (%2). Your settings and your password were not used. Look at Overview in "
              "a moment: where NATS is still not enabled then, ask again.");
    return {Error::Kind::Conflict, words.arg(who, when), {}, {}, {}};
}

} // namespace

Flow<void> RuntimeRequests::enable(
    KubernetesClient &client, Clock &clock, QString nameSpace, QString workstation, EnableRequest request)
{
    using Operation = RuntimeOperation;
    const RuntimeRecord record{
        request.spec, newOperation(Operation::Kind::Enable, Operation::State::Requested, clock, workstation), {}};
    const std::function<Flow<void>()> ask = [&client, &clock, nameSpace, record, request] {
        return enableOnce(client, clock, nameSpace, record, request);
    };
    auto enabled = co_await retrying(clock, ask, patience);
    if (enabled || enabled.error().kind != Error::Kind::Conflict)
        co_return enabled;
    auto other = co_await rival(client, nameSpace, record.operation.id);
    if (other && *other)
        co_return fail(lostTo(**other, workstation));
    co_return enabled;
}

Flow<void> RuntimeRequests::begin(KubernetesClient &client, Clock &clock, QString nameSpace, QString workstation,
    RuntimeRecord current, RuntimeOperation::Kind kind)
{
    const RuntimeOperation next = newOperation(kind, RuntimeOperation::State::Running, clock, workstation);
    const std::function<Flow<void>()> ask = [&client, nameSpace, id = current.operation.id, next] {
        return RuntimeClaim::change(client, nameSpace, id, next);
    };
    auto begun = co_await retrying(clock, ask, patience);
    co_return begun;
}

Flow<void> RuntimeRequests::adopt(KubernetesClient &client, Clock &clock, QString nameSpace, QString workstation,
    RuntimeSpec spec, RuntimeOperation::Kind kind)
{
    const RuntimeRecord record{spec, newOperation(kind, RuntimeOperation::State::Running, clock, workstation), {}};
    const std::function<Flow<void>()> ask = [&client, nameSpace, record] {
        return RuntimeClaim::take(client, nameSpace, record);
    };
    auto adopted = co_await retrying(clock, ask, patience);
    co_return adopted;
}

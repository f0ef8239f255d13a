// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimeclaim.h"

#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/storedrecord.h"

#include <QCoreApplication>

namespace {

constexpr int mostCredentialTries = 5; // only those who ask at the same moment are in the way

QString say(const char *source)
{
    return QCoreApplication::translate("RuntimeClaim", source);
}

Error enabledMeanwhile()
{
    return {Error::Kind::Conflict,
        say("NATS is being enabled on this cluster from another workstation. Its state shows on Overview."), {}, {},
        {}};
}

/// `object`, to be refused with Conflict where somebody has changed or deleted `seen` meanwhile.
QJsonObject basedOn(const QJsonObject &seen, const QJsonObject &object)
{
    return onlyWhere(Preconditions::unchanged(seen), object);
}

/// Nothing where there is none, an Error where it can't be read.
Flow<std::optional<StoredRecord>> readableRecord(KubernetesClient &client, QString nameSpace)
{
    auto stored = co_await storedRecord(client, nameSpace);
    if (stored && *stored && !(*stored)->record)
        co_return fail((*stored)->record.error());
    co_return stored;
}

/// The record, if it is still that of the request `id`; else a Conflict.
Flow<StoredRecord> ownRecord(KubernetesClient &client, QString nameSpace, QString id)
{
    auto stored = co_await readableRecord(client, nameSpace);
    if (!stored)
        co_return fail(stored.error());
    if (!*stored)
        co_return fail(enabledMeanwhile());
    if (const auto isOwn = RuntimeClaim::isOf(*(*stored)->record, id); !isOwn)
        co_return fail(isOwn.error());
    co_return **stored;
}

} // namespace

Flow<std::optional<RuntimeRecord>> RuntimeClaim::record(KubernetesClient &client, QString nameSpace)
{
    auto stored = co_await readableRecord(client, nameSpace);
    if (!stored)
        co_return fail(stored.error());
    co_return *stored ? std::optional(*(*stored)->record) : std::nullopt;
}

Result<void> RuntimeClaim::isOf(const RuntimeRecord &record, const QString &id)
{
    if (record.operation.id == id)
        return {};
    return fail(enabledMeanwhile());
}

Flow<void> RuntimeClaim::take(KubernetesClient &client, QString nameSpace, RuntimeRecord record)
{
    auto stored = co_await readableRecord(client, nameSpace);
    if (!stored)
        co_return fail(stored.error());
    if (*stored && (*stored)->record->operation.id == record.operation.id)
        co_return Result<void>();
    if (*stored && (*stored)->record->operation.hasBegun())
        co_return fail(enabledMeanwhile());
    const QJsonObject configMap = record.toConfigMap(nameSpace);
    Pending<QJsonObject> writing =
        *stored ? client.apply(basedOn((*stored)->object, configMap), true) : client.create(configMap);
    auto written = co_await writing;
    if (!written)
        co_return fail(written.error().kind == Error::Kind::Conflict ? enabledMeanwhile() : written.error());
    co_return Result<void>();
}

Flow<void> RuntimeClaim::storeCredential(KubernetesClient &client, QString nameSpace, QJsonObject secret, QString id)
{
    const ObjectRef ref = ObjectRef::of(secret);
    for (int tries = mostCredentialTries;; --tries) {
        auto left = co_await client.read(ref);
        if (!left && left.error().kind != Error::Kind::NotFound)
            co_return fail(left.error());
        auto owned = co_await ownRecord(client, nameSpace, id);
        if (!owned)
            co_return fail(owned.error());
        Pending<QJsonObject> writing = left ? client.replace(basedOn(*left, secret)) : client.create(secret);
        auto written = co_await writing;
        if (written)
            co_return Result<void>();
        const bool isChanged =
            written.error().kind == Error::Kind::Conflict || written.error().kind == Error::Kind::NotFound;
        if (!isChanged || tries == 1)
            co_return fail(written.error());
    }
}

Flow<void> RuntimeClaim::letBegin(KubernetesClient &client, QString nameSpace, RuntimeRecord record)
{
    auto owned = co_await ownRecord(client, nameSpace, record.operation.id);
    if (!owned)
        co_return fail(owned.error());
    if (owned->record->operation.hasBegun())
        co_return Result<void>();
    record.operation.state = RuntimeOperation::State::Running;
    const QJsonObject configMap = basedOn(owned->object, record.toConfigMap(nameSpace));
    auto applied = co_await client.apply(configMap, true);
    if (!applied)
        co_return fail(applied.error().kind == Error::Kind::Conflict ? enabledMeanwhile() : applied.error());
    co_return Result<void>();
}

Flow<void> RuntimeClaim::change(
    KubernetesClient &client, QString nameSpace, QString currentId, RuntimeOperation operation)
{
    auto stored = co_await readableRecord(client, nameSpace);
    if (!stored)
        co_return fail(stored.error());
    if (*stored && (*stored)->record->operation.id == operation.id)
        co_return Result<void>();
    if (!*stored || (*stored)->record->operation.id != currentId)
        co_return fail(Error::Kind::Conflict,
            say("Another workstation has asked for something else meanwhile. Look at Overview, then decide again."));
    const RuntimeRecord &latest = *(*stored)->record;
    const bool isBeingDisabled = latest.operation.kind == RuntimeOperation::Kind::Disable
        && latest.operation.state == RuntimeOperation::State::Running;
    if (isBeingDisabled)
        co_return fail(Error::Kind::Conflict,
            say("NATS is being disabled already, and that is not interrupted. Its progress shows on Overview."));
    if (operation.kind == latest.operation.kind)
        operation.owners = latest.operation.owners;
    const RuntimeRecord next{latest.spec, operation, latest.storedSpec};
    const QJsonObject configMap = basedOn((*stored)->object, next.toConfigMap(nameSpace));
    auto applied = co_await client.apply(configMap, true);
    if (!applied)
        co_return fail(applied.error());
    co_return Result<void>();
}

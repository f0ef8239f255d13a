// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimeservice_p.h"

#include "services/base/clock.h"
#include "services/base/logging.h"
#include "services/messaging/disableruntime.h"
#include "services/messaging/enableruntime.h"
#include "services/messaging/runtimechecks.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimerequests.h"
#include "services/messaging/storageclassrules.h"

#include <QUuid>

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds leaseTryEvery = 2s;
constexpr std::chrono::milliseconds reviewEvery = 60s;
constexpr std::chrono::milliseconds reviewRetry = 5s;

/// Two programs of one person on one machine are two drivers.
QString driverIdentity(const QString &workstation)
{
    return workstation + QLatin1Char('/') + QUuid::createUuid().toString(QUuid::WithoutBraces).left(8);
}

/// Not the same as none: nobody should be told that the cluster has no storage class before it has been asked.
tl::unexpected<Error> classesNotRead()
{
    return fail(Error::Kind::NotReady, RuntimeService::tr("The storage classes are being read."));
}

} // namespace

RuntimeService::Private::Private(
    RuntimeService &owner, KubernetesTransport &network, Clock &time, QString where, QString who)
    : service(owner)
    , transport(network)
    , clock(time)
    , client(network)
    , nameSpace(where)
    , workstation(who)
    , watch(network, time, where)
    , classes(network, time, storageClassQuery())
    , lease(client, time, where, driverIdentity(who))
    , storageClasses(classesNotRead())
    , readAccess(Access::no(RuntimeService::tr("Asking the cluster what you may do.")))
    , writeAccess(readAccess)
    , deleteAccess(readAccess)
{
    status.nameSpace = nameSpace;
}

void RuntimeService::Private::start()
{
    connect(&watch, &RuntimeWatch::changed, &service, [this] { update(); });
    connect(&watch, &RuntimeWatch::freshnessChanged, &service, [this] { update(); });
    connect(&classes, &ResourceWatch::snapshotChanged, &service, [this] { updateStorageClasses(); });
    connect(&classes, &ResourceWatch::freshnessChanged, &service, [this] { updateStorageClasses(); });
    connect(&lease, &DriverLease::lost, &service, [this] {
        qCWarning(lcMessaging, "The Lease is lost: another workstation goes on with the operation");
        driving = {};
        update();
    });
    watch.start();
    classes.start();
    reviewing = reviewForever();
}

void RuntimeService::Private::update()
{
    if (const Freshness seen = watch.freshness(); seen != freshness) {
        freshness = seen;
        Q_EMIT service.freshnessChanged();
    }
    RuntimeObservation observation = watch.observation();
    const bool isHeld = lease.isHeld();
    observation.driver = isHeld ? workstation : observation.driver.section(QLatin1Char('/'), 0, 0);
    observation.isDrivenHere = isHeld;
    RuntimeStatus next = runtimeStatus(observation);
    if (!next.isInProgress())
        next.drivenBy.clear();
    const bool isOtherAccess = next.phase != status.phase || next.deviation != status.deviation;
    if (next != status) {
        status = std::move(next);
        Q_EMIT service.statusChanged();
    }
    if (isOtherAccess)
        Q_EMIT service.accessChanged();
    if (isOperationRunning() && mayDrive() && !driving.isRunning())
        driving = drive();
}

void RuntimeService::Private::updateStorageClasses()
{
    Result<QList<StorageClass>> next = QList<StorageClass>();
    if (classes.freshness().state == Freshness::State::Syncing)
        next = classes.lastError() ? fail(*classes.lastError()) : classesNotRead();
    else
        next = storageClassesFrom(classes.snapshot());
    if (next != storageClasses) {
        storageClasses = std::move(next);
        Q_EMIT service.storageClassesChanged();
    }
}

std::optional<RuntimeRecord> RuntimeService::Private::record() const
{
    const auto stored = watch.observation().record;
    if (!stored || !*stored)
        return std::nullopt;
    return **stored;
}

bool RuntimeService::Private::isOperationRunning() const
{
    const auto current = record();
    return current && current->operation.state == RuntimeOperation::State::Running;
}

bool RuntimeService::Private::mayDrive() const
{
    const auto current = record();
    const bool isDisable = current && current->operation.kind == RuntimeOperation::Kind::Disable;
    return (isDisable ? deleteAccess : writeAccess).allowed;
}

Flow<void> RuntimeService::Private::beginDisable(RuntimeRecord record)
{
    auto begun =
        co_await RuntimeRequests::begin(client, clock, nameSpace, workstation, record, RuntimeOperation::Kind::Disable);
    if (begun)
        driving = {};
    co_return begun;
}

Flow<void> RuntimeService::Private::drive()
{
    while (isOperationRunning()) {
        auto held = co_await lease.acquire();
        update();
        if (!held || !*held) {
            co_await clock.sleep(leaseTryEvery);
            continue;
        }
        // The record as it is now: the watch may be a moment behind.
        const ObjectRef ref{
            QStringLiteral("v1"), QStringLiteral("ConfigMap"), nameSpace, QLatin1String(RuntimeNames::record)};
        auto stored = co_await client.read(ref);
        if (stored) {
            const auto latest = RuntimeRecord::fromConfigMap(*stored);
            if (latest && latest->operation.state == RuntimeOperation::State::Running)
                co_await carryOut(*latest);
        }
        lease.release();
        update();
        // Long enough for the watch to bring what was just written.
        co_await clock.sleep(leaseTryEvery);
    }
    co_return Result<void>();
}

Flow<void> RuntimeService::Private::carryOut(RuntimeRecord record)
{
    if (record.operation.kind == RuntimeOperation::Kind::Enable) {
        EnableRuntime enable(transport, client, clock, lease, watch, nameSpace, record);
        auto done = co_await enable.run();
        co_return done;
    }
    DisableRuntime disable(client, clock, lease, nameSpace, record);
    auto done = co_await disable.run();
    co_return done;
}

Flow<void> RuntimeService::Private::reviewForever()
{
    for (;;) {
        auto read = co_await RuntimeChecks::review(client, clock, RuntimeChecks::readPermissions(nameSpace));
        if (!read) {
            co_await clock.sleep(reviewRetry);
            continue;
        }
        Flow<Access> writing = RuntimeChecks::review(client, clock, RuntimeChecks::writePermissions(nameSpace));
        Flow<Access> removing = RuntimeChecks::review(client, clock, RuntimeChecks::deletePermissions(nameSpace));
        auto write = co_await writing;
        auto remove = co_await removing;
        const bool isAnswered = write && remove;
        if (isAnswered && (readAccess != *read || writeAccess != *write || deleteAccess != *remove)) {
            readAccess = *read;
            writeAccess = *write;
            deleteAccess = *remove;
            Q_EMIT service.accessChanged();
            update();
        }
        co_await clock.sleep(isAnswered ? reviewEvery : reviewRetry);
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimeservice_p.h"

#include "services/base/clock.h"
#include "services/base/logging.h"
#include "services/messaging/disableruntime.h"
#include "services/messaging/enableruntime.h"
#include "services/messaging/leasefence.h"
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
        qCWarning(lcMessaging,
            "The Lease is lost: it was taken over, or it could not be renewed in time. Whoever holds it goes on");
        stopDriving();
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
    steer();
}

void RuntimeService::Private::updateSoon()
{
    QMetaObject::invokeMethod(
        &service, [this] { update(); }, Qt::QueuedConnection);
}

void RuntimeService::Private::steer()
{
    const QString shown = shownOperation();
    if (!driven.isEmpty() && shown != driven && shown != shownAtStart) {
        qCInfo(lcMessaging, "The record no longer holds the operation that is carried out here");
        stopDriving();
    }
    if (driving.isRunning())
        return;
    if (isDriverWanted() && !isLeaving)
        driving = drive();
    else
        lease.release();
}

void RuntimeService::Private::stopDriving()
{
    driving = {};
    driven.clear();
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

QString RuntimeService::Private::shownOperation() const
{
    const auto current = record();
    return current ? current->operation.id : QString();
}

bool RuntimeService::Private::mayCarryOut(const RuntimeRecord &record) const
{
    const bool isDisable = record.operation.kind == RuntimeOperation::Kind::Disable;
    return record.operation.state == RuntimeOperation::State::Running
        && (isDisable ? deleteAccess : writeAccess).allowed;
}

bool RuntimeService::Private::isDriverWanted() const
{
    const auto current = record();
    return current && mayCarryOut(*current);
}

Flow<void> RuntimeService::Private::beginDisable(RuntimeRecord record)
{
    auto begun =
        co_await RuntimeRequests::begin(client, clock, nameSpace, workstation, record, RuntimeOperation::Kind::Disable);
    if (begun) {
        stopDriving();
        updateSoon();
    }
    co_return begun;
}

Flow<void> RuntimeService::Private::drive()
{
    while (isDriverWanted()) {
        auto held = co_await lease.acquire();
        if (held && *held) {
            updateSoon();
            co_await carryOutLatest();
            lease.release();
        }
        updateSoon();
        // Long enough for the watch to bring what was just written.
        co_await clock.sleep(leaseTryEvery);
    }
    co_return Result<void>();
}

Flow<void> RuntimeService::Private::carryOutLatest()
{
    const ObjectRef ref{
        QStringLiteral("v1"), QStringLiteral("ConfigMap"), nameSpace, QLatin1String(RuntimeNames::record)};
    auto stored = co_await client.read(ref);
    if (!stored && stored.error().kind == Error::Kind::NotFound) {
        // Disabled meanwhile: the Lease was made for nothing, and nobody else would take it away.
        const ObjectRef leaseRef = lease.ref();
        const QString policy = QStringLiteral("Background");
        const Preconditions own = lease.retire();
        auto removed = co_await client.remove(leaseRef, policy, own);
        co_return removed;
    }
    const auto latest = stored ? RuntimeRecord::fromConfigMap(*stored) : fail(stored.error());
    if (!latest || !mayCarryOut(*latest))
        co_return Result<void>();
    driven = latest->operation.id;
    shownAtStart = shownOperation();
    auto done = co_await carryOut(*latest);
    driven.clear();
    co_return done;
}

Flow<void> RuntimeService::Private::carryOut(RuntimeRecord record)
{
    LeaseFence fence(transport, lease);
    KubernetesClient fenced(fence);
    if (record.operation.kind == RuntimeOperation::Kind::Enable) {
        EnableRuntime enable(transport, fenced, clock, lease, watch, nameSpace, record);
        auto done = co_await enable.run();
        co_return done;
    }
    DisableRuntime disable(fenced, clock, lease, nameSpace, record);
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
            isAccessKnown = true;
            readAccess = *read;
            writeAccess = *write;
            deleteAccess = *remove;
            Q_EMIT service.accessChanged();
            update();
        }
        co_await clock.sleep(isAnswered ? reviewEvery : reviewRetry);
    }
}

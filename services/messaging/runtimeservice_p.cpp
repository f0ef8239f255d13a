// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimeservice_p.h"

#include "services/base/clock.h"
#include "services/base/logging.h"
#include "services/messaging/disableruntime.h"
#include "services/messaging/enableruntime.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimepermissions.h"
#include "services/messaging/runtimerequests.h"
#include "services/messaging/schedulablenodes.h"
#include "services/messaging/storageclassrules.h"
#include "services/messaging/storedrecord.h"

#include <QUuid>

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds leaseTryEvery = 2s;
constexpr std::chrono::milliseconds watchGlance = 50ms;
constexpr std::chrono::milliseconds errandTryEvery = 500ms; // somebody looks on
constexpr std::chrono::milliseconds errandPatience = 20s;
constexpr std::chrono::milliseconds reviewEvery = 10min; // some sixty requests, from every window that is open
constexpr std::chrono::milliseconds reviewAfterRefusal = 30s; // at most: what is refused may be asked again and again
constexpr std::chrono::milliseconds probeEvery = 10s; // at most six requests, where something is refused
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
    , protection(network, time, where, who)
    , transport(protection.guarded())
    , clock(time)
    , client(transport)
    , leaseClient(network)
    , nameSpace(where)
    , workstation(who)
    , watch(transport, time, where)
    , classes(transport, time, storageClassQuery())
    , lease(leaseClient, time, where, driverIdentity(who))
    , fence(transport, lease)
    , fenced(fence)
    , storageClasses(classesNotRead())
    , asked(where)
    , access(RuntimeAccess::unknown())
{
    status.nameSpace = nameSpace;
}

void RuntimeService::Private::start()
{
    connect(&watch, &RuntimeWatch::changed, &service, [this] { update(); });
    connect(&watch, &RuntimeWatch::freshnessChanged, &service, [this] { update(); });
    connect(&watch, &RuntimeWatch::attemptFailed, &service, &RuntimeService::attemptFailed);
    connect(&classes, &ResourceWatch::snapshotChanged, &service, [this] { updateStorageClasses(); });
    connect(&classes, &ResourceWatch::freshnessChanged, &service, [this] { updateStorageClasses(); });
    connect(&lease, &DriverLease::lost, &service, [this] {
        qCWarning(lcMessaging,
            "The Lease is lost: it was taken over, or it could not be renewed in time. Whoever holds it goes on");
        stopDriving();
        update();
    });
    connect(&protection, &ClusterProtection::changed, &service, [this] { noteProtection(); });
    protection.start();
    watch.start();
    // since when it is waited for
    freshness = watch.freshness();
    Q_EMIT service.freshnessChanged();
    classes.start();
    reviewing = reviewForever();
}

void RuntimeService::Private::update()
{
    if (const Freshness seen = watch.freshness(); seen != freshness) {
        freshness = seen;
        Q_EMIT service.freshnessChanged();
    }
    const bool wasRefused = std::exchange(isWatchRefused, watch.isRefused());
    if (isWatchRefused != wasRefused)
        reviewSoon();
    RuntimeObservation observation = watch.observation();
    const bool isHeld = lease.isHeld();
    observation.driver = isHeld ? workstation : observation.driver.section(QLatin1Char('/'), 0, 0);
    observation.isDrivenHere = isHeld;
    RuntimeStatus next = runtimeStatus(observation);
    noteDriver(next, observation);
    const bool isOtherAccess =
        next.phase != status.phase || next.deviation != status.deviation || next.kept != status.kept;
    const bool hasGone = next.phase == RuntimePhase::Absent && status.phase != RuntimePhase::Absent;
    if (next != status) {
        status = std::move(next);
        Q_EMIT service.statusChanged();
    }
    if (isOtherAccess)
        Q_EMIT service.accessChanged();
    if (hasGone)
        lookAtNodes();
    steer();
}

void RuntimeService::Private::noteDriver(RuntimeStatus &next, const RuntimeObservation &seen) const
{
    if (!next.isInProgress()) {
        next.drivenBy.clear();
        return;
    }
    next.goesOnHere = !seen.isDrivenHere && isDriverWanted();
    if (seen.silentUntil && !seen.isDrivenHere)
        next.silence = DriverSilence{*seen.silentUntil, next.drivenBy == workstation};
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
    // Whoever archives, or wants nothing changed from here, waits for no step to end. What waits for the Lease stops
    // too.
    const bool isBarred = !protection.access();
    if (!std::exchange(wasBarred, isBarred) && isBarred)
        stopDriving();
    if (driving.isRunning())
        return;
    if (isDriverWanted() && !isLeaving)
        driving = drive();
    else if (!errands.empty())
        driving = runErrands();
    else if (lease.isHeld())
        driving = giveBack();
}

void RuntimeService::Private::stopDriving()
{
    driving = {};
    driven.clear();
    refuseErrands({Error::Kind::Cancelled,
        tr("It was stopped on its way: something else is done to NATS now, or this workstation was held up for too "
           "long. "
           "What was begun goes on once that is over."),
        {}, {}, {}});
}

void RuntimeService::Private::refuseErrands(const Error &why)
{
    for (const Errand &errand : std::exchange(errands, {}))
        errand.answer(fail(why));
}

Flow<void> RuntimeService::Private::runErrands()
{
    auto taken = co_await takeForErrands();
    if (!taken) {
        noteRefusal(taken.error());
        refuseErrands(taken.error());
        updateSoon();
        co_return taken;
    }
    co_await fence.settled();
    while (!errands.empty()) {
        Flow<void> work = errands.front().carryOut(fenced);
        auto done = co_await work;
        noteRefusal(done);
        const Pending<void>::Answer answer = errands.front().answer;
        errands.pop_front();
        answer(done);
    }
    auto given = co_await giveBack();
    co_return given;
}

/// An Enable or Disable that somebody asks for is waited for by nobody here.
Flow<void> RuntimeService::Private::takeForErrands()
{
    const auto deadline = clock.monotonic() + errandPatience;
    for (;;) {
        if (status.isInProgress())
            co_return fail(
                Error::Kind::NotReady, tr("NATS is being enabled, changed or disabled. Try again once that is over."));
        auto held = co_await lease.acquire(QString());
        if (!held)
            co_return fail(held.error());
        if (*held)
            co_return Result<void>();
        if (clock.monotonic() >= deadline)
            co_return fail(Error::Kind::Conflict,
                tr("Somebody else is changing NATS on this cluster and has not come to an end. Try again in a "
                   "moment."));
        co_await clock.sleep(errandTryEvery);
    }
}

void RuntimeService::Private::noteProtection()
{
    Q_EMIT service.accessChanged();
    updateSoon();
}

bool RuntimeService::Private::isAtRest() const
{
    return mutations.isIdle() && errands.empty() && !driving.isRunning() && !lease.isSayingFarewell()
        && protection.isAtRest();
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
    return record.operation.state == RuntimeOperation::State::Running && !record.obstacle() && protection.isKnown()
        && protection.access() && (isDisable ? access.remove : access.write).allowed;
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

Flow<void> RuntimeService::Private::adopt(RuntimeSpec spec, RuntimeOperation::Kind kind)
{
    return RuntimeRequests::adopt(client, clock, nameSpace, workstation, spec, kind);
}

Access RuntimeService::Private::allowed(const Access &permitted) const
{
    const Access open = protection.access();
    return open ? permitted : open;
}

Flow<void> RuntimeService::Private::drive()
{
    while (isDriverWanted()) {
        // The watch may be behind: an archived cluster's Lease is nobody's.
        auto confirmed = co_await protection.confirm();
        if (!confirmed || !isDriverWanted()) {
            co_await clock.sleep(leaseTryEvery);
            continue;
        }
        const QString driver = record()->operation.driver;
        auto held = co_await lease.acquire(driver);
        noteRefusal(held ? Result<void>() : fail(held.error()));
        if (held && *held) {
            updateSoon();
            // what an operation before this one has asked for
            co_await fence.settled();
            co_await carryOutLatest();
            co_await giveBack();
        }
        updateSoon();
        // Long enough for the watch to bring what was just written; what waits for the end of this waits no longer.
        const auto until = clock.monotonic() + leaseTryEvery;
        while (clock.monotonic() < until && isDriverWanted())
            co_await clock.sleep(watchGlance);
    }
    updateSoon(); // errands may have waited for the end of this
    co_return Result<void>();
}

Flow<void> RuntimeService::Private::giveBack()
{
    co_await fence.settled();
    auto stored = co_await storedRecord(client, nameSpace);
    if (stored && !*stored && lease.isHeld()) {
        // Disabled meanwhile: nobody else would take it away.
        const ObjectRef leaseRef = lease.ref();
        const QString policy = QStringLiteral("Background");
        const Preconditions own = lease.retire();
        co_await fenced.remove(leaseRef, policy, own);
    }
    lease.release();
    updateSoon();
    co_return Result<void>();
}

Flow<void> RuntimeService::Private::carryOutLatest()
{
    auto stored = co_await storedRecord(client, nameSpace);
    if (!stored || !*stored || !(*stored)->record || !mayCarryOut(*(*stored)->record))
        co_return Result<void>();
    const RuntimeRecord latest = *(*stored)->record;
    driven = latest.operation.id;
    shownAtStart = shownOperation();
    auto done = co_await carryOut(latest);
    noteRefusal(done);
    driven.clear();
    co_return done;
}

Flow<void> RuntimeService::Private::carryOut(RuntimeRecord record)
{
    const RuntimeJournal journal(fenced, clock, lease, protection.marks(), nameSpace, record);
    if (record.operation.kind == RuntimeOperation::Kind::Enable) {
        EnableRuntime enable(transport, fenced, clock, watch, nameSpace, journal);
        auto done = co_await enable.run();
        co_return done;
    }
    DisableRuntime disable(fenced, clock, lease, nameSpace, journal);
    auto done = co_await disable.run();
    co_return done;
}

Flow<void> RuntimeService::Private::reviewForever()
{
    for (;;) {
        isReviewUnderWay = true;
        reviewedAt = clock.monotonic();
        auto read = co_await RuntimePermissions::missing(client, clock, RuntimePermissions::toView(nameSpace));
        if (!read) {
            isReviewUnderWay = false;
            co_await clock.sleep(reviewRetry);
            continue;
        }
        auto others = co_await RuntimePermissions::missing(client, clock, asked.allButViewing());
        const bool isAnswered = bool(others);
        if (isAnswered) {
            auto name = co_await client.whoAmI();
            noteAccess(asked.judged(*read + *others, name ? *name : access.user));
        }
        lookAtNodes();
        isReviewUnderWay = false;
        if (isAnswered)
            co_await restUntilReview();
        else
            co_await clock.sleep(reviewRetry);
    }
}

/// Until it is due, or something that is refused is granted: whoever was given a Role has nothing to do here for it.
/// One permission tells of each thing that is refused; what is given out for it holds all it takes.
Flow<void> RuntimeService::Private::restUntilReview()
{
    QList<Permission> refused;
    for (const Access *each :
        {&access.view, &access.reach, &access.inspect, &access.edit, &access.write, &access.remove, &access.reveal}) {
        if (!each->missing.isEmpty() && !refused.contains(each->missing.constFirst()))
            refused.append(each->missing.constFirst());
    }
    const auto due = clock.monotonic() + reviewEvery;
    while (clock.monotonic() < due) {
        co_await clock.sleep(refused.isEmpty() ? reviewEvery : probeEvery);
        auto still = co_await RuntimePermissions::missing(client, clock, refused);
        if (still && still->size() < refused.size())
            break;
    }
    co_return Result<void>();
}

void RuntimeService::Private::noteAccess(const RuntimeAccess &next)
{
    if (isAccessKnown && next == access)
        return;
    isAccessKnown = true;
    access = next;
    Q_EMIT service.accessChanged();
    update();
}

void RuntimeService::Private::lookAtNodes()
{
    if (status.phase == RuntimePhase::Absent && !lookingAtNodes.isRunning())
        lookingAtNodes = reviewNodes();
}

Flow<void> RuntimeService::Private::reviewNodes()
{
    auto found = co_await client.listFirst(QStringLiteral("v1"), QStringLiteral("Node"), nodesToLookAt);
    if (!found && found.error().isTransient())
        co_return fail(found.error());
    const std::optional<QStringList> next = found ? ::schedulableNodes(*found) : std::nullopt;
    if (next != nodes) {
        nodes = next;
        Q_EMIT service.schedulableNodesChanged();
    }
    co_return Result<void>();
}

void RuntimeService::Private::reviewSoon()
{
    QMetaObject::invokeMethod(
        &service,
        [this] {
            if (reviewing.isRunning() && !isReviewUnderWay)
                reviewing = reviewForever();
        },
        Qt::QueuedConnection);
}

void RuntimeService::Private::noteRefusal(const Result<void> &outcome)
{
    if (!outcome)
        noteRefusal(outcome.error());
}

void RuntimeService::Private::noteRefusal(const Error &error)
{
    if (error.kind == Error::Kind::Forbidden && clock.monotonic() - reviewedAt >= reviewAfterRefusal)
        reviewSoon();
}

Flow<void> RuntimeService::Private::confirmed(std::function<Flow<void>()> request)
{
    auto changeable = co_await protection.confirm();
    if (!changeable)
        co_return changeable;
    Flow<void> underWay = request();
    auto outcome = co_await underWay;
    noteRefusal(outcome);
    co_return outcome;
}

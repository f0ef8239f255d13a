// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/consumerservice.h"

#include "services/base/mapped.h"
#include "services/base/mutations.h"
#include "services/domain/consumerpriority.h"
#include "services/messaging/consumerrecreation.h"
#include "services/messaging/jetstreamchanges.h"
#include "services/messaging/jetstreamsource.h"
#include "services/messaging/leaderhandover.h"
#include "services/messaging/poller.h"
#include "services/messaging/runtimesource.h"
#include "services/messaging/snapshotorder.h"
#include "services/messaging/streamservice.h"
#include "services/nats/consumerfetch.h"

#include <algorithm>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

namespace {
constexpr std::chrono::milliseconds readEvery = 2s;
constexpr int lanesAtOnce = 4; // as a connection sends
constexpr std::chrono::milliseconds firstPartAfter = 100ms;
constexpr std::chrono::milliseconds partEvery = 1s;
constexpr ServerVersion withReset{2, 14, 0};

/// The consumers of all streams on their way.
struct Reading {
    QList<Stream> streams;
    std::vector<QList<Consumer>> found; ///< by stream
    qsizetype next = 0;
    std::optional<Error> problem;
    std::chrono::milliseconds toldAt{0};
    bool hasMore = false; ///< than is being shown
};

/// A message that waits for acknowledgement may have been delivered once less than it may be; which one comes next
/// nobody can tell.
bool mayBeLastDelivery(const Consumer &consumer, qint64 most)
{
    return most > 1 && consumer.ackPending > 0 && (consumer.redelivered > 0 || most == 2);
}

/// Why workers would lose what is fetched without acknowledging it; empty: they would not.
QString lossByFetch(const Consumer &consumer)
{
    const qint64 most = consumer.config.value(QLatin1String("max_deliver")).toInteger(-1);
    if (consumer.mode() == DeliveryMode::Push)
        return ConsumerService::tr("The server pushes what this consumer delivers: subscribe to its deliver subject.");
    if (consumer.ackPolicy() == AckPolicy::None)
        return ConsumerService::tr("Nothing is acknowledged here: what is fetched would be lost for its workers.");
    if (consumer.ackPolicy() == AckPolicy::All)
        return ConsumerService::tr("Each acknowledgement covers all messages before it (ack_policy: all): the next one "
                                   "of a worker would take what is fetched here for done.");
    if (pinsOneWorker(consumer.config))
        return ConsumerService::tr("One worker at a time is pinned here: whoever fetches could take its place.");
    if (most == 1)
        return ConsumerService::tr("Each message is delivered once: what is fetched would be lost for its workers.");
    if (mayBeLastDelivery(consumer, most))
        return ConsumerService::tr("Messages wait here to be delivered again, each at most %1 times in all: the last "
                                   "delivery of one could be taken from its workers. Once they are acknowledged or "
                                   "given up it can be fetched.")
            .arg(most);
    return {};
}

/// Leaves out that nobody pulls: this program just has.
QString heldBack(Consumer consumer, const QDateTime &now)
{
    consumer.waiting = std::max<quint64>(consumer.waiting, 1);
    return consumer.heldBackBy(now);
}

} // namespace

class ConsumerService::Private final {
public:
    Private(ConsumerService &owner, RuntimeSource &runtimeSource, StreamService &streamService,
        JetStreamSource &jetStreamSource, Clock &aClock)
        : service(owner)
        , runtime(runtimeSource)
        , streams(streamService)
        , source(jetStreamSource)
        , clock(aClock)
        , changes(aClock, [&runtimeSource] { return runtimeSource.confirmChange(); })
        , recreation(jetStreamSource, changes)
        , poller(
              aClock, readEvery, [this] { return read(); }, [this] { Q_EMIT service.freshnessChanged(); })
    {
    }

    Flow<void> read()
    {
        forgetWithRuntime();
        adoptingPart = {}; // of a reading that was given up
        if (streams.freshness().state != Freshness::State::Live && !source.gap())
            co_return fail(Error::Kind::NotReady, streams.freshness().why);
        const auto reading = std::make_shared<Reading>();
        reading->streams = streams.streams();
        reading->found.resize(std::size_t(reading->streams.size()));
        reading->problem = source.gap();
        reading->toldAt = clock.monotonic();
        if (reading->problem)
            poller.notePart();
        std::vector<Flow<void>> lanes;
        for (int lane = 0; lane < lanesAtOnce; ++lane)
            lanes.push_back(readOn(reading));
        for (Flow<void> &lane : lanes)
            co_await lane;
        adoptingPart = {}; // it would put back what the whole has more of
        co_await adopt(std::move(reading->found));
        if (reading->problem)
            co_return fail(*reading->problem);
        co_return Result<void>();
    }

    /// Several of these share the streams of one reading among them.
    Flow<void> readOn(std::shared_ptr<Reading> reading)
    {
        while (reading->next < reading->streams.size()) {
            const qsizetype index = reading->next++;
            const Stream stream = reading->streams.at(index);
            if (stream.isOffline) {
                reading->found[std::size_t(index)] = offlineOf(stream.id);
                continue;
            }
            if (stream.consumerCount == 0)
                continue;
            auto found = co_await source.consumers(stream.id);
            QList<Consumer> &here = reading->found[std::size_t(index)];
            // A stream that went meanwhile took its consumers along.
            if (!found && found.error().kind == Error::Kind::NotFound)
                continue;
            // One stream that can't be read leaves the others readable; its consumers stay as they were last seen.
            if (!found)
                reading->problem = found.error();
            here = found ? *found : lastSeenOf(stream.id);
            if (isPartWanted(*reading))
                addPart(reading);
        }
        co_return Result<void>();
    }

    /// What is read for the first time is shown while it comes.
    bool isPartWanted(const Reading &reading) const
    {
        if (poller.freshness().state != Freshness::State::Syncing)
            return false;
        const bool isForTheLastToWait = reading.next >= reading.streams.size();
        return isForTheLastToWait
            || clock.monotonic() - reading.toldAt >= (consumers.isEmpty() ? firstPartAfter : partEvery);
    }

    /// One at a time: each follows from the one before.
    void addPart(const std::shared_ptr<Reading> &reading)
    {
        reading->hasMore = true;
        if (!adoptingPart.isRunning())
            adoptingPart = adoptParts(reading);
    }

    Flow<void> adoptParts(std::shared_ptr<Reading> reading)
    {
        while (std::exchange(reading->hasMore, false)) {
            reading->toldAt = clock.monotonic();
            co_await adopt(reading->found);
        }
        co_return Result<void>();
    }

    Flow<void> adopt(std::vector<QList<Consumer>> parts)
    {
        Pending<SnapshotStep<Consumer>> ordering = inOrder(std::move(parts), consumers);
        auto next = co_await ordering;
        if (next->succession.isOther())
            replace(std::move(*next));
        co_return Result<void>();
    }

    void forgetWithRuntime()
    {
        if (runtime.status().phase != RuntimePhase::Absent)
            return;
        if (!consumers.isEmpty())
            replace(SnapshotStep<Consumer>());
        poller.forget();
    }

    std::optional<Stream> findStream(const StreamId &id) const
    {
        const QList<Stream> &all = streams.streams();
        const auto isBefore = [](const Stream &stream, const StreamId &wanted) { return stream.id < wanted; };
        const auto found = std::lower_bound(all.cbegin(), all.cend(), id, isBefore);
        return found != all.cend() && found->id == id ? std::optional(*found) : std::nullopt;
    }

    std::optional<Consumer> find(const ConsumerId &id) const
    {
        const auto isBefore = [](const Consumer &consumer, const ConsumerId &wanted) { return consumer.id < wanted; };
        const auto found = std::lower_bound(consumers.cbegin(), consumers.cend(), id, isBefore);
        return found != consumers.cend() && found->id == id ? std::optional(*found) : std::nullopt;
    }

    QList<Consumer> lastSeenOf(const StreamId &stream) const
    {
        const auto isBefore = [](const Consumer &consumer, const StreamId &id) { return consumer.id.stream < id; };
        auto each = std::lower_bound(consumers.cbegin(), consumers.cend(), stream, isBefore);
        QList<Consumer> seen;
        for (; each != consumers.cend() && each->id.stream == stream; ++each)
            seen.append(*each);
        return seen;
    }

    /// Where no server answers for the stream none answers for its consumers.
    QList<Consumer> offlineOf(const StreamId &stream) const
    {
        QList<Consumer> seen = lastSeenOf(stream);
        for (Consumer &consumer : seen)
            consumer.isOffline = true;
        return seen;
    }

    void replace(SnapshotStep<Consumer> next)
    {
        step = std::move(next);
        QList<Consumer> before = std::exchange(consumers, step.after);
        Q_EMIT service.snapshotChanged();
        step = {};
        letGo(std::move(before));
    }

    /// Where the release isn't known the server says by itself that it does not know the request.
    Access sinceAccess(const ServerVersion &needed) const
    {
        const std::optional<ServerVersion> server = source.server();
        if (!server || *server >= needed)
            return Access::yes();
        return Access::no(tr("It takes nats-server %1; this one is %2.").arg(needed.text(), server->text()));
    }

    Flow<Consumer> create(ConsumerDraft draft)
    {
        auto reached = co_await source.reachToChange(draft.stream.account);
        if (!reached)
            co_return fail(reached.error());
        const auto api = *reached;
        const QJsonObject config = toConfig(draft);
        const QString stream = draft.stream.name;
        const QString name = draft.id().name;
        const QString object = objectWords(draft.id());
        const JetStreamChange<Consumer, Consumer> creation{object, ChangeKeys::consumer(stream, name),
            [=] { return api->createConsumer(stream, config); }, [=] { return api->consumer(stream, name); },
            [=](const Result<Consumer> &found, const Error &unanswered) {
                return judgeCreation(object, config, found, unanswered);
            }};
        auto created = co_await changes.carryOut(draft.stream.account, api, creation);
        streams.refresh();
        co_return created;
    }

    Flow<Consumer> change(ConsumerDraft draft)
    {
        auto reached = co_await source.reachToChange(draft.stream.account);
        if (!reached)
            co_return fail(reached.error());
        const auto api = *reached;
        const QJsonObject config = toConfig(draft);
        const Consumer seen = *draft.seen;
        const QString stream = seen.id.stream.name;
        const QString name = seen.id.name;
        const QString object = objectWords(seen.id);
        JetStreamChange<Consumer, Consumer> change{object, ChangeKeys::consumer(stream, name),
            [=] { return api->updateConsumer(stream, name, config); }, [=] { return api->consumer(stream, name); },
            [=](const Result<Consumer> &found, const Error &unanswered) {
                return judgeChange(object, config, found, unanswered);
            }};
        change.check = [=](const Consumer &found) {
            const Result<void> same = seen.created ? isStillThat(object, *seen.created, found.created) : Result<void>();
            return same ? isStillSo(object, seen.config, found.config) : same;
        };
        auto changed = co_await changes.carryOut(seen.id.stream.account, api, change);
        poller.poll();
        co_return changed;
    }

    Flow<std::optional<QDateTime>> pause(Consumer seen, std::optional<QDateTime> until)
    {
        using Until = std::optional<QDateTime>;
        auto reached = co_await source.reachToChange(seen.id.stream.account);
        if (!reached)
            co_return fail(reached.error());
        const auto api = *reached;
        const QString stream = seen.id.stream.name;
        const QString name = seen.id.name;
        const QString object = objectWords(seen.id);
        JetStreamChange<Until, Consumer> pausing{object, ChangeKeys::consumer(stream, name),
            [=] { return api->pauseConsumer(stream, name, until); }, [=] { return api->consumer(stream, name); },
            [=](const Result<Consumer> &found, const Error &unanswered) -> Result<Until> {
                const bool isDone = found && found->pausedUntil() == until;
                return isDone ? Result<Until>(until) : Result<Until>(fail(unanswered));
            }};
        if (seen.created)
            pausing.check = [=](const Consumer &found) { return isStillThat(object, *seen.created, found.created); };
        auto paused = co_await changes.carryOut(seen.id.stream.account, api, pausing);
        poller.poll();
        co_return paused;
    }

    Flow<Consumer> reset(Consumer seen, ConsumerReset reset)
    {
        auto reached = co_await source.reachToChange(seen.id.stream.account);
        if (!reached)
            co_return fail(reached.error());
        const auto api = *reached;
        const QString stream = seen.id.stream.name;
        const QString name = seen.id.name;
        const QString object = objectWords(seen.id);
        // workers may have gone on meanwhile: where it stands says nothing of whether it was sent back
        const auto asked = std::make_shared<std::optional<quint64>>(sequenceToAsk(reset, seen));
        JetStreamChange<Consumer, Consumer> resetting{object, ChangeKeys::consumer(stream, name),
            [=] { return api->resetConsumer(stream, name, *asked); }, [=] { return api->consumer(stream, name); },
            [=](const Result<Consumer> &, const Error &unanswered) { return Result<Consumer>(fail(unanswered)); }};
        resetting.check = [=](const Consumer &found) -> Result<void> {
            *asked = sequenceToAsk(reset, found); // of what has been acknowledged since
            return seen.created ? isStillThat(object, *seen.created, found.created) : Result<void>();
        };
        auto outcome = co_await changes.carryOut(seen.id.stream.account, api, resetting);
        poller.poll();
        co_return outcome;
    }

    Flow<Consumer> recreate(Consumer seen, ConsumerReset reset)
    {
        auto outcome = co_await recreation.recreate(seen, reset);
        streams.refresh();
        poller.poll();
        co_return outcome;
    }

    Flow<Consumer> finish(Consumer standIn)
    {
        auto outcome = co_await recreation.finish(standIn);
        streams.refresh();
        poller.poll();
        co_return outcome;
    }

    Flow<Fetched> fetch(Consumer seen, int most)
    {
        auto reached = co_await source.reachToChange(seen.id.stream.account);
        if (!reached)
            co_return fail(reached.error());
        const auto api = *reached;
        const QString stream = seen.id.stream.name;
        const QString name = seen.id.name;
        const QString object = objectWords(seen.id);
        FetchRequest request{stream, name, priorityGroupsIn(seen.config).value(0), most};
        request = request.within(seen.config);
        JetStreamChange<Fetched, Consumer> fetching{object, ChangeKeys::consumer(stream, name),
            [=] { return asPending(fetchNext(api, request)); }, [=] { return api->consumer(stream, name); },
            [now = clock.now()](const Result<Consumer> &found, Error unanswered) -> Result<Fetched> {
                if (const QString why = found ? heldBack(*found, now) : QString(); !why.isEmpty())
                    unanswered.summary += QLatin1Char(' ') + tr("The consumer: %1.").arg(why);
                return fail(unanswered);
            }};
        fetching.check = [=](const Consumer &found) -> Result<void> {
            if (const QString loss = lossByFetch(found); !loss.isEmpty())
                return fail(Error::Kind::Conflict, loss);
            return seen.created ? isStillThat(object, *seen.created, found.created) : Result<void>();
        };
        auto fetched = co_await changes.carryOut(seen.id.stream.account, api, fetching);
        poller.poll();
        if (!fetched)
            co_return fetched;
        if (fetched->messages.isEmpty()) {
            const auto found = co_await api->consumer(stream, name);
            if (found)
                fetched->heldBack = heldBack(*found, clock.now());
            co_return fetched;
        }
        Flow<Fetched> completing = withBodies(api, stream, *fetched); // others may change the consumer meanwhile
        auto whole = co_await completing;
        co_return whole;
    }

    Flow<QString> stepDown(Consumer seen)
    {
        auto reached = co_await source.reachToChange(seen.id.stream.account);
        if (!reached)
            co_return fail(reached.error());
        const auto api = *reached;
        auto leader = co_await handOver(&changes, &clock, api, seen);
        poller.poll();
        co_return leader;
    }

    Flow<void> remove(ConsumerId id, std::optional<QDateTime> created)
    {
        auto reached = co_await source.reachToChange(id.stream.account);
        if (!reached)
            co_return fail(reached.error());
        const auto api = *reached;
        const QString stream = id.stream.name;
        const QString object = objectWords(id);
        JetStreamChange<void, Consumer> deletion{object, ChangeKeys::consumer(stream, id.name),
            [=] { return api->deleteConsumer(stream, id.name); }, [=] { return api->consumer(stream, id.name); },
            [=](const Result<Consumer> &found, const Error &unanswered) {
                return judgeDeletion(object, found, unanswered);
            }};
        if (created)
            deletion.check = [=](const Consumer &found) { return isStillThat(object, *created, found.created); };
        auto removed = co_await changes.carryOut(id.stream.account, api, deletion);
        streams.refresh();
        co_return removed;
    }

    ConsumerService &service;
    RuntimeSource &runtime;
    StreamService &streams;
    JetStreamSource &source;
    Clock &clock;
    QList<Consumer> consumers;
    SnapshotStep<Consumer> step;
    Flow<void> adoptingPart;
    JetStreamChanges changes;
    ConsumerRecreation recreation;
    Mutations mutations;
    Poller poller;
};

ConsumerService::ConsumerService(
    RuntimeSource &runtime, StreamService &streams, JetStreamSource &source, Clock &clock, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, runtime, streams, source, clock))
{
    connect(&runtime, &RuntimeSource::statusChanged, this, [this] { d->forgetWithRuntime(); });
    connect(&source, &JetStreamSource::broke, this, [this] { d->poller.startOver(); });
    // The streams' own readings say when consumers came or went: read behind them.
    connect(&streams, &StreamService::snapshotChanged, this, [this] { d->poller.pollBehind(); });
    connect(&streams, &StreamService::freshnessChanged, this, &ConsumerService::refresh);
    connect(&streams, &StreamService::accessChanged, this, &ConsumerService::accessChanged);
    connect(&streams, &StreamService::snapshotChanged, this, &ConsumerService::accessChanged);
}

ConsumerService::~ConsumerService() = default;

bool ConsumerService::isAtRest() const
{
    return d->mutations.isIdle();
}

void ConsumerService::refresh()
{
    d->poller.poll();
}

void ConsumerService::setInSight(bool inSight)
{
    d->poller.setInterval(inSight ? readEvery : Poller::outOfSight);
}

const QList<Consumer> &ConsumerService::consumers() const
{
    return d->consumers;
}

const SnapshotStep<Consumer> &ConsumerService::step() const
{
    return d->step;
}

const Freshness &ConsumerService::freshness() const
{
    return d->poller.freshness();
}

ConsumerContext ConsumerService::context() const
{
    const StreamContext context = d->streams.context();
    return {d->streams.streams(), d->consumers, context.serverReplicas, context.server};
}

Access ConsumerService::createAccess() const
{
    if (const Access access = d->streams.createAccess(); !access)
        return access;
    if (d->streams.streams().isEmpty())
        return Access::no(tr("A consumer needs a stream: create one first."));
    return Access::yes();
}

Pending<Consumer> ConsumerService::create(const ConsumerDraft &draft)
{
    Error invalid{Error::Kind::Invalid, tr("Correct the fields marked below."), {}, {}, {}};
    invalid.fields = validate(draft, context());
    if (!invalid.fields.isEmpty())
        return Pending<Consumer>::answered(fail(invalid));
    if (const Access access = createAccess(); !access)
        return Pending<Consumer>::answered(fail(Error::Kind::Forbidden, access.reason));
    return d->mutations.run(d->create(draft));
}

Pending<Consumer> ConsumerService::change(const ConsumerDraft &draft)
{
    Error invalid{Error::Kind::Invalid, tr("Correct the fields marked below."), {}, {}, {}};
    invalid.fields = validate(draft, context());
    if (!invalid.fields.isEmpty())
        return Pending<Consumer>::answered(fail(invalid));
    if (const Access access = changeAccess(*draft.seen); !access)
        return Pending<Consumer>::answered(fail(Error::Kind::Forbidden, access.reason));
    return d->mutations.run(d->change(draft));
}

Access ConsumerService::pauseAccess(const Consumer &consumer) const
{
    const Access access = changeAccess(consumer);
    return access ? d->sinceAccess({2, 11, 0}) : access;
}

ResetManner ConsumerService::resetManner() const
{
    return d->sinceAccess(withReset) ? ResetManner::Request : ResetManner::Recreation;
}

Access ConsumerService::resetAccess(const Consumer &consumer) const
{
    if (const Access access = changeAccess(consumer); !access)
        return access;
    if (resetManner() == ResetManner::Request)
        return Access::yes();
    const ConsumerId standIn{consumer.id.stream, standInName(consumer.id.name)};
    const QString problem =
        whyNotRecreated(consumer, d->findStream(consumer.id.stream), d->find(standIn), d->source.server());
    return problem.isEmpty() ? Access::yes() : Access::no(problem);
}

Access ConsumerService::changeAccess(const Consumer &consumer) const
{
    const auto kept = standInOf(consumer);
    return kept
        ? Access::no(tr("It stands in for %1, which is being made anew: finish that first.").arg(kept->consumer.name))
        : deleteAccess(consumer);
}

Access ConsumerService::finishAccess(const Consumer &standIn) const
{
    return standInOf(standIn) ? deleteAccess(standIn) : Access::no(tr("It stands in for no other consumer."));
}

Pending<Consumer> ConsumerService::finish(const Consumer &standIn)
{
    if (const Access access = finishAccess(standIn); !access)
        return Pending<Consumer>::answered(fail(Error::Kind::Forbidden, access.reason));
    return d->mutations.run(d->finish(standIn));
}

std::optional<Consumer> ConsumerService::find(const ConsumerId &id) const
{
    return d->find(id);
}

Access ConsumerService::fetchAccess(const Consumer &consumer) const
{
    if (const QString loss = lossByFetch(consumer); !loss.isEmpty())
        return Access::no(loss);
    return changeAccess(consumer);
}

Pending<Fetched> ConsumerService::fetch(const Consumer &consumer, int most)
{
    if (const Access access = fetchAccess(consumer); !access)
        return Pending<Fetched>::answered(fail(Error::Kind::Forbidden, access.reason));
    return d->mutations.run(d->fetch(consumer, most));
}

Pending<std::optional<QDateTime>> ConsumerService::pause(
    const Consumer &consumer, const std::optional<QDateTime> &until)
{
    if (const Access access = pauseAccess(consumer); !access)
        return Pending<std::optional<QDateTime>>::answered(fail(Error::Kind::Forbidden, access.reason));
    return d->mutations.run(d->pause(consumer, until));
}

Pending<Consumer> ConsumerService::reset(const Consumer &consumer, const ConsumerReset &reset)
{
    Error invalid{Error::Kind::Invalid, tr("Correct the fields marked below."), {}, {}, {}};
    invalid.fields = validate(reset, consumer);
    if (!invalid.fields.isEmpty())
        return Pending<Consumer>::answered(fail(invalid));
    if (const Access access = resetAccess(consumer); !access)
        return Pending<Consumer>::answered(fail(Error::Kind::Forbidden, access.reason));
    if (reset.manner != resetManner())
        return Pending<Consumer>::answered(fail(Error::Kind::Conflict,
            tr("Nothing was done: the servers are of another release by now, and deliver again in another way.")));
    return d->mutations.run(
        reset.manner == ResetManner::Request ? d->reset(consumer, reset) : d->recreate(consumer, reset));
}

Access ConsumerService::stepDownAccess(const Consumer &consumer) const
{
    const Access access = handOverAccess(consumer);
    return access ? createAccess() : access;
}

Pending<QString> ConsumerService::stepDown(const Consumer &consumer)
{
    if (const Access access = stepDownAccess(consumer); !access)
        return Pending<QString>::answered(fail(Error::Kind::Forbidden, access.reason));
    return d->mutations.run(d->stepDown(consumer));
}

Access ConsumerService::deleteAccess(const Consumer &consumer) const
{
    if (const Access access = createAccess(); !access)
        return access;
    if (consumer.owner && consumer.owner->isPuttingBack())
        return Access::no(consumer.owner->keeps(tr("Consumer %1").arg(consumer.id.name)));
    return d->source.ownersAccess();
}

Pending<void> ConsumerService::remove(const Consumer &consumer)
{
    if (const Access access = deleteAccess(consumer); !access)
        return Pending<void>::answered(fail(Error::Kind::Forbidden, access.reason));
    return d->mutations.run(d->remove(consumer.id, consumer.created));
}

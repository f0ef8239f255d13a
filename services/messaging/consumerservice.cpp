// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/consumerservice.h"

#include "services/base/mapped.h"
#include "services/base/mutations.h"
#include "services/messaging/jetstreamchanges.h"
#include "services/messaging/jetstreamsource.h"
#include "services/messaging/poller.h"
#include "services/messaging/runtimesource.h"
#include "services/messaging/snapshotorder.h"
#include "services/messaging/streamservice.h"
#include "services/nats/consumerfetch.h"

#include <algorithm>
#include <vector>

using namespace std::chrono_literals;

namespace {
constexpr std::chrono::milliseconds readEvery = 2s;
constexpr int lanesAtOnce = 4; // as a connection sends
constexpr std::chrono::milliseconds firstPartAfter = 100ms;
constexpr std::chrono::milliseconds partEvery = 1s;

/// The consumers of all streams on their way.
struct Reading {
    QList<Stream> streams;
    std::vector<QList<Consumer>> found; ///< by stream
    qsizetype next = 0;
    std::optional<Error> problem;
    std::chrono::milliseconds toldAt{0};
};

QString wordsFor(const QString &stream, const QString &consumer)
{
    return ConsumerService::tr("consumer %1 of stream %2").arg(consumer, stream);
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
        , poller(
              aClock, readEvery, [this] { return read(); }, [this] { Q_EMIT service.freshnessChanged(); })
    {
    }

    Flow<void> read()
    {
        forgetWithRuntime();
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
            if (isPartWanted(*reading)) {
                reading->toldAt = clock.monotonic();
                co_await adopt(reading->found);
            }
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

    QList<Consumer> lastSeenOf(const StreamId &stream) const
    {
        const auto isBefore = [](const Consumer &consumer, const StreamId &id) { return consumer.id.stream < id; };
        auto each = std::lower_bound(consumers.cbegin(), consumers.cend(), stream, isBefore);
        QList<Consumer> seen;
        for (; each != consumers.cend() && each->id.stream == stream; ++each)
            seen.append(*each);
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
        const QString object = wordsFor(stream, name);
        const JetStreamChange<Consumer, Consumer> creation{object, [=] { return api->createConsumer(stream, config); },
            [=] { return api->consumer(stream, name); },
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
        const QString object = wordsFor(stream, name);
        JetStreamChange<Consumer, Consumer> change{object, [=] { return api->updateConsumer(stream, name, config); },
            [=] { return api->consumer(stream, name); },
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
        const QString object = wordsFor(stream, name);
        JetStreamChange<Until, Consumer> pausing{object, [=] { return api->pauseConsumer(stream, name, until); },
            [=] { return api->consumer(stream, name); },
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
        const QString object = wordsFor(stream, name);
        // workers may have gone on meanwhile: where it stands says nothing of whether it was sent back
        JetStreamChange<Consumer, Consumer> resetting{object,
            [=] { return api->resetConsumer(stream, name, reset.sequence); },
            [=] { return api->consumer(stream, name); },
            [=](const Result<Consumer> &, const Error &unanswered) { return Result<Consumer>(fail(unanswered)); }};
        if (seen.created)
            resetting.check = [=](const Consumer &found) { return isStillThat(object, *seen.created, found.created); };
        auto outcome = co_await changes.carryOut(seen.id.stream.account, api, resetting);
        poller.poll();
        co_return outcome;
    }

    Flow<QList<FetchedMessage>> fetch(Consumer seen, int most)
    {
        using Fetched = QList<FetchedMessage>;
        auto reached = co_await source.reachToChange(seen.id.stream.account);
        if (!reached)
            co_return fail(reached.error());
        const auto api = *reached;
        const QString stream = seen.id.stream.name;
        const QString name = seen.id.name;
        const QString object = wordsFor(stream, name);
        JetStreamChange<Fetched, Consumer> fetching{object,
            [=] { return asPending(fetchNext(api, stream, name, most)); }, [=] { return api->consumer(stream, name); },
            [=](const Result<Consumer> &, const Error &unanswered) { return Result<Fetched>(fail(unanswered)); }};
        if (seen.created)
            fetching.check = [=](const Consumer &found) { return isStillThat(object, *seen.created, found.created); };
        auto fetched = co_await changes.carryOut(seen.id.stream.account, api, fetching);
        poller.poll();
        co_return fetched;
    }

    Flow<void> remove(ConsumerId id, std::optional<QDateTime> created)
    {
        auto reached = co_await source.reachToChange(id.stream.account);
        if (!reached)
            co_return fail(reached.error());
        const auto api = *reached;
        const QString stream = id.stream.name;
        const QString object = wordsFor(stream, id.name);
        JetStreamChange<void, Consumer> deletion{object, [=] { return api->deleteConsumer(stream, id.name); },
            [=] { return api->consumer(stream, id.name); },
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
    JetStreamChanges changes;
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
    connect(&streams, &StreamService::snapshotChanged, this, &ConsumerService::refresh);
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

Access ConsumerService::resetAccess(const Consumer &consumer) const
{
    if (const Access access = changeAccess(consumer); !access)
        return access;
    const Access access = d->sinceAccess({2, 14, 0});
    return access ? access
                  : Access::no(access.reason
                      + tr(" Until then: clone it under another name with deliver policy by_start_sequence, let its "
                           "workers use that one, then delete this one."));
}

Access ConsumerService::fetchAccess(const Consumer &consumer) const
{
    if (consumer.mode() == DeliveryMode::Push)
        return Access::no(tr("The server pushes what this consumer delivers: subscribe to its deliver subject."));
    if (consumer.ackPolicy() == AckPolicy::None)
        return Access::no(tr("Nothing is acknowledged here: what is fetched would be lost for its workers."));
    if (consumer.config.value(QLatin1String("max_deliver")).toInteger(-1) == 1)
        return Access::no(tr("Each message is delivered once: what is fetched would be lost for its workers."));
    return changeAccess(consumer);
}

Pending<QList<FetchedMessage>> ConsumerService::fetch(const Consumer &consumer, int most)
{
    if (const Access access = fetchAccess(consumer); !access)
        return Pending<QList<FetchedMessage>>::answered(fail(Error::Kind::Forbidden, access.reason));
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
    return d->mutations.run(d->reset(consumer, reset));
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/consumerservice.h"

#include "services/base/mutations.h"
#include "services/messaging/jetstreamchanges.h"
#include "services/messaging/jetstreamsource.h"
#include "services/messaging/poller.h"
#include "services/messaging/runtimesource.h"
#include "services/messaging/snapshotorder.h"
#include "services/messaging/streamservice.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace {
constexpr std::chrono::milliseconds readEvery = 2s;

QString wordsFor(const QString &stream, const QString &consumer)
{
    return ConsumerService::tr("consumer %1 of stream %2").arg(consumer, stream);
}

} // namespace

class ConsumerService::Private final {
public:
    Private(ConsumerService &owner, RuntimeSource &runtimeSource, StreamService &streamService,
        JetStreamSource &jetStreamSource, Clock &clock)
        : service(owner)
        , runtime(runtimeSource)
        , streams(streamService)
        , source(jetStreamSource)
        , changes(clock, [&runtimeSource] { return runtimeSource.confirmChange(); })
        , poller(
              clock, readEvery, [this] { return read(); }, [this] { Q_EMIT service.freshnessChanged(); })
    {
    }

    Flow<void> read()
    {
        forgetWithRuntime();
        if (streams.freshness().state != Freshness::State::Live && !source.gap())
            co_return fail(Error::Kind::NotReady, streams.freshness().why);
        QList<Consumer> all;
        std::optional<Error> problem = source.gap();
        if (problem)
            poller.notePart();
        const QList<Stream> known = streams.streams();
        for (const Stream &stream : known) {
            if (stream.consumerCount == 0)
                continue;
            auto found = co_await source.consumers(stream.id);
            // A stream that went meanwhile took its consumers along.
            if (!found && found.error().kind == Error::Kind::NotFound)
                continue;
            // One stream that can't be read leaves the others readable; its consumers stay as they were last seen.
            if (!found) {
                problem = found.error();
                all += lastSeenOf(stream.id);
                continue;
            }
            all += *found;
        }
        Pending<OrderedSnapshot<Consumer>> ordering = inOrder(std::move(all), consumers);
        auto next = co_await ordering;
        if (next->isOther)
            replace(std::move(next->items));
        if (problem)
            co_return fail(*problem);
        co_return Result<void>();
    }

    void forgetWithRuntime()
    {
        if (runtime.status().phase != RuntimePhase::Absent)
            return;
        if (!consumers.isEmpty())
            replace({});
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

    void replace(QList<Consumer> next)
    {
        QList<Consumer> before = std::exchange(consumers, std::move(next));
        Q_EMIT service.snapshotChanged();
        letGo(std::move(before));
    }

    Flow<Consumer> create(ConsumerDraft draft)
    {
        auto reached = co_await source.reachToChange(draft.stream.account);
        if (!reached)
            co_return fail(reached.error());
        const auto api = *reached;
        const QJsonObject config = toConfig(draft);
        const QString stream = draft.stream.name;
        const QString object = wordsFor(stream, draft.name);
        const JetStreamChange<Consumer, Consumer> creation{object, [=] { return api->createConsumer(stream, config); },
            [=] { return api->consumer(stream, draft.name); },
            [=](const Result<Consumer> &found, const Error &unanswered) {
                return judgeCreation(object, config, found, unanswered);
            }};
        auto created = co_await changes.carryOut(draft.stream.account, api, creation);
        streams.refresh();
        co_return created;
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
    QList<Consumer> consumers;
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

const Freshness &ConsumerService::freshness() const
{
    return d->poller.freshness();
}

ConsumerContext ConsumerService::context() const
{
    return {d->streams.streams(), d->consumers};
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

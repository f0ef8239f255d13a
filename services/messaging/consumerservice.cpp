// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/consumerservice.h"

#include "services/base/mutations.h"
#include "services/messaging/accountconnections.h"
#include "services/messaging/poller.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/streamservice.h"
#include "services/nats/jetstreamapi.h"

#include <algorithm>
#include <iterator>

using namespace std::chrono_literals;

namespace {
constexpr std::chrono::milliseconds readEvery = 2s;
} // namespace

class ConsumerService::Private final {
public:
    Private(ConsumerService &owner, RuntimeService &runtimeService, StreamService &streamService,
        AccountConnections &accountConnections, Clock &clock)
        : service(owner)
        , runtime(runtimeService)
        , streams(streamService)
        , connections(accountConnections)
        , poller(
              clock, readEvery, [this] { return read(); }, [this] { Q_EMIT service.freshnessChanged(); })
    {
    }

    Flow<void> read()
    {
        if (runtime.status().phase == RuntimePhase::Absent)
            replace({});
        if (streams.freshness().state != Freshness::State::Live)
            co_return fail(Error::Kind::NotReady, streams.freshness().why);
        QList<Consumer> all;
        std::optional<Error> problem;
        const QList<Stream> known = streams.streams();
        for (const Stream &stream : known) {
            if (stream.consumerCount == 0)
                continue;
            const auto api = connections.api(stream.id.account);
            if (!api)
                co_return fail(Error::Kind::Offline, connections.problem(stream.id.account));
            auto found = co_await api->consumers(stream.id.name);
            // A stream that went meanwhile took its consumers along.
            if (!found && found.error().kind == Error::Kind::NotFound)
                continue;
            // One stream that can't be read leaves the others readable; its consumers stay as they were last seen.
            if (!found) {
                problem = found.error();
                std::copy_if(consumers.cbegin(), consumers.cend(), std::back_inserter(all),
                    [&](const Consumer &consumer) { return consumer.id.stream == stream.id; });
                continue;
            }
            all += *found;
        }
        replace(std::move(all));
        if (problem)
            co_return fail(*problem);
        co_return Result<void>();
    }

    void replace(QList<Consumer> next)
    {
        std::sort(next.begin(), next.end(), [](const Consumer &a, const Consumer &b) { return a.id < b.id; });
        if (next == consumers)
            return;
        consumers = std::move(next);
        Q_EMIT service.snapshotChanged();
    }

    Flow<Consumer> create(ConsumerDraft draft)
    {
        const auto api = connections.api(draft.stream.account);
        if (!api)
            co_return fail(Error::Kind::Offline, connections.problem(draft.stream.account));
        const QJsonObject config = toConfig(draft);
        auto created = co_await api->createConsumer(draft.stream.name, config);
        streams.refresh();
        co_return created;
    }

    Flow<void> remove(ConsumerId id)
    {
        const auto api = connections.api(id.stream.account);
        if (!api)
            co_return fail(Error::Kind::Offline, connections.problem(id.stream.account));
        auto removed = co_await api->deleteConsumer(id.stream.name, id.name);
        streams.refresh();
        co_return removed;
    }

    ConsumerService &service;
    RuntimeService &runtime;
    StreamService &streams;
    AccountConnections &connections;
    QList<Consumer> consumers;
    Mutations mutations;
    Poller poller;
};

ConsumerService::ConsumerService(
    RuntimeService &runtime, StreamService &streams, AccountConnections &connections, Clock &clock, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, runtime, streams, connections, clock))
{
    // The streams' own readings say when consumers came or went: read behind them.
    connect(&streams, &StreamService::snapshotChanged, this, &ConsumerService::refresh);
    connect(&streams, &StreamService::freshnessChanged, this, &ConsumerService::refresh);
    connect(&streams, &StreamService::accessChanged, this, &ConsumerService::accessChanged);
    connect(&streams, &StreamService::snapshotChanged, this, &ConsumerService::accessChanged);
}

ConsumerService::~ConsumerService() = default;

void ConsumerService::refresh()
{
    d->poller.poll();
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

Pending<void> ConsumerService::remove(const ConsumerId &id)
{
    if (const Access access = createAccess(); !access)
        return Pending<void>::answered(fail(Error::Kind::Forbidden, access.reason));
    return d->mutations.run(d->remove(id));
}

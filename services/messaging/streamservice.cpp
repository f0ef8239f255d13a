// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/streamservice.h"

#include "services/base/mutations.h"
#include "services/messaging/accountconnections.h"
#include "services/messaging/poller.h"
#include "services/messaging/runtimeservice.h"
#include "services/nats/jetstreamapi.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace {
constexpr std::chrono::milliseconds readEvery = 2s;
} // namespace

class StreamService::Private final {
public:
    Private(StreamService &owner, RuntimeService &runtimeService, AccountConnections &accountConnections, Clock &clock)
        : service(owner)
        , runtime(runtimeService)
        , connections(accountConnections)
        , poller(
              clock, readEvery, [this] { return read(); }, [this] { Q_EMIT service.freshnessChanged(); })
    {
    }

    Flow<void> read()
    {
        if (runtime.status().phase != RuntimePhase::Ready) {
            // Only a runtime that is gone took its streams along.
            if (runtime.status().phase == RuntimePhase::Absent)
                replace({});
            co_return fail(Error::Kind::NotReady, tr("The NATS runtime is not ready."));
        }
        QList<Stream> all;
        const QStringList names = connections.accounts();
        for (const QString &account : names) {
            const auto api = connections.api(account);
            if (!api)
                co_return fail(Error::Kind::Offline, notConnected(account));
            auto found = co_await api->streams();
            if (!found)
                co_return fail(found.error());
            all += *found;
        }
        if (names.isEmpty())
            co_return fail(Error::Kind::NotReady, tr("The accounts of the runtime are not known yet."));
        replace(std::move(all));
        co_return Result<void>();
    }

    QString notConnected(const QString &account) const
    {
        const QString problem = connections.problem(account);
        return problem.isEmpty() ? tr("Connecting to NATS as account %1.").arg(account) : problem;
    }

    void replace(QList<Stream> next)
    {
        std::sort(next.begin(), next.end(), [](const Stream &a, const Stream &b) { return a.id < b.id; });
        if (next == streams)
            return;
        const bool isFirst = streams.isEmpty() != next.isEmpty();
        streams = std::move(next);
        Q_EMIT service.snapshotChanged();
        if (isFirst)
            Q_EMIT service.accessChanged();
    }

    Flow<Stream> create(StreamDraft draft)
    {
        const auto api = connections.api(draft.account);
        if (!api)
            co_return fail(Error::Kind::Offline, notConnected(draft.account));
        const QJsonObject config = toConfig(draft, service.context());
        auto created = co_await api->createStream(config);
        poller.poll();
        co_return created;
    }

    Flow<void> remove(StreamId id)
    {
        const auto api = connections.api(id.account);
        if (!api)
            co_return fail(Error::Kind::Offline, notConnected(id.account));
        auto removed = co_await api->deleteStream(id.name);
        poller.poll();
        co_return removed;
    }

    StreamService &service;
    RuntimeService &runtime;
    AccountConnections &connections;
    QList<Stream> streams;
    Mutations mutations;
    Poller poller;
};

StreamService::StreamService(RuntimeService &runtime, AccountConnections &connections, Clock &clock, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, runtime, connections, clock))
{
    connect(&connections, &AccountConnections::changed, this, &StreamService::refresh);
    connect(&runtime, &RuntimeService::accessChanged, this, &StreamService::accessChanged);
    connect(&runtime, &RuntimeService::statusChanged, this, &StreamService::accessChanged);
}

StreamService::~StreamService() = default;

void StreamService::refresh()
{
    d->poller.poll();
}

const QList<Stream> &StreamService::streams() const
{
    return d->streams;
}

const Freshness &StreamService::freshness() const
{
    return d->poller.freshness();
}

StreamContext StreamService::context() const
{
    const auto &spec = d->runtime.status().spec;
    return {d->streams, spec ? spec->replicas : 1};
}

Access StreamService::createAccess() const
{
    if (d->runtime.status().phase != RuntimePhase::Ready)
        return Access::no(tr("A stream needs the NATS runtime to be ready."));
    return d->runtime.writeAccess();
}

Pending<Stream> StreamService::create(const StreamDraft &draft)
{
    Error invalid{Error::Kind::Invalid, tr("Correct the fields marked below."), {}, {}, {}};
    invalid.fields = validate(draft, context());
    if (!invalid.fields.isEmpty())
        return Pending<Stream>::answered(fail(invalid));
    if (const Access access = createAccess(); !access)
        return Pending<Stream>::answered(fail(Error::Kind::Forbidden, access.reason));
    return d->mutations.run(d->create(draft));
}

Pending<void> StreamService::remove(const StreamId &id)
{
    if (const Access access = createAccess(); !access)
        return Pending<void>::answered(fail(Error::Kind::Forbidden, access.reason));
    return d->mutations.run(d->remove(id));
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/streamservice.h"

#include "services/base/mutations.h"
#include "services/messaging/accountconnections.h"
#include "services/messaging/jetstreamchanges.h"
#include "services/messaging/poller.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/snapshotorder.h"

using namespace std::chrono_literals;

namespace {
constexpr std::chrono::milliseconds readEvery = 2s;

QString wordsFor(const QString &stream)
{
    return StreamService::tr("stream %1").arg(stream);
}

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
            forgetWithRuntime();
            co_return fail(Error::Kind::NotReady, tr("The NATS runtime is not ready."));
        }
        QList<Stream> all;
        const QStringList names = connections.accounts();
        for (const QString &account : names) {
            const auto api = connections.api(account);
            if (!api)
                co_return fail(connections.notConnected(account));
            auto found = co_await api->streams();
            if (!found)
                co_return fail(found.error());
            all += *found;
        }
        if (names.isEmpty())
            co_return fail(Error::Kind::NotReady, tr("The accounts of the runtime are not known yet."));
        Pending<OrderedSnapshot<Stream>> ordering = inOrder(std::move(all), streams);
        auto next = co_await ordering;
        if (!next->isOther)
            co_return Result<void>();
        Pending<QList<StreamSubjects>> reading = runInBackground<QList<StreamSubjects>>(
            QThreadPool::globalInstance(), [items = next->items] { return subjectsOf(items); });
        subjects = *(co_await reading);
        replace(std::move(next->items));
        co_return Result<void>();
    }

    /// Only a runtime that is gone took its streams along.
    void forgetWithRuntime()
    {
        if (runtime.status().phase != RuntimePhase::Absent)
            return;
        subjects.clear();
        if (!streams.isEmpty())
            replace({});
        poller.forget();
    }

    void replace(QList<Stream> next)
    {
        const bool isFirst = streams.isEmpty() != next.isEmpty();
        QList<Stream> before = std::exchange(streams, std::move(next));
        Q_EMIT service.snapshotChanged();
        if (isFirst)
            Q_EMIT service.accessChanged();
        letGo(std::move(before));
    }

    Flow<Stream> create(StreamDraft draft)
    {
        auto reached = co_await connections.reachToChange(draft.account);
        if (!reached)
            co_return fail(reached.error());
        const auto api = *reached;
        const QJsonObject config = toConfig(draft, service.context());
        const QString object = wordsFor(draft.name);
        const JetStreamChange<Stream, Stream> creation{object, [=] { return api->createStream(config); },
            [=] { return api->stream(draft.name); },
            [=](const Result<Stream> &found, const Error &unanswered) {
                return judgeCreation(object, config, found, unanswered);
            }};
        auto created = co_await changes.carryOut(draft.account, api, creation);
        poller.poll();
        co_return created;
    }

    Flow<void> remove(StreamId id, std::optional<QDateTime> created)
    {
        auto reached = co_await connections.reachToChange(id.account);
        if (!reached)
            co_return fail(reached.error());
        const auto api = *reached;
        const QString object = wordsFor(id.name);
        JetStreamChange<void, Stream> deletion{object, [=] { return api->deleteStream(id.name); },
            [=] { return api->stream(id.name); },
            [=](const Result<Stream> &found, const Error &unanswered) {
                return judgeDeletion(object, found, unanswered);
            }};
        if (created)
            deletion.check = [=](const Stream &found) { return isStillThat(object, *created, found.created); };
        auto removed = co_await changes.carryOut(id.account, api, deletion);
        poller.poll();
        co_return removed;
    }

    StreamService &service;
    RuntimeService &runtime;
    AccountConnections &connections;
    QList<Stream> streams;
    QList<StreamSubjects> subjects; ///< of `streams`
    JetStreamChanges changes;
    Mutations mutations;
    Poller poller;
};

StreamService::StreamService(RuntimeService &runtime, AccountConnections &connections, Clock &clock, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, runtime, connections, clock))
{
    connect(&connections, &AccountConnections::changed, this, &StreamService::refresh);
    // Another runtime may be there before the next reading.
    connect(&runtime, &RuntimeService::statusChanged, this, [this] { d->forgetWithRuntime(); });
    connect(&runtime, &RuntimeService::accessChanged, this, &StreamService::accessChanged);
    connect(&runtime, &RuntimeService::statusChanged, this, &StreamService::accessChanged);
}

StreamService::~StreamService() = default;

bool StreamService::isAtRest() const
{
    return d->mutations.isIdle();
}

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
    return {d->subjects, spec ? spec->replicas : 1};
}

Access StreamService::createAccess() const
{
    const RuntimeStatus &status = d->runtime.status();
    if (status.phase != RuntimePhase::Ready)
        return Access::no(tr("A stream needs the NATS runtime to be ready."));
    if (!status.hasQuorum())
        return Access::no(tr("%1 of %2 pods are ready: JetStream takes no change without a majority of them.")
                              .arg(status.readyPods())
                              .arg(status.wantedPods()));
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

Pending<void> StreamService::remove(const Stream &stream)
{
    if (const Access access = createAccess(); !access)
        return Pending<void>::answered(fail(Error::Kind::Forbidden, access.reason));
    return d->mutations.run(d->remove(stream.id, stream.created));
}

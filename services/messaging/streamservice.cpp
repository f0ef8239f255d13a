// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/streamservice.h"

#include "services/base/mapped.h"
#include "services/base/mutations.h"
#include "services/messaging/backupservice.h"
#include "services/messaging/jetstreamchanges.h"
#include "services/messaging/jetstreamsource.h"
#include "services/messaging/leaderhandover.h"
#include "services/messaging/poller.h"
#include "services/messaging/runtimesource.h"
#include "services/messaging/snapshotorder.h"

#include <algorithm>
#include <vector>

namespace {

bool isSealed(const Stream &stream)
{
    return stream.config.value(QLatin1String("sealed")).toBool();
}

QString wordsFor(const QString &stream)
{
    return StreamService::tr("stream %1").arg(stream);
}

} // namespace

class StreamService::Private final {
public:
    Private(StreamService &owner, RuntimeSource &runtimeSource, JetStreamSource &jetStreamSource, Clock &time)
        : service(owner)
        , clock(time)
        , runtime(runtimeSource)
        , source(jetStreamSource)
        , changes(time, [&runtimeSource] { return runtimeSource.confirmChange(); })
        , poller(
              time, jetStreamSource.readEvery(), [this] { return read(); },
              [this] { Q_EMIT service.freshnessChanged(); })
        , backups(runtimeSource, jetStreamSource, changes, clock, [&owner] { return owner.createAccess(); })
    {
    }

    Flow<void> read()
    {
        if (runtime.status().phase != RuntimePhase::Ready) {
            forgetWithRuntime();
            co_return fail(Error::Kind::NotReady, tr("The NATS runtime is not ready."));
        }
        parts.clear();
        auto all = co_await source.streams();
        adoptingPart = {}; // it would put back what the whole has more of
        parts.clear();
        if (!all)
            co_return fail(all.error());
        Pending<SnapshotStep<Stream>> ordering = inOrder(std::move(*all), streams);
        auto next = co_await ordering;
        if (next->succession.isOther())
            co_await adopt(std::move(*next));
        co_return told();
    }

    Flow<void> adopt(SnapshotStep<Stream> next)
    {
        const std::function<Result<TakenSubjects>()> arrange = [items = next.after,
                                                                   before = subjects]() -> Result<TakenSubjects> {
            const QList<StreamSubjects> taken = subjectsOf(items);
            return taken == before.streams() ? before : TakenSubjects(taken); // most readings change none
        };
        Pending<TakenSubjects> arranging = runInBackground<TakenSubjects>(QThreadPool::globalInstance(), arrange);
        const auto arranged = co_await arranging;
        letGo(std::exchange(subjects, *arranged));
        replace(std::move(next));
        co_return Result<void>();
    }

    /// What is read for the first time is shown while it comes.
    void addPart(const QList<Stream> &part)
    {
        if (poller.freshness().state != Freshness::State::Syncing)
            return;
        parts.push_back(part);
        if (!adoptingPart.isRunning())
            adoptingPart = adoptParts();
    }

    Flow<void> adoptParts()
    {
        std::size_t adopted = 0;
        while (adopted < parts.size()) {
            adopted = parts.size();
            Pending<SnapshotStep<Stream>> ordering = inOrder(parts, streams);
            auto next = co_await ordering;
            if (next->succession.isOther())
                co_await adopt(std::move(*next));
        }
        co_return Result<void>();
    }

    /// What the source has said, whole or not.
    Result<void> told()
    {
        const std::optional<Error> gap = source.gap();
        if (!gap)
            return {};
        poller.notePart();
        return fail(*gap);
    }

    /// Only a runtime that is gone took its streams along.
    void forgetWithRuntime()
    {
        if (runtime.status().phase != RuntimePhase::Absent)
            return;
        subjects = {};
        if (!streams.isEmpty())
            replace(SnapshotStep<Stream>());
        poller.forget();
    }

    void replace(SnapshotStep<Stream> next)
    {
        step = std::move(next);
        QList<Stream> before = std::exchange(streams, step.after);
        const bool isFirst = streams.isEmpty() != before.isEmpty();
        Q_EMIT service.snapshotChanged();
        step = {};
        if (isFirst)
            Q_EMIT service.accessChanged();
        letGo(std::move(before));
    }

    Flow<Stream> create(StreamDraft draft)
    {
        auto reached = co_await source.reachToChange(draft.account);
        if (!reached)
            co_return fail(reached.error());
        const auto api = *reached;
        const QJsonObject config = toConfig(draft, service.context());
        const QString name = draft.id().name;
        const QString object = wordsFor(name);
        const JetStreamChange<Stream, Stream> creation{object, ChangeKeys::stream(name),
            [=] { return api->createStream(config); }, [=] { return api->stream(name); },
            [=](const Result<Stream> &found, const Error &unanswered) {
                return judgeCreation(object, config, found, unanswered);
            }};
        auto created = co_await changes.carryOut(draft.account, api, creation);
        poller.poll();
        co_return created;
    }

    Flow<Stream> change(StreamDraft draft)
    {
        auto reached = co_await source.reachToChange(draft.account);
        if (!reached)
            co_return fail(reached.error());
        const auto api = *reached;
        const QJsonObject config = toConfig(draft, service.context());
        const Stream seen = *draft.seen;
        const QString object = wordsFor(seen.id.name);
        JetStreamChange<Stream, Stream> change{object, ChangeKeys::stream(seen.id.name),
            [=] { return api->updateStream(config); }, [=] { return api->stream(seen.id.name); },
            [=](const Result<Stream> &found, const Error &unanswered) {
                return judgeChange(object, config, found, unanswered);
            }};
        change.check = isAsSeen(seen);
        auto changed = co_await changes.carryOut(draft.account, api, change);
        poller.poll();
        co_return changed;
    }

    static std::function<Result<void>(const Stream &)> isAsSeen(const Stream &seen)
    {
        const QString object = wordsFor(seen.id.name);
        return [=](const Stream &found) {
            const Result<void> same = seen.created ? isStillThat(object, *seen.created, found.created) : Result<void>();
            return same ? isStillSo(object, seen.config, found.config) : same;
        };
    }

    /// What else a sealed stream is set to is the server's to say.
    Flow<Stream> seal(Stream seen)
    {
        auto reached = co_await source.reachToChange(seen.id.account);
        if (!reached)
            co_return fail(reached.error());
        const auto api = *reached;
        QJsonObject config = seen.config;
        config.insert(QStringLiteral("sealed"), true);
        const QString object = wordsFor(seen.id.name);
        JetStreamChange<Stream, Stream> sealing{object, ChangeKeys::stream(seen.id.name),
            [=] { return api->updateStream(config); }, [=] { return api->stream(seen.id.name); },
            [=](const Result<Stream> &found, const Error &unanswered) {
                return found && isSealed(*found) ? found : judgeChange(object, config, found, unanswered);
            }};
        sealing.check = isAsSeen(seen);
        auto sealed = co_await changes.carryOut(seen.id.account, api, sealing);
        poller.poll();
        co_return sealed;
    }

    Flow<QString> stepDown(Stream seen)
    {
        auto reached = co_await source.reachToChange(seen.id.account);
        if (!reached)
            co_return fail(reached.error());
        const auto api = *reached;
        auto leader = co_await handOver(&changes, &clock, api, seen);
        poller.poll();
        co_return leader;
    }

    Flow<quint64> messagesOn(StreamId id, QString subject)
    {
        auto reached = co_await source.reachToChange(id.account);
        if (!reached)
            co_return fail(reached.error());
        const auto api = *reached;
        auto counted = co_await api->messagesOn(id.name, subject);
        co_return counted;
    }

    Flow<quint64> purge(StreamId id, std::optional<QDateTime> created, StreamPurge purge)
    {
        auto reached = co_await source.reachToChange(id.account);
        if (!reached)
            co_return fail(reached.error());
        const auto api = *reached;
        const QString object = wordsFor(id.name);
        JetStreamChange<quint64, Stream> purging{object, ChangeKeys::stream(id.name),
            [=] { return api->purgeStream(id.name, purge); }, [=] { return api->stream(id.name); },
            [=](const Result<Stream> &, const Error &unanswered) { return Result<quint64>(fail(unanswered)); }};
        if (created)
            purging.check = [=](const Stream &found) { return isStillThat(object, *created, found.created); };
        auto purged = co_await changes.carryOut(id.account, api, purging);
        poller.poll();
        co_return purged;
    }

    Flow<void> remove(StreamId id, std::optional<QDateTime> created)
    {
        auto reached = co_await source.reachToChange(id.account);
        if (!reached)
            co_return fail(reached.error());
        const auto api = *reached;
        const QString object = wordsFor(id.name);
        JetStreamChange<void, Stream> deletion{object, ChangeKeys::stream(id.name),
            [=] { return api->deleteStream(id.name); }, [=] { return api->stream(id.name); },
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
    Clock &clock;
    RuntimeSource &runtime;
    JetStreamSource &source;
    QList<Stream> streams;
    SnapshotStep<Stream> step;
    std::vector<QList<Stream>> parts; ///< of the first reading, as far as they have come
    Flow<void> adoptingPart;
    TakenSubjects subjects; ///< by `streams`
    JetStreamChanges changes;
    Mutations mutations;
    Poller poller;
    BackupService backups;
};

StreamService::StreamService(RuntimeSource &runtime, JetStreamSource &source, Clock &clock, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, runtime, source, clock))
{
    connect(&source, &JetStreamSource::changed, this, &StreamService::refresh);
    connect(&source, &JetStreamSource::broke, this, [this] { d->poller.startOver(); });
    connect(&source, &JetStreamSource::partRead, this, [this](const QList<Stream> &part) { d->addPart(part); });
    connect(&source, &JetStreamSource::changed, this, &StreamService::accessChanged);
    // Another runtime may be there before the next reading.
    connect(&runtime, &RuntimeSource::statusChanged, this, [this] { d->forgetWithRuntime(); });
    connect(&d->backups, &BackupService::restored, this, &StreamService::refresh);
    connect(&runtime, &RuntimeSource::accessChanged, this, &StreamService::accessChanged);
    connect(&runtime, &RuntimeSource::statusChanged, this, &StreamService::accessChanged);
}

StreamService::~StreamService() = default;

bool StreamService::isAtRest() const
{
    return d->mutations.isIdle() && d->backups.isAtRest();
}

BackupService &StreamService::backups()
{
    return d->backups;
}

void StreamService::refresh()
{
    d->poller.poll();
}

void StreamService::setInSight(bool inSight)
{
    d->poller.setInterval(inSight ? d->source.readEvery() : std::max(d->source.readEvery(), Poller::outOfSight));
}

const QList<Stream> &StreamService::streams() const
{
    return d->streams;
}

const SnapshotStep<Stream> &StreamService::step() const
{
    return d->step;
}

const Freshness &StreamService::freshness() const
{
    return d->poller.freshness();
}

StreamContext StreamService::context() const
{
    const auto &spec = d->runtime.status().spec;
    return {d->subjects, spec ? spec->replicas : 1, d->source.server()};
}

QStringList StreamService::hiddenAccounts() const
{
    return d->source.hiddenAccounts();
}

Access StreamService::createAccess() const
{
    if (const Access access = d->runtime.changeAccess(); !access)
        return access;
    const RuntimeStatus &status = d->runtime.status();
    if (status.phase != RuntimePhase::Ready)
        return Access::no(tr("A stream needs the NATS runtime to be ready."));
    if (!status.hasQuorum())
        return Access::no(tr("%1 of %2 pods are ready: JetStream takes no change without a majority of them.")
                              .arg(status.readyPods())
                              .arg(status.wantedPods()));
    return d->runtime.editAccess();
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

Pending<Stream> StreamService::change(const StreamDraft &draft)
{
    Error invalid{Error::Kind::Invalid, tr("Correct the fields marked below."), {}, {}, {}};
    invalid.fields = validate(draft, context());
    if (!invalid.fields.isEmpty())
        return Pending<Stream>::answered(fail(invalid));
    if (const Access access = changeAccess(*draft.seen); !access)
        return Pending<Stream>::answered(fail(Error::Kind::Forbidden, access.reason));
    return d->mutations.run(d->change(draft));
}

Access StreamService::purgeAccess(const Stream &stream) const
{
    for (const char *denial : {"sealed", "deny_purge"}) {
        if (stream.config.value(QLatin1String(denial)).toBool())
            return Access::no(tr("Stream %1 denies it (%2), for good.").arg(stream.id.name, QLatin1String(denial)));
    }
    return changeAccess(stream);
}

Pending<quint64> StreamService::messagesOn(const StreamId &id, const QString &subject)
{
    return asPending(d->messagesOn(id, subject));
}

Pending<quint64> StreamService::purge(const Stream &stream, const StreamPurge &purge)
{
    Error invalid{Error::Kind::Invalid, tr("Correct the fields marked below."), {}, {}, {}};
    invalid.fields = validate(purge);
    if (!invalid.fields.isEmpty())
        return Pending<quint64>::answered(fail(invalid));
    if (const Access access = purgeAccess(stream); !access)
        return Pending<quint64>::answered(fail(Error::Kind::Forbidden, access.reason));
    return d->mutations.run(d->purge(stream.id, stream.created, purge));
}

Access StreamService::sealAccess(const Stream &stream) const
{
    if (isSealed(stream))
        return Access::no(tr("Stream %1 is sealed already.").arg(stream.id.name));
    return changeAccess(stream);
}

Pending<Stream> StreamService::seal(const Stream &stream)
{
    if (const Access access = sealAccess(stream); !access)
        return Pending<Stream>::answered(fail(Error::Kind::Forbidden, access.reason));
    return d->mutations.run(d->seal(stream));
}

Access StreamService::stepDownAccess(const Stream &stream) const
{
    if (const Access access = handOverAccess(stream); !access)
        return access;
    return createAccess();
}

Pending<QString> StreamService::stepDown(const Stream &stream)
{
    if (const Access access = stepDownAccess(stream); !access)
        return Pending<QString>::answered(fail(Error::Kind::Forbidden, access.reason));
    return d->mutations.run(d->stepDown(stream));
}

Access StreamService::deleteAccess(const Stream &stream) const
{
    if (const Access access = createAccess(); !access)
        return access;
    if (stream.owner && stream.owner->isPuttingBack())
        return Access::no(stream.owner->keeps(tr("Stream %1").arg(stream.id.name)));
    return d->source.ownersAccess();
}

Pending<void> StreamService::remove(const Stream &stream)
{
    if (const Access access = deleteAccess(stream); !access)
        return Pending<void>::answered(fail(Error::Kind::Forbidden, access.reason));
    return d->mutations.run(d->remove(stream.id, stream.created));
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/backupservice.h"

#include "services/base/background.h"
#include "services/base/clock.h"
#include "services/base/mapped.h"
#include "services/domain/assetfields.h"
#include "services/messaging/jetstreamsource.h"
#include "services/messaging/runtimesource.h"

#include <QFile>

#include <algorithm>

using namespace std::chrono_literals;

namespace {

using Step = BackupJob::Step;

constexpr std::chrono::milliseconds lookEvery = 500ms;
constexpr int mostLooks = 20; // a server notices after five seconds that nothing more comes
constexpr int looksOnceTold = 4;
constexpr ServerVersion firstWithMemorySnapshots{2, 15, 0};

template <typename T> Pending<T> inBackground(std::function<Result<T>()> work)
{
    return runInBackground<T>(QThreadPool::globalInstance(), std::move(work));
}

/// The server's own word, not what became of the way to it: somebody else may have been given the name meanwhile.
bool isServersWord(const Error &why)
{
    using Kind = Error::Kind;
    return why.kind != Kind::Cancelled && why.kind != Kind::Offline && why.kind != Kind::Timeout
        && why.kind != Kind::Local;
}

QString wordsFor(const QString &stream)
{
    return BackupService::tr("stream %1").arg(stream);
}

Error cancelled(const QString &summary)
{
    return {Error::Kind::Cancelled, summary, {}, {}, {}};
}

using Writer = std::shared_ptr<BackupWriter>;

StreamBackup::Source readFrom(const QString &path)
{
    const auto file = std::make_shared<QFile>(path);
    return [file] {
        const std::function<Result<QByteArray>()> read = [file]() -> Result<QByteArray> {
            const bool isOpen = file->isOpen() || file->open(QIODevice::ReadOnly);
            QByteArray piece = isOpen ? file->read(StreamBackup::partSize) : QByteArray();
            if (piece.isEmpty() && !(isOpen && file->atEnd()))
                return fail(Error::Kind::Local, BackupService::tr("%1 can't be read.").arg(file->fileName()),
                    file->errorString());
            return piece;
        };
        return inBackground(read);
    };
}

} // namespace

BackupJob::BackupJob(Kind kind, StreamId id, QString folder)
    : m_kind(kind)
    , m_id(std::move(id))
    , m_folder(std::move(folder))
{
}

BackupJob::~BackupJob() = default;

bool BackupJob::isWhole(const Stream &found) const
{
    return notTaken(portableConfig(m_asked), found.config).isEmpty() && found.messages == m_said.messages
        && found.lastSequence == m_said.lastSequence;
}

void BackupJob::cancel()
{
    if (const auto stop = m_cancel) // a copy: what it does ends m_cancel
        stop();
}

void BackupJob::note(Step step, qint64 done, qint64 total)
{
    m_progress = {step, total > 0 ? std::min(done, total) : done, total};
    m_isAllSent = m_isAllSent || step == Step::Storing;
    Q_EMIT progressed();
}

void BackupJob::finish(const Result<Outcome> &outcome)
{
    m_outcome = outcome;
    m_cancel = nullptr;
    Q_EMIT finished();
}

BackupService::BackupService(RuntimeSource &runtime, JetStreamSource &source, JetStreamChanges &changes, Clock &clock,
    std::function<Access()> access, QObject *parent)
    : QObject(parent)
    , m_runtime(runtime)
    , m_source(source)
    , m_changes(changes)
    , m_clock(clock)
    , m_access(std::move(access))
{
}

/// Whoever keeps a job still must not find what it reaches for gone.
BackupService::~BackupService()
{
    for (const Job &job : std::as_const(m_jobs)) {
        job->m_flow = {};
        job->m_cancel = nullptr;
    }
}

Access BackupService::backupAccess(const Stream &stream) const
{
    const auto server = m_source.server();
    if (stream.isOffline)
        return Access::no(tr("The stream is offline: the pods that hold it are not there."));
    if (stream.storage() == Storage::Memory && (!server || *server < firstWithMemorySnapshots))
        return Access::no(tr("It is kept in memory, and only NATS 2.15 and later can back that up."));
    const Access access = m_access();
    if (access || (m_runtime.changeAccess() && m_runtime.editAccess()))
        return access;
    return Access::no(access.reason
        + tr(
            " A backup changes nothing, but it takes the login that may: the one that only views may not ask for it."));
}

Access BackupService::restoreAccess() const
{
    return m_access();
}

bool BackupService::isAtRest() const
{
    return std::none_of(m_jobs.cbegin(), m_jobs.cend(),
        [](const Job &job) { return job->kind() == BackupJob::Kind::Restore && !job->outcome(); });
}

std::shared_ptr<BackupJob> BackupService::backUp(const Stream &stream, const QString &folder)
{
    const auto job = std::make_shared<BackupJob>(BackupJob::Kind::Backup, stream.id, folder);
    return begin(job, copyOut(job.get()));
}

std::shared_ptr<BackupJob> BackupService::restore(const QString &account, const BackupFolder &backup)
{
    const auto job =
        std::make_shared<BackupJob>(BackupJob::Kind::Restore, StreamId{account, backup.streamName()}, backup.path);
    job->m_said = BackupCounts::of(backup.description.state);
    const QJsonObject info{
        {QStringLiteral("config"), backup.description.config}, {QStringLiteral("state"), backup.description.state}};
    if (const auto stream = streamFromJson(account, info))
        job->m_lastMessage = stream->lastMessageAt;
    return begin(job, copyIn(job.get(), backup));
}

BackupService::Job BackupService::begin(const Job &job, Flow<Outcome> flow)
{
    m_jobs.append(job);
    job->m_flow = std::move(flow);
    job->m_cancel = [this, raw = job.get()] { cancel(raw); };
    job->m_flow.whenFinished([this, raw = job.get()](const Result<Outcome> &outcome) {
        // later: this may be called from within the flow's last step
        QMetaObject::invokeMethod(
            this,
            [this, raw, outcome] {
                raw->finish(outcome);
                if (raw->kind() == BackupJob::Kind::Restore)
                    Q_EMIT restored();
                m_jobs.removeIf([raw](const Job &each) { return each.get() == raw; });
            },
            Qt::QueuedConnection);
    });
    return job;
}

void BackupService::cancel(BackupJob *job)
{
    const auto found =
        std::find_if(m_jobs.cbegin(), m_jobs.cend(), [job](const Job &each) { return each.get() == job; });
    // what the server has all of it puts in its place, whoever waits for it
    if (found == m_jobs.cend() || !job->m_flow.isRunning() || job->isAllSent())
        return;
    const Job kept = *found;
    m_jobs.removeOne(kept);
    job->m_flow = {};
    if (job->kind() == BackupJob::Kind::Backup)
        return job->finish(fail(cancelled(tr("It was cancelled, and nothing of it was kept."))));
    job->note(Step::Comparing, 0, 0);
    begin(kept, cleanUp(job, cancelled(tr("It was cancelled."))));
    job->m_cancel = nullptr;
}

Flow<BackupJob::Outcome> BackupService::copyOut(BackupJob *job)
{
    // what only views may not ask for a snapshot (viewingUser())
    if (const Access access = m_access(); !access)
        co_return fail(Error::Kind::Forbidden, access.reason);
    auto reached = co_await m_source.reachToChange(job->id().account);
    if (!reached)
        co_return fail(reached.error());
    const auto api = *reached;
    const std::function<Result<Writer>()> create = [folder = job->folder()] { return BackupWriter::create(folder); };
    Pending<Writer> creating = inBackground(create);
    const auto created = co_await creating;
    if (!created)
        co_return fail(created.error());
    const Writer writer = *created;
    qint64 total = 0;
    const StreamBackup::Begun begun = [job, &total](const StreamBackup::Description &description) {
        total = BackupCounts::of(description.state).bytes.bytes;
        job->note(Step::Copying, 0, total);
    };
    const StreamBackup::Sink sink = [job, writer, &total](const QByteArrayList &pieces) {
        const std::function<Result<qint64>()> write = [writer, pieces] { return writer->write(pieces); };
        const std::function<Result<void>(qint64)> written = [job, &total](qint64 bytes) -> Result<void> {
            job->note(Step::Copying, bytes, total);
            return {};
        };
        return mapped(inBackground(write), written);
    };
    const auto taken = co_await StreamBackup::take(&api->transport(), job->id().name, begun, sink);
    if (!taken)
        co_return fail(taken.error());
    const StreamBackup::Description description = *taken;
    const auto kept = co_await keep(job, writer, description);
    if (!kept)
        co_return fail(kept.error());
    const BackupCounts counts = BackupCounts::of(description.state);
    co_return Outcome{counts, counts, job->folder(), writer->archiveBytes(), writer->digest()};
}

/// Under its name once it has been read again.
Flow<void> BackupService::keep(
    BackupJob *job, std::shared_ptr<BackupWriter> writer, StreamBackup::Description description)
{
    const std::function<Result<void>()> finish = [writer, description] { return writer->finish(description); };
    Pending<void> finishing = inBackground(finish);
    const auto finished = co_await finishing;
    if (!finished)
        co_return fail(finished.error());
    for (bool isChecked = false; !isChecked;) {
        job->note(Step::Checking, writer->checkedBytes(), writer->archiveBytes());
        const std::function<Result<bool>()> checkOn = [writer] { return writer->checkOn(); };
        Pending<bool> checking = inBackground(checkOn);
        const auto checked = co_await checking;
        if (!checked)
            co_return fail(checked.error());
        isChecked = *checked;
    }
    job->m_isAllSent = true; // from here on it comes to be, whoever waits for it
    const std::function<Result<void>()> adopt = [writer] { return writer->adopt(); };
    Pending<void> adopting = inBackground(adopt);
    const auto adopted = co_await adopting;
    if (!adopted)
        co_return fail(adopted.error());
    co_return Result<void>();
}

Flow<void> BackupService::check(BackupJob *job, BackupFolder backup)
{
    const auto archive = std::make_shared<ArchiveCheck>(backup.archive, ArchiveCheck::Expected{backup.digest, {}});
    for (;;) {
        job->note(Step::Checking, archive->readBytes(), backup.archiveBytes);
        const std::function<Result<bool>()> readOn = [archive] { return archive->readOn(); };
        Pending<bool> reading = inBackground(readOn);
        const auto isAtEnd = co_await reading;
        if (!isAtEnd)
            co_return fail(isAtEnd.error());
        if (*isAtEnd)
            co_return Result<void>();
    }
}

Flow<BackupJob::Outcome> BackupService::copyIn(BackupJob *job, BackupFolder backup)
{
    if (const Access access = m_access(); !access)
        co_return fail(Error::Kind::Forbidden, access.reason);
    const auto checked = co_await check(job, backup);
    if (!checked)
        co_return fail(checked.error());
    auto reached = co_await m_source.reachToChange(job->id().account);
    if (!reached)
        co_return fail(reached.error());
    const auto api = *reached;
    const auto stream = co_await send(job, backup, api);
    // it may still come to be
    if (!stream && stream.error().kind == Error::Kind::Timeout && job->isAllSent())
        co_return fail(stream.error());
    if (!stream) {
        auto cleaned = co_await cleanUp(job, stream.error());
        co_return cleaned;
    }
    auto outcome = co_await compare(job, backup, *stream, api);
    co_return outcome;
}

Flow<Stream> BackupService::send(BackupJob *job, BackupFolder backup, std::shared_ptr<JetStreamApi> api)
{
    StreamBackup::Description description = backup.description;
    const auto &spec = m_runtime.status().spec;
    const int servers = spec ? std::max(spec->replicas, 1) : 1;
    if (description.config.value(QLatin1String("num_replicas")).toInt() > servers)
        description.config.insert(QStringLiteral("num_replicas"), servers);
    const StreamId id = job->id();
    const qint64 total = backup.archiveBytes;
    const StreamBackup::Asked asked = [job, config = description.config] { job->m_asked = config; };
    const StreamBackup::Progress progress = [job, total](qint64 bytes) {
        job->m_isAccepted = true;
        job->note(bytes < total ? Step::Copying : Step::Storing, bytes, total);
    };
    const StreamBackup::Source source = readFrom(backup.archive);
    const BackupCounts said = job->m_said;
    const JetStreamChange<Stream, Stream> change{wordsFor(id.name), ChangeKeys::stream(id.name),
        [=] {
            return asPending(
                StreamBackup::restore(&api->transport(), id.account, description, source, progress, asked));
        },
        [=] { return api->stream(id.name); },
        [=](const Result<Stream> &found, const Error &unanswered) -> Result<Stream> {
            return found && BackupCounts::of(*found) == said ? found : Result<Stream>(fail(unanswered));
        }};
    auto restored = co_await m_changes.carryOut(id.account, api, change);
    co_return restored;
}

/// Consumers may follow a little later than the messages.
Flow<BackupJob::Outcome> BackupService::compare(
    BackupJob *job, BackupFolder backup, Stream restored, std::shared_ptr<JetStreamApi> api)
{
    const BackupCounts said = BackupCounts::of(backup.description.state);
    BackupCounts found = BackupCounts::of(restored);
    for (int look = 0; look < mostLooks && found != said; ++look) {
        job->note(Step::Comparing, 0, 0);
        co_await m_clock.sleep(lookEvery);
        const auto now = co_await api->stream(job->id().name);
        if (now)
            found = BackupCounts::of(*now);
    }
    co_return Outcome{said, found, backup.path, backup.archiveBytes, backup.digest};
}

Flow<BackupJob::Outcome> BackupService::cleanUp(BackupJob *job, Error why)
{
    const bool isCancelled = why.kind == Error::Kind::Cancelled;
    const bool isAccepted = job->m_isAccepted;
    if (job->m_asked.isEmpty() && isCancelled)
        why.summary += QLatin1Char(' ') + tr("Nothing of it was sent.");
    const bool isRefused = isServersWord(why);
    if (job->m_asked.isEmpty() || (isRefused && !isAccepted))
        co_return fail(why);
    job->note(Step::Comparing, 0, 0);
    const int looks = isRefused || (isCancelled && isAccepted) ? looksOnceTold : mostLooks;
    const auto remnant = co_await remnantOf(job, looks);
    if (!remnant && remnant.error().kind == Error::Kind::NotFound) {
        const QString left = isAccepted
            ? tr("Nothing is left of it on the server: you can begin again.")
            : tr("The server had been asked to begin and had not answered. There is no stream %1 so far: look at the "
                 "table before you begin again.")
                  .arg(job->id().name);
        why.summary += QLatin1Char(' ') + left;
        co_return fail(why);
    }
    if (!remnant) {
        why.summary += QLatin1Char(' ')
            + tr("Whether anything is left on the server is not known: look at the table once it answers again.");
        co_return fail(why);
    }
    const Stream left = *remnant;
    if (isRefused || job->isWhole(left)) {
        why.summary += QLatin1Char(' ')
            + (isRefused ? tr("The account has a stream %1, which somebody else may have made: it was left alone. Look "
                              "at it before you begin again.")
                         : tr("Stream %1 is there, whole: it ends where the backup ends. It was left alone. Look at it "
                              "before you begin again."))
                  .arg(left.id.name);
        co_return fail(why);
    }
    const auto removed = co_await removeRemnant(job, left);
    why.summary += QLatin1Char(' ')
        + (removed ? tr("What had come of it was deleted again: you can begin again.")
                   : tr("The account has a stream %1 now. Look at it, and delete it before you begin again.")
                         .arg(left.id.name));
    co_return fail(why);
}

Flow<Stream> BackupService::remnantOf(BackupJob *job, int looks)
{
    Result<Stream> last = fail(Error::Kind::Offline, QString());
    for (int look = 0; look < looks; ++look) {
        co_await m_clock.sleep(lookEvery);
        auto reached = co_await m_source.reachToChange(job->id().account);
        if (!reached)
            continue;
        const auto api = *reached;
        last = co_await api->stream(job->id().name);
        if (job->m_isAccepted && !last && last.error().kind == Error::Kind::NotFound)
            break;
    }
    co_return last;
}

/// What is of another make, or holds more or later messages than the backup, somebody else has made. What reaches to
/// the backup's end may be what somebody else has restored from it at the same time.
Flow<void> BackupService::removeRemnant(BackupJob *job, Stream remnant)
{
    const BackupCounts said = job->m_said;
    const QJsonObject asked = portableConfig(job->m_asked);
    const auto lastMessage = job->m_lastMessage;
    const auto check = [said, asked, lastMessage, seen = remnant.created](const Stream &found) -> Result<void> {
        const BackupCounts counts = BackupCounts::of(found);
        // an empty one may as well be what an application or a tool has made meanwhile
        const bool isOther = counts.messages == 0 || found.lastMessageAt > lastMessage || found.created != seen;
        const bool isOurs = notTaken(asked, found.config).isEmpty() && counts.messages <= said.messages
            && counts.lastSequence < said.lastSequence && !isOther;
        return isOurs ? Result<void>() : fail(Error::Kind::Conflict, QString());
    };
    auto reached = co_await m_source.reachToChange(remnant.id.account);
    if (!reached)
        co_return fail(reached.error());
    const auto api = *reached;
    const QString object = wordsFor(remnant.id.name);
    JetStreamChange<void, Stream> deletion{object, ChangeKeys::stream(remnant.id.name),
        [=] { return api->deleteStream(remnant.id.name); }, [=] { return api->stream(remnant.id.name); },
        [=](const Result<Stream> &found, const Error &unanswered) { return judgeDeletion(object, found, unanswered); }};
    deletion.check = check;
    auto removed = co_await m_changes.carryOut(remnant.id.account, api, deletion);
    co_return removed;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "services/domain/backupcounts.h"
#include "services/messaging/backupfolder.h"
#include "services/messaging/jetstreamchanges.h"

#include <QObject>

#include <memory>
#include <optional>

class Clock;
class JetStreamSource;
class RuntimeSource;

/// One backup or restore on its way, and what became of it. GUI thread.
class BackupJob final : public QObject {
    Q_OBJECT

public:
    enum class Kind { Backup, Restore };
    enum class Step {
        Beginning, ///< nothing is known so far
        Checking, ///< the archive is read to its end
        Copying, ///< between server and file
        Storing, ///< the server has all of it, and puts it in its place
        Comparing, ///< what is restored with what the backup says
    };
    struct Progress {
        Step step = Step::Beginning;
        qint64 done = 0; ///< bytes
        qint64 total = 0; ///< 0: not known
    };
    struct Outcome {
        BackupCounts said; ///< by the backup
        BackupCounts found; ///< once restored; of a backup the same
        QString folder;
        qint64 archiveBytes = 0;
        QByteArray digest; ///< BLAKE2b, in hexadecimal; empty: not known
    };

    BackupJob(Kind kind, StreamId id, QString folder);
    ~BackupJob() override;

    Kind kind() const { return m_kind; }
    const StreamId &id() const { return m_id; }
    const QString &folder() const { return m_folder; }
    const Progress &progress() const { return m_progress; }
    /// Nothing while it is on its way.
    const std::optional<Result<Outcome>> &outcome() const { return m_outcome; }
    /// The server has all that is restored, or the backup takes its name: it can't be stopped any more.
    bool isAllSent() const { return m_isAllSent; }
    /// Stops it. The outcome says what is left of it. Nothing where isAllSent().
    void cancel();

    /// By whoever carries it out.
    void note(Step step, qint64 done, qint64 total);
    void finish(const Result<Outcome> &outcome);

Q_SIGNALS:
    void progressed();
    void finished();

private:
    friend class BackupService;

    /// It holds what the backup says, as it was asked for.
    bool isWhole(const Stream &found) const;

    Kind m_kind;
    StreamId m_id;
    QString m_folder;
    BackupCounts m_said; ///< of a restore: by the backup
    std::optional<QDateTime> m_lastMessage; ///< of the backup
    Progress m_progress;
    bool m_isAllSent = false;
    std::optional<Result<Outcome>> m_outcome;
    QJsonObject m_asked; ///< the configuration that the server was asked for; empty: for none so far
    bool m_isAccepted = false; ///< the server has begun to restore it
    std::function<void()> m_cancel;
    Flow<Outcome> m_flow;
};

/// Streams as files: copies one with its messages and consumers into a folder (BackupFolder), and makes one anew from
/// it. Files are read and written in the background, a mebibyte at a time. A backup that does not come to its end
/// leaves nothing behind. What a restore leaves is looked for and told. It is deleted where it ends before the backup
/// does (servers from 2.15 on keep what had come by then), but never after a server's refusal: of two restores of one
/// name the server takes both until their end, and refuses the one that ends later. GUI thread.
class BackupService final : public QObject {
    Q_OBJECT

public:
    /// All must outlive it. `access` is whether anything may be changed now.
    BackupService(RuntimeSource &runtime, JetStreamSource &source, JetStreamChanges &changes, Clock &clock,
        std::function<Access()> access, QObject *parent = nullptr);
    ~BackupService() override;

    /// As of what changes it: servers let the login that only views take no snapshot.
    Access backupAccess(const Stream &stream) const;
    Access restoreAccess() const;
    /// `folder` must not be there yet. The job goes on until its end, whoever keeps it.
    std::shared_ptr<BackupJob> backUp(const Stream &stream, const QString &folder);
    /// What the backup asks for is asked for, but no more replicas than there are servers.
    std::shared_ptr<BackupJob> restore(const QString &account, const BackupFolder &backup);
    /// Nothing is being restored.
    bool isAtRest() const;

Q_SIGNALS:
    /// A stream is there that wasn't before.
    void restored();

private:
    using Outcome = BackupJob::Outcome;
    using Job = std::shared_ptr<BackupJob>;

    Flow<Outcome> copyOut(BackupJob *job);
    Flow<void> keep(BackupJob *job, std::shared_ptr<BackupWriter> writer, StreamBackup::Description description);
    Flow<Outcome> copyIn(BackupJob *job, BackupFolder backup);
    Flow<Stream> send(BackupJob *job, BackupFolder backup, std::shared_ptr<JetStreamApi> api);
    Flow<void> check(BackupJob *job, BackupFolder backup);
    Flow<Outcome> compare(BackupJob *job, BackupFolder backup, Stream restored, std::shared_ptr<JetStreamApi> api);
    /// Cleans up after a restore that ended because of `why`.
    Flow<Outcome> cleanUp(BackupJob *job, Error why);
    /// The stream that is left of it, once the server has given up; NotFound where there is none. Where the server has
    /// not said that it began, none may be there at first.
    Flow<Stream> remnantOf(BackupJob *job, int looks);
    Flow<void> removeRemnant(BackupJob *job, Stream remnant);
    Job begin(const Job &job, Flow<Outcome> flow);
    void cancel(BackupJob *job);

    RuntimeSource &m_runtime;
    JetStreamSource &m_source;
    JetStreamChanges &m_changes;
    Clock &m_clock;
    std::function<Access()> m_access;
    QList<Job> m_jobs;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/freshness.h"
#include "services/base/pending.h"
#include "services/base/snapshotstep.h"
#include "services/domain/access.h"
#include "services/domain/streamdraft.h"
#include "services/domain/streampurge.h"

#include <QObject>

#include <memory>

class BackupService;
class Clock;
class JetStreamSource;
class RuntimeSource;

/// The streams of all accounts, read again every two seconds while the runtime is ready, and what changes them. GUI
/// thread.
class StreamService final : public QObject {
    Q_OBJECT

public:
    StreamService(RuntimeSource &runtime, JetStreamSource &source, Clock &clock, QObject *parent = nullptr);
    ~StreamService() override;

    /// Sorted by account and name. What was known stays while the connection is away; freshness() says since when.
    const QList<Stream> &streams() const;
    /// How they follow from those before, while snapshotChanged() tells of them; else it leads nowhere.
    const SnapshotStep<Stream> &step() const;
    const Freshness &freshness() const;
    /// Accounts of whose streams nothing is known: this person may not see them, or they were not read so far.
    QStringList hiddenAccounts() const;
    /// What a draft is validated against.
    StreamContext context() const;
    /// No change before the runtime is ready, without a majority of its pods, nor without write access.
    Access createAccess() const;
    /// The same of one that is there: what another tool keeps is left to that, and what may be kept as well, while
    /// nobody knows.
    Access deleteAccess(const Stream &stream) const;
    Access changeAccess(const Stream &stream) const { return deleteAccess(stream); }

    /// Validates, creates, and answers what the server made of it. Owned by the service: it runs on when the page is
    /// closed. A Timeout says that the outcome is not known, also to whoever looked again (JetStreamChanges).
    Pending<Stream> create(const StreamDraft &draft);
    /// The same of a change of the stream that the draft has `seen`: a Conflict where it is another by now. What the
    /// server left as it was, though it says that all is well, is told by notTaken().
    Pending<Stream> change(const StreamDraft &draft);
    /// The same as changeAccess(), and not of a stream that denies it.
    Access purgeAccess(const Stream &stream) const;
    /// How many messages it holds on the purge's subject.
    Pending<quint64> messagesOn(const StreamId &id, const QString &subject);
    /// Answers how many messages have gone. `stream` as with remove().
    Pending<quint64> purge(const Stream &stream, const StreamPurge &purge);
    /// The same as changeAccess(), and not of one that is sealed.
    Access sealAccess(const Stream &stream) const;
    /// For good: nothing goes in or out any more. Answers the stream as the server made it; a Conflict where it is
    /// another than it was seen.
    Pending<Stream> seal(const Stream &stream);
    /// Of one with several copies, one of which leads. What another tool keeps of it is not touched.
    Access stepDownAccess(const Stream &stream) const;
    /// Lets another copy lead, and answers which one does then.
    Pending<QString> stepDown(const Stream &stream);
    /// Deletes the stream with its messages and consumers. `stream` is it as a person has seen it: one that was made
    /// anew under its name is left alone, with a Conflict.
    Pending<void> remove(const Stream &stream);
    /// Their backups.
    BackupService &backups();
    void refresh();
    /// Out of sight they are read more seldom, in sight again at once.
    void setInSight(bool inSight);
    /// No change is under way.
    bool isAtRest() const;

Q_SIGNALS:
    void snapshotChanged();
    void freshnessChanged();
    void accessChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

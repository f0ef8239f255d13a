// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/freshness.h"
#include "services/base/pending.h"
#include "services/base/snapshotstep.h"
#include "services/domain/access.h"
#include "services/domain/consumerdraft.h"
#include "services/domain/consumerreset.h"
#include "services/domain/fetchedmessage.h"

#include <QObject>

#include <memory>

class Clock;
class JetStreamSource;
class RuntimeSource;
class StreamService;

/// The consumers of all streams, read again every two seconds while the runtime is ready, and what changes them. GUI
/// thread.
class ConsumerService final : public QObject {
    Q_OBJECT

public:
    ConsumerService(RuntimeSource &runtime, StreamService &streams, JetStreamSource &source, Clock &clock,
        QObject *parent = nullptr);
    ~ConsumerService() override;

    /// Sorted by account, stream and name.
    const QList<Consumer> &consumers() const;
    /// How they follow from those before, while snapshotChanged() tells of them; else it leads nowhere.
    const SnapshotStep<Consumer> &step() const;
    const Freshness &freshness() const;
    ConsumerContext context() const;
    /// No consumers before there is a stream, nor without write access.
    Access createAccess() const;
    /// The same of one that is there: what another tool keeps is left to that, and what may be kept as well, while
    /// nobody knows.
    Access deleteAccess(const Consumer &consumer) const;
    /// The same, and not of one that stands in for another.
    Access changeAccess(const Consumer &consumer) const;
    /// The same, and where the servers are too old for it.
    Access pauseAccess(const Consumer &consumer) const;
    Access resetAccess(const Consumer &consumer) const;
    /// How the servers that there are deliver again.
    ResetManner resetManner() const;
    /// Whether what was begun can be ended of a consumer that stands in for another, which the reason tells where it
    /// does for none.
    Access finishAccess(const Consumer &standIn) const;
    /// The same, and where whoever works with it would lose what is fetched.
    Access fetchAccess(const Consumer &consumer) const;
    /// Of one with several copies, one of which leads. What another tool keeps of it is not touched.
    Access stepDownAccess(const Consumer &consumer) const;

    /// Validates, creates, and answers what the server made of it. Owned by the service: it runs on when the page is
    /// closed. A Timeout says that the outcome is not known, also to whoever looked again (JetStreamChanges).
    Pending<Consumer> create(const ConsumerDraft &draft);
    /// The same of a change of the consumer that the draft has `seen`: a Conflict where it is another by now. What the
    /// server left as it was, though it says that all is well, is told by notTaken().
    Pending<Consumer> change(const ConsumerDraft &draft);
    /// Nothing is delivered until then, UTC; nothing: it goes on at once. Answers until when it is paused now.
    /// `consumer` as with remove().
    Pending<std::optional<QDateTime>> pause(const Consumer &consumer, const std::optional<QDateTime> &until);
    /// Delivers once more what was delivered, from there on. Answers the consumer as it is then. `consumer` as with
    /// remove(), and where it is made anew as with change(): ConsumerRecreation.
    Pending<Consumer> reset(const Consumer &consumer, const ConsumerReset &reset);
    /// Ends what was begun of the consumer for which `standIn` stands in, and answers that. `standIn` as with change().
    Pending<Consumer> finish(const Consumer &standIn);
    /// As last read.
    std::optional<Consumer> find(const ConsumerId &id) const;
    /// Delivers the next `most` messages here without acknowledging them: others get them once the ack wait is over.
    /// Looks once more before whether whoever works with it would lose them: a Conflict then.
    Pending<Fetched> fetch(const Consumer &consumer, int most);
    /// Lets another copy lead; answers which does then.
    Pending<QString> stepDown(const Consumer &consumer);
    /// `consumer` is it as a person has seen it: one that was made anew under its name is left alone, with a Conflict.
    Pending<void> remove(const Consumer &consumer);
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

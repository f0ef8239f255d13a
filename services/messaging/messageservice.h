// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/domain/access.h"
#include "services/domain/outgoingmessage.h"
#include "services/domain/streammessage.h"

#include <QObject>

#include <memory>

class Clock;
class JetStreamSource;
class MessageExport;
class MessagePublishing;
class MessageTail;
class RuntimeSource;
class StreamService;

/// The messages in the streams: read without any consumer, so that nobody else gets one more or less for it; published
/// as a client, and deleted one by one. GUI thread.
class MessageService final : public QObject {
    Q_OBJECT

public:
    /// All must outlive it. No `publishing`: there are no clients' credentials here.
    MessageService(RuntimeSource &runtime, JetStreamSource &source, StreamService &streams, Clock &clock,
        MessagePublishing *publishing = nullptr, QObject *parent = nullptr);
    ~MessageService() override;

    /// As the streams' own service knows it now; nothing: it is not there (any more).
    std::optional<Stream> stream(const StreamId &id) const;

    /// Whoever may see streams may see their messages, but of a NATS that only its monitoring port tells of.
    Access readAccess() const;
    Pending<MessagePage> read(const StreamId &stream, const MessageQuery &query);
    /// Follows what comes after `sequence` on `subject` from now on.
    std::unique_ptr<MessageTail> follow(const StreamId &stream, const QString &subject, quint64 sequence);
    /// All that matches, read a page at a time.
    std::unique_ptr<MessageExport> exportOf(const StreamId &stream);

    /// As for changes of the stream, and not of one that denies it.
    Access deleteAccess(const Stream &stream) const;
    /// Overwrites one message. `message` is it as a person has seen it: a Conflict where another has its sequence by
    /// now, or it has gone. Owned by the service, as all changes.
    Pending<void> remove(const Stream &stream, const StreamMessage &message);

    /// How many messages the stream holds on `subject`.
    Pending<quint64> messagesOn(const StreamId &stream, const QString &subject);

    /// What is missing so that this person may publish to it.
    Access publishAccess(const Stream &stream) const;
    /// As MessagePublishing.
    Pending<PublishAck> publish(const Stream &stream, const OutgoingMessage &message);

    /// No change is under way.
    bool isAtRest() const;

Q_SIGNALS:
    void accessChanged();
    /// stream() may be another.
    void streamsChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

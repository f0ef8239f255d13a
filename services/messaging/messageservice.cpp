// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/messageservice.h"

#include "services/base/mapped.h"
#include "services/base/mutations.h"
#include "services/messaging/jetstreamchanges.h"
#include "services/messaging/jetstreamsource.h"
#include "services/messaging/messageexport.h"
#include "services/messaging/messagepublishing.h"
#include "services/messaging/messagetail.h"
#include "services/messaging/runtimesource.h"
#include "services/messaging/streamservice.h"
#include "services/nats/messagepages.h"
#include "services/nats/streammessages.h"

#include <algorithm>

namespace {

using Found = std::optional<StreamMessage>;

QString wordsFor(quint64 sequence, const QString &stream)
{
    return MessageService::tr("message %1 of stream %2").arg(QString::number(sequence), stream);
}

/// Nobody else's message is deleted for one that a person has seen.
Result<void> isStillThere(const QString &object, const StreamMessage &seen, const Found &found)
{
    if (!found)
        return fail(
            Error::Kind::NotFound, MessageService::tr("Nothing was deleted: %1 is not there any more.").arg(object));
    if (found->timestamp == seen.timestamp && found->subject == seen.subject)
        return {};
    return fail(Error::Kind::Conflict,
        MessageService::tr("Nothing was deleted: %1 is another than was confirmed, because the stream was made anew "
                           "meanwhile. Read it again, then decide.")
            .arg(object));
}

Result<void> judgeRemoval(const QString &object, const Result<Found> &found, Error unanswered)
{
    const bool isGone = found ? !*found : found.error().kind == Error::Kind::NotFound;
    if (isGone)
        return {};
    unanswered.kind = Error::Kind::Timeout; // a connection that was closed meanwhile says no more than silence does
    if (found)
        unanswered.summary =
            MessageService::tr("The server did not answer in time, and %1 is still there. It may still "
                               "be deleted later: read it again before you try again.")
                .arg(object);
    return fail(std::move(unanswered));
}

} // namespace

class MessageService::Private final {
public:
    Private(RuntimeSource &runtimeSource, JetStreamSource &jetStreamSource, StreamService &streamService, Clock &time,
        MessagePublishing *publisher)
        : runtime(runtimeSource)
        , source(jetStreamSource)
        , streams(streamService)
        , clock(time)
        , publishing(publisher)
        , changes(time, [&runtimeSource] { return runtimeSource.confirmChange(); })
    {
    }

    Flow<MessagePage> read(StreamId stream, MessageQuery query)
    {
        auto reached = co_await source.reachToRead(stream.account);
        if (!reached)
            co_return fail(reached.error());
        Flow<MessagePage> reading = readMessages(*reached, stream.name, query);
        auto page = co_await reading;
        co_return page;
    }

    Flow<void> remove(StreamId stream, StreamMessage seen)
    {
        auto reached = co_await source.reachToChange(stream.account);
        if (!reached)
            co_return fail(reached.error());
        const auto api = *reached;
        const auto messages = std::make_shared<StreamMessages>(api->transport(), stream.name);
        const QString object = wordsFor(seen.sequence, stream.name);
        JetStreamChange<void, Found> removal{object, ChangeKeys::message(stream.name, seen.sequence),
            [=] { return messages->remove(seen.sequence); }, [=] { return messages->at(seen.sequence); },
            [=](const Result<Found> &found, const Error &unanswered) {
                return judgeRemoval(object, found, unanswered);
            }};
        removal.check = [=](const Found &found) { return isStillThere(object, seen, found); };
        auto removed = co_await changes.carryOut(stream.account, api, removal);
        streams.refresh();
        co_return removed;
    }

    RuntimeSource &runtime;
    JetStreamSource &source;
    StreamService &streams;
    Clock &clock;
    MessagePublishing *publishing;
    JetStreamChanges changes;
    Mutations mutations;
};

MessageService::MessageService(RuntimeSource &runtime, JetStreamSource &source, StreamService &streams, Clock &clock,
    MessagePublishing *publishing, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(runtime, source, streams, clock, publishing))
{
    connect(&streams, &StreamService::accessChanged, this, &MessageService::accessChanged);
    connect(&streams, &StreamService::snapshotChanged, this, &MessageService::streamsChanged);
    if (publishing)
        connect(publishing, &MessagePublishing::accessChanged, this, &MessageService::accessChanged);
}

MessageService::~MessageService() = default;

std::optional<Stream> MessageService::stream(const StreamId &id) const
{
    const QList<Stream> &all = d->streams.streams();
    const auto found = std::lower_bound(
        all.cbegin(), all.cend(), id, [](const Stream &stream, const StreamId &wanted) { return stream.id < wanted; });
    return found != all.cend() && found->id == id ? std::optional(*found) : std::nullopt;
}

Access MessageService::readAccess() const
{
    return d->source.readAccess();
}

Pending<MessagePage> MessageService::read(const StreamId &stream, const MessageQuery &query)
{
    return asPending(d->read(stream, query));
}

std::unique_ptr<MessageTail> MessageService::follow(const StreamId &stream, const QString &subject, quint64 sequence)
{
    const auto read = [this, stream](const MessageQuery &query) { return d->read(stream, query); };
    return std::make_unique<MessageTail>(d->clock, read, subject, sequence);
}

std::unique_ptr<MessageExport> MessageService::exportOf(const StreamId &stream)
{
    const auto read = [this, stream](const MessageQuery &query) { return d->read(stream, query); };
    return std::make_unique<MessageExport>(read);
}

Access MessageService::deleteAccess(const Stream &stream) const
{
    if (const Access access = readAccess(); !access)
        return access;
    for (const char *denial : {"sealed", "deny_delete"}) {
        if (stream.config.value(QLatin1String(denial)).toBool())
            return Access::no(tr("Stream %1 denies it (%2), for good.").arg(stream.id.name, QLatin1String(denial)));
    }
    return d->streams.changeAccess(stream);
}

Pending<void> MessageService::remove(const Stream &stream, const StreamMessage &message)
{
    if (const Access access = deleteAccess(stream); !access)
        return Pending<void>::answered(fail(Error::Kind::Forbidden, access.reason));
    return d->mutations.run(d->remove(stream.id, message));
}

Pending<quint64> MessageService::messagesOn(const StreamId &stream, const QString &subject)
{
    return d->streams.messagesOn(stream, subject);
}

Access MessageService::publishAccess(const Stream &stream) const
{
    if (!d->publishing)
        return Access::no(d->runtime.editAccess().reason);
    return d->publishing->access(stream);
}

Pending<PublishAck> MessageService::publish(const Stream &stream, const OutgoingMessage &message)
{
    if (!d->publishing)
        return Pending<PublishAck>::answered(fail(Error::Kind::Forbidden, publishAccess(stream).reason));
    return d->publishing->publish(stream, message);
}

bool MessageService::isAtRest() const
{
    return d->mutations.isIdle() && (!d->publishing || d->publishing->isAtRest());
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/domain/outgoingmessage.h"
#include "services/domain/streammessage.h"

class JetStreamTransport;

/// The messages of one stream by the JetStream API. What reads asks `STREAM.MSG.GET` alone, which touches no consumer
/// and takes nothing from a stream whose messages go once they are acknowledged.
/// https://docs.nats.io/reference/reference-protocols/nats_api_reference (Fetching from a Stream By Sequence).
///
/// A subject may have wildcards; an empty one is any. Large answers are taken apart in the background: a message may
/// hold up to 64 MiB. GUI thread.
class StreamMessages final {
public:
    /// `transport` must outlive it.
    StreamMessages(JetStreamTransport &transport, QString stream);

    /// The first one from `sequence` on; nothing where there is none. What was deleted is passed over by the server.
    Pending<std::optional<StreamMessage>> next(quint64 sequence, const QString &subject);
    Pending<std::optional<StreamMessage>> last(const QString &subject);
    /// Exactly that one; nothing where it is not there (any more).
    Pending<std::optional<StreamMessage>> at(quint64 sequence);
    /// The first one that was stored at `time` or later: only servers from 2.11 on know that. Earlier ones answer the
    /// first one of all, without a word.
    Pending<std::optional<StreamMessage>> since(const QDateTime &time, const QString &subject);

    /// Overwrites it on the disk, too (`no_erase` is false).
    Pending<void> remove(quint64 sequence);

    /// To the message's own subject: whatever stream takes that confirms it. Of a Timeout the outcome is not known.
    static Pending<PublishAck> publish(JetStreamTransport &transport, const OutgoingMessage &message);

private:
    Pending<std::optional<StreamMessage>> get(const QJsonObject &body);

    JetStreamTransport &m_transport;
    QString m_stream;
};

/// Codecs, apart so that they can be tested against recorded answers. Nothing: the server knows no such message.
Result<std::optional<StreamMessage>> streamMessageFrom(const QByteArray &reply);
Result<PublishAck> publishAckFrom(const QByteArray &reply);

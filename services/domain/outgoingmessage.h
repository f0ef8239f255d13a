// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/stream.h"
#include "services/domain/streammessage.h"

/// A message that is to be published to a stream.
struct OutgoingMessage {
    QString subject;
    QList<MessageHeader> headers;
    QByteArray payload;

    bool operator==(const OutgoingMessage &) const = default;

    /// The value of a header; empty where there is none of that name.
    QString header(const QString &name) const;
};

/// What JetStream answers to a message that it has taken (`io.nats.jetstream.api.v1.pub_ack_response`).
struct PublishAck {
    QString stream;
    quint64 sequence = 0;
    bool isDuplicate = false; ///< one of the same Nats-Msg-Id was stored before, under that sequence: this one was not

    bool operator==(const PublishAck &) const = default;
};

/// A header by which a message is stored once, however often it is sent.
QString messageIdHeader();
/// A new value for it.
QString newMessageId();

/// Headers that JetStream gives a meaning to, and what that is, for people.
struct KnownHeader {
    QString name;
    QString meaning;
};
QList<KnownHeader> knownHeaders();

/// Why a stream can't take anything that is published; empty where it can.
QString publishProblem(const Stream &stream);
/// What a message does beside being stored.
struct PublishEffect {
    enum class RollUp {
        None,
        Subject, ///< all that is stored on its subject goes
        Stream, ///< all that is stored in the stream goes
    };

    RollUp rollUp = RollUp::None;
    QString bucket; ///< whose clients take it for a write of their own, in words; empty: none

    bool operator==(const PublishEffect &) const = default;
    bool isNone() const { return *this == PublishEffect(); }
};
PublishEffect effectOf(const OutgoingMessage &message);
/// That in sentences, for a question. `messages` go by a roll-up; nothing: how many is not known.
QString effectText(const PublishEffect &effect, const OutgoingMessage &message, const std::optional<quint64> &messages);

/// Fields `subject`, `payload` and `headers/0` and so on, each with what is wrong first.
FieldErrors validate(const OutgoingMessage &message, const Stream &stream);

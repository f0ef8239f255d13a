// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"
#include "services/domain/streammessage.h"

#include <QJsonObject>

#include <chrono>
#include <optional>

/// What a server writes into the subject on which a delivery is to be acknowledged.
/// https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-15.md
struct AckSubject {
    quint64 deliveries = 0; ///< of this message, this one among them
    quint64 sequence = 0; ///< in the stream
    qint64 stored = 0; ///< when it was, in nanoseconds since 1970

    bool operator==(const AckSubject &) const = default;
};

/// "$JS.ACK.ORDERS.billing.…", of nine tokens, or with domain and account of eleven or more. Nothing for any other.
std::optional<AckSubject> ackSubjectFrom(const QByteArray &subject);

/// "2026-11-30T10:00:00.5Z" of nanoseconds since 1970, as servers write it.
QString timestampFrom(qint64 nanoseconds);

/// A message as a consumer has delivered it.
struct FetchedMessage {
    StreamMessage message;
    quint64 deliveries = 1; ///< this one among them
    bool isBodyLeftOut = false; ///< the consumer delivers headers alone (`headers_only`)

    bool operator==(const FetchedMessage &) const = default;
};

/// What one fetch has brought.
struct Fetched {
    QList<FetchedMessage> messages; ///< as they came
    std::optional<Error> problem; ///< what went wrong once some had come; they are here all the same
    std::optional<Error> unread; ///< why payloads that the consumer left out could not be read
    QString heldBack; ///< where none came: what holds the consumer back (Consumer::heldBackBy()); empty: nothing does

    bool operator==(const Fetched &) const = default;
};

/// How long a consumer of that configuration waits for the acknowledgement of a message that it has delivered so often,
/// before it delivers it again: `ack_wait`, or the entry of `backoff` for that delivery.
std::chrono::nanoseconds ackWaitAfter(const QJsonObject &config, quint64 deliveries);
/// It has been delivered as often as it may be (`max_deliver`): no worker gets it any more.
bool isLastDelivery(const QJsonObject &config, quint64 deliveries);

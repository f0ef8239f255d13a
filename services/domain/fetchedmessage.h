// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/streammessage.h"

/// What a server writes into the subject on which a delivery is to be acknowledged.
/// https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-15.md
struct AckSubject {
    quint64 deliveries = 0; ///< of this message, this one among them
    quint64 sequence = 0; ///< in the stream

    bool operator==(const AckSubject &) const = default;
};

/// "$JS.ACK.ORDERS.billing.…", of nine tokens, or with domain and account of eleven or more. Nothing for any other.
std::optional<AckSubject> ackSubjectFrom(const QByteArray &subject);

/// A message as a consumer has delivered it.
struct FetchedMessage {
    StreamMessage message;
    quint64 deliveries = 1; ///< this one among them

    bool operator==(const FetchedMessage &) const = default;
};

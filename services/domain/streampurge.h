// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/stream.h"

/// What is to go from a stream (JetStream API, `STREAM.PURGE`). Nothing set: everything. Sequence and number don't go
/// together, and the subject goes with either.
struct StreamPurge {
    QString subject; ///< `filter`; empty: of all
    std::optional<quint64> before; ///< `seq`: what has a lower one
    std::optional<quint64> keep; ///< `keep`: all but the newest so many

    bool operator==(const StreamPurge &) const = default;
};

/// Fields `subject`, `before` and `keep`.
FieldErrors validate(const StreamPurge &purge);

/// How many messages a purge takes.
struct PurgeCount {
    quint64 messages = 0;
    bool isExact = true; ///< false: at most so many

    bool operator==(const PurgeCount &) const = default;
};

/// `ofSubject`: how many messages the stream holds on the purge's subject, where it has one.
PurgeCount countOf(const StreamPurge &purge, const Stream &stream, quint64 ofSubject);
/// The request's body.
QJsonObject toRequest(const StreamPurge &purge);

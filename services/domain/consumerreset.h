// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/consumer.h"

/// How a consumer is made to deliver again.
enum class ResetManner {
    Request, ///< JetStream API, `CONSUMER.RESET`, since nats-server 2.14
    Recreation, ///< it is deleted and made anew (docs/adr/0018-consumers-made-anew.md)
};

/// From where a consumer is to deliver again.
struct ConsumerReset {
    std::optional<quint64> sequence = {}; ///< `seq`; nothing: from what was not acknowledged
    ResetManner manner = ResetManner::Request;

    bool operator==(const ConsumerReset &) const = default;
};

/// Field `seq`. Nothing beyond where it has come to: servers would skip what lies between. To a request servers take a
/// sequence where a consumer began with all messages, or not before the one that it began with (nats-server,
/// consumer.go resetStartingSeq). One that is made anew begins anywhere, but has to be told where: as long as nothing
/// was acknowledged servers don't say where one began that did so by time, or with what was newest.
FieldErrors validate(const ConsumerReset &reset, const Consumer &consumer);

/// The first sequence that may be delivered again.
quint64 firstAgain(const ConsumerReset &reset, const Consumer &consumer);

/// What a request asks for, of the consumer as it is now. Without a sequence servers go on behind the messages that
/// were given up after max deliver, and behind them is all that nobody has acknowledged (tried with nats-server 2.14
/// and 2.15): the first of them is named where the consumer has such a limit. Nothing: servers take no sequence here.
std::optional<quint64> sequenceToAsk(const ConsumerReset &reset, const Consumer &consumer);

/// How many messages at most are delivered once more.
quint64 deliveredAgain(const ConsumerReset &reset, const Consumer &consumer, const Stream &stream);

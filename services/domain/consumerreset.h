// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/consumer.h"

/// From where a consumer is to deliver again (JetStream API, `CONSUMER.RESET`).
struct ConsumerReset {
    std::optional<quint64> sequence = {}; ///< `seq`; nothing: from what was not acknowledged

    bool operator==(const ConsumerReset &) const = default;
};

/// Field `seq`. Nothing beyond where it has come to: servers would skip what lies between. Servers take a sequence
/// where a consumer began with all messages, or not before the one that it began with (nats-server, consumer.go
/// resetStartingSeq).
FieldErrors validate(const ConsumerReset &reset, const Consumer &consumer);

/// How many messages at most are delivered once more.
quint64 deliveredAgain(const ConsumerReset &reset, const Consumer &consumer, const Stream &stream);

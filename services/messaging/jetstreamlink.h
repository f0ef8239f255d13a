// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/messaging/runtimecredentials.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

class Clock;
class JetStreamTransport;

/// A way to the JetStream of one account, through one pod: what AccountConnections needs of a NatsLink. GUI thread.
class JetStreamLink {
public:
    virtual ~JetStreamLink() = default;

    /// Answers when it can be used, or why not within `limit`.
    virtual Flow<void> open(Clock &clock, std::chrono::milliseconds limit) = 0;
    /// Why it can't be used (any more); nothing while it can.
    virtual std::optional<Error> obstacle() const = 0;
    /// Once it is open.
    virtual JetStreamTransport &transport() = 0;
};

/// Makes a link to a pod as a user whose answers come below `inboxPrefix`, not open yet.
using JetStreamLinks =
    std::function<std::shared_ptr<JetStreamLink>(const QString &pod, const Login &login, const QString &inboxPrefix)>;

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/messaging/runtimecredentials.h"

#include <memory>

class Clock;
class KubernetesTransport;
class NatsLink;
class RuntimeWatch;

/// Logs in to the servers of a runtime that is being made, to see whether a user is served. GUI thread.
class RuntimeLogins final {
public:
    /// All must outlive it, and it its flows.
    RuntimeLogins(KubernetesTransport &transport, Clock &clock, RuntimeWatch &watch, QString nameSpace);

    /// A login may be one that the server is about to be handed.
    static bool mayPass(const Error &error);

    /// Logs in and asks JetStream as that user, again for a while where the failure may pass.
    Flow<void> reach(Login login, QString inboxPrefix);
    /// Once.
    Flow<void> tryOnce(Login login, QString inboxPrefix);
    /// Once through each ready pod; the first failure.
    Flow<void> tryEveryPod(Login login, QString inboxPrefix);
    /// A link to the first ready pod, opened within the limits of a step.
    Flow<std::shared_ptr<NatsLink>> link(Login login, QString inboxPrefix);

private:
    Flow<void> tryPod(Login login, QString inboxPrefix, QString pod);
    Flow<std::shared_ptr<NatsLink>> linkTo(Login login, QString inboxPrefix, QString pod);

    KubernetesTransport &m_transport;
    Clock &m_clock;
    RuntimeWatch &m_watch;
    QString m_nameSpace;
};

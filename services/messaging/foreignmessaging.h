// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/foreignserver.h"

#include <memory>

class Clock;
class ConsumerService;
class ForeignRuntime;
class KubernetesTransport;
class LogService;
class MessageService;
class MonitoredJetStream;
class NackResources;
class StreamService;

/// The services over a NATS that Pennant did not make, wired together: the same that look at Pennant's own, over other
/// sources. Each change is refused with the reason. GUI thread.
class ForeignMessaging final {
public:
    /// All but `server` must outlive it. `user` as in ForeignRuntime. Begins to watch.
    ForeignMessaging(KubernetesTransport &transport, Clock &clock, NackResources &nack, const ForeignServer &server,
        const QString &user);
    ~ForeignMessaging();

    ForeignRuntime &runtime();
    MonitoredJetStream &jetStream();
    StreamService &streams();
    ConsumerService &consumers();
    MessageService &messages();
    LogService &logs();

private:
    class Private;
    std::unique_ptr<Private> d;
};

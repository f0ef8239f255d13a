// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/foreignmessaging.h"

#include "services/messaging/consumerservice.h"
#include "services/messaging/foreignruntime.h"
#include "services/messaging/logservice.h"
#include "services/messaging/messageservice.h"
#include "services/messaging/monitoredjetstream.h"
#include "services/messaging/ownedjetstream.h"
#include "services/messaging/streamservice.h"

class ForeignMessaging::Private final {
public:
    Private(KubernetesTransport &transport, Clock &clock, NackResources &nack, const ForeignServer &server,
        const QString &user)
        : runtime(transport, clock, server, user)
        , jetStream(transport, runtime)
        , owned(jetStream, nack, server.nameSpace)
        , streams(runtime, owned, clock)
        , consumers(runtime, streams, owned, clock)
        , messages(runtime, owned, streams, clock)
        , logs(transport, runtime)
    {
    }

    ForeignRuntime runtime;
    MonitoredJetStream jetStream;
    OwnedJetStream owned;
    StreamService streams;
    ConsumerService consumers;
    MessageService messages;
    LogService logs;
};

ForeignMessaging::ForeignMessaging(
    KubernetesTransport &transport, Clock &clock, NackResources &nack, const ForeignServer &server, const QString &user)
    : d(std::make_unique<Private>(transport, clock, nack, server, user))
{
    d->runtime.start();
    d->streams.refresh();
    d->consumers.refresh();
}

ForeignMessaging::~ForeignMessaging() = default;

ForeignRuntime &ForeignMessaging::runtime()
{
    return d->runtime;
}

MonitoredJetStream &ForeignMessaging::jetStream()
{
    return d->jetStream;
}

StreamService &ForeignMessaging::streams()
{
    return d->streams;
}

ConsumerService &ForeignMessaging::consumers()
{
    return d->consumers;
}

MessageService &ForeignMessaging::messages()
{
    return d->messages;
}

LogService &ForeignMessaging::logs()
{
    return d->logs;
}

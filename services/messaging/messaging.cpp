// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/messaging.h"

#include "services/kubernetes/kubernetestransport.h"
#include "services/messaging/accountconnections.h"
#include "services/messaging/accountservice.h"
#include "services/messaging/consumerservice.h"
#include "services/messaging/foreignmessaging.h"
#include "services/messaging/foreignservers.h"
#include "services/messaging/logservice.h"
#include "services/messaging/nackresources.h"
#include "services/messaging/ownedjetstream.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/streamservice.h"

class Messaging::Private final {
public:
    Private(std::unique_ptr<KubernetesTransport> network, Clock &time, Options given)
        : clock(time)
        , options(std::move(given))
        , transport(std::move(network))
        , runtime(*transport, clock, options.nameSpace, options.workstation)
        , accounts(*transport, clock, runtime)
        , connections(*transport, clock, runtime, accounts)
        , nack(*transport, clock, options.nameSpace)
        , owned(connections, nack, options.nameSpace)
        , streams(runtime, owned, clock)
        , consumers(runtime, streams, owned, clock)
        , logs(*transport, runtime)
        , foreignServers(*transport, time, options.nameSpace)
    {
    }

    Clock &clock;
    Options options;
    std::unique_ptr<KubernetesTransport> transport;
    RuntimeService runtime;
    AccountService accounts;
    AccountConnections connections;
    NackResources nack;
    OwnedJetStream owned;
    StreamService streams;
    ConsumerService consumers;
    LogService logs;
    ForeignServers foreignServers;
};

Messaging::Messaging(std::unique_ptr<KubernetesTransport> transport, Clock &clock, Options options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(transport), clock, std::move(options)))
{
    connect(d->transport.get(), &KubernetesTransport::waitingForChanged, this, &Messaging::waitingForChanged);
}

Messaging::~Messaging() = default;

void Messaging::start()
{
    d->runtime.start();
    d->accounts.start();
    d->streams.refresh();
    d->consumers.refresh();
    d->foreignServers.start();
    d->nack.start();
}

Result<void> Messaging::renew(const ClusterAccess &access)
{
    const Result<void> renewed = d->transport->renew(access);
    if (renewed && d->runtime.freshness().state != Freshness::State::Live)
        d->runtime.refresh();
    return renewed;
}

void Messaging::tryAgain()
{
    d->transport->tryAgain();
}

QString Messaging::waitingFor() const
{
    return d->transport->waitingFor();
}

void Messaging::leave()
{
    d->runtime.leave();
}

bool Messaging::isAtRest() const
{
    return d->runtime.isAtRest() && d->streams.isAtRest() && d->consumers.isAtRest();
}

RuntimeService &Messaging::runtime()
{
    return d->runtime;
}

AccountService &Messaging::accounts()
{
    return d->accounts;
}

StreamService &Messaging::streams()
{
    return d->streams;
}

ConsumerService &Messaging::consumers()
{
    return d->consumers;
}

LogService &Messaging::logs()
{
    return d->logs;
}

ForeignServers &Messaging::foreignServers()
{
    return d->foreignServers;
}

std::unique_ptr<ForeignMessaging> Messaging::openForeign(const ForeignServer &server)
{
    return std::make_unique<ForeignMessaging>(*d->transport, d->clock, d->nack, server);
}

const Messaging::Options &Messaging::options() const
{
    return d->options;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/messaging.h"

#include "services/kubernetes/kubernetestransport.h"
#include "services/messaging/accountconnections.h"
#include "services/messaging/accountservice.h"
#include "services/messaging/consumerservice.h"
#include "services/messaging/logservice.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/streamservice.h"

class Messaging::Private final {
public:
    Private(std::unique_ptr<KubernetesTransport> network, Clock &clock, Options given)
        : options(std::move(given))
        , transport(std::move(network))
        , runtime(*transport, clock, options.nameSpace, options.workstation)
        , accounts(*transport, clock, runtime)
        , connections(*transport, clock, runtime, accounts)
        , streams(runtime, connections, clock)
        , consumers(runtime, streams, connections, clock)
        , logs(*transport, runtime)
    {
    }

    Options options;
    std::unique_ptr<KubernetesTransport> transport;
    RuntimeService runtime;
    AccountService accounts;
    AccountConnections connections;
    StreamService streams;
    ConsumerService consumers;
    LogService logs;
};

Messaging::Messaging(std::unique_ptr<KubernetesTransport> transport, Clock &clock, Options options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(transport), clock, std::move(options)))
{
    d->runtime.setUser(d->options.user);
    connect(d->transport.get(), &KubernetesTransport::waitingForChanged, this, &Messaging::waitingForChanged);
}

Messaging::~Messaging() = default;

void Messaging::start()
{
    d->runtime.start();
    d->accounts.start();
    d->streams.refresh();
    d->consumers.refresh();
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

const Messaging::Options &Messaging::options() const
{
    return d->options;
}

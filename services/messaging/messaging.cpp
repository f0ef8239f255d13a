// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/messaging.h"

#include "services/base/runningoperations.h"
#include "services/kubernetes/kubernetestransport.h"
#include "services/messaging/accountconnections.h"
#include "services/messaging/accountservice.h"
#include "services/messaging/clientsecrets.h"
#include "services/messaging/clusterprotection.h"
#include "services/messaging/clustersurvey.h"
#include "services/messaging/connectiontest.h"
#include "services/messaging/consumerservice.h"
#include "services/messaging/foreignmessaging.h"
#include "services/messaging/foreignservers.h"
#include "services/messaging/logservice.h"
#include "services/messaging/messagepublishing.h"
#include "services/messaging/messageservice.h"
#include "services/messaging/nackresources.h"
#include "services/messaging/ownedjetstream.h"
#include "services/messaging/runtimeaccess.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/streamservice.h"
#include "services/messaging/workloads.h"

class Messaging::Private final {
public:
    Private(std::unique_ptr<KubernetesTransport> network, Clock &time, Options given)
        : clock(time)
        , options(std::move(given))
        , transport(std::move(network))
        , runtime(*transport, clock, options.nameSpace, options.workstation)
        , accounts(runtime.protection().guarded(), clock, runtime, options.workstation)
        , clientSecrets(runtime.protection().guarded(), clock, runtime)
        , passwords(clientSecrets, runtime, accounts, clock, options.keeping)
        , connections(runtime.protection().guarded(), clock, runtime, accounts)
        , nack(runtime.protection().guarded(), clock, options.nameSpace)
        , owned(connections, nack, options.nameSpace)
        , streams(runtime, owned, clock)
        , consumers(runtime, streams, owned, clock)
        , publishing(runtime.protection().guarded(), clock, runtime, accounts, clientSecrets, owned)
        , messages(runtime, owned, streams, clock, &publishing)
        , logs(runtime.protection().guarded(), runtime)
        , survey(runtime.protection().guarded(), {options.nameSpace, options.contextNameSpace, defaultNameSpace()})
        , workloads(runtime.protection().guarded(), time, {options.contextNameSpace, options.nameSpace})
        , foreignServers(runtime.protection().guarded(), time, options.nameSpace)
    {
        // each time that it is within reach (again): it may be another cluster's version by then
        connect(&runtime, &RuntimeService::freshnessChanged, &survey, [this] {
            // who may not read this namespace never sees it live, and may see another
            const std::optional<Error> why = runtime.lastError();
            const bool isRefused = why && why->kind == Error::Kind::Forbidden;
            if (runtime.freshness().state == Freshness::State::Live || (isRefused && !survey.runtimeNamespaces()))
                survey.look();
        });
    }

    Clock &clock;
    Options options;
    RunningOperations operations;
    std::unique_ptr<KubernetesTransport> transport;
    RuntimeService runtime;
    AccountService accounts;
    ClientSecrets clientSecrets;
    AccountPasswords passwords;
    AccountConnections connections;
    NackResources nack;
    OwnedJetStream owned;
    StreamService streams;
    ConsumerService consumers;
    MessagePublishing publishing;
    MessageService messages;
    LogService logs;
    ClusterSurvey survey;
    Workloads workloads;
    ForeignServers foreignServers;
};

Messaging::Messaging(std::unique_ptr<KubernetesTransport> transport, Clock &clock, Options options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(transport), clock, std::move(options)))
{
    d->runtime.setUser(d->options.user);
    connect(&d->accounts, &AccountService::accountDeleted, &d->passwords, &AccountPasswords::forget);
    connect(d->transport.get(), &KubernetesTransport::waitingForChanged, this, &Messaging::waitingForChanged);
    connect(d->transport.get(), &KubernetesTransport::warningChanged, this, &Messaging::loginWarningChanged);
}

Messaging::~Messaging() = default;

void Messaging::start()
{
    d->runtime.start();
    d->survey.look(); // not only once the runtime's own namespace could be read: that may be another's
    d->accounts.start();
    d->clientSecrets.start();
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

QString Messaging::loginWarning() const
{
    return d->transport->warning();
}

void Messaging::setInSight(bool inSight)
{
    d->streams.setInSight(inSight);
    d->consumers.setInSight(inSight);
    d->foreignServers.setInSight(inSight);
    d->nack.setInSight(inSight);
}

void Messaging::leave()
{
    d->runtime.leave();
}

bool Messaging::isAtRest() const
{
    return d->runtime.isAtRest() && d->accounts.isAtRest() && d->streams.isAtRest() && d->consumers.isAtRest()
        && d->messages.isAtRest();
}

RuntimeService &Messaging::runtime()
{
    return d->runtime;
}

AccountService &Messaging::accounts()
{
    return d->accounts;
}

AccountPasswords &Messaging::passwords()
{
    return d->passwords;
}

StreamService &Messaging::streams()
{
    return d->streams;
}

ConsumerService &Messaging::consumers()
{
    return d->consumers;
}

MessageService &Messaging::messages()
{
    return d->messages;
}

LogService &Messaging::logs()
{
    return d->logs;
}

ClusterSurvey &Messaging::survey()
{
    return d->survey;
}

Workloads &Messaging::workloads()
{
    return d->workloads;
}

RunningOperations &Messaging::operations()
{
    return d->operations;
}

ForeignServers &Messaging::foreignServers()
{
    return d->foreignServers;
}

std::unique_ptr<ForeignMessaging> Messaging::openForeign(const ForeignServer &server)
{
    return std::make_unique<ForeignMessaging>(
        d->runtime.protection().guarded(), d->clock, d->nack, server, d->runtime.access().user);
}

std::unique_ptr<ConnectionTest> Messaging::createConnectionTest()
{
    return std::make_unique<ConnectionTest>(d->runtime.protection().guarded(), d->clock);
}

const Messaging::Options &Messaging::options() const
{
    return d->options;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/messaging/accountchanges.h"
#include "services/messaging/configurationrollout.h"

#include <functional>
#include <memory>

class Clock;
class KubernetesTransport;
class RuntimeService;

/// Carries changes of accounts out, from the record to the servers: what is written stands under the Lease
/// (RuntimeService::run()), what is waited for does not. Each can be gone on with by another workstation, from the
/// record alone. GUI thread.
class AccountDriver final {
public:
    using Progress = std::function<void(const QString &account, const QList<PodConfiguration> &pods)>;
    /// What is to be stored beside the record before servers are told.
    using Store = std::function<Flow<void>(KubernetesClient &, RuntimeSpec, AccountRecord)>;

    /// All must outlive it, and it its flows. `progress` is called as servers take the configuration, and with nothing
    /// at the end.
    AccountDriver(KubernetesTransport &transport, Clock &clock, RuntimeService &runtime, AccountChanges::Place place,
        Progress progress);

    /// Records `next` over the operation `seen` and carries it out to its end, which is recorded as well. Fails where
    /// it was not recorded, and with what it was recorded to have failed with.
    Flow<void> carryOut(AccountRecord next, QString seen, Store store);
    /// An operation that is recorded as under way, and that whoever asked for it does not carry out any more.
    Flow<void> goOn(AccountRecord record);

    /// Of a new account whose password may never have been stored.
    static Store noteLostPasswordAt(AccountChanges::Place place);

private:
    struct Begun;

    Flow<void> begin(AccountRecord next, QString seen, Store store, std::shared_ptr<Begun> begun);
    Flow<void> finish(std::shared_ptr<Begun> begun);
    ConfigurationRollout::Progress progressOf(const QString &account) const;
    Flow<void> bring(std::shared_ptr<Begun> begun);
    /// Brings an account that servers don't know, and has them load it twice: nats-server 2.14.9 ties the imports of an
    /// account that comes with a load to a copy of what they lead to, and leaves the viewing user's requests unanswered
    /// until the next one.
    Flow<void> bringNew(std::shared_ptr<Begun> begun, bool *isLoadedTwice);
    /// Changes the record in the midst of its operation and brings the servers what comes of it.
    Flow<void> bringAmended(std::shared_ptr<Begun> begun, std::function<void(AccountRecord &)> change);
    Flow<void> empty(std::shared_ptr<Begun> begun);
    Flow<void> deleteStreams(std::shared_ptr<Begun> begun);
    Flow<void> waitUntilEmpty(QString account);
    Flow<void> recordEnd(AccountRecord record, AccountChanges::Outcome outcome);
    Result<void> areAllReady() const;

    KubernetesTransport &m_transport;
    Clock &m_clock;
    RuntimeService &m_runtime;
    AccountChanges::Place m_place;
    Progress m_progress;
};

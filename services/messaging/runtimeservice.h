// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/base/secretstring.h"
#include "services/domain/namespacefate.h"
#include "services/domain/runtime.h"
#include "services/messaging/runtimeaccess.h"
#include "services/messaging/runtimesource.h"

#include <QList>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

class Clock;
class KubernetesClient;
class ClusterProtection;
class KubernetesTransport;

/// What an operator submits with **Enable NATS**.
struct EnableRequest {
    RuntimeSpec spec;
    SecretString clientPassword; ///< of the default application account
};

/// The shared runtime of one cluster: what was asked, how far it got, and the operations on it.
///
/// All state is in the cluster (ConfigMap `pennant-runtime` and the objects themselves), so that every workstation
/// shows the same status. An operation is a flow of named steps, each safe to run again. Whoever holds the Lease
/// `pennant-driver` carries it out; when that workstation goes away the next one that has the cluster open goes on.
/// Nothing is cancelled by closing a page or the program. GUI thread.
class RuntimeService final : public RuntimeSource {
    Q_OBJECT

public:
    /// `transport` and `clock` must outlive it. `workstation` names this program in the Lease ("ana@laptop").
    RuntimeService(KubernetesTransport &transport, Clock &clock, QString nameSpace, QString workstation,
        QObject *parent = nullptr);
    ~RuntimeService() override;

    /// Begins to watch the cluster, and goes on with an operation that nobody drives.
    void start();
    /// Reads everything again now, what this person may do too, whatever is waited for.
    void refresh() override;
    /// Carries nothing out any more, and gives the Lease up once no change is under way, so that whoever opens the
    /// cluster next goes on then. What was asked for is still recorded to its end.
    void leave();
    /// Nothing is being recorded or changed under the Lease, nor is that being given up.
    bool isAtRest() const;

    const RuntimeStatus &status() const override;
    const Freshness &freshness() const override;
    std::optional<Error> lastError() const override;

    /// The cluster's storage classes, or why they can't be listed (a person may then type a name).
    const Result<QList<StorageClass>> &storageClasses() const;

    /// The nodes that would take pods, as of when they were last looked at: with the permissions, when the runtime has
    /// gone, and by lookAtNodes(). Nothing: not known, or not to be known by this person.
    const std::optional<QStringList> &schedulableNodes() const;
    /// While nothing is enabled; else it has no effect.
    void lookAtNodes();
    /// What becomes of the runtime's namespace when it is disabled, or has become of it; looked for now.
    Pending<NamespaceFate> namespaceFate();

    /// Whether the cluster may be changed at all: it is archived, or read-only here. Its way to the API server is the
    /// one that all services of this cluster take. accessChanged() tells of it as well.
    ClusterProtection &protection();
    const ClusterProtection &protection() const;
    /// Not while an operation is under way.
    Access archiveAccess() const;

    /// What this person may do, asked of the server every ten minutes, by refresh(), and when it has refused something;
    /// the reason names the missing permission.
    /// False until it has answered first; no access is given so far.
    bool isAccessKnown() const;
    Access viewAccess() const override;
    /// Whether the runtime itself may be enabled and changed.
    Access writeAccess() const;
    Access editAccess() const override;
    Access changeAccess() const override;
    Flow<void> confirmChange() override;
    Access inspectAccess() const override;
    Access reachAccess() const override;
    /// As far as permissions decide.
    const RuntimeAccess &access() const;
    Access enableAccess() const;
    Access disableAccess() const;
    Access retryAccess() const;
    /// How this person is named where the server doesn't say it: RuntimeAccess::user.
    void setUser(const QString &user);
    /// A Role with its RoleBinding, as YAML, that grants what `access` misses (of viewAccess(): to see everything);
    /// empty where no permission is missing.
    QString grantFor(const Access &access) const override;
    /// The server refused something elsewhere: where it is Forbidden, what is known of permissions is out of date.
    void noteRefusal(const Error &error) override;

    /// What is to be changed of the runtime beside its own operations: with a client that writes behind the Lease's
    /// fence.
    using Errand = std::function<Flow<void>(KubernetesClient &)>;
    /// Carries it out while this workstation holds the Lease, after the errands before it: so that nobody enables or
    /// disables NATS meanwhile. Refused with NotReady where that is under way, with Conflict where somebody else has
    /// the Lease for too long; Cancelled where it is lost or something else is to be done, and nobody knows how far it
    /// came. To be short, for it is waited for.
    Pending<void> run(Errand errand);

    /// Answers once the request is recorded in the cluster (or why not); from then on status() tells how it goes.
    /// Invalid with field errors named as in validate(RuntimeSpec) and `password`.
    Pending<void> enable(EnableRequest request);
    /// What can't change yet on a running runtime is refused with the reason, one field error each.
    Pending<void> change(const RuntimeSpec &spec);
    /// Runs the failed operation again from its start, or Enable where somebody has deleted or scaled by hand what it
    /// made.
    Pending<void> retry();
    /// Deletes the runtime with all accounts, streams, consumers, messages and credentials. `confirmed` says which one
    /// a person has seen: a Conflict where another operation has been asked for since. Answers once recorded.
    Pending<void> disable(const RuntimeIdentity &confirmed);

Q_SIGNALS:
    void storageClassesChanged();
    void schedulableNodesChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

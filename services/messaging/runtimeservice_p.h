// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/mutations.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/clusterprotection.h"
#include "services/messaging/driverlease.h"
#include "services/messaging/leasefence.h"
#include "services/messaging/runtimeaccess.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/runtimewatch.h"

#include <deque>
#include <functional>

/// The inside of RuntimeService: what it watches, the Lease, and the operation that is carried out here, if one is.
class RuntimeService::Private final {
public:
    Private(
        RuntimeService &service, KubernetesTransport &transport, Clock &clock, QString nameSpace, QString workstation);

    void start();
    /// Derives the status from what is seen now, and steers by it. Not to be called from inside `driving`.
    void update();
    /// Who carries the operation of `next` out, and who will.
    void noteDriver(RuntimeStatus &next, const RuntimeObservation &seen) const;
    /// From the event loop.
    void updateSoon();
    void updateStorageClasses();
    /// Whether the cluster may be changed at all is another question than before.
    void noteProtection();

    /// Stops an operation that is not the record's any more and, where one waits for a driver, tries to become it.
    void steer();
    /// Runs for as long as the record shows an operation that this person may carry out: waits for the Lease, then
    /// does so.
    Flow<void> drive();
    /// Of the record as it is now: the watch may be a moment behind.
    Flow<void> carryOutLatest();
    Flow<void> carryOut(RuntimeRecord record);
    /// Gives the Lease up once all that was asked under it has ended; deletes it where the record has gone.
    Flow<void> giveBack();
    /// Takes the Lease for what waits in `errands`, and carries that out.
    Flow<void> runErrands();
    Flow<void> takeForErrands();
    void refuseErrands(const Error &why);
    /// What was already asked goes on: nothing else begins here until the fence has settled.
    void stopDriving();
    bool isAtRest() const;
    /// Records Disable, then stops what is being enabled here; another workstation's steer() sees the record changed.
    Flow<void> beginDisable(RuntimeRecord record);
    /// Asks what this person may do: now, every ten minutes, and when reviewSoon() says so.
    Flow<void> reviewForever();
    Flow<void> restUntilReview();
    void noteAccess(const RuntimeAccess &next);
    /// Where nothing is enabled; one look at a time.
    void lookAtNodes();
    Flow<void> reviewNodes();
    /// From the event loop; where it is being asked already, that is enough.
    void reviewSoon();
    /// Forbidden means that what was known of this person's permissions is out of date.
    void noteRefusal(const Result<void> &outcome);
    void noteRefusal(const Error &error);
    /// Runs what an operator asks for to its end, once the cluster has said that it is not archived.
    Pending<void> mutate(std::function<Flow<void>()> request) { return mutations.run(confirmed(std::move(request))); }
    Flow<void> confirmed(std::function<Flow<void>()> request);
    /// Writes a record for servers that run without one.
    Flow<void> adopt(RuntimeSpec spec, RuntimeOperation::Kind kind);
    /// `permitted`, unless nothing may be changed whatever this person is permitted.
    Access allowed(const Access &permitted) const;
    std::optional<RuntimeRecord> record() const;
    /// Empty: none.
    QString shownOperation() const;
    /// It is under way, and may be carried out by this person.
    bool mayCarryOut(const RuntimeRecord &record) const;
    bool isDriverWanted() const;

    RuntimeService &service;
    ClusterProtection protection;
    KubernetesTransport &transport; ///< behind the guard of `protection`
    Clock &clock;
    KubernetesClient client;
    KubernetesClient leaseClient; ///< past the guard: the Lease is to be let go of where nothing else may be changed
    QString nameSpace;
    QString workstation;
    RuntimeWatch watch;
    ResourceWatch classes;
    DriverLease lease;
    LeaseFence fence;
    KubernetesClient fenced; ///< for what an operation changes
    RuntimeStatus status;
    Freshness freshness;
    Result<QList<StorageClass>> storageClasses;
    std::optional<QStringList> nodes;
    bool isAccessKnown = false;
    RuntimeAccessReview asked;
    RuntimeAccess access;
    Mutations mutations;
    struct Errand {
        RuntimeService::Errand carryOut;
        Pending<void>::Answer answer;
    };
    std::deque<Errand> errands; ///< that wait, and the one under way
    QString driven; ///< id of the operation that is carried out here; empty: none
    QString shownAtStart; ///< what shownOperation() was then: the watch may have been behind
    bool isLeaving = false;
    bool wasBarred = false; ///< nothing was to be changed here when steer() last looked
    Flow<void> driving;
    Flow<void> reviewing;
    Flow<void> lookingAtNodes;
    bool isReviewUnderWay = false;
    bool isWatchRefused = false;
    std::chrono::milliseconds reviewedAt{0};
};

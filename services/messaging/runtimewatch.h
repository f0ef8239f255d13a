// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/freshness.h"
#include "services/kubernetes/resourcewatch.h"
#include "services/messaging/leasesighting.h"
#include "services/messaging/runtimestatusrules.h"

#include <QDateTime>
#include <QObject>

#include <array>

class Clock;
class KubernetesTransport;

/// Watches everything of one runtime in its namespace: the record, the Lease, the pods, their claims and events, and
/// the objects that Enable made (of Secrets their metadata alone). GUI thread.
class RuntimeWatch final : public QObject {
    Q_OBJECT

public:
    /// `transport` and `clock` must outlive it.
    RuntimeWatch(KubernetesTransport &transport, Clock &clock, const QString &nameSpace, QObject *parent = nullptr);

    void start();
    void refresh();

    /// What is known now. `driver` is the holder's identity as the Lease has it, until that is seen to run out; without
    /// the permission to watch Leases, who wrote the record last. Whether it is this program only the DriverLease
    /// knows.
    RuntimeObservation observation() const;
    /// The less fresh of the record and the pods: all else only explains.
    Freshness freshness() const;
    /// The server doesn't let this person watch the record or the pods.
    bool isRefused() const;
    /// Why that one is not live, where it was said.
    std::optional<Error> lastError() const;

Q_SIGNALS:
    void changed();
    void freshnessChanged();
    /// The cluster does not answer, still or again; see ResourceWatch.
    void attemptFailed();

private:
    void noteRecord();
    void noteLease();
    void awaitLease();
    const ResourceWatch &lessFresh() const;
    QString driverNow(const RuntimeObservation &seen) const;
    bool areLeasesReadable() const;
    std::array<ResourceWatch *, 11> all();

    Clock &m_clock;
    QString m_nameSpace;
    ResourceWatch m_records;
    ResourceWatch m_leases;
    ResourceWatch m_pods;
    ResourceWatch m_claims;
    ResourceWatch m_events;
    ResourceWatch m_statefulSets;
    ResourceWatch m_services;
    ResourceWatch m_secrets;
    ResourceWatch m_budgets;
    ResourceWatch m_policies;
    ResourceWatch m_roles;
    QString m_request; ///< id of the one that has not begun; empty: none
    std::chrono::milliseconds m_requestSeenAt{0};
    Pending<void> m_requestChange; ///< that time alone makes
    LeaseSighting m_lease;
    QDateTime m_leaseEnd;
    Pending<void> m_leaseChange; ///< that time alone makes
};

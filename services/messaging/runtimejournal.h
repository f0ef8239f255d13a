// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/messaging/runtimerecord.h"

#include <chrono>

class ArchiveMarks;
class Clock;
class DriverLease;
class KubernetesClient;

/// Keeps the record in the cluster up with an operation that is carried out here. Every change of step is written
/// before the step begins, so that whoever goes on after a crash knows where. Steps begin again from the first, so what
/// an earlier driver noted of them is dropped. A record that has been given another operation meanwhile is left alone:
/// that is a Conflict, and this operation must end; where the cluster was archived it is Cancelled, and the operation
/// is gone on with once it is unarchived. GUI thread.
class RuntimeJournal final {
public:
    /// All but `record` must outlive it. `client` writes behind the Lease's fence (LeaseFence).
    RuntimeJournal(KubernetesClient &client, Clock &clock, const DriverLease &lease, ArchiveMarks &marks,
        QString nameSpace, RuntimeRecord record);

    const RuntimeRecord &record() const { return m_record; }

    /// Remembers these with the operation, beside those that were noted before: written with the next step.
    void noteOwners(const QStringList &uids);
    /// Of Enable: why the Roles are not installed; written with the next step.
    void noteRoles(const QString &problem);
    /// The step before it is finished, this one begins. Fails where the record can't be written.
    Flow<void> enter(QString stepId);
    /// The operation is done.
    Flow<void> finish();
    /// The operation failed in the current step.
    Flow<void> fail(Error error);

private:
    Flow<void> write();
    Flow<void> writeOnce();
    void closeCurrentStep();

    KubernetesClient &m_client;
    Clock &m_clock;
    ArchiveMarks &m_marks;
    QString m_nameSpace;
    RuntimeRecord m_record;
    std::chrono::milliseconds m_stepBegan;
};

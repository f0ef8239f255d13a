// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/mutations.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/driverlease.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/runtimewatch.h"

/// The inside of RuntimeService: what it watches, the Lease, and the operation that is carried out here, if one is.
class RuntimeService::Private final {
public:
    Private(
        RuntimeService &service, KubernetesTransport &transport, Clock &clock, QString nameSpace, QString workstation);

    void start();
    /// Derives the status from what is seen now and, where an operation waits for a driver, tries to become it.
    void update();
    void updateStorageClasses();
    Access access(const Access &reviewed, const QString &otherwise) const;

    /// Runs for as long as the record says that an operation is under way: waits for the Lease, then carries it out.
    Flow<void> drive();
    Flow<void> carryOut(RuntimeRecord record);
    /// Records Disable, then stops what is being enabled here; another workstation's flow finds the record changed and
    /// ends.
    Flow<void> beginDisable(RuntimeRecord record);
    Flow<void> reviewForever();
    /// The operation under way may be carried out by this person.
    bool mayDrive() const;
    std::optional<RuntimeRecord> record() const;
    bool isOperationRunning() const;

    RuntimeService &service;
    KubernetesTransport &transport;
    Clock &clock;
    KubernetesClient client;
    QString nameSpace;
    QString workstation;
    RuntimeWatch watch;
    ResourceWatch classes;
    DriverLease lease;
    RuntimeStatus status;
    Freshness freshness;
    Result<QList<StorageClass>> storageClasses;
    Access readAccess;
    Access writeAccess;
    Access deleteAccess;
    Mutations mutations;
    Flow<void> driving;
    Flow<void> reviewing;
};

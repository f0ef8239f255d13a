// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/runtimejournal.h"

#include <QJsonObject>
#include <QList>
#include <QObject>

class Clock;
class DriverLease;

/// Carries out **Disable NATS**: deletes what carries Pennant's labels and names in the runtime's namespace, and the
/// namespace itself where Enable made it and nothing of anybody else lives in it. Servers that appear while it runs,
/// because a change from before came late, go as well. Else only the very objects that it read are deleted: one that
/// was replaced meanwhile is of a newer runtime and stays. Can be run again from the start, by another workstation too;
/// the record goes last, so that a flow that died is gone on with. Destroying it stops it where it stands. GUI thread.
class DisableRuntime final : public QObject {
    Q_OBJECT

public:
    /// All but `journal` must outlive it. `client` writes behind the Lease's fence (LeaseFence).
    DisableRuntime(
        KubernetesClient &client, Clock &clock, DriverLease &lease, QString nameSpace, RuntimeJournal journal);

    /// Ends when nothing of the runtime is left, or with the record written as failed with the reason.
    Flow<void> run();

private:
    Flow<void> checkPermissions();
    Flow<void> deleteServers();
    Flow<void> deleteVolumes();
    Flow<void> deleteServices();
    Flow<void> deleteSecrets();
    Flow<void> deleteNamespace();
    /// Looks for servers once more, and begins again where there are any: as long as the record is of this operation,
    /// they are what a slow server made of an earlier request.
    Flow<void> deleteLatecomers();
    Flow<bool> hasServers();
    /// The end where the namespace stays: the Lease goes first, for whoever finds a record makes one. A record that was
    /// changed meanwhile is read again: it stays where it asks for something else by now.
    Flow<void> deleteRecord();
    /// The record as it is stored; empty where there is none, or where it is of another operation by now.
    Flow<QJsonObject> readOwnRecord();
    /// Notes which objects controllers have made others of, before they go.
    Flow<void> noteOwners();
    /// Deletes everything of one kind that carries our labels and names, and waits until it has gone.
    Flow<void> deleteAll(QString apiVersion, QString kind);
    /// Waits for these very objects, all of one kind; new ones of their names don't matter.
    Flow<void> waitUntilGone(QList<QJsonObject> objects, QString labelSelector);
    /// True where the namespace was made by Enable, holds nothing of anybody else and this operation is still the last.
    Flow<bool> isNamespaceOurs(QJsonObject nameSpace);

    // The client's requests, asked again for a while where what went wrong may pass.
    Flow<QJsonObject> read(ObjectRef ref);
    Flow<QList<QJsonObject>> list(QString apiVersion, QString kind, QString labelSelector);
    Flow<void> remove(ObjectRef ref, Preconditions preconditions);

    KubernetesClient &m_client;
    Clock &m_clock;
    DriverLease &m_lease;
    QString m_nameSpace;
    RuntimeJournal m_journal;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/messaging/configurationwriting.h"
#include "services/messaging/runtimejournal.h"
#include "services/messaging/runtimelogins.h"
#include "services/messaging/runtimemanifests.h"
#include "services/messaging/runtimewatch.h"

#include <QObject>

class Clock;
class KubernetesClient;
class KubernetesTransport;

/// Carries out **Enable NATS**: from the record in the cluster to a runtime that a client can log in to. Every step can
/// be run again from the start, by another workstation too: objects are applied, credentials that exist are kept.
/// Destroying it stops it where it stands. GUI thread.
class EnableRuntime final : public QObject {
    Q_OBJECT

public:
    /// All but `journal`, which holds what was asked for, must outlive it. `client` writes behind the Lease's fence
    /// (LeaseFence).
    EnableRuntime(KubernetesTransport &transport, KubernetesClient &client, Clock &clock, RuntimeWatch &watch,
        QString nameSpace, RuntimeJournal journal);

    /// Ends with the record written as done, or as failed with the reason.
    Flow<void> run();

private:
    /// Carries a step out that only asks the API server, again for a while where what went wrong may pass.
    Flow<void> patiently(Flow<void> (EnableRuntime::*step)());
    Flow<void> checkPrerequisites();
    Flow<void> writeSecrets();
    Flow<void> writeServices();
    Flow<void> writeStatefulSet();
    /// Takes the number of replicas and the images back from whoever set them by hand: server-side apply would call
    /// that a Conflict.
    Flow<void> undoByHand();
    Flow<void> apply(QList<QJsonObject> manifests);
    /// Answers it as it is then.
    Flow<QJsonObject> applyOne(QJsonObject manifest);
    /// The StatefulSet as it was seen last; empty where it has not been seen yet.
    Flow<QJsonObject> servers();
    QStringList podNames() const;
    Flow<void> waitForPods();
    Flow<void> waitForJetStream();
    Flow<void> waitForAccount();
    Flow<void> verifyLogin();
    /// Logs in as the viewing user. Servers that ran before it was added (by an earlier version) let it log in, and
    /// leave its requests unanswered until they load their configuration a second time: nats-server 2.14.9 ties the
    /// imports of a new account to a copy of the old one. A slow one of several may need a third.
    Flow<void> reachViewingAccount();

    KubernetesClient &m_client;
    Clock &m_clock;
    RuntimeWatch &m_watch;
    QString m_nameSpace;
    RuntimeJournal m_journal;
    RuntimeManifests m_manifests;
    RuntimeLogins m_logins;
    WrittenConfiguration m_written; ///< as the servers are to have it
    qint64 m_generation = 0; ///< of the StatefulSet, by the change that was written last
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/discardquestion.h"
#include "services/base/flow.h"
#include "services/kubernetes/clusteraccess.h"

#include <QObject>

#include <memory>

class Clock;
class Messaging;
class Workspace;

/// One open cluster: its services and its workspace, with everything a person has typed there, whether it is in sight
/// or another one is. GUI thread.
class OpenCluster final : public QObject {
    Q_OBJECT

public:
    /// Sends nothing before start(). `clock` must outlive it.
    OpenCluster(const QString &id, const QString &name, ClusterAccess access, std::unique_ptr<Messaging> messaging,
        Clock &clock);
    ~OpenCluster() override;

    void start();
    /// Ends everything but the changes that are under way: whoever takes the services keeps them until they are at
    /// rest.
    std::unique_ptr<Messaging> leave();

    const QString &id() const { return m_id; }
    const QString &name() const { return m_name; }
    /// "oncall@prod": who one is, and where.
    QString identity() const;
    /// The same at length, for a tooltip.
    QString about() const;
    Messaging &messaging() const { return *m_messaging; }
    Workspace &workspace() const { return *m_workspace; }
    /// What is lost where it is closed now.
    ClosingLosses losses() const;

    /// What the kubeconfig says of it now; what can't be used is told in the workspace, and the old goes on. False
    /// where it leads to another server or person: then this one is to be left, and the cluster opened anew. As long as
    /// it is not, its workspace says so.
    bool adopt(const Result<ClusterAccess> &access);

Q_SIGNALS:
    void connectionChanged();
    /// The kubeconfig is to be read again: what it names may lie where nobody watches.
    void reloadRequested();
    void surveyed();
    /// The cluster's only runtime is in another namespace. Told once, before a person may have begun anything here.
    void foundElsewhere(const QString &nameSpace);

private:
    void noteConnection();
    void noteSurvey();
    bool areCredentialsDoubted() const;
    Flow<void> lookAgain();

    QString m_id;
    QString m_name;
    ClusterAccess m_access;
    Clock &m_clock;
    std::unique_ptr<Messaging> m_messaging;
    std::unique_ptr<Workspace> m_workspace; ///< after m_messaging: its pages go before their services
    Flow<void> m_lookingAgain;
    bool m_isSurveyed = false;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/foreignserver.h"
#include "services/kubernetes/resourcewatch.h"
#include "services/messaging/runtimesource.h"

class Clock;
class KubernetesTransport;

/// A NATS that Pennant did not make, as it stands: its StatefulSet and its pods, watched. Nothing of it is changed.
/// GUI thread.
class ForeignRuntime final : public RuntimeSource {
    Q_OBJECT

public:
    /// `transport` and `clock` must outlive it. `server` is what was found; renewed by what is seen. `user` is whom the
    /// API server takes this person for; empty: nobody has said so.
    ForeignRuntime(
        KubernetesTransport &transport, Clock &clock, ForeignServer server, QString user, QObject *parent = nullptr);

    void start();

    const ForeignServer &server() const { return m_server; }
    /// Ready while its StatefulSet is there, Absent once that is gone.
    const RuntimeStatus &status() const override { return m_status; }
    const Freshness &freshness() const override { return m_freshness; }
    std::optional<Error> lastError() const override;
    QString goneText() const override;
    Access editAccess() const override;
    /// As MonitoredJetStream finds out by asking.
    Access inspectAccess() const override { return m_inspectAccess; }
    void setInspectAccess(const Access &access);
    QString grantFor(const Access &access) const override;
    Access changeAccess() const override { return editAccess(); }
    Flow<void> confirmChange() override;
    void refresh() override;

private:
    void update();
    void updateFreshness();
    const ResourceWatch &lessFresh() const;
    RuntimeStatus statusNow() const;

    ForeignServer m_server;
    QString m_user;
    Access m_inspectAccess = Access::yes();
    ResourceWatch m_statefulSets;
    ResourceWatch m_pods;
    RuntimeStatus m_status;
    Freshness m_freshness;
};

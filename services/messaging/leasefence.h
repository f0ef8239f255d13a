// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/kubernetestransport.h"

#include <list>
#include <vector>

class DriverLease;

/// The way to the API server for operations that are carried out under a Lease: what asks passes, what changes
/// something is refused once the Lease is not held any more. That is asked of the clock each time, immediately before
/// the request leaves: a flow that slept with the machine, or whose retry comes due, changes nothing of what a
/// successor has done meanwhile. Refused is Cancelled, which no flow takes for an answer of the cluster's.
///
/// A change that has left is waited for no longer than nobody else may take the Lease, and the API server is told to
/// give it up by then. It is counted until its end, also where the flow that asked for it has died: settled() says when
/// another operation may begin, or another driver. What a server carries out after its own time limit nobody here can
/// know of: Disable looks for that (docs/adr/0002). GUI thread.
class LeaseFence final : public KubernetesTransport {
    Q_OBJECT

public:
    /// Both must outlive it.
    LeaseFence(KubernetesTransport &transport, const DriverLease &lease);

    Pending<ApiResponse> send(const ApiRequest &request) override;
    std::unique_ptr<ApiStream> stream(const ApiRequest &request) override;
    std::unique_ptr<PodTunnel> tunnel(const QString &nameSpace, const QString &pod, quint16 port) override;
    std::unique_ptr<PortForward> forward(const QString &nameSpace, const QString &pod, quint16 port) override;
    Result<void> renew(const ClusterAccess &access) override;

    /// Answers once no change is under way.
    Pending<void> settled();

private:
    Pending<ApiResponse> sendCounted(const ApiRequest &request);
    void forget(const Pending<ApiResponse> *change);

    KubernetesTransport &m_transport;
    const DriverLease &m_lease;
    std::list<Pending<ApiResponse>> m_underWay;
    std::vector<Pending<void>::Answer> m_waiting;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/kubernetestransport.h"

class DriverLease;

/// The way to the API server for an operation that is carried out under a Lease: what asks passes, what changes
/// something is refused once the Lease is not held any more. That is asked of the clock each time, immediately before
/// the request leaves: a flow that slept with the machine, or whose retry comes due, changes nothing of what a
/// successor has done meanwhile. Refused is Cancelled, which no flow takes for an answer of the cluster's. GUI thread.
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

private:
    KubernetesTransport &m_transport;
    const DriverLease &m_lease;
};

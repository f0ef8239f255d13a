// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "services/kubernetes/kubernetestransport.h"

/// Whether `request` changes something in the cluster. Reviews are POSTs that store nothing.
bool isChange(const ApiRequest &request);

/// The way to the API server for all of Messaging: what asks passes, tunnels too; what changes something is refused as
/// Forbidden, with the reason, while the cluster is not to be changed. Told so by ClusterProtection, which alone knows
/// the way around. Streams only read. GUI thread.
class WriteGuard final : public KubernetesTransport {
    Q_OBJECT

public:
    /// `transport` must outlive it. Lets all pass until setAccess().
    explicit WriteGuard(KubernetesTransport &transport);

    void setAccess(const Access &access) { m_access = access; }

    Pending<ApiResponse> send(const ApiRequest &request) override;
    std::unique_ptr<ApiStream> stream(const ApiRequest &request) override;
    std::unique_ptr<PodTunnel> tunnel(const QString &nameSpace, const QString &pod, quint16 port) override;
    std::unique_ptr<PortForward> forward(const QString &nameSpace, const QString &pod, quint16 port) override;
    Result<void> renew(const ClusterAccess &access) override;

private:
    KubernetesTransport &m_transport;
    Access m_access = Access::yes();
};

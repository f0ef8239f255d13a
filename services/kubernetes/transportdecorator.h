// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/kubernetestransport.h"

/// A way to the API server through another one, which passes on everything, signals too. Who derives from it changes
/// what it is about. GUI thread.
class TransportDecorator : public KubernetesTransport {
    Q_OBJECT

public:
    /// `transport` must outlive it.
    explicit TransportDecorator(KubernetesTransport &transport);

    Pending<ApiResponse> send(const ApiRequest &request) override;
    std::unique_ptr<ApiStream> stream(const ApiRequest &request) override;
    std::unique_ptr<PodTunnel> tunnel(const QString &nameSpace, const QString &pod, quint16 port) override;
    std::unique_ptr<PortForward> forward(const QString &nameSpace, const QString &pod, quint16 port) override;
    Result<void> renew(const ClusterAccess &access) override;
    void tryAgain() override;
    QString waitingFor() const override;
    QString warning() const override;
    std::optional<std::chrono::milliseconds> silence() const override;

private:
    KubernetesTransport &m_transport;
};

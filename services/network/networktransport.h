// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/kubeconfig.h"
#include "services/kubernetes/kubernetestransport.h"
#include "services/network/connectionpace.h"

#include <memory>

class Logins;

/// The real thing: Qt Network over verified TLS, HTTP/2 to the API server (so that watches do not starve requests),
/// WebSocket with `v4.channel.k8s.io` for tunnels; through the kubeconfig's proxy or else the environment's.
class NetworkTransport final : public KubernetesTransport {
    Q_OBJECT

public:
    /// Fails with Tls or Invalid where certificates, keys or the proxy can't be used; nothing is sent yet. `logins`: of
    /// all clusters that are open; null: this is the only one.
    static Result<std::unique_ptr<NetworkTransport>> create(
        const ClusterAccess &access, const ConnectionPace &pace = {}, std::shared_ptr<Logins> logins = nullptr);
    ~NetworkTransport() override;

    Pending<ApiResponse> send(const ApiRequest &request) override;
    std::unique_ptr<ApiStream> stream(const ApiRequest &request) override;
    std::unique_ptr<PodTunnel> tunnel(const QString &nameSpace, const QString &pod, quint16 port) override;
    std::unique_ptr<PortForward> forward(const QString &nameSpace, const QString &pod, quint16 port) override;
    /// A new token serves the next request; another certificate, authority or proxy needs new connections, so what is
    /// under way breaks.
    Result<void> renew(const ClusterAccess &access) override;
    void tryAgain() override;
    QString waitingFor() const override;
    QString warning() const override;
    std::optional<std::chrono::milliseconds> silence() const override;

private:
    class Private;
    explicit NetworkTransport(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

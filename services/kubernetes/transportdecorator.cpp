// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/transportdecorator.h"

TransportDecorator::TransportDecorator(KubernetesTransport &transport)
    : m_transport(transport)
{
    connect(&transport, &KubernetesTransport::waitingForChanged, this, &KubernetesTransport::waitingForChanged);
    connect(&transport, &KubernetesTransport::warningChanged, this, &KubernetesTransport::warningChanged);
    connect(&transport, &KubernetesTransport::reached, this, &KubernetesTransport::reached);
}

Pending<ApiResponse> TransportDecorator::send(const ApiRequest &request)
{
    return m_transport.send(request);
}

std::unique_ptr<ApiStream> TransportDecorator::stream(const ApiRequest &request)
{
    return m_transport.stream(request);
}

std::unique_ptr<PodTunnel> TransportDecorator::tunnel(const QString &nameSpace, const QString &pod, quint16 port)
{
    return m_transport.tunnel(nameSpace, pod, port);
}

std::unique_ptr<PortForward> TransportDecorator::forward(const QString &nameSpace, const QString &pod, quint16 port)
{
    return m_transport.forward(nameSpace, pod, port);
}

Result<void> TransportDecorator::renew(const ClusterAccess &access)
{
    return m_transport.renew(access);
}

void TransportDecorator::tryAgain()
{
    m_transport.tryAgain();
}

QString TransportDecorator::waitingFor() const
{
    return m_transport.waitingFor();
}

QString TransportDecorator::warning() const
{
    return m_transport.warning();
}

std::optional<std::chrono::milliseconds> TransportDecorator::silence() const
{
    return m_transport.silence();
}

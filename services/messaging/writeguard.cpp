// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/writeguard.h"

bool isChange(const ApiRequest &request)
{
    return request.verb != "GET" && !request.path.startsWith(QLatin1String("/apis/authorization.k8s.io/"));
}

WriteGuard::WriteGuard(KubernetesTransport &transport)
    : m_transport(transport)
{
    connect(&transport, &KubernetesTransport::reached, this, &KubernetesTransport::reached);
}

Pending<ApiResponse> WriteGuard::send(const ApiRequest &request)
{
    if (!m_access && isChange(request))
        return Pending<ApiResponse>::answered(fail(Error::Kind::Forbidden, m_access.reason));
    return m_transport.send(request);
}

std::unique_ptr<ApiStream> WriteGuard::stream(const ApiRequest &request)
{
    return m_transport.stream(request);
}

std::unique_ptr<PodTunnel> WriteGuard::tunnel(const QString &nameSpace, const QString &pod, quint16 port)
{
    return m_transport.tunnel(nameSpace, pod, port);
}

std::unique_ptr<PortForward> WriteGuard::forward(const QString &nameSpace, const QString &pod, quint16 port)
{
    return m_transport.forward(nameSpace, pod, port);
}

Result<void> WriteGuard::renew(const ClusterAccess &access)
{
    return m_transport.renew(access);
}

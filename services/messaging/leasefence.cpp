// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/leasefence.h"

#include "services/messaging/driverlease.h"

namespace {

/// Reviews are POSTs that store nothing.
bool isChange(const ApiRequest &request)
{
    return request.verb != "GET" && !request.path.startsWith(QLatin1String("/apis/authorization.k8s.io/"));
}

} // namespace

LeaseFence::LeaseFence(KubernetesTransport &transport, const DriverLease &lease)
    : m_transport(transport)
    , m_lease(lease)
{
}

Pending<ApiResponse> LeaseFence::send(const ApiRequest &request)
{
    if (isChange(request) && !m_lease.isHeld())
        return Pending<ApiResponse>::answered(
            fail(Error::Kind::Cancelled, tr("Another workstation goes on with the operation.")));
    return m_transport.send(request);
}

std::unique_ptr<ApiStream> LeaseFence::stream(const ApiRequest &request)
{
    return m_transport.stream(request);
}

std::unique_ptr<PodTunnel> LeaseFence::tunnel(const QString &nameSpace, const QString &pod, quint16 port)
{
    return m_transport.tunnel(nameSpace, pod, port);
}

std::unique_ptr<PortForward> LeaseFence::forward(const QString &nameSpace, const QString &pod, quint16 port)
{
    return m_transport.forward(nameSpace, pod, port);
}

Result<void> LeaseFence::renew(const ClusterAccess &access)
{
    return m_transport.renew(access);
}

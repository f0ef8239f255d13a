// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/steppedtransport.h"

namespace {

Error lostOnTheWay()
{
    return {Error::Kind::Timeout, QStringLiteral("no answer in time"), {}, {}, {}};
}

} // namespace

SteppedTransport::SteppedTransport(KubernetesTransport &cluster)
    : m_cluster(cluster)
{
}

Pending<ApiResponse> SteppedTransport::send(const ApiRequest &request)
{
    if (!areReviewsCounted && request.path.contains(QLatin1String("selfsubjectaccessreviews")))
        return m_cluster.send(request);
    const bool isFailing = failing == m_sent++;
    if (isFailing && isLostOnTheWayBack)
        m_forwarded.push_back(m_cluster.send(request));
    if (isFailing)
        return Pending<ApiResponse>::answered(fail(lostOnTheWay()));
    if (!m_isHeld)
        return m_cluster.send(request);
    return Pending<ApiResponse>::ask([&](Pending<ApiResponse>::Answer answer) -> std::function<void()> {
        m_waiting = [this, request, answer] {
            m_forwarded.push_back(m_cluster.send(request));
            m_forwarded.back().then(this, [answer](Result<ApiResponse> response) { answer(std::move(response)); });
        };
        return {};
    });
}

void SteppedTransport::step()
{
    if (const auto letThrough = std::exchange(m_waiting, nullptr))
        letThrough();
}

std::unique_ptr<ApiStream> SteppedTransport::stream(const ApiRequest &request)
{
    return m_cluster.stream(request);
}

std::unique_ptr<PodTunnel> SteppedTransport::tunnel(const QString &nameSpace, const QString &pod, quint16 port)
{
    return m_cluster.tunnel(nameSpace, pod, port);
}

std::unique_ptr<PortForward> SteppedTransport::forward(const QString &nameSpace, const QString &pod, quint16 port)
{
    return m_cluster.forward(nameSpace, pod, port);
}

Result<void> SteppedTransport::renew(const ClusterAccess &access)
{
    return m_cluster.renew(access);
}

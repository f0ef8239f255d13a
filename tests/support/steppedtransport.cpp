// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/steppedtransport.h"

namespace {

Error lostOnTheWay()
{
    return {Error::Kind::Timeout, QStringLiteral("no answer in time"), {}, {}, {}};
}

} // namespace

SteppedTransport::SteppedTransport(KubernetesTransport &cluster)
    : TransportDecorator(cluster)
{
}

Pending<ApiResponse> SteppedTransport::send(const ApiRequest &request)
{
    if (!areReviewsCounted && request.path.contains(QLatin1String("selfsubjectaccessreviews")))
        return TransportDecorator::send(request);
    const bool isFailing = failing == m_sent++;
    if (isFailing && isLostOnTheWayBack)
        m_forwarded.push_back(TransportDecorator::send(request));
    if (isFailing)
        return Pending<ApiResponse>::answered(fail(lostOnTheWay()));
    if (!m_isHeld)
        return TransportDecorator::send(request);
    return Pending<ApiResponse>::ask([&](Pending<ApiResponse>::Answer answer) -> std::function<void()> {
        m_waiting = [this, request, answer] {
            m_forwarded.push_back(TransportDecorator::send(request));
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

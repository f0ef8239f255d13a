// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/leasefence.h"

#include "services/messaging/driverlease.h"
#include "services/messaging/writeguard.h"

#include <algorithm>
#include <utility>

namespace {

/// `request`, to be over in `time`, for the API server too: without the parameter it would go on for a minute after
/// nobody waits any more (apiserver's WithRequestDeadline).
ApiRequest limited(ApiRequest request, std::chrono::milliseconds time)
{
    request.timeout = std::min(request.timeout, time);
    request.query.addQueryItem(
        QStringLiteral("timeout"), QString::number(request.timeout.count()) + QLatin1String("ms"));
    return request;
}

} // namespace

LeaseFence::LeaseFence(KubernetesTransport &transport, const DriverLease &lease)
    : TransportDecorator(transport)
    , m_lease(lease)
{
}

Pending<ApiResponse> LeaseFence::send(const ApiRequest &request)
{
    if (!isChange(request))
        return TransportDecorator::send(request);
    if (!m_lease.isHeld())
        return Pending<ApiResponse>::answered(
            fail(Error::Kind::Cancelled, tr("Another workstation goes on with the operation.")));
    return sendCounted(limited(request, m_lease.left()));
}

Pending<ApiResponse> LeaseFence::sendCounted(const ApiRequest &request)
{
    Pending<ApiResponse> &change = m_underWay.emplace_back(TransportDecorator::send(request));
    return Pending<ApiResponse>::ask([this, &change](Pending<ApiResponse>::Answer answer) -> std::function<void()> {
        change.then(this, [this, &change, answer](Result<ApiResponse> result) {
            answer(std::move(result));
            forget(&change);
        });
        return {};
    });
}

void LeaseFence::forget(const Pending<ApiResponse> *change)
{
    m_underWay.remove_if([change](const Pending<ApiResponse> &each) { return &each == change; });
    if (!m_underWay.empty())
        return;
    for (const Pending<void>::Answer &waiting : std::exchange(m_waiting, {}))
        waiting({});
}

Pending<void> LeaseFence::settled()
{
    if (m_underWay.empty())
        return Pending<void>::answered({});
    return Pending<void>::ask([this](Pending<void>::Answer answer) -> std::function<void()> {
        m_waiting.push_back(std::move(answer));
        return {};
    });
}

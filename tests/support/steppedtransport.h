// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/transportdecorator.h"

#include <functional>
#include <optional>

/// One workstation's line to a cluster that others use as well: its requests can be let through one by one, and one of
/// them can go wrong on the way there or back. Access reviews are let through uncounted, unless they are to be counted.
class SteppedTransport final : public TransportDecorator {
    Q_OBJECT

public:
    /// `cluster` must outlive it.
    explicit SteppedTransport(KubernetesTransport &cluster);

    Pending<ApiResponse> send(const ApiRequest &request) override;

    /// From now on every request waits for step().
    void hold() { m_isHeld = true; }
    bool isWaiting() const { return bool(m_waiting); }
    /// Lets the request that waits through.
    void step();

    /// How many were sent.
    int sent() const { return m_sent; }
    /// The request of this number, from 0, fails; `isLostOnTheWayBack`: after it was carried out.
    std::optional<int> failing;
    bool isLostOnTheWayBack = false;
    bool areReviewsCounted = false;

private:
    bool m_isHeld = false;
    int m_sent = 0;
    std::function<void()> m_waiting;
    std::vector<Pending<ApiResponse>> m_forwarded;
};

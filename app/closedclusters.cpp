// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/closedclusters.h"

#include "services/base/clock.h"
#include "services/messaging/messaging.h"

namespace {

constexpr std::chrono::milliseconds glanceEvery{200};
constexpr std::chrono::milliseconds longestRest = std::chrono::seconds(10);

} // namespace

ClosedClusters::ClosedClusters(Clock &clock)
    : m_clock(clock)
{
}

void ClosedClusters::take(std::unique_ptr<Messaging> messaging)
{
    if (!messaging->isAtRest())
        m_leaving.run(seeOut(std::move(messaging)));
}

Flow<void> ClosedClusters::seeOut(std::unique_ptr<Messaging> messaging)
{
    while (!messaging->isAtRest())
        co_await m_clock.sleep(glanceEvery);
    co_return Result<void>();
}

Flow<void> ClosedClusters::rest()
{
    const auto end = m_clock.monotonic() + longestRest;
    while (!areAtRest() && m_clock.monotonic() < end)
        co_await m_clock.sleep(glanceEvery);
    co_return Result<void>();
}

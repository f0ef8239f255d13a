// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/poller.h"

#include <algorithm>

Poller::Poller(Clock &clock, std::chrono::milliseconds interval, Read read, std::function<void()> changed)
    : m_clock(clock)
    , m_interval(interval)
    , m_read(std::move(read))
    , m_changed(std::move(changed))
{
}

void Poller::poll()
{
    if (m_isReading)
        m_isAskedAgain = true;
    else
        m_running = run();
}

void Poller::pollBehind()
{
    if (m_isReading)
        m_isBehind = true;
    else
        m_running = run(restLeft());
}

std::chrono::milliseconds Poller::restLeft() const
{
    return std::max(m_restedAt - m_clock.monotonic(), std::chrono::milliseconds(0));
}

void Poller::startOver()
{
    if (!m_running.isRunning())
        return;
    m_isAskedAgain = false;
    m_isBehind = false;
    m_running = run();
}

Flow<void> Poller::run(std::chrono::milliseconds rest)
{
    for (;;) {
        if (rest > std::chrono::milliseconds(0))
            co_await m_clock.sleep(rest);
        m_isReading = true;
        const auto begun = m_clock.monotonic();
        do {
            m_isAskedAgain = false;
            m_isBehind = false;
            auto outcome = co_await m_read();
            note(outcome);
            const std::chrono::milliseconds ended = m_clock.monotonic();
            // what was waited for in vain is no work for anybody
            m_restedAt = outcome ? ended + 2 * (ended - begun) : ended;
        } while (m_isAskedAgain);
        m_isReading = false;
        rest = m_isBehind ? restLeft() : std::max(m_interval, restLeft());
    }
}

void Poller::setInterval(std::chrono::milliseconds interval)
{
    const bool isShorter = interval < m_interval;
    m_interval = interval;
    if (isShorter && m_running.isRunning())
        poll();
}

void Poller::forget()
{
    m_hasPart = false;
    if (m_freshness.state == Freshness::State::Syncing)
        return;
    m_freshness = {Freshness::State::Syncing, m_clock.now(), {}};
    m_changed();
}

void Poller::note(const Result<void> &outcome)
{
    Freshness next = m_freshness;
    if (outcome) {
        next.state = Freshness::State::Live;
        next.why.clear();
        next.kind.reset();
    } else {
        // What was never read can't be stale.
        if (next.state == Freshness::State::Live || m_hasPart)
            next.state = Freshness::State::Stale;
        next.why = outcome.error().summary;
        next.kind = outcome.error().kind;
    }
    if (next.state != m_freshness.state)
        next.since = m_clock.now();
    if (next == m_freshness)
        return;
    m_freshness = next;
    m_changed();
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/clock.h"
#include "services/base/flow.h"
#include "services/base/freshness.h"

#include <chrono>
#include <functional>

/// Reads something again and again, and knows how fresh it is. `read` ends with a complete reading or says why there is
/// none. What takes long to read is read more seldom: two thirds of the time nothing is. GUI thread.
class Poller final {
public:
    using Read = std::function<Flow<void>()>;

    /// The interval for what nobody looks at.
    static constexpr std::chrono::milliseconds outOfSight = std::chrono::seconds(20);

    /// `clock` must outlive it; `changed` is called when the freshness did.
    Poller(Clock &clock, std::chrono::milliseconds interval, Read read, std::function<void()> changed);

    /// Begins, or reads again at once; while a reading is under way, once more after it.
    void poll();
    /// What is read follows from something that has changed: reads again as soon as two thirds of the time since the
    /// last reading began were left to others, and at once where that was over in no time.
    void pollBehind();
    /// Reads again at once, if it has begun, and waits no longer for a reading that is under way.
    void startOver();
    /// A shorter one reads again at once, if it has begun.
    void setInterval(std::chrono::milliseconds interval);
    /// By `read`, before it says why the reading is not complete: what is there can be stale.
    void notePart() { m_hasPart = true; }
    /// What was read is no more: what comes next is as new as a first reading.
    void forget();
    const Freshness &freshness() const { return m_freshness; }

private:
    Flow<void> run(std::chrono::milliseconds rest = {});
    std::chrono::milliseconds restLeft() const;
    void note(const Result<void> &outcome);

    Clock &m_clock;
    std::chrono::milliseconds m_interval;
    Read m_read;
    std::function<void()> m_changed;
    Freshness m_freshness;
    bool m_isReading = false;
    bool m_hasPart = false;
    bool m_isAskedAgain = false;
    bool m_isBehind = false; ///< what is being read follows from what has changed meanwhile
    std::chrono::milliseconds m_restedAt{0};
    Flow<void> m_running;
};

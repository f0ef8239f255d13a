// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/clock.h"

/// Notices that somebody has set the wall clock since this was made: for what counts its waits by it and would go on
/// waiting for as long as it was set back. Small corrections, as by NTP, do not count. GUI thread.
class WallClock final {
public:
    /// `clock` must outlive it.
    explicit WallClock(const Clock &clock)
        : m_clock(clock)
        , m_offset(offset())
    {
    }

    bool wasSet() const { return qAbs(offset() - m_offset) > mostCorrected; }

private:
    static constexpr qint64 mostCorrected = 2000; // ms

    qint64 offset() const { return m_clock.now().toMSecsSinceEpoch() - m_clock.monotonic().count(); }

    const Clock &m_clock;
    qint64 m_offset;
};

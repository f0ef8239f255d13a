// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/clock.h"

/// The machine's own clock, `times` as fast: what takes minutes can be tried out over a real line within seconds.
class HurriedClock final : public Clock {
public:
    explicit HurriedClock(int times)
        : m_times(times)
    {
    }

    QDateTime now() const override { return m_system.now(); }
    std::chrono::milliseconds monotonic() const override { return m_system.monotonic() * m_times; }
    Pending<void> sleep(std::chrono::milliseconds duration) override { return m_system.sleep(duration / m_times); }

private:
    SystemClock m_system;
    int m_times;
};

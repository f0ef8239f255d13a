// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/clock.h"

#include <QDateTime>

#include <memory>
#include <vector>

/// Time that stands still until a test moves it.
class FakeClock final : public Clock {
public:
    QDateTime now() const override;
    std::chrono::milliseconds monotonic() const override { return m_monotonic; }
    Pending<void> sleep(std::chrono::milliseconds duration) override;

    /// Lets `duration` pass. Whoever wakes up on the way does so at his time and may sleep again within it.
    void advance(std::chrono::milliseconds duration);
    /// The machine sleeps: `duration` passes, and no timer runs meanwhile. Also from within advance().
    void suspend(std::chrono::milliseconds duration);
    /// Somebody sets the wall clock, forward or back.
    void setWallClock(std::chrono::milliseconds by) { m_start = m_start.addMSecs(by.count()); }
    /// Sleeps that have not ended.
    int sleepers() const;

private:
    struct Sleep {
        std::chrono::milliseconds until;
        Pending<void>::Answer answer;
        bool isOver = false;
    };

    std::shared_ptr<Sleep> nextDue(std::chrono::milliseconds limit) const;

    std::chrono::milliseconds m_monotonic{1000};
    std::chrono::milliseconds m_suspended{0};
    QDateTime m_start = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
    std::vector<std::shared_ptr<Sleep>> m_sleeps;
};

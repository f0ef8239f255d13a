// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"

#include <QDateTime>

#include <chrono>

/// Time, as a seam: everything that waits or dates something does it through a Clock, so that tests decide what time it
/// is. GUI thread.
class Clock {
public:
    virtual ~Clock() = default;

    /// Wall clock, UTC. For what is shown or stored.
    virtual QDateTime now() const = 0;
    /// Time since some fixed point, never going back and not standing still while the machine sleeps. For measuring
    /// and limits.
    virtual std::chrono::milliseconds monotonic() const = 0;
    /// Answers after `duration`; dropping it ends the wait.
    virtual Pending<void> sleep(std::chrono::milliseconds duration) = 0;
};

/// The machine's own clock.
class SystemClock final : public Clock {
public:
    QDateTime now() const override;
    std::chrono::milliseconds monotonic() const override;
    Pending<void> sleep(std::chrono::milliseconds duration) override;
};

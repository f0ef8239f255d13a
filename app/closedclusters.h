// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/base/mutations.h"

#include <memory>

class Clock;
class Messaging;

/// Keeps the services of clusters that were closed until no change of theirs is under way. GUI thread.
class ClosedClusters final {
public:
    /// `clock` must outlive it.
    explicit ClosedClusters(Clock &clock);

    /// Takes what has been left (Messaging::leave()).
    void take(std::unique_ptr<Messaging> messaging);
    /// Nothing is under way.
    bool areAtRest() const { return m_leaving.isIdle(); }
    /// Ends once nothing is under way, or after 10 s: nobody who quits waits longer for a cluster that may not answer.
    Flow<void> rest();

private:
    Flow<void> seeOut(std::unique_ptr<Messaging> messaging);

    Clock &m_clock;
    Mutations m_leaving;
};

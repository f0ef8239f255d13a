// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/base/pending.h"

#include <QElapsedTimer>

#include <functional>
#include <vector>

/// Works out which rows of a table are shown, and in which order. With very many of them that takes longer than a
/// frame: it then stops after a part of one and goes on in the next round of the event loop. GUI thread.
class RowArranging final {
public:
    using Rows = std::vector<int>;
    struct Ways {
        std::function<bool(int)> isLetThrough; ///< empty: every row is
        std::function<bool(int, int)> isBefore; ///< a total order
    };
    enum class Pace { AtOnce, InSlices };

    RowArranging(Ways ways, Pace pace);

    /// Those of `placed`, which are in order already, and of `others` that are let through, in order. At once where it
    /// is not done in slices. To be called once.
    Flow<Rows> arranged(Rows placed, Rows others);

private:
    Flow<Rows> letThrough(Rows rows);
    Flow<Rows> inOrder(Rows rows);
    Flow<void> mergeRuns(const Rows *from, Rows *to, std::size_t width);
    Flow<Rows> joined(Rows placed, Rows others);
    bool isTimeUp() const;
    bool isTimeUpAt(std::size_t step) const;
    Pending<void> nextRound();

    Ways m_ways;
    Pace m_pace;
    QElapsedTimer m_sinceRound;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

/// For how long an ApiConnection takes silence for slowness. A dead connection passes for a live one for no longer than
/// one interval and one patience: eight seconds.
struct ConnectionPace {
    std::chrono::milliseconds beatInterval{2000};
    /// A beat is waited for three times as long as the slowest of late, within these.
    std::chrono::milliseconds shortestPatience{4000};
    std::chrono::milliseconds longestPatience{6000};
    /// On a connection over which nothing has come yet: it is being set up, which takes several round trips.
    std::chrono::milliseconds firstPatience{10000};
};

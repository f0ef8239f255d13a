// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

/// For how long an ApiConnection takes silence for slowness. A dead connection passes for a live one for no longer than
/// one interval and one patience: four and a half seconds where answers come within one, seven and a half else.
struct ConnectionPace {
    std::chrono::milliseconds beatInterval{1500};
    /// A beat is waited for three times as long as the slowest of late, within these.
    std::chrono::milliseconds shortestPatience{3000};
    std::chrono::milliseconds longestPatience{6000};
    /// On a connection over which nothing has come yet: it is being set up, which takes several round trips.
    std::chrono::milliseconds firstPatience{10000};
    /// Between questions while nobody answers.
    std::chrono::milliseconds awayInterval{500};
    /// A beat that comes later than it was due by this much: the machine slept, or the program was stopped.
    std::chrono::milliseconds longestNap{5000};
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

/// How long to wait before trying again: doubles from `first` to `most` with every failure, each wait drawn from the
/// upper half of that span so that many programs do not come back at the same instant.
class Backoff final {
public:
    explicit Backoff(std::chrono::milliseconds first = std::chrono::milliseconds(250),
        std::chrono::milliseconds most = std::chrono::seconds(30));

    /// The wait before the next try.
    std::chrono::milliseconds next();
    /// It worked: the next failure starts from `first` again.
    void reset() { m_current = m_first; }

private:
    std::chrono::milliseconds m_first;
    std::chrono::milliseconds m_most;
    std::chrono::milliseconds m_current;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <thread>

/// Has fontconfig read its files in a thread of its own, while the display is asked for what it is: either takes about
/// as long as all else up to the first paint. Where there is no fontconfig this does nothing.
///
/// Qt must not ask for a font before wait(): fontconfig would read everything twice. Destroying it waits too.
class EarlyFonts final {
public:
    EarlyFonts();
    ~EarlyFonts();
    EarlyFonts(const EarlyFonts &) = delete;
    EarlyFonts &operator=(const EarlyFonts &) = delete;

    void wait();

private:
    std::thread m_reading;
};

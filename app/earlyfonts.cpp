// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/earlyfonts.h"

#ifdef PENNANT_HAS_FONTCONFIG
#include <fontconfig/fontconfig.h>
#endif

EarlyFonts::EarlyFonts()
#ifdef PENNANT_HAS_FONTCONFIG
    : m_reading([] { FcInit(); })
#endif
{
}

EarlyFonts::~EarlyFonts()
{
    wait();
}

void EarlyFonts::wait()
{
    if (m_reading.joinable())
        m_reading.join();
}

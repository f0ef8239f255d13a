// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/bytecount.h"

#include <QLocale>

#include <array>

QString ByteCount::text() const
{
    static constexpr std::array units{"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    double value = double(bytes);
    std::size_t unit = 0;
    while (value >= 1024 && unit + 1 < units.size()) {
        value /= 1024;
        ++unit;
    }
    const int decimals = unit == 0 || value >= 100 ? 0 : 1;
    return QLocale().toString(value, 'f', decimals) + QLatin1Char(' ') + QLatin1String(units.at(unit));
}

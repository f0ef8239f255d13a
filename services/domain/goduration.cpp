// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/goduration.h"

#include <QRegularExpression>

#include <cmath>
#include <iterator>
#include <limits>

namespace {

struct Unit {
    const char *name;
    qint64 nanoseconds;
};

constexpr Unit units[]{
    {"h", 3'600'000'000'000},
    {"m", 60'000'000'000},
    {"s", 1'000'000'000},
    {"ms", 1'000'000},
    {"us", 1'000},
    {"ns", 1},
};

qint64 lengthOf(const QString &unit)
{
    for (const Unit &each : units) {
        if (unit == QLatin1String(each.name))
            return each.nanoseconds;
    }
    return 1'000; // the two ways to write a micro sign
}

} // namespace

QString goDuration(std::chrono::nanoseconds duration)
{
    if (duration.count() == 0)
        return QStringLiteral("0s");
    const bool isNegative = duration.count() < 0;
    quint64 rest = isNegative ? 0 - quint64(duration.count()) : quint64(duration.count());
    QString text = isNegative ? QStringLiteral("-") : QString();
    for (const Unit &unit : units) {
        const quint64 length = quint64(unit.nanoseconds);
        if (rest >= length)
            text += QString::number(rest / length) + QLatin1String(unit.name);
        rest %= length;
    }
    return text;
}

std::optional<std::chrono::nanoseconds> fromGoDuration(const QString &text)
{
    static const QRegularExpression whole(
        QStringLiteral("\\A([-+]?)(0|(?:(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:h|ms|m|s|us|\u00b5s|\u03bcs|ns))+)\\z"));
    static const QRegularExpression part(QStringLiteral("([0-9]*)(\\.[0-9]*)?(h|ms|m|s|us|\u00b5s|\u03bcs|ns)"));
    const auto found = whole.match(text);
    if (!found.hasMatch())
        return std::nullopt;
    long double sum = 0;
    qint64 exact = 0;
    for (auto parts = part.globalMatch(found.captured(2)); parts.hasNext();) {
        const auto one = parts.next();
        const qint64 length = lengthOf(one.captured(3));
        const long double fraction = one.captured(2).size() > 1 ? one.captured(2).toDouble() : 0;
        bool isNumber = true;
        const qint64 count = one.captured(1).isEmpty() ? 0 : one.captured(1).toLongLong(&isNumber);
        sum += (static_cast<long double>(count) + fraction) * static_cast<long double>(length);
        if (!isNumber || sum > static_cast<long double>(std::numeric_limits<qint64>::max()))
            return std::nullopt;
        exact += count * length + qint64(std::llround(fraction * static_cast<long double>(length)));
    }
    return std::chrono::nanoseconds(found.captured(1) == QLatin1String("-") ? -exact : exact);
}

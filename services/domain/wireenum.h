// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <array>
#include <optional>
#include <utility>

/// The names that an API gives the values of an enum, in the API's order: `wireNames(E{})` of each enum returns one.
template <typename E, std::size_t N> using WireNames = std::array<std::pair<E, const char *>, N>;

/// What the API calls `value`.
template <typename E> QString toWire(E value) requires requires
{
    wireNames(value);
}
{
    for (const auto &[known, name] : wireNames(value)) {
        if (known == value)
            return QLatin1String(name);
    }
    return {};
}

/// The inverse of toWire; nothing for a name this version does not know.
template <typename E> std::optional<E> fromWire(QStringView name)
{
    for (const auto &[value, known] : wireNames(E{})) {
        if (name == QLatin1String(known))
            return value;
    }
    return std::nullopt;
}

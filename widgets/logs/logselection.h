// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <compare>

/// A place between two characters of a log. Lines keep their number when older ones are dropped.
struct LogPosition {
    qint64 line = 0;
    qsizetype column = 0;

    auto operator<=>(const LogPosition &) const = default;
};

/// What is selected: from where it began to where it has been drawn to, in either direction.
struct LogSelection {
    LogPosition anchor;
    LogPosition cursor;

    bool isEmpty() const { return anchor == cursor; }
    LogPosition begin() const { return std::min(anchor, cursor); }
    LogPosition end() const { return std::max(anchor, cursor); }
    bool operator==(const LogSelection &) const = default;
};

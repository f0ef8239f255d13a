// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include <optional>

/// "now", "2 s ago", "4 h ago", "29 d ago"; "in 3 min" for what lies ahead; "never" for nothing. Clocks of a
/// workstation and a cluster differ a little: less than two seconds ahead is "now".
QString relativeTime(const std::optional<QDateTime> &then, const QDateTime &now);

/// The same moment to the millisecond, in the reader's time and in UTC, for a tooltip. Empty for nothing.
QString exactTime(const std::optional<QDateTime> &then);

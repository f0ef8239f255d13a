// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <optional>

/// "1h30m", "100ms", "1ns": as Go's time.ParseDuration reads it, without units that are zero; "0s".
QString goDuration(std::chrono::nanoseconds duration);

/// What such a text says; nothing where it is none, or more than an int64 of nanoseconds holds.
std::optional<std::chrono::nanoseconds> fromGoDuration(const QString &text);

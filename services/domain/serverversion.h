// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <compare>
#include <optional>

/// A release of nats-server.
struct ServerVersion {
    int major = 0;
    int minor = 0;
    int patch = 0;

    /// "2.14.9", "v2.11.0-preview.1": what comes after the three numbers is left out. Nothing where it begins
    /// otherwise.
    static std::optional<ServerVersion> fromText(const QString &text);
    /// "2.14.9", and "2.10" where the last number is nothing.
    QString text() const;

    auto operator<=>(const ServerVersion &) const = default;
};

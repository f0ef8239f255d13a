// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <compare>

/// A number of bytes. Binary units throughout, as the Kubernetes and NATS APIs mean them.
struct ByteCount {
    qint64 bytes = 0;

    static constexpr ByteCount mebibytes(qint64 count) { return {count * 1024 * 1024}; }
    static constexpr ByteCount gibibytes(qint64 count) { return {count * 1024 * 1024 * 1024}; }

    /// "0 B", "1.8 MiB", "21.4 GiB": at most three figures, in the reader's locale.
    QString text() const;

    auto operator<=>(const ByteCount &) const = default;
};

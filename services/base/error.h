// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <chrono>
#include <optional>

/// One thing that is wrong with one field of what was asked. `field` is the API's own name for it (`num_replicas`,
/// `spec.replicas`), `message` a sentence for people.
struct FieldError {
    QString field;
    QString message;

    bool operator==(const FieldError &) const = default;
};

using FieldErrors = QList<FieldError>;

/// Why something did not work, in words that a person can act on.
///
/// `summary` says what happened and what to do next; `detail` holds the other side's own words, complete. Neither ever
/// carries a secret. The kinds are closed: whoever talks to the outside maps to them once, everyone else branches on
/// them.
struct Error {
    enum class Kind {
        Cancelled, ///< withdrawn by this program
        Offline, ///< nobody answers at that address
        Tls, ///< the other side could not be verified
        Timeout, ///< no answer in time; for a mutation: the outcome is unknown
        Unauthorized, ///< credentials refused or expired
        Forbidden, ///< known, but not allowed
        NotFound,
        Conflict, ///< somebody else changed or owns it
        Invalid, ///< refused for what was asked; see `fields`
        Gone, ///< a resource version that is no longer kept (HTTP 410)
        Throttled, ///< try again after `retryAfter`
        NotReady, ///< exists, but cannot serve yet
        Server, ///< the other side failed (HTTP 5xx)
        Protocol, ///< an answer that makes no sense
        Local, ///< files, ports, memory of this workstation
    };

    Kind kind = Kind::Protocol;
    QString summary;
    QString detail;
    FieldErrors fields;
    std::optional<std::chrono::milliseconds> retryAfter;

    bool operator==(const Error &) const = default;

    /// True where the same question may be answered differently in a moment (network, throttling, not ready).
    bool isTransient() const;

    /// Summary and detail as one text, for a log or the clipboard.
    QString text() const;
};

/// The kind's name as it stands in the source ("NotFound"), for logs and for what is stored in the cluster.
QString toWire(Error::Kind kind);
/// The inverse; nothing for a name this version does not know.
std::optional<Error::Kind> errorKindFromWire(const QString &name);

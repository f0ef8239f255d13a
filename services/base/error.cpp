// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/error.h"

#include <array>
#include <utility>

namespace {

constexpr std::array kindNames{
    std::pair{Error::Kind::Cancelled, "Cancelled"},
    std::pair{Error::Kind::Offline, "Offline"},
    std::pair{Error::Kind::Tls, "Tls"},
    std::pair{Error::Kind::Timeout, "Timeout"},
    std::pair{Error::Kind::Unauthorized, "Unauthorized"},
    std::pair{Error::Kind::Forbidden, "Forbidden"},
    std::pair{Error::Kind::NotFound, "NotFound"},
    std::pair{Error::Kind::Conflict, "Conflict"},
    std::pair{Error::Kind::Invalid, "Invalid"},
    std::pair{Error::Kind::Gone, "Gone"},
    std::pair{Error::Kind::Throttled, "Throttled"},
    std::pair{Error::Kind::NotReady, "NotReady"},
    std::pair{Error::Kind::Server, "Server"},
    std::pair{Error::Kind::Protocol, "Protocol"},
    std::pair{Error::Kind::Local, "Local"},
};

} // namespace

bool Error::isTransient() const
{
    switch (kind) {
    case Kind::Offline:
    case Kind::Timeout:
    case Kind::Gone:
    case Kind::Throttled:
    case Kind::NotReady:
    case Kind::Server:
        return true;
    default:
        return false;
    }
}

QString Error::text() const
{
    return detail.isEmpty() || detail == summary ? summary : summary + QLatin1Char('\n') + detail;
}

QString toWire(Error::Kind kind)
{
    for (const auto &[known, name] : kindNames) {
        if (known == kind)
            return QLatin1String(name);
    }
    Q_UNREACHABLE();
}

std::optional<Error::Kind> errorKindFromWire(const QString &name)
{
    for (const auto &[kind, known] : kindNames) {
        if (name == QLatin1String(known))
            return kind;
    }
    return std::nullopt;
}

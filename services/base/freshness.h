// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"

#include <QDateTime>

/// How true a picture of the cluster is right now.
struct Freshness {
    enum class State {
        Syncing, ///< never complete so far
        Live, ///< every change is seen as it happens
        Stale, ///< what is known stands, but changes since `since` are not seen
    };

    State state = State::Syncing;
    QDateTime since; ///< UTC; when it last changed to this state: for Stale, when the other side was heard last
    QString why; ///< for Stale and a Syncing that does not get on: what is wrong, for people
    std::optional<Error::Kind> kind = {}; ///< of what `why` tells

    bool operator==(const Freshness &) const = default;
};

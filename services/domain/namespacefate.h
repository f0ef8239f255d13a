// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// What Disable does with the runtime's namespace, or has done with it.
struct NamespaceFate {
    enum class State {
        Gone, ///< it is not there any more, or just being deleted
        Goes, ///< nothing keeps it
        Stays
    };

    State state = State::Goes;
    QString why; ///< with Stays, a sentence: what lives in it, or what else keeps it

    bool operator==(const NamespaceFate &) const = default;
};

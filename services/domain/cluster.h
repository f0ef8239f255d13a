// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/wireenum.h"

/// What kind of cluster one is, in a person's own word ("PROD") and colour: no slip of the hand should need a second
/// look at its name.
struct ClusterEnvironment {
    enum class Color { Red, Amber, Green, Blue, Grey };

    /// More would leave no room for the cluster's name.
    static constexpr int longestLabel = 12;

    QString label; ///< empty: none was given, and there is no colour
    Color color = Color::Grey;

    bool operator==(const ClusterEnvironment &) const = default;
};

constexpr auto wireNames(ClusterEnvironment::Color)
{
    using Color = ClusterEnvironment::Color;
    return WireNames<Color, 5>{{{Color::Red, "red"}, {Color::Amber, "amber"}, {Color::Green, "green"},
        {Color::Blue, "blue"}, {Color::Grey, "grey"}}};
}

/// One cluster that can be opened, as the list on the left shows it: a context of a kubeconfig.
struct ClusterEntry {
    enum class State {
        Closed,
        Connecting,
        Online,
        Offline, ///< nobody answers
        Refused, ///< it answers, and refuses the credentials or what was asked for
        Untrusted, ///< who answers could not be verified
        Failing, ///< it answers, but with nothing that is of use
        Broken, ///< what the kubeconfig says or names can't be used
    };

    QString id; ///< unique over all files: file and context
    QString name; ///< the context's name
    QString source; ///< the file, for people ("~/.kube/config")
    QString server; ///< the API server's address
    State state = State::Closed;
    QString problem; ///< in every state that isn't well: what is wrong and what to do
    bool skipsTlsVerification = false; ///< whoever answers at `server` is taken for the API server
    ClusterEnvironment environment = {};
    QString runtime = {}; ///< what is to be known of its NATS: "failed", "changing"; empty: nothing
    QString serverVersion = {}; ///< "v1.36.2", as it was seen last; empty: never
    bool archived = false; ///< when it was last open
    bool readOnly = false; ///< on this workstation

    /// It has a connection, however that stands.
    bool isOpen() const { return state != State::Closed && state != State::Broken; }

    bool operator==(const ClusterEntry &) const = default;
};

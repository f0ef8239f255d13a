// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

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
    bool archived = false; ///< when it was last open
    bool readOnly = false; ///< on this workstation

    bool operator==(const ClusterEntry &) const = default;
};

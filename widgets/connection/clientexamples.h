// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/account.h"
#include "widgets/common/kubectltarget.h"

#include <QList>

/// A piece of code that connects as an account, or what it takes before. Reads the password from the environment, a
/// file or a prompt; never holds it, and never puts it on a command line.
struct ClientExample {
    QString topic; ///< those of one topic belong together, in this order: "Go"
    QString title;
    QString note; ///< what it needs
    QString code;
    QString fileName = {}; ///< to be saved as; empty: for a POSIX shell

    bool operator==(const ClientExample &) const = default;
};

/// What it takes to reach the WebSocket URL from where browsers are: outside of the cluster.
QString webSocketHint(const ConnectionDetails &details);
/// The command that it speaks of, one line for a POSIX shell.
QString webSocketForwarding(const ConnectionDetails &details, const KubectlTarget &kubectl);

/// NATS CLI, Node.js, Go, Python, C, a browser where WebSocket is on, and a Deployment that mounts the Secret. Each
/// runs as it stands: tests/e2e/e2e_examples.cpp runs them.
QList<ClientExample> clientExamples(const ConnectionDetails &details, const KubectlTarget &kubectl);

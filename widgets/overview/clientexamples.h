// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/account.h"
#include "widgets/common/kubectltarget.h"

#include <QList>

/// A piece of code that connects as an account. Reads the password from the environment or asks for it; never holds it.
struct ClientExample {
    QString title;
    QString note; ///< what it needs
    QString code;

    bool operator==(const ClientExample &) const = default;
};

/// What it takes to reach the WebSocket URL from where browsers are: outside of the cluster.
QString webSocketHint(const ConnectionDetails &details);
/// The command that it speaks of, one line for a POSIX shell.
QString webSocketForwarding(const ConnectionDetails &details, const KubectlTarget &kubectl);

/// NATS CLI in two steps, Node.js and, where WebSocket is on, a browser. Sources: natscli (`nats --help`), nats.js and
/// nats.ws.
QList<ClientExample> clientExamples(const ConnectionDetails &details, const KubectlTarget &kubectl);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/secretstring.h"

#include <QString>
#include <QStringList>
#include <QUrl>

/// How a client inside the cluster reaches the runtime as one account. The password is not part of it: it is fetched
/// when a person asks to see or copy it.
struct ConnectionDetails {
    QString account;
    QString host; ///< "nats.pennant-messaging.svc.cluster.local"
    int port = 4222;
    QString username;
    QString webSocketUrl; ///< empty where WebSocket is off
    QString secretName; ///< the Secret (Service Binding shape) that workloads mount
    QString nameSpace; ///< where that Secret lives

    bool operator==(const ConnectionDetails &) const = default;
};

/// `nats://user:password@host:port`, with user and password percent-encoded (RFC 3986).
SecretString clientUrl(const ConnectionDetails &details, const SecretString &password);

/// The same with the password left out and dots in its place, for showing.
QString maskedClientUrl(const ConnectionDetails &details);

/// True where a user or a password stands in such a URL otherwise than it is. Not every client decodes it again:
/// nats-py sends it as it stands.
bool isEncodedInUrl(const SecretString &part);

/// One application account of the runtime.
struct Account {
    QString name;
    QString displayName;
    ConnectionDetails connection;

    bool operator==(const Account &) const = default;
};

struct RuntimeSpec;

/// The account that is seeded when the runtime is enabled.
inline QString defaultAccountName()
{
    return QStringLiteral("default");
}

/// The accounts that a runtime of this spec has, by name.
QStringList accountsMadeWith(const RuntimeSpec &spec);

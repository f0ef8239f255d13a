// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/accountspec.h"
#include "services/domain/runtime.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

/// One user of an account in the server's configuration. `passwordHash` is bcrypt: no password ever stands in it.
struct ServerUser {
    QString name;
    QByteArray passwordHash;
    SubjectPermissions permissions = {};
};

struct ServerAccount {
    QString name;
    bool isSystem = false; ///< the system account: no JetStream
    QList<ServerUser> users;
    AccountLimits limits = {};
    std::optional<ServerUser> viewer = {}; ///< viewingUser(): may look at this account's streams, from one of its own
};

/// What the server's configuration is made from.
struct ServerConfig {
    QString statefulSetName = QStringLiteral("nats");
    QString headlessServiceName = QStringLiteral("nats-headless");
    QString clusterName;
    RuntimeSpec spec;
    QList<ServerAccount> accounts;
};

/// The subjects on which a management user gets its answers: NatsConnection::Options::inboxPrefix.
QString managementInboxPrefix();

/// The hidden user of an account by which this program manages the account's streams and consumers. It may use the
/// JetStream API, snapshot and restore; it can neither publish to nor read the application's own subjects.
ServerUser managementUser(const QString &name, const QByteArray &passwordHash);

/// The subjects on which a viewing user gets its answers: other than a management user's, so that neither can listen to
/// the other.
QString viewingInboxPrefix();

/// The hidden user by which whoever may only look lists and inspects an account's streams and consumers. It lives in an
/// account of its own, which imports the requests that read: a server carries out what a user of the account itself
/// asks for and sends the answer to whatever subject that names, one of a stream too, which would store it.
ServerUser viewingUser(const QString &name, const QByteArray &passwordHash);

/// The bcrypt hash that the configuration `text`, which serverConfigText() made, has for the user `name`; empty: it has
/// no such user.
QByteArray passwordHashIn(const QByteArray &text, const QString &name);

/// The tag by which a server that runs with the configuration `text` shows that (`/varz`, `tags`): "configuration:"
/// with the beginning of a digest of all the rest of it.
QString configurationTag(const QByteArray &text);

/// nats.conf for every pod of the runtime. The pod's name comes from the environment, POD_NAME; it is the server's
/// name and, for the placement of streams, its tag. Without it a server does not start.
/// One replica: a standalone server without a cluster block; 3 or 5: a cluster with one route for each pod. The
/// account names hold at most one kind of quote (Kubernetes names hold none); all else is escaped. Pure.
/// https://docs.nats.io/running-a-nats-service/configuration
QByteArray serverConfigText(const ServerConfig &config);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/runtime.h"

#include <QByteArray>
#include <QList>
#include <QString>

/// One user of an account in the server's configuration. `passwordHash` is bcrypt: no password ever stands in it.
struct ServerUser {
    QString name;
    QByteArray passwordHash;
    QStringList publishAllowed; ///< empty: everything
    QStringList subscribeAllowed; ///< empty: everything
};

struct ServerAccount {
    QString name;
    bool isSystem = false; ///< the system account: no JetStream
    QList<ServerUser> users;
};

/// What the server's configuration is made from.
struct ServerConfig {
    QString statefulSetName = QStringLiteral("nats");
    QString headlessServiceName = QStringLiteral("nats-headless");
    QString clusterName;
    RuntimeSpec spec;
    QList<ServerAccount> accounts;
};

/// nats.conf for every pod of the runtime (the pod's name comes from the environment, POD_NAME). One replica: a
/// standalone server without a cluster block; 3 or 5: a cluster with one route for each pod. `max_file_store` is 85 %
/// of the volume, so that the limit is reached before the disk is full. Names and hashes are quoted and escaped. Pure.
/// https://docs.nats.io/running-a-nats-service/configuration
QByteArray serverConfigText(const ServerConfig &config);

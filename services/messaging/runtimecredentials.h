// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/base/secretstring.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

struct RuntimeSpec;
class KubernetesClient;
class RuntimeManifests;

/// A user name with its password.
struct Login {
    QString username;
    SecretString password;

    bool operator==(const Login &) const = default;
};

/// Every credential of a runtime with the default application account, as its Secrets hold them.
struct RuntimeCredentials {
    Login system; ///< of the system account: monitoring and reload
    Login management; ///< hidden user by which Pennant administers the default account
    Login viewing; ///< hidden user by which whoever may only look sees that account's streams
    Login client; ///< what applications use
    QByteArray saltKey; ///< 16 random bytes that bcrypt salts are made from (docs/adr/0004-credentials.md)
};

/// The values of a Secret's `data`, decoded. Missing keys give empty values.
QByteArray secretValue(const QJsonObject &secret, const QString &key);
Login loginFromSecret(const QJsonObject &secret);

/// Reads the credentials that the cluster holds and makes those that are missing; what is there is never replaced, so
/// that a flow that is run again ends with the same ones. The client's Secret must be there (Enable writes it first).
/// `client` and `manifests` must outlive the flow.
Flow<RuntimeCredentials> ensureCredentials(
    KubernetesClient &client, const RuntimeManifests &manifests, QString nameSpace);

/// nats.conf for these credentials: bcrypt only. Blocks for some milliseconds: not on the GUI thread.
Result<QByteArray> serverConfiguration(const RuntimeSpec &spec, const RuntimeCredentials &credentials);

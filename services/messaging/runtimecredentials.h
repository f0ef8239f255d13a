// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/base/pending.h"
#include "services/base/secretstring.h"
#include "services/messaging/accountrecord.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

struct RuntimeSpec;
class KubernetesClient;
class RuntimeManifests;

/// A user name with its password.
struct Login {
    QString username;
    SecretString password;

    bool operator==(const Login &) const = default;
};

/// Every login of one account, as its Secrets hold them. One without a password is not known: its Secret is not there.
struct AccountCredentials {
    AccountSpec spec;
    Login management; ///< hidden user by which Pennant administers the account
    Login viewing; ///< hidden user by which whoever may only look sees the account's streams
    Login client; ///< what applications use
    std::optional<Login> retiring = {}; ///< what they used before, and still may
    QList<Login> users = {}; ///< of `spec.users`, in their order
    bool isClosed = false; ///< it is being deleted: hidden users alone are let in
    QStringList changed = {}; ///< user names of clients whose password is asked to be the Secret's from now on
};

/// Every credential of a runtime.
struct RuntimeCredentials {
    Login system; ///< of the system account: monitoring and reload
    QByteArray saltKey; ///< 16 random bytes that bcrypt salts are made from (docs/adr/0004-credentials.md)
    QList<AccountCredentials> accounts; ///< that which was made with the runtime first

    const AccountCredentials &ofDefault() const { return accounts.constFirst(); }
};

/// The values of a Secret's `data`, decoded. Missing keys give empty values.
QByteArray secretValue(const QJsonObject &secret, const QString &key);
Login loginFromSecret(const QJsonObject &secret);

/// Whether `hash`, of bcrypt, is that of `password`: computed in the background.
Pending<bool> matchesHash(const SecretString &password, const QByteArray &hash);

/// With the default account, where it has no record: that first, the others by name. Pure.
QList<AccountRecord> sortedWithDefault(QList<AccountRecord> accounts);

/// All accounts that the cluster remembers (AccountRecord), and the default one; that first, the others by name. Fails
/// where one can't be read: servers without it would cut its clients off. `client` must outlive the flow.
Flow<QList<AccountRecord>> storedAccounts(KubernetesClient &client, QString nameSpace);

/// Reads the credentials that the cluster holds for `accounts` and makes those that are missing of hidden users, and of
/// clients that `running`, the servers' configuration until now, doesn't know; what is there is never replaced, so that
/// a flow that is run again ends with the same ones. `client` and `manifests` must outlive the flow.
Flow<RuntimeCredentials> ensureCredentials(KubernetesClient &client, const RuntimeManifests &manifests,
    QString nameSpace, QList<AccountRecord> accounts, QByteArray running);

/// The clients' password of the account that was made with the runtime stands in its Secret alone: NotFound where that
/// is gone.
Result<void> isClientKnown(const RuntimeCredentials &credentials);

/// nats.conf for these credentials: bcrypt only. A client's login keeps the hash that `running`, the configuration
/// until now, has of it, unless it is among the changed ones: a Secret that was changed by hand cuts nobody off because
/// something else is asked, and one that is gone doesn't either. Blocks for some milliseconds each: not on the GUI
/// thread.
Result<QByteArray> serverConfiguration(
    const RuntimeSpec &spec, const RuntimeCredentials &credentials, const QByteArray &running);

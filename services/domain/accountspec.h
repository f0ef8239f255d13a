// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"
#include "services/domain/bytecount.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

/// The ceilings of an account in JetStream, as every server enforces them; nothing: unlimited. They can be changed
/// while clients are connected. Below what is used nothing is deleted: what would add to it is refused.
/// https://docs.nats.io/running-a-nats-service/configuration/resource_management
struct AccountLimits {
    std::optional<int> maxStreams; ///< `max_streams`, 1 to 1,000,000
    std::optional<int> maxConsumers; ///< `max_consumers`, of each stream (nats-server counts them so); 1 to 1,000,000
    std::optional<int> maxStorageGibibytes; ///< `max_store`, Gi; in a cluster each copy of a stream counts

    std::optional<ByteCount> maxStorage() const;
    bool operator==(const AccountLimits &) const = default;
};

/// On which subjects a login may publish and subscribe. Empty lists: on all, or nothing is denied.
struct SubjectPermissions {
    QStringList publishAllowed;
    QStringList publishDenied;
    QStringList subscribeAllowed;
    QStringList subscribeDenied;

    bool operator==(const SubjectPermissions &) const = default;
};

/// A login of an account beside the managed one. Servers know it as `serverUserName(account, name)`.
struct AccountUser {
    QString name;
    SubjectPermissions permissions;

    bool operator==(const AccountUser &) const = default;
};

/// What an operator asks an account to be.
struct AccountSpec {
    QString name; ///< immutable
    QString displayName; ///< empty: the name stands for it
    QString description;
    AccountLimits limits;
    QList<AccountUser> users; ///< by name; all but the managed client

    bool operator==(const AccountSpec &) const = default;
};

/// What an account is checked against.
struct AccountSurroundings {
    QList<AccountSpec> others; ///< that the runtime has beside it
    int replicas = 3;
    int storageGibibytes = 0; ///< of each replica; 0: not known
};

/// User names are unique over all accounts: "shop.worker" for the user `worker` of the account `shop`.
QString serverUserName(const QString &account, const QString &user);

/// What is wrong with `name` for an account or one of its users, in a sentence; empty: nothing. It becomes part of the
/// names of Secrets: a label of RFC 1123, at most 40 characters.
QString accountNameProblem(const QString &name);

/// What is wrong with an account that is to be made: fields `name` and those of validateChange().
FieldErrors validateNew(const AccountSpec &spec, const AccountSurroundings &around);
/// What is wrong with what can be changed of one: `displayName`, `description`, `maxStreams`, `maxConsumers`,
/// `maxStorageGibibytes`, `users`. A server of its own sets aside what accounts may store and does not start where that
/// is more than it has (nats-server, jetstream.go), so there the sum counts.
FieldErrors validateChange(const AccountSpec &spec, const AccountSurroundings &around);
/// The same of one user: `name`, `publishAllowed`, `publishDenied`, `subscribeAllowed`, `subscribeDenied`.
FieldErrors validate(const AccountUser &user);

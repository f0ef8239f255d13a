// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/keychain/keptpasswords.h"

#include <QDateTime>
#include <QObject>

#include <memory>
#include <optional>

class ClientSecrets;
class Clock;
class AccountService;
class RuntimeService;
struct ClusterAccess;

/// What identifies a cluster, for whoever keeps something of it on this workstation: a digest of the address of its API
/// server, of the way there and of who vouches for it. Another one where any of that has changed; see
/// docs/adr/0013-keychain.md.
QString clusterDigest(const ClusterAccess &access);

/// A client's password for a person who asks to see or copy it.
struct RevealedPassword {
    QString username; ///< as the Secret says, beside the password
    SecretString password;
    /// The cluster does not answer, for this reason: the password is as it was fetched then, and may have been changed
    /// since. Nothing: it is current.
    std::optional<Error> unconfirmed;
    QDateTime fetchedAt; ///< UTC

    bool operator==(const RevealedPassword &) const = default;
};

/// The clients' passwords of one runtime, as a person asks for them: what is kept where the cluster is known to hold
/// the same version, else read from the cluster and kept from then on. What the cluster would refuse is not shown,
/// though it be kept. GUI thread.
class AccountPasswords final : public QObject {
    Q_OBJECT

public:
    /// Where passwords are kept, and under what name. Without `passwords` each is read from the cluster.
    struct Keeping {
        KeptPasswords *passwords = nullptr;
        QString cluster; ///< as clusterDigest()
        QString clusterName; ///< as people call it
    };

    /// All of it must outlive it.
    AccountPasswords(ClientSecrets &secrets, RuntimeService &runtime, AccountService &accounts, Clock &clock,
        Keeping keeping, QObject *parent = nullptr);
    ~AccountPasswords() override;

    Pending<RevealedPassword> password(const QString &account);

    /// What is kept for the account, whether or not it may be shown.
    std::optional<KeptEntry> kept(const QString &account) const;
    /// It is another than the cluster holds now: it is not shown any more.
    bool isOutOfDate(const QString &account) const;
    Pending<void> removeKept(const QString &account);
    /// The account is gone: what is kept of it is of no use any more.
    void forget(const QString &account);
    /// Why the keychain keeps nothing now; nothing: it does, or none is meant to.
    std::optional<Error> keychainProblem() const;
    /// The keychain has asked a person to unlock it.
    bool isWaitingForPerson() const;

Q_SIGNALS:
    /// Of what is kept, whether it is out of date, or what is waited for.
    void keptChanged();
    /// From now on passwords are in memory only, because of what came of a password asked for here. Once, not each
    /// time.
    void keychainFailed(const Error &why);

private:
    class Private;
    std::unique_ptr<Private> d;
};

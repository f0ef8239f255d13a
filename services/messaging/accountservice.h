// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/freshness.h"
#include "services/base/pending.h"
#include "services/domain/access.h"
#include "services/domain/clientconnection.h"
#include "services/messaging/accountsource.h"
#include "services/messaging/configurationrollout.h"

#include <memory>

class Clock;
class KubernetesTransport;
class RuntimeService;

/// How much of an account is used, beside its streams and consumers (StreamService). Nothing: not known.
struct AccountFigures {
    std::optional<ByteCount> storage; ///< as the server counts it against the limit: in a cluster each copy
    std::optional<int> connections; ///< of clients; hidden users don't count

    bool operator==(const AccountFigures &) const = default;
};

/// How the managed login, or one of the other users, is to get another password.
struct RotationRequest {
    enum class Overlap {
        None, ///< clients with the old one are disconnected at once
        UntilUnused, ///< both work until no client uses the old one
        UntilEnded, ///< both work until an operator ends it
    };

    QString account;
    QString user; ///< empty: the managed login; of others there is no overlap
    SecretString password;
    Overlap overlap = Overlap::None;
};

/// The application accounts of the runtime and how clients connect as them, and what changes them: made, changed,
/// rotated and deleted while the servers run, by a configuration that they load again (docs/adr/0012-accounts.md). What
/// is asked for is written into the cluster first (AccountRecord), so that another workstation goes on with it where
/// this one dies. Passwords pass through where the configuration is written, and where it is compared with what Secrets
/// hold (CredentialDrift); none is kept. GUI thread.
class AccountService final : public AccountSource {
    Q_OBJECT

public:
    AccountService(KubernetesTransport &transport, Clock &clock, RuntimeService &runtime, QString workstation,
        QObject *parent = nullptr);
    ~AccountService() override;

    /// Begins to watch records and Secrets.
    void start();
    /// Reads them again now.
    void refresh();

    /// By name; empty until the runtime has any. Where Secrets may not be listed, those that the records tell of.
    const QList<Account> &accounts() const override;
    std::optional<Account> find(const QString &name) const;
    const std::optional<Error> &problem() const override;
    /// Of the accounts; `accountsChanged` tells also when its state changes.
    Freshness freshness() const;

    /// To read the clients' password of an account. Of any but the default one the server is asked when this is; until
    /// it has answered that is the reason, and accessChanged() tells.
    Access revealAccess(const QString &account);
    /// The client's password, read from the cluster now; never empty: NotFound where the Secret holds none.
    Pending<SecretString> clientPassword(const QString &account, const QString &user = {});

    /// Whether accounts may be made and changed at all: write access, a ready runtime, made by this version.
    Access createAccess() const;
    /// The same of this one; not while something is being done to it.
    Access changeAccess(const Account &account) const;
    /// The same; the one that was made with the runtime stays, and what a pod that is away holds can't be deleted.
    Access deleteAccess(const Account &account) const;
    /// What a new one, or a change of `name`, is validated against (validateNew(), validateChange()).
    AccountSurroundings surroundings(const QString &name = {}) const;

    /// Each answers when every server has it, or why not; owned by the service: it runs on when the page is closed.
    /// Errors: Invalid with fields, Forbidden, Conflict where somebody else was faster, Timeout where it is written but
    /// not every server has it yet. `seen` is the account as a person has looked at it.
    Pending<void> create(const AccountSpec &spec, const SecretString &password);
    Pending<void> change(const Account &seen, const AccountSpec &spec);
    Pending<void> rotate(const Account &seen, const RotationRequest &request);
    Pending<void> endOverlap(const Account &seen);
    /// With its streams, consumers, messages and credentials; clients are disconnected first.
    Pending<void> remove(const Account &seen);
    /// What failed, or whoever carried it out went away: once more.
    Pending<void> retry(const Account &seen);
    /// How far the change of an account that is carried out here has come to the servers; empty: none is.
    QList<PodConfiguration> rollout(const QString &account) const;
    /// The id of what is carried out here on the account; empty: nothing is.
    QString operationHere(const QString &account) const;
    /// No change is under way.
    bool isAtRest() const;

    /// What is used and who is connected is read again every few seconds while somebody looks.
    void setInSight(bool inSight);
    AccountFigures usage(const QString &account) const;
    /// Who is connected as the account's clients, as last read; by user, then address. Nothing: not read yet.
    std::optional<QList<ClientConnection>> connections(const QString &account) const;
    /// Clients connected to pods that are away, which were not asked, are not among them.
    bool areConnectionsWhole() const;
    /// Why usage and connections are not known, where they are not.
    const std::optional<Error> &usageProblem() const;
    /// Closes one connection; the client may connect anew.
    Pending<void> kick(const ClientConnection &connection);

Q_SIGNALS:
    void accessChanged();
    void usageChanged();
    /// Its deletion has come to its end, here or elsewhere.
    void accountDeleted(const QString &account);
    /// rollout() of one account.
    void rolloutChanged(const QString &account);

private:
    class Private;
    std::unique_ptr<Private> d;
};

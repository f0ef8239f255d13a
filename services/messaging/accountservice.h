// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/domain/access.h"
#include "services/messaging/accountsource.h"

#include <memory>

class Clock;
struct Freshness;
class KubernetesTransport;
class RuntimeService;

/// The application accounts of the runtime and how clients connect as them. Names come from the Secrets that hold the
/// credentials, or from the runtime's record; a password is fetched only when a person asks for it and kept nowhere.
/// GUI thread.
class AccountService final : public AccountSource {
    Q_OBJECT

public:
    AccountService(KubernetesTransport &transport, Clock &clock, RuntimeService &runtime, QObject *parent = nullptr);
    ~AccountService() override;

    /// Begins to watch the Secrets.
    void start();
    /// Reads them again now.
    void refresh();

    /// By name; empty until the runtime has any. Where Secrets may not be listed, those that the record tells of.
    const QList<Account> &accounts() const override;
    const std::optional<Error> &problem() const override;
    /// Of the accounts; `accountsChanged` tells also when its state changes.
    Freshness freshness() const;

    /// To read the clients' password.
    Access revealAccess() const;
    /// The client's password, read from the cluster now; never empty: NotFound where the Secret holds none.
    Pending<SecretString> clientPassword(const QString &account);

private:
    class Private;
    std::unique_ptr<Private> d;
};

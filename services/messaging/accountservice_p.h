// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/mutations.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/kubernetes/resourcewatch.h"
#include "services/messaging/accountdriver.h"
#include "services/messaging/accountservice.h"
#include "services/messaging/accountsightings.h"
#include "services/messaging/credentialdrift.h"

#include <QHash>
#include <QMap>

#include <map>

/// The inside of AccountService: the records that it watches, what is carried out here, and what servers tell.
class AccountService::Private final {
public:
    Private(AccountService &owner, KubernetesTransport &network, Clock &time, RuntimeService &runtimeService,
        const QString &ownWorkstation);
    void update();
    Account accountOf(const AccountRecord &record) const;
    const AccountRecord *recordOf(const QString &account) const;
    Access access() const;
    Access revealAccess(const QString &account);
    /// What is known of them is to be asked again, and holds until it is answered.
    void outdateReveals();
    Flow<void> askReveal(QString account);
    /// Keeps what is carried out alive, and known as carried out here.
    Pending<void> run(const QString &account, const QString &operation, Flow<void> flow);
    Flow<void> noted(QString account, Flow<void> flow);
    /// What comes to servers once more, of what failed before.
    enum class Retried { Nothing, Login };
    Pending<void> carryOut(const Account &seen, AccountRecord next, AccountOperation::Kind kind,
        AccountDriver::Store store, Retried retried = Retried::Nothing);
    void updateSoon();
    /// Whoever asked for it may have gone away.
    void followOperations();
    Flow<void> lookAfterOrphans();
    void noteRollout(const QString &account, const QList<PodConfiguration> &pods);
    void noteSightings(bool isOther);
    /// An overlap that nobody needs any more.
    void endWhereUnused(const AccountRecord &record);
    void renewSightings();
    Flow<SecretString> clientPassword(QString account, QString user);
    Flow<void> kick(ClientConnection connection);

    AccountService &service;
    RuntimeService &runtime;
    KubernetesTransport &transport;
    Clock &clock;
    KubernetesClient client;
    QString workstation;
    ResourceWatch records;
    AccountSightings sightings;
    CredentialDrift drift;
    AccountDriver driver;
    QList<AccountRecord> stored;
    QList<Account> accounts;
    std::optional<Error> problem;
    Freshness freshness; ///< as told last
    QMap<QString, QList<PodConfiguration>> rollouts;
    struct Reveal {
        Access access;
        bool isCurrent = false;
        Flow<void> asking;
    };
    std::map<QString, Reveal> reveals; ///< by account, of those that somebody has looked at
    std::map<QString, std::chrono::milliseconds> runningSince; ///< by operation, when it was seen here first
    std::map<QString, int> unusedFor; ///< sightings in which no client used the login that retires
    QHash<QString, QString> carriedOut; ///< operations that are carried out here, by account
    bool isInSight = false;
    Flow<void> lookingAfter;
    Mutations mutations;
};

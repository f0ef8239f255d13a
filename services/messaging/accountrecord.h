// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"
#include "services/domain/account.h"

#include <QJsonObject>

/// What the cluster remembers of one account: ConfigMap `pennant-account-NAME`, keys `spec.json` and `operation.json`,
/// which whoever may only look reads as well. Holds no secret. The default account is one without it until somebody
/// changes it.
struct AccountRecord {
    AccountSpec spec;
    AccountOperation operation;
    QString clientUsername; ///< of the managed login; another one after a rotation with overlap
    std::optional<RetiringLogin> retiring = {};
    int loads = 1; ///< how often servers have loaded it, 2 at most: see AccountDriver
    bool isEmptied = false; ///< with Delete: nothing of it is left in JetStream
    bool isOverlapBegun = false; ///< with Rotate: by this operation
    bool isUndone = false; ///< with Rotate that failed: no password was stored, the one before is in force
    bool hasLostPassword = false; ///< the one typed when it was made was never stored: a generated one is in force
    bool takesSecrets = false; ///< whatever passwords the account's Secrets hold are to be in force
    QString rotatedUser = {}; ///< with Rotate: which user gets another password; empty: the managed login
    /// By which a write names the very one that was read; empty: it is to be made.
    QString uid = {};
    QString resourceVersion = {};
    QJsonObject storedSpec = {}; ///< as it was read, so that what a newer version wrote there survives

    /// Of the account that was made with the runtime.
    static AccountRecord ofDefaultAccount();
    QJsonObject toConfigMap(const QString &nameSpace) const;
    /// Protocol where the ConfigMap can't be read: what is wrong and which key.
    static Result<AccountRecord> fromConfigMap(const QJsonObject &configMap);
};

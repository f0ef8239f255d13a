// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/freshness.h"
#include "services/domain/access.h"
#include "services/domain/account.h"
#include "services/domain/foreignserver.h"
#include "services/domain/runtime.h"
#include "services/domain/runtimeusage.h"

#include <QList>

#include <optional>

/// Everything that Overview shows, as one value.
struct OverviewState {
    RuntimeStatus status;
    Freshness freshness;
    Access viewAccess;
    Access enableAccess;
    Access retryAccess;
    QList<Account> accounts;
    std::optional<Error> accountsProblem;
    RuntimeUsage usage;
    std::optional<QDateTime> usageSince = std::nullopt; ///< UTC; `usage` was read then and can't be read since
    QString context = {}; ///< of the kubeconfig, for commands that are shown
    QString kubeconfig = {}; ///< where kubectl has to be told it
    QList<ForeignServer> others = {}; ///< the NATS in the cluster that Pennant did not make
    Access revealAccess = Access::yes(); ///< to the clients' password
    QString revealGrant = {}; ///< a Role that would give it; empty: none is needed, or none would
    QString viewGrant = {}; ///< the same for `viewAccess`
    QString enableGrant = {};
    bool isAccessKnown = true; ///< before, the accesses say only that the cluster is being asked
    Access createAccess = Access::yes(); ///< to streams and consumers
    QString archived = {}; ///< who archived the cluster, when and why; empty: it is not

    bool operator==(const OverviewState &) const = default;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/accounttablemodel.h"
#include "services/domain/stream.h"
#include "services/messaging/configurationrollout.h"

#include <QStringList>

// What is said of accounts in more than one place.

/// What each limit does that is below what is used, a sentence each.
QStringList belowUsed(const AccountLimits &limits, const AccountUse &used);

/// "The account is being created", or that it wasn't.
QString operationTitle(const AccountOperation &operation);
/// "2 of 3 pods run the new configuration"; empty where nothing is known.
QString rolloutText(const QList<PodConfiguration> &pods);

/// What goes with an account that is deleted: its streams, those of `streams` that are in it, clients and Secrets.
/// Nothing: the streams are not known.
QStringList goneWith(const AccountRow &row, const std::optional<QList<Stream>> &streams);

/// "orders.>, payments.*" of what is allowed and denied; "everything" without either.
QString permissionText(const QStringList &allowed, const QStringList &denied);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/domain/access.h"

#include <QList>

class Clock;
class KubernetesClient;

/// What the runtime takes of a person in its namespace. The lists are what is asked of the server and what the Roles
/// that Enable installs grant (RuntimeRoles), so that neither can promise what the other refuses.
namespace RuntimePermissions {

/// To see whether there is a runtime and how it is.
QList<Permission> toView(const QString &nameSpace);
/// To see everything else: why it is so, logs, and streams and consumers through a tunnel with the login that may only
/// read.
QList<Permission> toInspect(const QString &nameSpace);
/// Of that, what it takes to see streams and consumers.
QList<Permission> toReach(const QString &nameSpace);
/// To see those of one account.
Permission toLookAt(const QString &account, const QString &nameSpace);
/// To change streams and consumers: whoever may read the Secret with the login that changes, may.
QList<Permission> toEdit(const QString &nameSpace);
/// To know which streams and consumers NACK keeps. Only missed where the cluster has NACK's kinds, and not asked for
/// beforehand: who lacks it sees everything else (NackResources).
QList<Permission> toKnowOwners(const QString &nameSpace);
/// To enable and change. What only makes it quicker is asked for where it is done (hastenConfiguration).
QList<Permission> toWrite(const QString &nameSpace);
/// To make, change and delete accounts: their records, Secrets and the servers' configuration.
QList<Permission> toManageAccounts(const QString &nameSpace);
/// To disable.
QList<Permission> toDelete(const QString &nameSpace);
/// To reveal and copy what clients log in with.
QList<Permission> toReveal(const QString &nameSpace);
/// The same of one account.
Permission toRevealOf(const QString &account, const QString &nameSpace);
/// What makes changing quicker or tells more of it, and is not asked for beforehand.
QList<Permission> usefulToWrite(const QString &nameSpace);

/// Which of `permissions` the server does not grant; all asked at once, and again those whose answer may be another in
/// a moment. References must outlive the flow.
Flow<QList<Permission>> missing(KubernetesClient &client, Clock &clock, QList<Permission> permissions);
/// To do what takes all of `wanted` where `missing` is not granted; the reason names what is missing.
Access verdict(const QList<Permission> &wanted, const QList<Permission> &missing);
/// "create or patch statefulsets, services; get secrets": what lacks the same verbs is named together.
QString described(const QList<Permission> &permissions);
/// Both for one list.
Flow<Access> review(KubernetesClient &client, Clock &clock, QList<Permission> permissions);

} // namespace RuntimePermissions

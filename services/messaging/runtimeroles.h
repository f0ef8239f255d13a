// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/permission.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

/// Roles (rbac.authorization.k8s.io/v1) that grant what the runtime takes: those that Enable installs, and those that a
/// person copies for whoever administers the cluster. Pure.
namespace RuntimeRoles {

/// All that `pennant-viewer` grants: to look at everything but credentials that may change something, and to know what
/// NACK keeps. Of `accounts`, beside the default one, the logins that look as well.
QList<Permission> viewerPermissions(const QString &nameSpace, const QStringList &accounts = {});
/// All that `pennant-editor` grants: to enable, change and disable, to copy credentials, and to look. Not to delete the
/// Roles themselves: whoever has these permissions by them would lose them half-way.
QList<Permission> editorPermissions(const QString &nameSpace, const QStringList &accounts = {});

/// Both, as manifests for server-side apply.
QList<QJsonObject> manifests(const QString &nameSpace, const QStringList &accounts = {});
/// A manifest of those without what is about NACK's kinds: who administers a namespace only (Kubernetes' role `admin`)
/// may not list those himself, and so can't grant it.
QJsonObject withoutOwners(const QJsonObject &role);

/// The same as YAML for `kubectl apply`: for who may not create Roles himself.
QString installText(const QString &nameSpace);
/// YAML for `kubectl apply`: a Role that grants exactly `permissions`, and a RoleBinding that gives it to `user`.
QString grantText(const QList<Permission> &permissions, const QString &user);
/// The command that gives an installed Role to `user`.
QString bindCommand(const QString &role, const QString &nameSpace, const QString &user);

} // namespace RuntimeRoles

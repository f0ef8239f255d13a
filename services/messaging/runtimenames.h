// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

/// The names that the runtime's objects have in the cluster, and the labels by which they are known as Pennant's.
namespace RuntimeNames {

inline constexpr auto record = "pennant-runtime"; ///< ConfigMap: what was asked and how far it got
inline constexpr auto archive = "pennant-archive"; ///< ConfigMap: while it is there, the cluster is archived
inline constexpr auto lease = "pennant-driver"; ///< Lease: which workstation carries an operation out
inline constexpr auto server = "nats"; ///< StatefulSet, client Service and PodDisruptionBudget
inline constexpr auto headlessService = "nats-headless";
inline constexpr auto configSecret = "nats-config";
inline constexpr auto systemSecret = "nats-system";
inline constexpr auto viewerRole = "pennant-viewer"; ///< Role: may look at everything
inline constexpr auto editorRole = "pennant-editor"; ///< Role: may change and disable
inline constexpr auto serverContainer = "nats";
inline constexpr auto volume = "data"; ///< of each pod; its claim is "data-nats-0"
inline constexpr int monitorPort = 8222; ///< of each pod: HTTP

inline constexpr auto fieldManager = "pennant";
inline constexpr auto managedByLabel = "app.kubernetes.io/managed-by";
inline constexpr auto nameLabel = "app.kubernetes.io/name";
inline constexpr auto instanceLabel = "app.kubernetes.io/instance";
inline constexpr auto accountLabel = "pennant.app/account";
/// Of a Secret: client, user, management, viewing, retiring, system, config; of a ConfigMap: account.
inline constexpr auto roleLabel = "pennant.app/role";
/// On a Namespace that Enable made, so that Disable may delete it again.
inline constexpr auto createdByEnable = "pennant.app/created-by-enable";
/// On the StatefulSet: the spec it was made of, for when the record is lost.
inline constexpr auto specAnnotation = "pennant.app/spec";
/// On the configuration's Secret: its tag (configurationTag()). On a pod: the digest of what it was to be handed.
inline constexpr auto configurationAnnotation = "pennant.app/configuration";
/// On a Secret: the operation that has stored its password.
inline constexpr auto operationAnnotation = "pennant.app/operation";

/// Secret with the credential of an account's clients (Service Binding shape).
QString clientSecret(const QString &account);
/// Secret with the credential of the hidden user by which Pennant administers an account.
QString managementSecret(const QString &account);

/// Secret with the credential of the hidden user that may only read the account's streams and consumers.
QString viewingSecret(const QString &account);
/// Secret with the managed login of an account that another is taking the place of.
QString retiringSecret(const QString &account);
/// Secret with the credential of a user that an account has beside the managed one (Service Binding shape).
QString userSecret(const QString &account, const QString &user);
/// ConfigMap: what is asked of an account.
QString accountRecord(const QString &account);

/// Labels of every object of the runtime.
QJsonObject labels();
/// The same as a selector, for lists and watches.
QString labelSelector();
/// Selects the ConfigMaps of accounts.
QString recordSelector();
/// Selects what belongs to one account.
QString accountSelector(const QString &account);
/// Selects the server's pods.
QString podSelector();
/// Every name that a pod of the server can have.
QStringList podNames();
/// True where `object`, of whatever labels, has a name that Enable gives to objects of its kind, or the StatefulSet to
/// its claims. A copy under another name carries our labels as well, and is not ours.
bool isOwnName(const QJsonObject &object);

} // namespace RuntimeNames

/// True where `object` carries the label that says Pennant made it.
bool isManagedByPennant(const QJsonObject &object);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/network/networktransport.h"

#include <QJsonObject>
#include <QStringList>

#include <memory>

/// What the kubeconfig that the environment's `variable` names says of its first context; empty where it can't be used.
ClusterAccess accessOf(const char *variable);
std::unique_ptr<NetworkTransport> connectAs(const ClusterAccess &access);
/// A connection to the cluster that tests/cluster/with-cluster started, as the person whose kubeconfig the
/// environment's `variable` names; nothing where that can't be used.
std::unique_ptr<NetworkTransport> connectAs(const char *variable);
/// What somebody does beside Pennant, as administrator in the namespace `pennant-messaging`; `said` gets what kubectl
/// printed. True where it went well, within three minutes.
bool kubectl(const QStringList &arguments, QString *said = nullptr);
/// Who the server takes one for: the `userInfo` of a SelfSubjectReview (authentication.k8s.io/v1).
Result<QJsonObject> whoAmI(NetworkTransport &transport);

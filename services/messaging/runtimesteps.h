// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/runtime.h"
#include "services/messaging/runtimerecord.h"

#include <QList>

/// The steps of an operation, in their order, titled for `spec`. Their ids are stored in the cluster and never change
/// meaning.
QList<RuntimeStep> stepsOf(RuntimeOperation::Kind kind, const RuntimeSpec &spec);

namespace RuntimeStepId {
// Enable
inline constexpr auto checkPrerequisites = "check_prerequisites";
inline constexpr auto writeSecrets = "write_secrets";
inline constexpr auto writeServices = "write_services";
inline constexpr auto writeStatefulSet = "write_statefulset";
inline constexpr auto waitForPods = "wait_for_pods";
inline constexpr auto waitForJetStream = "wait_for_jetstream";
inline constexpr auto waitForAccount = "wait_for_account";
inline constexpr auto verifyLogin = "verify_login";
// Disable
inline constexpr auto checkPermissions = "check_permissions";
inline constexpr auto deleteServers = "delete_servers";
inline constexpr auto deleteVolumes = "delete_volumes";
inline constexpr auto deleteServices = "delete_services";
inline constexpr auto deleteSecrets = "delete_secrets";
inline constexpr auto deleteNamespace = "delete_namespace";
} // namespace RuntimeStepId

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"

#include <QString>

class Clock;
class KubernetesClient;

/// Installs the runtime's Roles for the accounts that there are, or leaves those that are as they should be. Answers
/// why they are not installed where that is no failure: Kubernetes lets nobody grant more than he has himself, and NATS
/// runs without them. Empty: they are. References must outlive the flow.
Flow<QString> installRoles(KubernetesClient &client, Clock &clock, QString nameSpace);

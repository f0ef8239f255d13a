// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/networktransport.h"

#include <memory>

/// A connection to the cluster that tests/cluster/with-cluster started, as the person whose kubeconfig the
/// environment's `variable` names; nothing where that can't be used.
std::unique_ptr<NetworkTransport> connectAs(const char *variable);

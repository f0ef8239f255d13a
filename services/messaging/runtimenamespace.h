// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"

#include <QJsonObject>

class KubernetesClient;

/// Makes `nameSpace` (a manifest) where it is not there; one that is there stays as it is. `client` must outlive the
/// flow.
Flow<void> ensureNamespace(KubernetesClient &client, QJsonObject nameSpace);

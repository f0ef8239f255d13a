// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"

#include <QJsonObject>
#include <QStringList>

class Clock;
class KubernetesClient;

/// True for what a namespace holds without anybody's wish: what Kubernetes puts into each one, what it makes of the
/// runtime's own objects (endpoints, revisions, pods), and Pennant's record and Lease. `owners` are the uids of the
/// runtime's StatefulSets and Services: labels anybody can set. Metadata and kind are enough.
bool isFurniture(const QJsonObject &object, const QStringList &owners);

/// True where `nameSpace` holds anything else, of whatever kind the API server has, custom ones too, or where that
/// can't be seen. Meant for the end of Disable: what still carries Pennant's labels then is of a newer runtime and
/// counts. Events do not count. `client` and `clock` must outlive the flow.
Flow<bool> holdsForeignObjects(KubernetesClient &client, Clock &clock, QString nameSpace, QStringList owners);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/domain/namespacefate.h"

#include <QJsonObject>
#include <QStringList>

#include <optional>

class Clock;
class KubernetesClient;

/// What is somebody else's in the runtime's namespace.
struct ForeignObjects {
    QStringList first; ///< "ConfigMap notes": a few of them, those first that no other has made
    int count = 0;
    QString unseen; ///< the first kind of which nobody knows what there is; empty: all were seen

    bool isNone() const { return count == 0 && unseen.isEmpty(); }
};

/// Whether what Disable takes away by its labels counts as foreign: before it does not; afterwards it is of a newer
/// runtime.
enum class OfRuntime { Ours, Foreign };

/// True for what a namespace holds without anybody's wish: what Kubernetes puts into each one, what it makes of the
/// runtime's own objects (endpoints, revisions, pods), and Pennant's record and Lease. `owners` are the uids of the
/// runtime's StatefulSets and Services, for labels anybody can set; where nobody remembers them, their names count.
/// Metadata and kind are enough.
bool isFurniture(const QJsonObject &object, const std::optional<QStringList> &owners);

/// Everything else in `nameSpace`, of whatever kind the API server has, custom ones too. Events do not count. What
/// controllers made counts as the runtime's by `owners`, the uids of its StatefulSets and Services; without them by the
/// owners' names, which is enough to tell a person. `client` and `clock` must outlive the flow.
Flow<ForeignObjects> foreignObjects(
    KubernetesClient &client, Clock &clock, QString nameSpace, OfRuntime ofRuntime, std::optional<QStringList> owners);

/// What becomes of `nameSpace` with Disable, as far as this user can see. `client` and `clock` must outlive the flow.
Flow<NamespaceFate> namespaceFate(KubernetesClient &client, Clock &clock, QString nameSpace, OfRuntime ofRuntime);

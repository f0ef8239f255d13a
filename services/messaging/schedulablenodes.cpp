// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/schedulablenodes.h"

#include <QJsonArray>

#include <algorithm>

namespace {

constexpr qsizetype mostReplicas = 5;

bool takesPods(const QJsonObject &node)
{
    const QJsonObject spec = node[QLatin1String("spec")].toObject();
    const QJsonArray taints = spec[QLatin1String("taints")].toArray();
    const bool isTainted = std::any_of(taints.begin(), taints.end(),
        [](const QJsonValue &taint) { return taint[QLatin1String("effect")] != QLatin1String("PreferNoSchedule"); });
    return !isTainted && !spec[QLatin1String("unschedulable")].toBool();
}

} // namespace

std::optional<QStringList> schedulableNodes(const FirstObjects &nodes)
{
    QStringList names;
    for (const QJsonObject &node : nodes.objects) {
        if (takesPods(node))
            names.append(node[QLatin1String("metadata")][QLatin1String("name")].toString());
    }
    if (!nodes.areAll && names.size() < mostReplicas)
        return std::nullopt;
    return names;
}

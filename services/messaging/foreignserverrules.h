// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/foreignserver.h"

#include <QJsonObject>

#include <optional>

/// The NATS that `statefulSet` (apps/v1) makes, where that is one and not Pennant's: a container of it runs an image
/// called `nats` or `nats-server`, or the program `nats-server`. Pure.
std::optional<ForeignServer> foreignServerFrom(const QJsonObject &statefulSet);

/// All of `statefulSets` that are, by namespace and name.
QList<ForeignServer> foreignServersIn(const QList<QJsonObject> &statefulSets);

/// True where the StatefulSet of that name made `pod`: labels anybody can set.
bool isPodOf(const QString &statefulSet, const QJsonObject &pod);

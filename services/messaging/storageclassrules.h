// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/runtime.h"
#include "services/kubernetes/resourcewatch.h"

#include <QJsonObject>
#include <QList>

/// All storage classes of the cluster (storage.k8s.io/v1).
ResourceWatch::Query storageClassQuery();
/// The default class first, then by name.
QList<StorageClass> storageClassesFrom(const QList<QJsonObject> &objects);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/runtime.h"

#include <QJsonObject>
#include <QList>

#include <optional>

/// Servers of ours that run though the record of what was asked is gone, because somebody deleted it.
struct RecordlessRuntime {
    RuntimeDeviation deviation; ///< can be put back where the servers themselves say what was asked
    std::optional<RuntimeSpec> spec; ///< as the StatefulSet holds it
};

/// What `statefulSets` and `pods` amount to where there is no record; nothing where none of them is ours and stays.
/// Pure.
std::optional<RecordlessRuntime> recordlessRuntime(
    const QList<QJsonObject> &statefulSets, const QList<QJsonObject> &pods);

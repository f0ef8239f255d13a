// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/runtime.h"

#include <QJsonObject>
#include <QList>

#include <optional>

/// Servers of ours that are there though the record of what was asked is not: somebody deleted it, or a server that was
/// slow to carry a change out made them after Disable had ended.
struct RecordlessRuntime {
    RuntimeDeviation deviation; ///< can be put back where the servers themselves say what was asked
    std::optional<RuntimeSpec> spec; ///< as the StatefulSet holds it
    std::optional<Error> obstacle; ///< why this version may do nothing with it (RuntimeRecord::obstacle)
};

/// What `statefulSets` and `pods` amount to where there is no record; nothing where none of them is ours and stays.
/// `secrets` of the runtime: nothing where they were not read. Pure.
std::optional<RecordlessRuntime> recordlessRuntime(const QList<QJsonObject> &statefulSets,
    const QList<QJsonObject> &pods, const std::optional<QList<QJsonObject>> &secrets = {});

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/runtime.h"
#include "services/messaging/runtimerecord.h"

#include <QJsonObject>
#include <QList>

#include <optional>

/// What a cluster holds of a runtime's own objects; metadata alone is enough for Secrets. Nothing: they can't be seen
/// (yet, or by this person), so nothing is said of them.
struct RuntimeParts {
    std::optional<QList<QJsonObject>> statefulSets;
    std::optional<QList<QJsonObject>> services;
    std::optional<QList<QJsonObject>> secrets;
    std::optional<QList<QJsonObject>> disruptionBudgets;
    std::optional<QList<QJsonObject>> networkPolicies;
    std::optional<QList<QJsonObject>> roles = {};
};

/// How `parts` differ from what Enable made of `spec`, the gravest first; nothing where they don't. `format`: of the
/// record (RuntimeRecord::format). Pure.
std::optional<RuntimeDeviation> deviationOf(
    const RuntimeSpec &spec, const QString &nameSpace, const RuntimeParts &parts, int format = runtimeFormat);

/// The Roles for people that are not there. Where they can't be seen that is what is known of the Enable that `record`
/// tells of.
QStringList missingRoles(const RuntimeParts &parts, const RuntimeRecord &record);

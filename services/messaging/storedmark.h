// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/domain/protection.h"

#include <QJsonObject>

#include <optional>

class KubernetesClient;

/// The mark as ConfigMap `pennant-archive` in the runtime's namespace; keys `by`, `since` (ISO 8601) and `reason`.
QJsonObject toConfigMap(const ArchiveMark &mark, const QString &nameSpace);
/// What a ConfigMap of that name says. Its name alone archives: what it holds may be missing or be anything.
ArchiveMark archiveMarkOf(const QJsonObject &configMap);

/// Asks for it once; nothing where there is none. `client` must outlive the flow.
Flow<std::optional<ArchiveMark>> storedMark(KubernetesClient &client, QString nameSpace);

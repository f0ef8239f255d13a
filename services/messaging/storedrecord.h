// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/messaging/runtimerecord.h"

#include <QJsonObject>

#include <optional>

class KubernetesClient;

/// The record as it is in the cluster, with the object that holds it.
struct StoredRecord {
    QJsonObject object; ///< the ConfigMap
    Result<RuntimeRecord> record; ///< an Error where it can't be read

    /// It can be read and is of the operation `id`.
    bool isOf(const QString &id) const { return record && record->operation.id == id; }
};

/// Asks for it once; nothing where there is none. `client` must outlive the flow.
Flow<std::optional<StoredRecord>> storedRecord(KubernetesClient &client, QString nameSpace);

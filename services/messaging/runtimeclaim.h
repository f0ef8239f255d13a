// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/messaging/runtimerecord.h"

#include <QJsonObject>

#include <optional>

class KubernetesClient;

/// The record as the lock of the runtime: whoever has written it holds the runtime until somebody else changes it, and
/// every write is refused with Conflict where somebody was faster. All of it can be asked again with the same
/// operation, whatever of it was done before. References must outlive the flows. See docs/adr/0002-runtime-shape.md.
namespace RuntimeClaim {

/// The record as it is stored; nothing where there is none.
Flow<std::optional<RuntimeRecord>> record(KubernetesClient &client, QString nameSpace);
/// Conflict where `record` is not that of the request `id`: somebody else enables the runtime.
Result<void> isOf(const RuntimeRecord &record, const QString &id);

/// Takes the runtime: writes `record` where there is none, or over that of a request that never began. Of several who
/// ask at once, the others get a Conflict here or at their next look at the record.
Flow<void> take(KubernetesClient &client, QString nameSpace, RuntimeRecord record);
/// Stores the client's credential for the request `id`, over one that was left behind. The record is looked at between
/// reading the Secret and writing it as it was read: so whoever has lost the record meanwhile either writes before its
/// new owner has read the Secret, who then writes over it, or too late, which is refused.
Flow<void> storeCredential(KubernetesClient &client, QString nameSpace, QJsonObject secret, QString id);
/// What `record` asks for may be carried out from here on.
Flow<void> letBegin(KubernetesClient &client, QString nameSpace, RuntimeRecord record);

/// Gives the record that has the operation `currentId` another one; a Conflict where that is a Disable under way: it
/// may take the record along with the namespace at any moment.
Flow<void> change(KubernetesClient &client, QString nameSpace, QString currentId, RuntimeOperation operation);

} // namespace RuntimeClaim

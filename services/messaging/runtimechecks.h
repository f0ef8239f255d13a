// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"

#include <QJsonObject>
#include <QList>
#include <QString>

struct RuntimeSpec;
class KubernetesClient;
class RuntimeManifests;

/// What must hold before anything is written. All read only; each answers Forbidden, NotFound, Conflict or NotReady
/// with what to do. References must outlive the flow.
namespace RuntimeChecks {

/// The namespace exists and is not being deleted, or may be created.
Flow<void> nameSpaceUsable(KubernetesClient &client, QString nameSpace);

/// The storage class exists. Where classes can't be read, that is not an error: the server will tell.
Flow<void> storageClassUsable(KubernetesClient &client, QString storageClass);

/// No object of the runtime's names belongs to somebody else.
Flow<void> namesFree(KubernetesClient &client, QList<QJsonObject> manifests);

/// No server runs here: without a record nobody knows what was asked of it, and its clients' credential must stay.
Flow<void> noServerRuns(KubernetesClient &client, QString nameSpace);

/// Why `statefulSet` can't be written over `found`: it would take pods away, and streams may live on them.
std::optional<Error> shrinking(const QJsonObject &found, const QJsonObject &statefulSet);
/// Writing this StatefulSet takes no pod away: streams may live on it.
Flow<void> wouldNotShrink(KubernetesClient &client, QJsonObject statefulSet);

/// Fails where servers run that a newer Pennant, or a newer nats-server, has made than this version knows.
Flow<void> wouldNotDowngrade(KubernetesClient &client, QJsonObject statefulSet);
/// The same of `found`, the StatefulSet as it is.
std::optional<Error> downgrading(const QJsonObject &found, const QJsonObject &statefulSet);

} // namespace RuntimeChecks

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/kubernetes/kubernetesclient.h"

#include <QJsonObject>
#include <QList>
#include <QObject>

class Clock;
class KubernetesTransport;

/// The custom resources by which NACK keeps streams and consumers, of all namespaces; where that may not be listed, of
/// one. Listed every ten seconds where the cluster has such kinds, looked for every minute where not. What may not be
/// listed is not told of. GUI thread.
class NackResources final : public QObject {
    Q_OBJECT

public:
    /// `transport` and `clock` must outlive it.
    NackResources(KubernetesTransport &transport, Clock &clock, QString nameSpace, QObject *parent = nullptr);

    void start();
    /// Whether somebody looks at this cluster: while nobody does they are listed every minute.
    void setInSight(bool inSight);

    const QList<QJsonObject> &resources() const { return m_resources; }

Q_SIGNALS:
    void resourcesChanged();

private:
    Flow<void> keepLooking();
    Flow<QList<QJsonObject>> readAll();
    Flow<QList<QJsonObject>> readKind(QString apiVersion, QString kind);

    KubernetesClient m_client;
    Clock &m_clock;
    QString m_nameSpace;
    QList<QJsonObject> m_resources;
    bool m_isThere = false; ///< the cluster has such kinds
    bool m_isInSight = true;
    Flow<void> m_looking;
};

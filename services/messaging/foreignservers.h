// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/foreignserver.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/poller.h"

#include <QObject>

class Clock;
class KubernetesTransport;

/// Finds the NATS that Pennant did not make: in the whole cluster, or where that may not be listed, in the namespaces
/// that may be. Looks again every thirty seconds. What it may not look at it says nothing of. GUI thread.
class ForeignServers final : public QObject {
    Q_OBJECT

public:
    /// `transport` and `clock` must outlive it. `nameSpace` is looked into where namespaces can't be listed.
    ForeignServers(KubernetesTransport &transport, Clock &clock, QString nameSpace, QObject *parent = nullptr);

    void start();
    /// Whether somebody looks at this cluster: while nobody does it is looked for every five minutes.
    void setInSight(bool inSight);
    /// Looks again now.
    void refresh();

    /// By namespace and name; as of the last look.
    const QList<ForeignServer> &servers() const { return m_servers; }

Q_SIGNALS:
    void serversChanged();

private:
    Flow<void> read();
    Flow<QList<QJsonObject>> listNamespaced();

    KubernetesClient m_client;
    QString m_nameSpace;
    QList<ForeignServer> m_servers;
    bool m_isBegun = false;
    Poller m_poller;
};

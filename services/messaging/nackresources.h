// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/domain/access.h"
#include "services/kubernetes/kubernetesclient.h"

#include <QJsonObject>
#include <QList>
#include <QObject>

class Clock;
class KubernetesTransport;

/// The custom resources by which NACK keeps streams and consumers, of all namespaces; where that may not be listed, of
/// one. Listed every ten seconds where the cluster has such kinds, looked for every minute where not. What can't be
/// listed any more stays as it was known. GUI thread.
class NackResources final : public QObject {
    Q_OBJECT

public:
    /// `transport` and `clock` must outlive it.
    NackResources(KubernetesTransport &transport, Clock &clock, QString nameSpace, QObject *parent = nullptr);

    void start();
    /// Whether somebody looks at this cluster: while nobody does they are listed every minute.
    void setInSight(bool inSight);

    const QList<QJsonObject> &resources() const { return m_resources; }
    /// Whether these are all, a cluster without such kinds among them; else why that is not known: nobody has answered
    /// yet, they may not be listed (with what is missing), or the last list failed.
    const Access &access() const { return m_access; }

Q_SIGNALS:
    /// The resources, or the access to them.
    void changed();

private:
    struct Reading {
        QList<QJsonObject> resources;
        QList<Permission> refused; ///< what it would have taken to read the others
    };

    Flow<void> keepLooking();
    Flow<Reading> readAll();
    Flow<QStringList> kindsOf(QString apiVersion);
    Flow<Reading> readKind(QString apiVersion, QString kind);
    void adopt(const Result<Reading> &reading);
    QList<QJsonObject> known(const QString &kind) const;

    KubernetesClient m_client;
    Clock &m_clock;
    QString m_nameSpace;
    QList<QJsonObject> m_resources;
    Access m_access;
    bool m_isThere = false; ///< the cluster has such kinds
    bool m_isInSight = true;
    Flow<void> m_looking;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"

#include <QList>
#include <QObject>
#include <QStringList>

#include <chrono>
#include <optional>

class Clock;
class KubernetesTransport;

/// Something that runs in the cluster: a Deployment, StatefulSet, DaemonSet or CronJob.
struct Workload {
    QString kind;
    QString nameSpace;
    QString name;

    bool operator==(const Workload &) const = default;
    /// "shop/checkout"
    QString text() const { return nameSpace + u'/' + name; }
};

/// The workloads of the namespaces that this person may list, for choosing one. Looked up when it is asked for, not
/// watched; of each its metadata alone is read. GUI thread.
class Workloads final : public QObject {
    Q_OBJECT

public:
    /// Both must outlive it. `likely` are the namespaces to look in for whoever may not even list those; what is no
    /// name is passed over.
    Workloads(KubernetesTransport &transport, Clock &clock, const QStringList &likely, QObject *parent = nullptr);

    /// Looks again, unless that was done a moment ago.
    void look();
    /// By name.
    const QList<Workload> &all() const { return m_all; }
    /// Why there may be more than these; empty: there are no more.
    const QString &gap() const { return m_gap; }

Q_SIGNALS:
    void changed();

private:
    Flow<void> run();
    /// Of one kind: in all of the cluster, or where one may.
    Flow<QList<Workload>> find(QString apiVersion, QString kind);
    Flow<QStringList> nameSpaces();

    KubernetesTransport &m_transport;
    Clock &m_clock;
    QStringList m_likely;
    QList<Workload> m_all;
    QString m_gap;
    QString m_nextGap; ///< of the look that is under way
    std::optional<QStringList> m_nameSpaces; ///< asked for once a look
    std::optional<std::chrono::milliseconds> m_lookedAt;
    Flow<void> m_looking;
};

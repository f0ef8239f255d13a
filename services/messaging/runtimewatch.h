// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/freshness.h"
#include "services/kubernetes/resourcewatch.h"
#include "services/messaging/runtimestatusrules.h"

#include <QObject>

#include <array>

class Clock;
class KubernetesTransport;

/// Watches everything of one runtime in its namespace: the record, the pods, their claims and events. GUI thread.
class RuntimeWatch final : public QObject {
    Q_OBJECT

public:
    /// `transport` and `clock` must outlive it.
    RuntimeWatch(KubernetesTransport &transport, Clock &clock, const QString &nameSpace, QObject *parent = nullptr);

    void start();
    void refresh();

    /// What is known now; who drives an operation is filled in by whoever holds the Lease.
    RuntimeObservation observation() const;
    /// The least fresh of all that is watched (events aside: they only explain).
    Freshness freshness() const;
    /// True once the record and the pods were read at least once.
    bool isComplete() const;

Q_SIGNALS:
    void changed();
    void freshnessChanged();

private:
    QString m_nameSpace;
    ResourceWatch m_records;
    ResourceWatch m_pods;
    ResourceWatch m_claims;
    ResourceWatch m_events;
};

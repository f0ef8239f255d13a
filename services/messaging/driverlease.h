// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/base/pending.h"
#include "services/messaging/leasesighting.h"

#include <QJsonObject>
#include <QObject>
#include <QString>

class Clock;
class KubernetesClient;

/// The Lease by which one workstation at a time carries out an operation (coordination.k8s.io/v1).
///
/// It is renewed every 5 s and runs out 15 s after the last renewal that was granted had been asked for: never later
/// than for those who wait for it, whatever a request that hangs or a machine that sleeps does to this program. Every
/// write of it is refused where somebody else has written it since it was last seen. GUI thread.
class DriverLease final : public QObject {
    Q_OBJECT

public:
    /// `client` and `clock` must outlive it.
    DriverLease(KubernetesClient &client, Clock &clock, QString nameSpace, QString holder, QObject *parent = nullptr);

    /// Takes the Lease if it is free, ours or run out. Answers whether it is held now; an Error where it can't be
    /// written.
    Flow<bool> acquire();
    /// Gives it up so that nobody waits for it to run out; without an answer, it just runs out.
    void release();
    /// The identity under which it is taken.
    QString holder() const { return m_holder; }
    /// By the clock: false as soon as it has run out, before `lost` can say so.
    bool isHeld() const;

Q_SIGNALS:
    /// Another workstation took it, or it could not be renewed in time: what was being done here must stop.
    void lost();

private:
    QJsonObject manifest(const QString &holder) const;
    /// Renews it as it was last seen; false where somebody has written it since.
    Flow<bool> write();
    Flow<void> renewForever();
    Flow<void> renew();
    Flow<void> awaitEnd();
    void lose();

    KubernetesClient &m_client;
    Clock &m_clock;
    QString m_nameSpace;
    QString m_holder;
    LeaseSighting m_seen;
    std::chrono::milliseconds m_renewedAt{0};
    bool m_isHeld = false;
    Flow<void> m_renewing;
    Flow<void> m_renewal;
    Flow<void> m_end;
    Pending<QJsonObject> m_farewell;
};

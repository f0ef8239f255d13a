// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/base/pending.h"

#include <QJsonObject>
#include <QObject>
#include <QString>

class Clock;
class KubernetesClient;

/// The Lease by which one workstation at a time carries out an operation (coordination.k8s.io/v1).
///
/// It is renewed every 5 s and runs out after 15 s. Whether somebody else's has run out is judged by this machine's own
/// clock, from when its renewal was last seen to change, so that clocks of two machines need not agree. GUI thread.
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
    bool isHeld() const { return m_isHeld; }
    /// Who holds it as last seen, this program included; empty when nobody does or it has run out.
    QString holder() const;

Q_SIGNALS:
    /// Another workstation took it, or it could not be renewed in time: what was being done here must stop.
    void lost();

private:
    QJsonObject manifest(const QString &holder) const;
    void noteSeen(const QJsonObject &lease);
    bool hasRunOut() const;
    Flow<void> renewForever();
    Flow<bool> write(QJsonObject current);

    KubernetesClient &m_client;
    Clock &m_clock;
    QString m_nameSpace;
    QString m_holder;
    QString m_seenHolder;
    QString m_seenRenewal;
    std::chrono::milliseconds m_seenAt{0};
    std::chrono::milliseconds m_renewedAt{0};
    bool m_isHeld = false;
    Flow<void> m_renewal;
    Pending<QJsonObject> m_farewell;
};

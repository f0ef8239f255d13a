// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/leasesighting.h"

#include <QJsonObject>
#include <QObject>
#include <QString>

class Clock;

/// The Lease by which one workstation at a time carries out an operation (coordination.k8s.io/v1).
///
/// It is renewed every 3 s and runs out 15 s after the last renewal that was granted had been asked for: never later
/// than for those who wait for it, whatever a request that hangs or a machine that sleeps does to this program. It
/// stops being held after 10 s of them: what is asked until then has the rest for its answer. A renewal is one request,
/// and a server may take 5 s over it. Every write of it is refused where somebody else has written it since it was last
/// seen, or where it was deleted. GUI thread.
class DriverLease final : public QObject {
    Q_OBJECT

public:
    /// `client` and `clock` must outlive it.
    DriverLease(KubernetesClient &client, Clock &clock, QString nameSpace, QString holder, QObject *parent = nullptr);

    /// Takes the Lease if it is free, ours or run out. Answers whether it is held now; an Error where it can't be
    /// written. Granted so late that it has run out, it is given back. `driver` is the identity of whoever the record
    /// says carries the operation out (empty: nobody): where there is no Lease it was his, and he may have deleted it
    /// a moment ago, so it is free only once he can't do anything under it any more.
    Flow<bool> acquire(QString driver = {});
    /// Gives it up so that nobody waits for it to run out; without an answer, it just runs out.
    void release();
    /// For whoever deletes it: it is not renewed any more, held for no longer than the last renewal is good for, and
    /// `lost` is not told. Answers what names this very Lease.
    Preconditions retire();
    /// release() has not been answered yet.
    bool isSayingFarewell() const { return m_farewell.isAsked(); }
    ObjectRef ref() const;
    /// The identity under which it is taken.
    QString holder() const { return m_holder; }
    /// By the clock: false as soon as it is too old, before `lost` can say so.
    bool isHeld() const;
    /// How long nobody else may take it; nothing where that is over.
    std::chrono::milliseconds left() const;

Q_SIGNALS:
    /// Another workstation took it, or it could not be renewed in time: what was being done here must stop. Told
    /// through the event loop, so that whoever hears it may end whatever flow waits for this.
    void lost();

private:
    QJsonObject manifest(const QString &holder) const;
    /// What was read: an Error says that there is none, though `driver` may have had it.
    void note(const Result<QJsonObject> &current, const QString &driver = {});
    /// Writes it as ours over what was last seen; false where somebody has written or deleted it since.
    Flow<bool> write();
    /// Renews it when that is due, until it is no longer held.
    Flow<void> keep();
    Flow<void> renew();
    /// When the next renewal is to be asked for.
    std::chrono::milliseconds renewalDueAt() const;
    std::chrono::milliseconds heldUntil() const;
    void stopRenewing();
    void lose();

    KubernetesClient &m_client;
    Clock &m_clock;
    QString m_nameSpace;
    QString m_holder;
    LeaseSighting m_seen;
    std::chrono::milliseconds m_askedAt{0}; ///< the last write, whatever became of it
    std::chrono::milliseconds m_renewedAt{0}; ///< when the last one that was granted had been asked for
    bool m_isHeld = false;
    Flow<void> m_keeping;
    Flow<void> m_renewal;
    Pending<QJsonObject> m_farewell;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/clock.h"
#include "services/base/freshness.h"
#include "services/domain/cluster.h"
#include "services/domain/protection.h"
#include "services/domain/runtime.h"

#include <QWidget>

class ElidingLabel;
class NamespaceButton;
class QPushButton;
class StatusBadge;
class StatusDot;
class Tag;

/// Where one is (`cluster › Cluster Services › Messaging`), whether that is certain, how the runtime stands, and how
/// fresh all of it is.
class TopLine final : public QWidget {
    Q_OBJECT

public:
    /// `clock` must outlive it.
    TopLine(const QString &cluster, const QString &nameSpace, Clock &clock, QWidget *parent = nullptr);

    NamespaceButton *nameSpace() const { return m_nameSpace; }

    /// Without a label nothing is shown.
    void setEnvironment(const ClusterEnvironment &environment);
    /// Warns while it is not.
    void setTlsVerified(bool verified);
    void setStatus(const RuntimeStatus &status);
    void setFreshness(const Freshness &freshness);
    /// Why nothing can be changed, if so.
    void setProtection(const Protection &protection);
    /// That it is a NATS which Pennant did not make: where it is, and why it is read-only. Empty: it is Pennant's.
    void setForeign(const QString &place, const QString &reason);

Q_SIGNALS:
    /// Read-only mode of this cluster is to end.
    void changesRequested();
    /// The button that had the keyboard is gone.
    void keyboardReleased();
    /// Back to the runtime that is Pennant's.
    void ownRequested();

private:
    void renewFreshness();
    void renewBadge();

    Clock &m_clock;
    RuntimeStatus m_status;
    Freshness m_freshness;
    Tag *m_environment;
    NamespaceButton *m_nameSpace;
    StatusBadge *m_tlsBadge;
    StatusBadge *m_badge;
    StatusBadge *m_archivedBadge;
    QPushButton *m_readOnlyButton;
    Tag *m_foreignTag;
    ElidingLabel *m_foreignPlace;
    QPushButton *m_own;
    StatusDot *m_dot;
    ElidingLabel *m_freshnessLabel;
    Pending<void> m_tick; ///< while an age is shown
};

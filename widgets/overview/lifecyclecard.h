// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "services/domain/runtime.h"

#include <QWidget>

class Card;
class ElidingLabel;
class InlineMessage;
class Meter;
class QLabel;
class StatusBadge;
class StepList;

/// How far an operation on the runtime has come: phase, step, bar and percent, every step with what it waits for, who
/// carries it out; after a failure the error in full and **Retry reconcile**. Shows values; asks for a retry by signal.
class LifecycleCard final : public QWidget {
    Q_OBJECT

public:
    explicit LifecycleCard(QWidget *parent = nullptr);

    void setStatus(const RuntimeStatus &status);
    /// Why nobody carries an operation out: who archived the cluster, when and why. Empty: it is not archived.
    void setArchived(const QString &text);
    void setRetryAccess(const Access &access);
    /// What the elapsed time is counted to, UTC.
    void setNow(const QDateTime &now);
    /// What became of a request to retry; nothing takes it away.
    void setRetryError(const std::optional<Error> &error);

Q_SIGNALS:
    void retryRequested();

private:
    void renewHeader();
    void renewSteps();
    void renewFailure();
    void renewDriver();
    void renewWaiting();
    std::chrono::seconds elapsed() const;

    RuntimeStatus m_status;
    QDateTime m_now;
    QString m_archived;
    Card *m_card;
    StatusBadge *m_badge;
    Meter *m_meter;
    QLabel *m_percent;
    StepList *m_steps;
    InlineMessage *m_failure;
    InlineMessage *m_retryError;
    InlineMessage *m_stalled;
    ElidingLabel *m_driver;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/runningoperations.h"
#include "services/messaging/backupservice.h"
#include "widgets/common/draftholder.h"
#include "widgets/common/questiondialog.h"

#include <memory>

class InlineMessage;
class Meter;
class QGridLayout;
class WrappingLabel;

/// A backup or restore on its way, and what became of it. Leaves the page to its own; hidden by a person it is shown
/// again from the list of what runs, comes back with the outcome, and deletes itself when closed then.
class BackupDialog final : public QuestionDialog, public DraftHolder {
    Q_OBJECT

public:
    /// `operations` must outlive it; nothing: it is listed nowhere.
    BackupDialog(std::shared_ptr<BackupJob> job, RunningOperations *operations, QWidget *parent = nullptr);

    /// Consumers that the archive can't hold, by name.
    void setLeftOut(const QStringList &consumers) { m_leftOut = consumers; }
    void reject() override;
    /// Nothing is entered here: what runs is in the list of that.
    bool hasDraft() const override { return false; }

Q_SIGNALS:
    /// By a person, of one that has failed.
    void againRequested();

private:
    void layOut();
    void enterIn(RunningOperations *operations);
    void showProgress();
    void showOutcome();
    void showFailure(const Error &error);
    void showCounts(const BackupJob::Outcome &outcome);
    void addCount(const QString &label, const QString &said, const QString &found);
    bool isBackup() const;

    std::shared_ptr<BackupJob> m_job;
    QStringList m_leftOut;
    RunningOperations::Entry m_entry; ///< while it runs
    WrappingLabel *m_place;
    Meter *m_meter;
    WrappingLabel *m_state;
    QWidget *m_counts;
    QGridLayout *m_grid;
    InlineMessage *m_outcome;
    QPushButton *m_again;
    QPushButton *m_end; ///< cancels, or closes
};

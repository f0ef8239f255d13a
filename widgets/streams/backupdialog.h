// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/messaging/backupservice.h"
#include "widgets/common/questiondialog.h"

#include <memory>

class InlineMessage;
class Meter;
class QGridLayout;
class WrappingLabel;

/// A backup or restore on its way, and what became of it. Leaves the page to its own; hidden by a person it comes back
/// with the outcome, and deletes itself when closed then.
class BackupDialog final : public QuestionDialog {
    Q_OBJECT

public:
    explicit BackupDialog(std::shared_ptr<BackupJob> job, QWidget *parent = nullptr);

    void reject() override;

Q_SIGNALS:
    /// By a person, of one that has failed.
    void againRequested();

private:
    void layOut();
    void showProgress();
    void showOutcome();
    void showFailure(const Error &error);
    void showCounts(const BackupJob::Outcome &outcome);
    void addCount(const QString &label, const QString &said, const QString &found);
    bool isBackup() const;

    std::shared_ptr<BackupJob> m_job;
    WrappingLabel *m_place;
    Meter *m_meter;
    WrappingLabel *m_state;
    QWidget *m_counts;
    QGridLayout *m_grid;
    InlineMessage *m_outcome;
    QPushButton *m_again;
    QPushButton *m_end; ///< cancels, or closes
};

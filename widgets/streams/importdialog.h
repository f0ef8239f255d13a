// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/base/runningoperations.h"
#include "services/domain/importplan.h"
#include "widgets/common/draftholder.h"
#include "widgets/common/questiondialog.h"

#include <atomic>
#include <memory>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QScrollArea;
class StreamService;
class WrappingLabel;

/// Several streams that are to be imported: says which can be made and which are there already, and makes those that a
/// person leaves ticked, one after another, with an outcome each. In front of the page; shown with open(); deletes
/// itself when closed, after which no more are made.
class ImportDialog final : public QuestionDialog, public DraftHolder {
    Q_OBJECT

public:
    /// Both must outlive it; no `operations`: it is listed nowhere while it runs.
    ImportDialog(QList<ImportedStream> streams, const QStringList &accounts, StreamService &service,
        RunningOperations *operations, QWidget *parent = nullptr);

    ~ImportDialog() override;

    /// What was read and ticked, and is not made so far.
    bool hasDraft() const override { return isVisible() && !m_hasBegun; }

private:
    struct Row {
        QCheckBox *box;
        WrappingLabel *words;
        bool isDone = false;
        bool isMade = false;
    };

    void makeRows();
    void layOut(const QStringList &accounts);
    /// In the background; of what comes meanwhile once that has ended.
    void renewPlan();
    void dropPlanning();
    void adoptPlan(const QList<PlannedImport> &plan);
    void renewButton();
    void begin();
    void makeNext();
    void note(qsizetype row, const Result<Stream> &made);
    bool isRunning() const { return m_next >= 0; }

    QList<ImportedStream> m_streams;
    StreamService &m_service;
    QList<PlannedImport> m_plan; ///< empty: not known so far
    Pending<QList<PlannedImport>> m_planning;
    std::shared_ptr<std::atomic<bool>> m_isPlanWanted; ///< of whoever plans in the background
    bool m_isPlanOld = false; ///< the streams have changed since it was begun
    QList<Row> m_rows;
    QComboBox *m_account;
    QScrollArea *m_list;
    QGridLayout *m_grid;
    WrappingLabel *m_summary;
    QPushButton *m_import;
    QPushButton *m_close;
    RunningOperations *m_operations;
    RunningOperations::Entry m_entry; ///< while they are made
    bool m_hasBegun = false; ///< to make them
    qsizetype m_next = -1; ///< the one that is made, while they are
    Pending<Stream> m_making;
};

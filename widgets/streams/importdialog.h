// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/domain/importplan.h"
#include "widgets/common/questiondialog.h"

class QCheckBox;
class QComboBox;
class QGridLayout;
class QScrollArea;
class StreamService;
class WrappingLabel;

/// Several streams that are to be imported: says which can be made and which are there already, and makes those that a
/// person leaves ticked, one after another, with an outcome each. In front of the page; shown with open(); deletes
/// itself when closed, after which no more are made.
class ImportDialog final : public QuestionDialog {
    Q_OBJECT

public:
    /// `service` must outlive it.
    ImportDialog(
        QList<ImportedStream> streams, const QStringList &accounts, StreamService &service, QWidget *parent = nullptr);

private:
    struct Row {
        QCheckBox *box;
        WrappingLabel *words;
        bool isDone = false;
        bool isMade = false;
    };

    void makeRows();
    void layOut(const QStringList &accounts);
    void renewPlan();
    void renewButton();
    void begin();
    void makeNext();
    void note(qsizetype row, const Result<Stream> &made);
    bool isRunning() const { return m_next >= 0; }

    QList<ImportedStream> m_streams;
    StreamService &m_service;
    QList<PlannedImport> m_plan;
    QList<Row> m_rows;
    QComboBox *m_account;
    QScrollArea *m_list;
    QGridLayout *m_grid;
    WrappingLabel *m_summary;
    QPushButton *m_import;
    QPushButton *m_close;
    qsizetype m_next = -1; ///< the one that is made, while they are
    Pending<Stream> m_making;
};

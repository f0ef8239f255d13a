// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/streammessage.h"
#include "widgets/common/questiondialog.h"

#include <optional>

class Field;
class QLineEdit;
class SegmentedChoice;
class WrappingLabel;

/// Asks which messages are to be exported: those that are selected, those that are shown, or all from one sequence to
/// another. In front of the browser; shown with open(); deletes itself when closed.
class MessageExportDialog final : public QuestionDialog {
    Q_OBJECT

public:
    struct Choice {
        int selected = 0;
        int shown = 0;
        QString subject; ///< empty: any
        quint64 first = 1; ///< of the stream
        quint64 last = 0;
    };

    explicit MessageExportDialog(const Choice &choice, QWidget *parent = nullptr);

Q_SIGNALS:
    void selectedWanted();
    void shownWanted();
    void rangeWanted(quint64 first, quint64 last);

private:
    enum class Which { Selected, Shown, Range };

    void layOut(const Choice &choice);
    void renew();
    void confirm();
    std::optional<quint64> sequenceIn(const QLineEdit *edit) const;

    SegmentedChoice *m_which;
    QLineEdit *m_first;
    QLineEdit *m_last;
    Field *m_firstField;
    Field *m_lastField;
    WrappingLabel *m_meaning;
    QPushButton *m_export;
    QString m_subject;
};

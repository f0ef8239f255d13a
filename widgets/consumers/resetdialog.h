// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "services/domain/consumerreset.h"
#include "widgets/common/questiondialog.h"

class Field;
class QLineEdit;
class SegmentedChoice;
class WrappingLabel;

/// Asks from where a consumer is to deliver once more, and says how much that is; where it takes a recreation, also
/// what is done and whom that interrupts. In front of the page; shown with open(); deletes itself when closed.
class ResetDialog final : public QuestionDialog {
    Q_OBJECT

public:
    ResetDialog(const Consumer &consumer, const Stream &stream, ResetManner manner, QWidget *parent = nullptr);

    /// What was entered stays while it can't be sent.
    void setAccess(const Access &access);

Q_SIGNALS:
    void confirmed(const ConsumerReset &reset);

private:
    enum class From { AckFloor, Sequence };

    void layOut();
    void renew();
    ConsumerReset reset() const;
    QString problem() const;
    QString meaning() const;
    QString givenUpText() const;
    bool isRecreation() const { return m_manner == ResetManner::Recreation; }

    Consumer m_consumer;
    Stream m_stream;
    ResetManner m_manner;
    Access m_access = Access::yes();
    SegmentedChoice *m_from;
    QLineEdit *m_sequence;
    Field *m_sequenceField;
    WrappingLabel *m_meaning;
    WrappingLabel *m_steps; ///< of a recreation
    WrappingLabel *m_losses; ///< by it
    QPushButton *m_reset;
    QPushButton *m_cancel;
};

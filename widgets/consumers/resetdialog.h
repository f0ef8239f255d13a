// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "services/domain/consumerreset.h"
#include "widgets/common/questiondialog.h"

class Field;
class QLineEdit;
class SegmentedChoice;
class WrappingLabel;

/// Asks from where a consumer is to deliver once more, and says how much that is. In front of the page; shown with
/// open(); deletes itself when closed.
class ResetDialog final : public QuestionDialog {
    Q_OBJECT

public:
    ResetDialog(const Consumer &consumer, const Stream &stream, QWidget *parent = nullptr);

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

    Consumer m_consumer;
    Stream m_stream;
    Access m_access = Access::yes();
    SegmentedChoice *m_from;
    QLineEdit *m_sequence;
    Field *m_sequenceField;
    WrappingLabel *m_meaning;
    QPushButton *m_reset;
    QPushButton *m_cancel;
};

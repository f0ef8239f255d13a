// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "services/domain/consumer.h"
#include "widgets/common/questiondialog.h"

class Clock;
class Field;
class QDateTimeEdit;
class SegmentedChoice;
class WrappingLabel;

/// Asks until when a consumer is to deliver nothing. In front of the page; shown with open(); deletes itself when
/// closed.
class PauseDialog final : public QuestionDialog {
    Q_OBJECT

public:
    /// `clock` must outlive it.
    PauseDialog(const Consumer &consumer, Clock &clock, QWidget *parent = nullptr);

    /// What was entered stays while it can't be sent.
    void setAccess(const Access &access);

Q_SIGNALS:
    /// UTC.
    void confirmed(const QDateTime &until);

private:
    void layOut(const Consumer &consumer);
    void renew();
    QDateTime until() const;

    Clock &m_clock;
    Access m_access = Access::yes();
    SegmentedChoice *m_length;
    QDateTimeEdit *m_time;
    Field *m_timeField;
    WrappingLabel *m_meaning;
    QPushButton *m_pause;
    QPushButton *m_cancel;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/domain/access.h"
#include "services/domain/streampurge.h"
#include "widgets/common/questiondialog.h"

#include <functional>

class Field;
class QLineEdit;
class SegmentedChoice;
class WrappingLabel;

/// Asks which messages of a stream are to go, and says how many those are before they do. In front of the page; shown
/// with open(); deletes itself when closed.
class PurgeDialog final : public QuestionDialog {
    Q_OBJECT

public:
    /// Counts the messages that the stream holds on the purge's subject.
    using Count = std::function<Pending<quint64>(const StreamPurge &)>;

    PurgeDialog(const Stream &stream, Count count, QWidget *parent = nullptr);

    /// What was entered stays while it can't be sent.
    void setAccess(const Access &access);

Q_SIGNALS:
    void confirmed(const StreamPurge &purge);

private:
    enum class Which { All, Before, Keep };

    void layOut();
    void renew();
    void countAnew();
    void showCount(quint64 ofSubject);
    StreamPurge purge() const;
    /// What is typed where a number belongs; nothing where it is none.
    static std::optional<quint64> number(const QLineEdit *edit);
    FieldErrors problems() const;

    Stream m_stream;
    Count m_count;
    Access m_access = Access::yes();
    SegmentedChoice *m_which;
    QLineEdit *m_subject;
    Field *m_subjectField;
    QLineEdit *m_number;
    Field *m_numberField;
    WrappingLabel *m_meaning;
    QPushButton *m_purge;
    QPushButton *m_cancel;
    Pending<quint64> m_counting;
    StreamPurge m_counted; ///< what is being counted, or was
};

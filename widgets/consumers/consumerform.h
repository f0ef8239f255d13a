// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "services/domain/consumer.h"

#include <QWidget>

class Field;
class FormPanel;
class QComboBox;
class QDateTimeEdit;
class QLineEdit;
class SegmentedChoice;
class SubjectPreview;

/// Asks what a new durable consumer is to be. Judges the draft while it is typed; shows problems of fields that a
/// person has been to, all of them once submitting was tried. Knows no service: whoever uses it creates, and shows the
/// outcome here.
class ConsumerForm final : public QWidget {
    Q_OBJECT

public:
    explicit ConsumerForm(QWidget *parent = nullptr);

    /// Offers the streams that are ready, and judges again.
    void setContext(const ConsumerContext &context);
    void setSubmitAccess(const Access &access);
    /// What a start time begins with; a time that a person entered stays.
    void setNow(const QDateTime &now);

    ConsumerDraft draft() const;
    void setDraft(const ConsumerDraft &draft);
    void chooseStream(const StreamId &id);
    void setBusy(bool busy);
    bool isBusy() const;
    void showError(const Error &error);
    void clear();
    void focusFirst();

Q_SIGNALS:
    /// By a person, with a draft that holds up.
    void submitted(const ConsumerDraft &draft);
    void cancelled();
    void closeRequested();

private:
    void makeControls();
    void layOutTarget();
    void layOutDelivery();
    void connectControls();
    void connectEdit(QLineEdit *edit, const QString &name, bool isJudgedAtOnce);
    void noteChosen(const QString &name);
    void showWhatApplies();
    void offerStreams();
    FieldErrors typedProblems() const;
    void judge();
    void submit();

    FormPanel *m_panel;
    QComboBox *m_stream;
    QLineEdit *m_name;
    QLineEdit *m_filter;
    SubjectPreview *m_preview;
    SegmentedChoice *m_ackPolicy;
    QLineEdit *m_ackWait;
    QLineEdit *m_maxDeliver;
    QLineEdit *m_maxAckPending;
    QComboBox *m_deliverPolicy;
    Field *m_deliverPolicyField;
    QLineEdit *m_startSequence;
    Field *m_startSequenceField;
    QDateTimeEdit *m_startTime;
    Field *m_startTimeField;
    SegmentedChoice *m_mode;
    Field *m_modeField;
    QLineEdit *m_deliverSubject;
    Field *m_deliverSubjectField;
    ConsumerContext m_context;
    QList<StreamId> m_offered; ///< as in the combo box
    QDateTime m_usualStart;
};

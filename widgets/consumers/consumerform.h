// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/consumer.h"
#include "widgets/common/formpanel.h"

/// Asks what a new durable consumer is to be.
class ConsumerForm final : public FormPanel {
    Q_OBJECT

public:
    explicit ConsumerForm(QWidget *parent = nullptr);

    /// Offers the streams that are ready, and judges again.
    void setContext(const ConsumerContext &context);
    /// What a start time begins with; a time that a person entered stays.
    void setNow(const QDateTime &now);

    ConsumerDraft draft() const;
    void setDraft(const ConsumerDraft &draft);
    void chooseStream(const StreamId &id);

Q_SIGNALS:
    /// By a person, with a draft that holds up.
    void submitted(const ConsumerDraft &draft);

private:
    void makeTargetControls();
    void makeDeliveryControls();
    void layOutTarget();
    void layOutDelivery();
    void offerStreams();
    FieldErrors problems() const override;
    void submitDraft() override;
    void emptyControls() override;
    void showWhatApplies() override;

    QComboBox *m_stream;
    QLineEdit *m_name;
    QLineEdit *m_filter;
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

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/stream.h"
#include "widgets/common/formpanel.h"

/// Asks what a new stream is to be.
class StreamForm final : public FormPanel {
    Q_OBJECT

public:
    explicit StreamForm(QWidget *parent = nullptr);

    void setAccounts(const QStringList &accounts);
    /// Judges again.
    void setContext(const StreamContext &context);

    StreamDraft draft() const;
    void setDraft(const StreamDraft &draft);

Q_SIGNALS:
    /// By a person, with a draft that holds up.
    void submitted(const StreamDraft &draft);

private:
    void makeControls();
    void layOut();
    void offerReplicas();
    FieldErrors problems() const override;
    void submitDraft() override;
    void emptyControls() override;
    void showWhatApplies() override;

    QComboBox *m_account;
    QLineEdit *m_name;
    QLineEdit *m_subjects;
    QLineEdit *m_description;
    SegmentedChoice *m_retention;
    Field *m_retentionField;
    SegmentedChoice *m_storage;
    SegmentedChoice *m_replicas;
    Field *m_replicasField;
    QLineEdit *m_maxAge;
    QLineEdit *m_maxMessages;
    QLineEdit *m_maxBytes;
    SegmentedChoice *m_discard;
    StreamContext m_context;
};

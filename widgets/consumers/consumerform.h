// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/consumerdraft.h"
#include "widgets/common/suggestions.h"
#include "widgets/objects/configform.h"

class MetadataTable;

/// Asks what a new durable consumer is to be, or what is to be another of one that is there. Says of each field why it
/// can't be set, and of a change what it does at once, before anything is sent.
class ConsumerForm final : public ConfigForm {
    Q_OBJECT

public:
    /// For a new one.
    explicit ConsumerForm(QWidget *parent = nullptr);
    /// For a change of `seen`.
    explicit ConsumerForm(const Consumer &seen, QWidget *parent = nullptr);

    /// Offers the streams that are ready, and judges again.
    void setContext(const ConsumerContext &context);
    /// What a start time begins with; a time that a person entered stays.
    void setNow(const QDateTime &now);

    ConsumerDraft draft() const;
    void chooseStream(const StreamId &id);
    /// What is offered as the linked app, with a `note` below the field.
    void setWorkloads(const QList<Suggestions::Item> &workloads, const QString &note);
    /// In the order in which they are offered.
    const QList<StreamId> &offeredStreams() const { return m_offered; }
    /// A new one that begins as `config`, for instance the copy of another, with the name that stands there if any.
    void beginAs(const StreamId &stream, const QJsonObject &config);
    /// The consumer as it is now: what nobody has edited here follows it. Answers what was edited here and is another
    /// there too.
    QList<FieldChange> renewSeen(const Consumer &now);
    /// The one that is changed, as it was last followed; nothing: a new one.
    const std::optional<Consumer> &seen() const { return m_seen; }

Q_SIGNALS:
    /// By a person, with a draft that holds up.
    void submitted(const ConsumerDraft &draft);

private:
    ConsumerForm(const std::optional<Consumer> &seen, const Words &words, QWidget *parent);

    void makeTargetControls();
    void makeDeliveryControls();
    void makeModeControls();
    void makeAdvancedControls();
    void bindControls();
    void layOutTarget();
    void layOutDelivery();
    void layOutMode();
    void layOutAdvanced();
    void offerStreams();
    void lockFields();
    void lockMode();
    void showDocument(const QJsonObject &config);
    DeliveryMode mode() const;
    /// What the controls have no field of their own for: which of the two holds the filters, and the mode.
    QJsonObject completed(QJsonObject config) const;
    FieldErrors problems() const override;
    void submitDraft() override;
    void emptyControls() override;
    void showWhatApplies() override;
    void offerPriorities();
    void judged() override;

    std::optional<Consumer> m_seen;
    QJsonObject m_begun; ///< what a new one begins as
    QComboBox *m_stream;
    QLineEdit *m_name;
    QLineEdit *m_filter;
    QLineEdit *m_linkedApp;
    Suggestions *m_workloads;
    Field *m_linkedAppField;
    QLineEdit *m_description;
    SegmentedChoice *m_ackPolicy;
    QLineEdit *m_ackWait;
    QLineEdit *m_maxDeliver;
    QLineEdit *m_maxAckPending;
    QComboBox *m_deliverPolicy;
    Field *m_deliverPolicyField;
    QLineEdit *m_startSequence;
    QDateTimeEdit *m_startTime;
    SegmentedChoice *m_replayPolicy;
    SegmentedChoice *m_mode;
    Field *m_modeField;
    QLineEdit *m_maxWaiting;
    QLineEdit *m_maxBatch;
    QLineEdit *m_maxExpires;
    QLineEdit *m_maxBytes;
    SegmentedChoice *m_priority;
    QLineEdit *m_priorityGroups;
    QLineEdit *m_priorityTimeout;
    QLineEdit *m_deliverSubject;
    QLineEdit *m_deliverGroup;
    QLineEdit *m_heartbeat;
    QCheckBox *m_flowControl;
    QLineEdit *m_rateLimit;
    QLineEdit *m_backoff;
    QLineEdit *m_cleanup;
    QCheckBox *m_headersOnly;
    SegmentedChoice *m_replicas;
    QCheckBox *m_memoryStorage;
    QLineEdit *m_sampling;
    MetadataTable *m_metadata;
    QHash<const QWidget *, Field *> m_fields; ///< those that come and go, by control
    ConsumerContext m_context;
    QList<StreamId> m_ready; ///< in the order of the context
    QList<StreamId> m_offered; ///< as in the combo box
    QDateTime m_usualStart;
};

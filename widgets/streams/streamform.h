// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/streamdraft.h"
#include "widgets/common/suggestions.h"
#include "widgets/objects/configform.h"

class OriginList;

/// Asks what a new stream is to be, or what is to be another of one that is there. Says of each field why it can't be
/// set, and of a change what it does at once, before anything is sent.
class StreamForm final : public ConfigForm {
    Q_OBJECT

public:
    /// For a new one.
    explicit StreamForm(QWidget *parent = nullptr);
    /// For a change of `seen`.
    explicit StreamForm(const Stream &seen, QWidget *parent = nullptr);

    void setAccounts(const QStringList &accounts);
    /// Judges again.
    void setContext(const StreamContext &context);
    /// What ages are counted from.
    void setNow(const QDateTime &now) { m_now = now; }
    /// What the linked app may be; `note` says why not all are known, or nothing.
    void setWorkloads(const QList<Suggestions::Item> &workloads, const QString &note);

    const std::optional<Stream> &seen() const { return m_seen; }
    StreamDraft draft() const;
    /// A new one that begins as `config`, for instance the copy of another. Its name is for the person to choose.
    void beginAs(const QString &account, const QJsonObject &config);
    /// The stream as it is now: what nobody has edited here follows it. Answers the fields that were edited here and
    /// are another there too.
    QList<FieldChange> renewSeen(const Stream &now);

Q_SIGNALS:
    /// By a person, with a draft that holds up.
    void submitted(const StreamDraft &draft);

private:
    StreamForm(const std::optional<Stream> &seen, const Words &words, QWidget *parent);

    void makeControls();
    void makeAdvancedControls();
    void makePublishingControls();
    void makeRoutingControls();
    void bindControls();
    void layOut();
    void layOutRetention();
    void layOutAdvanced();
    void layOutFeeds();
    void layOutRouting();
    void layOutPlacement();
    void beginFold(const QString &title, const char *headingName);
    void offerReplicas();
    void offerOrigins();
    void offerRetentions();
    void lockFields();
    void lockMirror();
    QString whyLocked(const QWidget *control) const;
    void showFolds(bool open);
    void showBucket();
    FieldErrors problems() const override;
    void submitDraft() override;
    void emptyControls() override;
    void showWhatApplies() override;
    void judged() override;

    std::optional<Stream> m_seen;
    QJsonObject m_begun; ///< what a new one begins as
    QComboBox *m_account;
    QLineEdit *m_name;
    QLineEdit *m_subjects;
    QLineEdit *m_linkedApp;
    Suggestions *m_workloads;
    Field *m_linkedAppField;
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
    QLineEdit *m_maxMessageSize;
    QLineEdit *m_duplicateWindow;
    SegmentedChoice *m_compression;
    QLineEdit *m_maxPerSubject;
    QLineEdit *m_maxConsumers;
    QLineEdit *m_firstSequence;
    QCheckBox *m_allowDirect;
    QCheckBox *m_denyDelete;
    QCheckBox *m_denyPurge;
    QCheckBox *m_discardPerSubject;
    QCheckBox *m_allowRollup;
    QCheckBox *m_allowTtl;
    QCheckBox *m_noAck;
    QLineEdit *m_markerLife;
    QCheckBox *m_counter;
    QCheckBox *m_atomic;
    QCheckBox *m_batched;
    QCheckBox *m_schedules;
    SegmentedChoice *m_persistence;
    QLineEdit *m_inactive;
    QLineEdit *m_ackPending;
    QCheckBox *m_sealed;
    OriginList *m_mirror;
    OriginList *m_sources;
    QCheckBox *m_mirrorDirect;
    QLineEdit *m_republishFrom;
    QLineEdit *m_republishTo;
    QCheckBox *m_republishHeaders;
    QLineEdit *m_transformFrom;
    QLineEdit *m_transformTo;
    QLineEdit *m_cluster;
    QLineEdit *m_tags;
    MetadataTable *m_metadata;
    InlineMessage *m_bucket;
    QList<Fold *> m_folds;
    StreamContext m_context;
    QDateTime m_now;
};

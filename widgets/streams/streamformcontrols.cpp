// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/assetfields.h"
#include "services/domain/streamsubjectrules.h"
#include "widgets/common/fold.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/look.h"
#include "widgets/common/subjectpreview.h"
#include "widgets/common/suggestions.h"
#include "widgets/objects/metadatatable.h"
#include "widgets/streams/originlist.h"
#include "widgets/streams/streamform.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QToolButton>

#include <limits>

namespace {

constexpr qint64 most = std::numeric_limits<qint64>::max();
constexpr qint64 second = 1'000'000'000;
constexpr qint64 hour = 3600 * second;
constexpr qint64 mebibyte = 1024 * 1024;
constexpr QuantityUnit hours{QuantityUnit::Kind::Duration, hour, hour * 24 * 365 * 200}; // as the domain's limit
constexpr QuantityUnit seconds{QuantityUnit::Kind::Duration, second, hour * 24 * 365 * 200};
constexpr QuantityUnit mebibytes{QuantityUnit::Kind::Bytes, mebibyte, most / mebibyte *mebibyte};
constexpr QuantityUnit bytes{QuantityUnit::Kind::Bytes, 1, std::numeric_limits<qint32>::max()};
constexpr QuantityUnit count{QuantityUnit::Kind::Count, 1, most};

} // namespace

void StreamForm::makeControls()
{
    const QString unlimited = tr("Unlimited");
    m_account = addCombo(QStringLiteral("account"), "streamAccountCombo");
    m_name = addEdit(QStringLiteral("name"), "streamNameEdit", QStringLiteral("ORDERS"));
    m_subjects = addSubjects(QStringLiteral("subjects"), "streamSubjectsEdit", "streamSubjectsPreview",
        QStringLiteral("orders.>, payments.*.settled"));
    previewOf(m_subjects)->setJudge([this](const QStringList &entered) {
        const QStringList before = m_seen ? m_seen->subjects() : QStringList();
        const StreamId own = m_seen ? m_seen->id : StreamId{m_account->currentText(), m_name->text()};
        return StreamSubjectRules::briefProblems(entered, before, own, m_context.existing);
    });
    m_linkedApp = addEdit(linkedAppField(), "streamLinkedAppEdit", QStringLiteral("shop/checkout"));
    m_workloads = new Suggestions(m_linkedApp);
    m_description = addEdit(QStringLiteral("description"), "streamDescriptionEdit");
    m_retention = addWordsOf<Retention>(QStringLiteral("retention"), "streamRetentionChoice");
    m_storage = addWordsOf<Storage>(QStringLiteral("storage"), "streamStorageChoice");
    m_replicas = addChoice(QStringLiteral("num_replicas"), "streamReplicasChoice");
    if (!m_seen)
        m_replicas->addChoice(tr("Cluster default"), 0);
    for (const int copies : {1, 3, 5})
        m_replicas->addChoice(QString::number(copies), copies);
    m_replicas->setCurrentIndex(0);
    m_maxAge = addQuantity(QStringLiteral("max_age"), "streamMaxAgeEdit", unlimited, hours);
    m_maxMessages = addQuantity(QStringLiteral("max_msgs"), "streamMaxMessagesEdit", unlimited, count);
    m_maxBytes = addQuantity(QStringLiteral("max_bytes"), "streamMaxBytesEdit", unlimited, mebibytes);
    m_discard = addWordsOf<Discard>(QStringLiteral("discard"), "streamDiscardChoice");
}

void StreamForm::makeAdvancedControls()
{
    const QString unlimited = tr("Unlimited");
    m_maxMessageSize = addQuantity(QStringLiteral("max_msg_size"), "streamMaxMessageSizeEdit", unlimited, bytes);
    m_duplicateWindow =
        addQuantity(QStringLiteral("duplicate_window"), "streamDuplicateWindowEdit", tr("2 minutes"), seconds);
    m_compression = addChoice(QStringLiteral("compression"), "streamCompressionChoice");
    for (const char *word : {"none", "s2"})
        m_compression->addChoice(QLatin1String(word), QString(QLatin1String(word)));
    m_compression->setCurrentIndex(0);
    m_maxPerSubject = addQuantity(QStringLiteral("max_msgs_per_subject"), "streamMaxPerSubjectEdit", unlimited, count);
    m_maxConsumers = addQuantity(QStringLiteral("max_consumers"), "streamMaxConsumersEdit", unlimited, count);
    m_firstSequence = addQuantity(QStringLiteral("first_seq"), "streamFirstSequenceEdit", QStringLiteral("1"), count);
    m_allowDirect = addFlag(QStringLiteral("allow_direct"), "streamAllowDirectBox", tr("Allow"));
    m_denyDelete = addFlag(QStringLiteral("deny_delete"), "streamDenyDeleteBox", tr("Deny"));
    m_denyPurge = addFlag(QStringLiteral("deny_purge"), "streamDenyPurgeBox", tr("Deny"));
    m_discardPerSubject =
        addFlag(QStringLiteral("discard_new_per_subject"), "streamDiscardPerSubjectBox", tr("For each subject"));
    m_allowRollup = addFlag(QStringLiteral("allow_rollup_hdrs"), "streamAllowRollupBox", tr("Allow"));
    m_allowTtl = addFlag(QStringLiteral("allow_msg_ttl"), "streamAllowTtlBox", tr("Allow"));
    m_noAck = addFlag(QStringLiteral("no_ack"), "streamNoAckBox", tr("Off"));
}

void StreamForm::makePublishingControls()
{
    m_markerLife =
        addQuantity(QStringLiteral("subject_delete_marker_ttl"), "streamMarkerLifeEdit", tr("No markers"), seconds);
    m_counter = addFlag(QStringLiteral("allow_msg_counter"), "streamCounterBox", tr("Count"));
    m_atomic = addFlag(QStringLiteral("allow_atomic"), "streamAtomicBox", tr("Allow"));
    m_batched = addFlag(QStringLiteral("allow_batched"), "streamBatchedBox", tr("Allow"));
    m_schedules = addFlag(QStringLiteral("allow_msg_schedules"), "streamSchedulesBox", tr("Allow"));
    m_persistence = addChoice(QStringLiteral("persist_mode"), "streamPersistChoice");
    for (const char *word : {"default", "async"})
        m_persistence->addChoice(QLatin1String(word), QString(QLatin1String(word)));
    m_persistence->setCurrentIndex(0);
    m_inactive = addQuantity(
        QStringLiteral("consumer_limits.inactive_threshold"), "streamInactiveEdit", tr("No limit"), seconds);
    m_ackPending =
        addQuantity(QStringLiteral("consumer_limits.max_ack_pending"), "streamAckPendingEdit", tr("No limit"), count);
    m_sealed = addFlag(QStringLiteral("sealed"), "streamSealedBox", tr("Sealed"));
}

void StreamForm::makeRoutingControls()
{
    m_mirror = new OriginList(OriginList::Kind::Mirror);
    addDocument(QStringLiteral("mirror"), "streamMirrorList", m_mirror);
    m_sources = new OriginList(OriginList::Kind::Sources);
    addDocument(QStringLiteral("sources"), "streamSourcesList", m_sources);
    m_mirrorDirect = addFlag(QStringLiteral("mirror_direct"), "streamMirrorDirectBox", tr("Allow"));
    const QString all = tr("All messages");
    m_republishFrom = addEdit(QStringLiteral("republish.src"), "streamRepublishFromEdit", all);
    m_republishTo =
        addEdit(QStringLiteral("republish.dest"), "streamRepublishToEdit", QStringLiteral("copy.>"), Judged::OnLeaving);
    m_republishHeaders =
        addFlag(QStringLiteral("republish.headers_only"), "streamRepublishHeadersBox", tr("Headers only"));
    m_transformFrom = addEdit(QStringLiteral("subject_transform.src"), "streamTransformFromEdit", all);
    m_transformTo = addEdit(QStringLiteral("subject_transform.dest"), "streamTransformToEdit",
        QStringLiteral("orders.$1"), Judged::OnLeaving);
    for (QLineEdit *edit : {m_republishFrom, m_republishTo, m_transformFrom, m_transformTo})
        edit->setFont(Look::fixedFont());
    m_cluster = addEdit(QStringLiteral("placement.cluster"), "streamClusterEdit", tr("Any"));
    m_tags = addEdit(QStringLiteral("placement.tags"), "streamTagsEdit", QStringLiteral("ssd, zone:a"));
    m_metadata = new MetadataTable;
    addDocument(QStringLiteral("metadata"), "streamMetadataTable", m_metadata);
}

void StreamForm::bindControls()
{
    for (QLineEdit *edit :
        {m_name, m_description, m_republishFrom, m_republishTo, m_transformFrom, m_transformTo, m_cluster})
        bindText(edit);
    for (QLineEdit *edit : {m_subjects, m_tags})
        bindSubjects(edit);
    for (SegmentedChoice *choice : {m_retention, m_storage, m_replicas, m_discard, m_compression, m_persistence})
        bindChoice(choice);
    bindQuantity(m_maxAge, hours, 0);
    bindQuantity(m_duplicateWindow, seconds, QJsonValue::Undefined); // the server has a default
    bindQuantity(m_maxBytes, mebibytes, -1);
    bindQuantity(m_maxMessageSize, bytes, -1);
    for (QLineEdit *edit : {m_maxMessages, m_maxPerSubject, m_maxConsumers})
        bindQuantity(edit, count, -1);
    bindQuantity(m_firstSequence, count, 0);
    bindQuantity(m_ackPending, count, QJsonValue::Undefined);
    for (QLineEdit *edit : {m_markerLife, m_inactive})
        bindQuantity(edit, seconds, QJsonValue::Undefined);
    for (QCheckBox *box : {m_allowDirect, m_denyDelete, m_denyPurge, m_discardPerSubject, m_allowRollup, m_allowTtl,
             m_noAck, m_counter, m_atomic, m_batched, m_schedules, m_sealed, m_mirrorDirect, m_republishHeaders})
        bindFlag(box);
    for (OriginList *list : {m_mirror, m_sources})
        bindDocument(list);
    bindMetadata(m_metadata); // before what stands in it and has a control of its own
    bindText(m_linkedApp);
}

void StreamForm::layOut()
{
    addSection(tr("Identity"));
    addWide(m_bucket);
    addField(tr("Acco&unt"), m_account);
    addField(tr("Stream na&me"), m_name,
        m_seen ? tr("Fixed once the stream is made.") : tr("Without blanks and without . * > / and \\"));
    addField(tr("Sub&jects"), m_subjects,
        tr("Separated by commas; * stands for one word, > for all that follow. Empty: the stream's name."));
    m_linkedAppField = addField(tr("Linke&d app"), m_linkedApp);
    addField(tr("Descri&ption"), m_description);
    setFirstControl(m_seen ? m_subjects : m_name);
    layOutRetention();
    layOutAdvanced();
    layOutFeeds();
    layOutRouting();
    layOutPlacement();
    layOutNotes(QStringLiteral("stream"));
}

void StreamForm::layOutRetention()
{
    addSection(tr("Retention And Storage"));
    m_retentionField = addField(tr("Retenti&on"), m_retention);
    addField(tr("Stora&ge"), m_storage);
    m_replicasField = addField(tr("&Replicas"), m_replicas);
    addNarrowField(tr("Max age (&hours)"), m_maxAge, tr("Or with a unit: 90m, 7d."));
    addNarrowField(tr("Ma&x messages"), m_maxMessages);
    addNarrowField(tr("Max &bytes (MB)"), m_maxBytes, tr("1 MB is 1 MiB. Or with a unit: 2 GB."));
    addNarrowField(
        tr("Discard when &full"), m_discard, tr("What gives way when a limit is reached: old messages or new ones."));
}

void StreamForm::layOutAdvanced()
{
    beginFold(tr("Advanced options"), "streamAdvancedButton");
    addNarrowField(tr("Max message si&ze (bytes)"), m_maxMessageSize, tr("Or with a unit: 64 KB."));
    addNarrowField(tr("Duplicate &window (s)"), m_duplicateWindow, tr("In which a repeated Nats-Msg-Id is dropped."));
    addNarrowField(tr("Compression"), m_compression, tr("Of files on the volume."));
    addNarrowField(tr("Direct get"), m_allowDirect, tr("Any copy answers, not the leader alone."));
    addNarrowField(tr("Message delete"), m_denyDelete, tr("Through the API. Can't be taken back."));
    addNarrowField(tr("Purge"), m_denyPurge, tr("Through the API. Can't be taken back."));
    addNarrowField(tr("Max messages per subject"), m_maxPerSubject);
    addNarrowField(tr("Discard new"), m_discardPerSubject, tr("With discard new and a limit for each subject."));
    addNarrowField(tr("Max consumers"), m_maxConsumers);
    addNarrowField(tr("First sequence"), m_firstSequence);
    addNarrowField(tr("Roll-up headers"), m_allowRollup, tr("A message may replace those before it."));
    addNarrowField(tr("TTL of messages"), m_allowTtl, tr("A message may say how long it stays. Can't be taken back."));
    addNarrowField(tr("Delete markers stay (s)"), m_markerLife, tr("Left where a subject's last message ran out."));
    addNarrowField(tr("Answer to publishers"), m_noAck);
    addNarrowField(tr("Atomic batches"), m_atomic, tr("All messages of a batch are stored, or none."));
    addNarrowField(tr("Fast batches"), m_batched, tr("Acknowledged together."));
    addNarrowField(tr("Counter"), m_counter, tr("Messages add to their subject's number. Fixed once it is made."));
    addNarrowField(tr("Scheduled messages"), m_schedules, tr("Published when they say. Can't be taken back."));
    addNarrowField(tr("Writing to files"), m_persistence, tr("async is faster, and loses more in a crash."));
    addNarrowField(tr("Seal"), m_sealed, tr("Nothing goes in or out any more."));
    addNarrowField(tr("Most idle cleanup (s)"), m_inactive, tr("What each consumer may ask for."));
    addNarrowField(tr("Most ack pending"), m_ackPending, tr("What each consumer may ask for."));
    endFold();
}

void StreamForm::layOutFeeds()
{
    beginFold(tr("Mirror and sources"), "streamFeedsButton");
    addField(tr("Mirror"), m_mirror, tr("A copy of one stream, which takes nothing from publishers."));
    addField(tr("Sources"), m_sources, tr("Streams whose messages are gathered here."));
    addField(tr("Direct get through the mirror"), m_mirrorDirect, tr("Follows its origin's own, where that is known."));
    endFold();
}

void StreamForm::layOutRouting()
{
    beginFold(tr("Republish and transform"), "streamRoutingButton");
    addNarrowField(tr("Republish messages on"), m_republishFrom);
    addNarrowField(tr("Republished to"), m_republishTo, tr("$1 is the first * of the subject, > its rest."));
    addField(tr("What is republished"), m_republishHeaders, tr("The size stands in a header in place of the body."));
    addNarrowField(tr("Store messages on"), m_transformFrom);
    addNarrowField(tr("Under the subject"), m_transformTo, tr("$1 is the first * of the subject, > its rest."));
    endFold();
}

void StreamForm::layOutPlacement()
{
    beginFold(tr("Placement"), "streamPlacementButton");
    addNarrowField(tr("Cluster"), m_cluster, tr("Of servers, by its name."));
    addNarrowField(tr("Server tags"), m_tags, tr("Separated by commas; a server has all of them."));
    endFold();
    beginFold(tr("Metadata"), "streamMetadataButton");
    addField(tr("Entries"), m_metadata, tr("What applications and people note about it; the server reads none of it."));
    endFold();
}

/// Remembers it, to say what is set in it.
void StreamForm::beginFold(const QString &title, const char *headingName)
{
    Fold *fold = addFold(title);
    fold->heading()->setObjectName(QLatin1String(headingName));
    m_folds.append(fold);
}

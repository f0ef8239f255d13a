// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/assetfields.h"
#include "widgets/common/field.h"
#include "widgets/common/look.h"
#include "widgets/consumers/consumerform.h"
#include "widgets/objects/metadatatable.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QLineEdit>

#include <limits>

namespace {

constexpr qint64 second = 1'000'000'000;
constexpr qint64 longest = second * 3600 * 24 * 365 * 200; // as an int64 of nanoseconds has room for
constexpr qint64 mostCount = std::numeric_limits<int>::max();
constexpr qint64 mostSequence = std::numeric_limits<qint64>::max();
constexpr QuantityUnit seconds{QuantityUnit::Kind::Duration, second, longest};
constexpr QuantityUnit count{QuantityUnit::Kind::Count, 1, mostCount};
constexpr QuantityUnit countOrAll{QuantityUnit::Kind::Count, 1, mostCount, true};
constexpr QuantityUnit bits{QuantityUnit::Kind::Count, 1, mostSequence};
constexpr QuantityUnit sequence{QuantityUnit::Kind::Count, 1, mostSequence};
constexpr QuantityUnit bytes{QuantityUnit::Kind::Bytes, 1, mostCount};

} // namespace

void ConsumerForm::makeTargetControls()
{
    m_stream = addCombo(QStringLiteral("stream"), "consumerStreamCombo");
    m_stream->setPlaceholderText(tr("Choose a stream"));
    m_name = addEdit(QStringLiteral("durable_name"), "consumerNameEdit", QStringLiteral("billing-worker"));
    m_filter = addSubjects(QStringLiteral("filter_subjects"), "consumerFilterSubjectsEdit", "consumerFilterPreview",
        tr("all of the stream's"));
    m_linkedApp = addEdit(linkedAppField(), "consumerLinkedAppEdit", QStringLiteral("shop/billing"));
    m_workloads = new Suggestions(m_linkedApp);
    m_description = addEdit(QStringLiteral("description"), "consumerDescriptionEdit");
}

void ConsumerForm::makeDeliveryControls()
{
    m_ackPolicy = addWordsOf<AckPolicy>(QStringLiteral("ack_policy"), "consumerAckPolicyChoice");
    m_ackWait = addQuantity(QStringLiteral("ack_wait"), "consumerAckWaitEdit", tr("Default: 30 s"), seconds);
    m_maxDeliver = addQuantity(QStringLiteral("max_deliver"), "consumerMaxDeliverEdit", tr("Unlimited"), count);
    m_maxAckPending =
        addQuantity(QStringLiteral("max_ack_pending"), "consumerMaxAckPendingEdit", tr("Default: 1,000"), countOrAll);
    m_deliverPolicy = addCombo(QStringLiteral("deliver_policy"), "consumerDeliverPolicyCombo");
    for (const auto &[policy, name] : wireNames(DeliverPolicy{}))
        m_deliverPolicy->addItem(QLatin1String(name), QString(QLatin1String(name)));
    m_startSequence = addNumber(
        QStringLiteral("opt_start_seq"), "consumerStartSequenceEdit", tr("1 or more"), mostSequence, Needed::Yes);
    m_startTime = addTime(QStringLiteral("opt_start_time"), "consumerStartTimeEdit");
    m_replayPolicy = addChoice(QStringLiteral("replay_policy"), "consumerReplayPolicyChoice");
    for (const char *word : {"instant", "original"})
        m_replayPolicy->addChoice(QLatin1String(word), QString(QLatin1String(word)));
    m_replayPolicy->setCurrentIndex(0);
}

void ConsumerForm::makeModeControls()
{
    m_mode = addChoiceOf<DeliveryMode>(QStringLiteral("mode"), "consumerModeChoice");
    if (m_seen)
        setUsualChoice(m_mode, int(m_seen->mode()));
    m_maxWaiting = addQuantity(QStringLiteral("max_waiting"), "consumerMaxWaitingEdit", tr("Default: 512"), count);
    m_maxBatch = addQuantity(QStringLiteral("max_batch"), "consumerMaxBatchEdit", tr("Unlimited"), count);
    m_maxExpires = addQuantity(QStringLiteral("max_expires"), "consumerMaxExpiresEdit", tr("Unlimited"), seconds);
    m_maxBytes = addQuantity(QStringLiteral("max_bytes"), "consumerMaxBytesEdit", tr("Unlimited"), bytes);
    m_priority = addChoice(QStringLiteral("priority_policy"), "consumerPriorityChoice");
    m_priority->addChoice(tr("none"), QString());
    for (const char *word : {"overflow", "pinned_client", "prioritized"})
        m_priority->addChoice(QLatin1String(word), QString(QLatin1String(word)));
    m_priority->setCurrentIndex(0);
    m_priorityGroups =
        addEdit(QStringLiteral("priority_groups"), "consumerPriorityGroupsEdit", QStringLiteral("workers"));
    m_priorityTimeout =
        addQuantity(QStringLiteral("priority_timeout"), "consumerPriorityTimeoutEdit", tr("Default: 2m"), seconds);
    m_deliverSubject = addEdit(QStringLiteral("deliver_subject"), "consumerDeliverSubjectEdit",
        QStringLiteral("deliver.billing"), Judged::OnLeaving);
    m_deliverSubject->setFont(Look::fixedFont());
    m_deliverGroup = addEdit(QStringLiteral("deliver_group"), "consumerDeliverGroupEdit", tr("None"));
    m_heartbeat = addQuantity(QStringLiteral("idle_heartbeat"), "consumerHeartbeatEdit", tr("None"), seconds);
    m_flowControl = addFlag(QStringLiteral("flow_control"), "consumerFlowControlBox", tr("On"));
    m_rateLimit = addQuantity(QStringLiteral("rate_limit_bps"), "consumerRateLimitEdit", tr("Unlimited"), bits);
}

void ConsumerForm::makeAdvancedControls()
{
    m_backoff =
        addQuantities(QStringLiteral("backoff"), "consumerBackoffEdit", QStringLiteral("1, 5, 30, 2m"), seconds);
    m_cleanup = addQuantity(QStringLiteral("inactive_threshold"), "consumerCleanupEdit", tr("Never"), seconds);
    m_headersOnly = addFlag(QStringLiteral("headers_only"), "consumerHeadersOnlyBox", tr("Without payloads"));
    m_replicas = addChoice(QStringLiteral("num_replicas"), "consumerReplicasChoice");
    m_replicas->addChoice(tr("As the stream"), 0);
    for (const int copies : {1, 3, 5})
        m_replicas->addChoice(QString::number(copies), copies);
    m_replicas->setCurrentIndex(0);
    m_memoryStorage = addFlag(QStringLiteral("mem_storage"), "consumerMemoryStorageBox", tr("In memory"));
    m_sampling = addEdit(QStringLiteral("sample_freq"), "consumerSamplingEdit", tr("None"));
    m_metadata = new MetadataTable;
    addDocument(QStringLiteral("metadata"), "consumerMetadataTable", m_metadata);
}

void ConsumerForm::bindControls()
{
    const QJsonValue leftOut(QJsonValue::Undefined);
    for (QLineEdit *edit : {m_name, m_description, m_deliverSubject, m_deliverGroup, m_sampling})
        bindText(edit);
    for (QLineEdit *edit : {m_filter, m_priorityGroups})
        bindSubjects(edit);
    for (SegmentedChoice *choice : {m_ackPolicy, m_replayPolicy, m_replicas, m_priority})
        bindChoice(choice);
    bindItem(m_deliverPolicy);
    bindTime(m_startTime);
    bindQuantity(m_startSequence, sequence, leftOut);
    bindQuantity(m_ackWait, seconds, leftOut);
    bindQuantity(m_maxDeliver, count, -1);
    bindQuantity(m_maxAckPending, countOrAll, leftOut);
    bindQuantity(m_maxWaiting, count, leftOut);
    for (QLineEdit *edit : {m_maxExpires, m_heartbeat, m_cleanup, m_priorityTimeout})
        bindQuantity(edit, seconds, leftOut);
    bindQuantity(m_maxBatch, count, leftOut);
    bindQuantity(m_rateLimit, bits, leftOut);
    bindQuantity(m_maxBytes, bytes, leftOut);
    bindQuantities(m_backoff, seconds);
    bindMetadata(m_metadata); // before what stands in it and has a control of its own
    bindText(m_linkedApp);
    for (QCheckBox *box : {m_flowControl, m_headersOnly, m_memoryStorage})
        bindFlag(box);
}

void ConsumerForm::layOutTarget()
{
    addSection(tr("Target"));
    addField(tr("St&ream"), m_stream);
    Field *name = addField(tr("Cons&umer name"), m_name,
        m_seen ? tr("Fixed once the consumer is made.") : tr("Without blanks and without . * > / and \\"));
    addField(tr("&Filter subjects"), m_filter, tr("Separated by commas. Empty: all that the stream stores."));
    m_linkedAppField = addField(tr("Linked app"), m_linkedApp);
    addField(tr("Description"), m_description);
    setFirstControl(m_seen ? m_filter : name->control());
}

void ConsumerForm::layOutDelivery()
{
    addSection(tr("Delivery And Replay"));
    addField(tr("Ack polic&y"), m_ackPolicy);
    addNarrowField(tr("Ack &wait (s)"), m_ackWait);
    addNarrowField(tr("Ma&x deliver"), m_maxDeliver);
    addNarrowField(tr("Max ack &pending"), m_maxAckPending);
    m_deliverPolicyField = addField(tr("&Deliver policy"), m_deliverPolicy);
    m_fields[m_startSequence] = addField(tr("Start se&quence"), m_startSequence);
    m_fields[m_startTime] = addField(tr("Start ti&me"), m_startTime, tr("In the time zone of this workstation."));
    addField(tr("Replay policy"), m_replayPolicy, tr("original: at the pace at which the messages were published."));
}

void ConsumerForm::layOutMode()
{
    addSection(tr("Mode"));
    m_modeField = addField(tr("Delivery m&ode"), m_mode);
    m_fields[m_maxWaiting] = addNarrowField(tr("Max waiting"), m_maxWaiting, tr("Pull requests at once."));
    m_fields[m_maxBatch] = addNarrowField(tr("Max batch"), m_maxBatch, tr("Messages a request."));
    m_fields[m_maxExpires] = addNarrowField(tr("Max expires (s)"), m_maxExpires, tr("How long a request waits."));
    m_fields[m_deliverSubject] = addField(tr("Deliver su&bject"), m_deliverSubject,
        tr("Where the server sends the messages; not one that the stream stores."));
    m_fields[m_deliverGroup] = addNarrowField(tr("Queue group"), m_deliverGroup, tr("Its members share the messages."));
    m_fields[m_heartbeat] = addNarrowField(tr("Heartbeat (s)"), m_heartbeat, tr("While there is nothing to send."));
    m_fields[m_flowControl] = addNarrowField(tr("Flow control"), m_flowControl, tr("Needs a heartbeat."));
}

void ConsumerForm::layOutAdvanced()
{
    addFold(tr("Advanced"));
    addField(tr("Backoff (s)"), m_backoff,
        tr("How long each delivery waits for its acknowledgement, in turn; replaces ack wait."));
    addNarrowField(tr("Idle cleanup (s)"), m_cleanup, tr("Deleted when unused that long."));
    addNarrowField(tr("Sampling (%)"), m_sampling, tr("Of acknowledgements, as advisories."));
    m_fields[m_maxBytes] = addNarrowField(tr("Max bytes"), m_maxBytes, tr("A pull request."));
    m_fields[m_priority] =
        addField(tr("Priority policy"), m_priority, tr("Which workers are served first, of those that name a group."));
    m_fields[m_priorityGroups] =
        addNarrowField(tr("Priority groups"), m_priorityGroups, tr("Separated by commas; workers name one."));
    m_fields[m_priorityTimeout] =
        addNarrowField(tr("Pinned TTL (s)"), m_priorityTimeout, tr("Without a pull, another worker is pinned."));
    m_fields[m_rateLimit] = addNarrowField(tr("Rate limit (bit/s)"), m_rateLimit);
    addNarrowField(tr("Headers only"), m_headersOnly);
    addNarrowField(tr("Memory storage"), m_memoryStorage, tr("Its place is lost with its servers."));
    addField(tr("Replicas"), m_replicas);
    addField(
        tr("Metadata"), m_metadata, tr("What applications and people note about it; the server reads none of it."));
    endFold();
}

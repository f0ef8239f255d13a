// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/consumers/consumerform.h"

#include "models/celltext.h"
#include "models/health.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/common/look.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QJsonArray>
#include <QLineEdit>
#include <QSignalBlocker>

#include <algorithm>
#include <limits>

namespace {

constexpr qint64 second = 1'000'000'000;
constexpr qint64 year = 365 * 24 * 3600 * second; // as the domain's limit
constexpr qint64 mostCount = std::numeric_limits<int>::max();
constexpr qint64 mostSequence = std::numeric_limits<qint64>::max();
constexpr QuantityUnit seconds{QuantityUnit::Kind::Duration, second, year};
constexpr QuantityUnit count{QuantityUnit::Kind::Count, 1, mostCount};
constexpr QuantityUnit countOrAll{QuantityUnit::Kind::Count, 1, mostCount, true};
constexpr QuantityUnit sequence{QuantityUnit::Kind::Count, 1, mostSequence};
constexpr QuantityUnit bytes{QuantityUnit::Kind::Bytes, 1, mostCount};

FormPanel::Words newWords()
{
    return {ConsumerForm::tr("New consumer"), ConsumerForm::tr("Crea&te consumer"),
        ConsumerForm::tr("Creating the consumer…"), QStringLiteral("consumer")};
}

FormPanel::Words editWords(const QString &name)
{
    return {ConsumerForm::tr("Edit %1").arg(name), ConsumerForm::tr("Apply c&hanges"),
        ConsumerForm::tr("Changing the consumer…"), QStringLiteral("editedConsumer")};
}

QString meaningOf(const QString &word)
{
    const std::optional<DeliverPolicy> policy = fromWire<DeliverPolicy>(word);
    if (!policy)
        return {};
    switch (*policy) {
    case DeliverPolicy::All:
        return ConsumerForm::tr("Begins with the oldest message stored.");
    case DeliverPolicy::New:
        return ConsumerForm::tr("Begins with what arrives from now on.");
    case DeliverPolicy::Last:
        return ConsumerForm::tr("Begins with the newest message stored.");
    case DeliverPolicy::LastPerSubject:
        return ConsumerForm::tr("Begins with the newest message of each filter subject.");
    case DeliverPolicy::ByStartSequence:
        return ConsumerForm::tr("Begins with the message of a sequence number.");
    case DeliverPolicy::ByStartTime:
        return ConsumerForm::tr("Begins with the first message at or after a time.");
    }
    return {};
}

QString meaningOf(DeliveryMode mode)
{
    return mode == DeliveryMode::Pull ? ConsumerForm::tr("Workers ask for messages when they have time.")
                                      : ConsumerForm::tr("The server sends messages to a subject as they come.");
}

bool isBefore(const StreamId &left, const StreamId &right)
{
    const int order = comparedText(left.account, right.account);
    return order != 0 ? order < 0 : comparedText(left.name, right.name) < 0;
}

} // namespace

ConsumerForm::ConsumerForm(QWidget *parent)
    : ConsumerForm(std::nullopt, newWords(), parent)
{
}

ConsumerForm::ConsumerForm(const Consumer &seen, QWidget *parent)
    : ConsumerForm(seen, editWords(seen.id.name), parent)
{
}

ConsumerForm::ConsumerForm(const std::optional<Consumer> &seen, const Words &words, QWidget *parent)
    : ConfigForm(words, parent)
    , m_seen(seen)
{
    makeTargetControls();
    makeDeliveryControls();
    makeModeControls();
    makeAdvancedControls();
    bindControls();
    layOutTarget();
    layOutDelivery();
    layOutMode();
    layOutAdvanced();
    layOutNotes(m_seen ? QStringLiteral("editedConsumer") : QStringLiteral("consumer"));
    if (m_seen)
        offerStreams();
    showDocument(m_seen ? m_seen->config : m_begun);
    lockFields();
    finish();
}

void ConsumerForm::makeTargetControls()
{
    m_stream = addCombo(QStringLiteral("stream"), "consumerStreamCombo");
    m_stream->setPlaceholderText(tr("Choose a stream"));
    m_name = addEdit(QStringLiteral("durable_name"), "consumerNameEdit", QStringLiteral("billing-worker"));
    m_filter = addSubjects(QStringLiteral("filter_subjects"), "consumerFilterSubjectsEdit", "consumerFilterPreview",
        tr("all of the stream's"));
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
    m_deliverSubject = addEdit(QStringLiteral("deliver_subject"), "consumerDeliverSubjectEdit",
        QStringLiteral("deliver.billing"), Judged::OnLeaving);
    m_deliverSubject->setFont(Look::fixedFont());
    m_deliverGroup = addEdit(QStringLiteral("deliver_group"), "consumerDeliverGroupEdit", tr("None"));
    m_heartbeat = addQuantity(QStringLiteral("idle_heartbeat"), "consumerHeartbeatEdit", tr("None"), seconds);
    m_flowControl = addFlag(QStringLiteral("flow_control"), "consumerFlowControlBox", tr("On"));
    m_rateLimit = addQuantity(QStringLiteral("rate_limit_bps"), "consumerRateLimitEdit", tr("Unlimited"), count);
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
}

void ConsumerForm::bindControls()
{
    const QJsonValue leftOut(QJsonValue::Undefined);
    for (QLineEdit *edit : {m_name, m_description, m_deliverSubject, m_deliverGroup, m_sampling})
        bindText(edit);
    bindSubjects(m_filter);
    for (SegmentedChoice *choice : {m_ackPolicy, m_replayPolicy, m_replicas})
        bindChoice(choice);
    bindItem(m_deliverPolicy);
    bindTime(m_startTime);
    bindQuantity(m_startSequence, sequence, leftOut);
    bindQuantity(m_ackWait, seconds, leftOut);
    bindQuantity(m_maxDeliver, count, -1);
    bindQuantity(m_maxAckPending, countOrAll, leftOut);
    bindQuantity(m_maxWaiting, count, leftOut);
    for (QLineEdit *edit : {m_maxExpires, m_heartbeat, m_cleanup})
        bindQuantity(edit, seconds, leftOut);
    for (QLineEdit *edit : {m_maxBatch, m_rateLimit})
        bindQuantity(edit, count, leftOut);
    bindQuantity(m_maxBytes, bytes, leftOut);
    bindQuantities(m_backoff, seconds);
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
    m_fields[m_rateLimit] = addNarrowField(tr("Rate limit (bit/s)"), m_rateLimit);
    addNarrowField(tr("Headers only"), m_headersOnly);
    addNarrowField(tr("Memory storage"), m_memoryStorage, tr("Its place is lost with its servers."));
    addField(tr("Replicas"), m_replicas);
    endFold();
}

DeliveryMode ConsumerForm::mode() const
{
    return chosen<DeliveryMode>(m_mode);
}

void ConsumerForm::showWhatApplies()
{
    const QString policy = m_deliverPolicy->currentData().toString();
    m_deliverPolicyField->setHint(meaningOf(policy));
    m_fields[m_startSequence]->setVisible(policy == toWire(DeliverPolicy::ByStartSequence));
    m_fields[m_startTime]->setVisible(policy == toWire(DeliverPolicy::ByStartTime));
    m_modeField->setHint(meaningOf(mode()));
    for (QWidget *control : {m_maxWaiting, m_maxBatch, m_maxExpires, m_maxBytes})
        m_fields[control]->setVisible(mode() == DeliveryMode::Pull);
    for (QWidget *control :
        std::initializer_list<QWidget *>{m_deliverSubject, m_deliverGroup, m_heartbeat, m_flowControl, m_rateLimit})
        m_fields[control]->setVisible(mode() == DeliveryMode::Push);
    lockFields();
}

/// What the server is too old for, what can't be changed of a consumer that is there, and what has no use.
void ConsumerForm::lockFields()
{
    const bool isAcknowledged = m_ackPolicy->currentData().toString() != toWire(AckPolicy::None);
    for (QWidget *control : std::initializer_list<QWidget *>{m_ackPolicy, m_ackWait, m_maxAckPending, m_deliverPolicy,
             m_startSequence, m_startTime, m_replayPolicy, m_maxWaiting, m_maxBatch, m_maxExpires, m_maxBytes,
             m_deliverGroup, m_heartbeat, m_flowControl, m_rateLimit, m_backoff, m_cleanup, m_headersOnly, m_replicas,
             m_memoryStorage, m_sampling}) {
        const bool isOfAcknowledgement = control == m_ackWait || control == m_maxAckPending || control == m_backoff;
        QString reason = whyNotSettable(nameOf(control), m_seen, m_context);
        if (reason.isEmpty() && isOfAcknowledgement && !isAcknowledged)
            reason = tr("Nothing is acknowledged.");
        if (reason.isEmpty() && control == m_ackWait && !quantities(m_backoff).isEmpty())
            reason = tr("The first wait of the backoff takes its place.");
        setDisabledReason(control, reason);
    }
    setDisabledReason(m_stream, m_seen ? tr("A consumer stays with its stream.") : QString());
    setDisabledReason(m_mode, m_seen ? tr("It can't be changed once the consumer is there.") : QString());
    const bool isListenedTo = m_seen && m_seen->isPushBound;
    setDisabledReason(
        m_deliverSubject, isListenedTo ? tr("Somebody listens there: it can be changed once nobody does.") : QString());
    m_name->setReadOnly(m_seen.has_value());
    m_name->setFocusPolicy(m_seen ? Qt::ClickFocus : Qt::StrongFocus);
}

void ConsumerForm::setContext(const ConsumerContext &context)
{
    m_context = context;
    offerStreams();
    lockFields();
    judge();
}

void ConsumerForm::offerStreams()
{
    QList<StreamId> ready;
    if (m_seen)
        ready << m_seen->id.stream;
    for (const Stream &stream : m_context.streams) {
        if (!m_seen && healthOf(stream).tone != CellTone::Bad)
            ready << stream.id;
    }
    std::stable_sort(ready.begin(), ready.end(), isBefore);
    if (ready == m_offered)
        return;
    const StreamId before = m_offered.value(m_stream->currentIndex());
    const QSignalBlocker quiet(m_stream);
    m_offered = ready;
    m_stream->clear();
    for (const StreamId &id : std::as_const(m_offered))
        m_stream->addItem(QStringLiteral("%1 › %2").arg(id.account, id.name));
    chooseStream(before);
    if (m_stream->currentIndex() < 0 && before == StreamId{} && !m_offered.isEmpty())
        m_stream->setCurrentIndex(0);
}

void ConsumerForm::chooseStream(const StreamId &id)
{
    m_stream->setCurrentIndex(int(m_offered.indexOf(id)));
}

void ConsumerForm::setNow(const QDateTime &now)
{
    if (m_usualStart.isValid())
        return;
    m_usualStart = now.toLocalTime();
    const bool isAsBegun = isAsUsual(m_startTime);
    const QSignalBlocker quiet(m_startTime);
    if (isAsBegun)
        setUsualTime(m_startTime, m_usualStart);
}

QJsonObject ConsumerForm::completed(QJsonObject config) const
{
    const QJsonObject before = m_seen ? m_seen->config : m_begun;
    const QStringList filters = subjects(m_filter);
    config.remove(QStringLiteral("filter_subjects"));
    for (const char *field : {"filter_subject", "filter_subjects"}) {
        if (before.contains(QLatin1String(field)))
            config.insert(QLatin1String(field), before.value(QLatin1String(field)));
    }
    if (filters != filtersIn(before))
        config = withFilters(config, filters);
    if (m_seen)
        return config;
    if (m_deliverPolicy->currentData().toString() == toWire(DeliverPolicy::ByStartTime)
        && !config.contains(QLatin1String("opt_start_time")))
        config.insert(QStringLiteral("opt_start_time"), m_startTime->dateTime().toUTC().toString(Qt::ISODateWithMs));
    if (mode() == DeliveryMode::Push && modeIn(config) == DeliveryMode::Pull)
        config.insert(QStringLiteral("deliver_subject"), QString());
    if (mode() == DeliveryMode::Pull)
        config.remove(QStringLiteral("deliver_subject"));
    return config;
}

ConsumerDraft ConsumerForm::draft() const
{
    if (m_seen)
        return {m_seen->id.stream, completed(entered(m_seen->config)), m_seen};
    return {m_offered.value(m_stream->currentIndex()), completed(entered(m_begun)), {}};
}

void ConsumerForm::showDocument(const QJsonObject &config)
{
    QJsonObject shown = config;
    shown.insert(QStringLiteral("filter_subjects"), QJsonArray::fromStringList(filtersIn(config)));
    showConfig(shown);
    QJsonObject rest = config;
    for (const char *ours : {"name", "filter_subject"})
        rest.remove(QLatin1String(ours));
    showKept(rest, !m_seen);
}

void ConsumerForm::beginAs(const StreamId &stream, const QJsonObject &config)
{
    m_begun = config;
    chooseStream(stream);
    setUsualChoice(m_mode, int(modeIn(config)));
    showDocument(config);
    showWhatApplies();
    judge();
}

QList<FieldChange> ConsumerForm::renewSeen(const Consumer &now)
{
    m_seen = now;
    QJsonObject shown = now.config;
    shown.insert(QStringLiteral("filter_subjects"), QJsonArray::fromStringList(now.filterSubjects()));
    const QList<FieldChange> overtaken = followConfig(shown);
    lockFields();
    judge();
    return overtaken;
}

FieldErrors ConsumerForm::problems() const
{
    FieldErrors errors = validate(draft(), m_context);
    // the API takes 0 for the default or for no limit; whoever types it may mean something else
    for (const QLineEdit *edit :
        {m_ackWait, m_maxDeliver, m_maxAckPending, m_maxWaiting, m_maxBatch, m_maxExpires, m_heartbeat, m_cleanup}) {
        if (!isAsUsual(edit) && number(edit) == 0)
            errors.append({nameOf(edit), tr("Enter more than 0, or leave it empty.")});
    }
    return errors;
}

void ConsumerForm::judged()
{
    lockFields();
    showConsequences(consequences(draft()), !m_seen);
}

void ConsumerForm::submitDraft()
{
    Q_EMIT submitted(draft());
}

void ConsumerForm::emptyControls()
{
    m_begun = {};
    if (!m_seen) {
        chooseStream(m_offered.value(0));
        setUsualChoice(m_mode, int(DeliveryMode::Pull));
        setUsualTime(m_startTime, m_usualStart);
    }
    showDocument(m_seen ? m_seen->config : m_begun);
    showWhatApplies();
}

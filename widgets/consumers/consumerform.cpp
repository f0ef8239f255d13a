// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/consumers/consumerform.h"

#include "models/celltext.h"
#include "models/health.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/objects/metadatatable.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QJsonArray>
#include <QLineEdit>
#include <QSignalBlocker>

#include <algorithm>

namespace {

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
    for (QWidget *control : std::initializer_list<QWidget *>{
             m_maxWaiting, m_maxBatch, m_maxExpires, m_maxBytes, m_priority, m_priorityGroups, m_priorityTimeout})
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
             m_priority, m_priorityGroups, m_priorityTimeout, m_deliverGroup, m_heartbeat, m_flowControl, m_rateLimit,
             m_backoff, m_cleanup, m_headersOnly, m_replicas, m_memoryStorage, m_sampling, m_metadata, m_linkedApp}) {
        const bool isOfAcknowledgement = control == m_ackWait || control == m_maxAckPending || control == m_backoff;
        QString reason = whyNotSettable(nameOf(control), m_seen, m_context);
        if (reason.isEmpty() && isOfAcknowledgement && !isAcknowledged)
            reason = tr("Nothing is acknowledged.");
        if (reason.isEmpty() && control == m_ackWait && !quantities(m_backoff).isEmpty())
            reason = tr("The first wait of the backoff takes its place.");
        setDisabledReason(control, reason);
    }
    offerPriorities();
    setDisabledReason(m_stream, m_seen ? tr("A consumer stays with its stream.") : QString());
    setDisabledReason(m_mode, m_seen ? tr("It can't be changed once the consumer is there.") : QString());
    const bool isListenedTo = m_seen && m_seen->isPushBound;
    setDisabledReason(
        m_deliverSubject, isListenedTo ? tr("Somebody listens there: it can be changed once nobody does.") : QString());
    m_name->setReadOnly(m_seen.has_value());
    m_name->setFocusPolicy(m_seen ? Qt::ClickFocus : Qt::StrongFocus);
}

/// Servers have not learned all of them at once.
void ConsumerForm::offerPriorities()
{
    for (int index = 0; index < m_priority->count(); ++index) {
        const QString policy = m_priority->choiceData(index).toString();
        const QString reason = whyNotWord(nameOf(m_priority), policy, m_context);
        m_priority->setChoiceEnabled(index, reason.isEmpty(), reason);
    }
}

void ConsumerForm::setContext(const ConsumerContext &context)
{
    const bool areSameStreams = context.streams.isSharedWith(m_context.streams);
    m_context = context;
    if (!areSameStreams || m_offered.isEmpty())
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
        if (!m_seen && replicaHealthOf(stream).tone != CellTone::Bad)
            ready << stream.id;
    }
    // of ten thousand of them each step takes as long as a frame: none is done again for what stays the same
    if (ready == m_ready)
        return;
    m_ready = ready;
    if (!std::is_sorted(ready.cbegin(), ready.cend(), isBefore))
        std::stable_sort(ready.begin(), ready.end(), isBefore);
    if (ready == m_offered)
        return;
    const StreamId before = m_offered.value(m_stream->currentIndex());
    const QSignalBlocker quiet(m_stream);
    m_offered = ready;
    m_stream->clear();
    QStringList names;
    for (const StreamId &id : std::as_const(m_offered))
        names.append(QStringLiteral("%1 · %2").arg(id.name, id.account));
    m_stream->addItems(names);
    chooseStream(before);
    if (m_stream->currentIndex() < 0 && before == StreamId{} && !m_offered.isEmpty())
        m_stream->setCurrentIndex(0);
}

void ConsumerForm::chooseStream(const StreamId &id)
{
    m_stream->setCurrentIndex(int(m_offered.indexOf(id)));
}

void ConsumerForm::setWorkloads(const QList<Suggestions::Item> &workloads, const QString &note)
{
    m_workloads->setItems(workloads);
    m_linkedAppField->setHint(note);
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

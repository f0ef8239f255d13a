// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/consumers/consumerform.h"

#include "models/celltext.h"
#include "models/health.h"
#include "widgets/common/field.h"
#include "widgets/common/look.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QLineEdit>
#include <QSignalBlocker>

#include <algorithm>
#include <limits>

namespace {

constexpr qint64 mostCount = std::numeric_limits<int>::max();
constexpr qint64 mostSequence = std::numeric_limits<qint64>::max();
constexpr qint64 mostSeconds = 365 * 24 * 3600; // as the domain's limit

QString meaningOf(DeliverPolicy policy)
{
    switch (policy) {
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
    : FormPanel(
        {tr("New consumer"), tr("Crea&te consumer"), tr("Creating the consumer…"), QStringLiteral("consumer")}, parent)
{
    makeTargetControls();
    makeDeliveryControls();
    layOutTarget();
    layOutDelivery();
    finish();
}

void ConsumerForm::makeTargetControls()
{
    m_stream = addCombo(QStringLiteral("stream"), "consumerStreamCombo");
    m_stream->setPlaceholderText(tr("Choose a stream"));
    m_name = addEdit(QStringLiteral("durable_name"), "consumerNameEdit", QStringLiteral("billing-worker"));
    m_filter = addSubjects(QStringLiteral("filter_subjects"), "consumerFilterSubjectsEdit", "consumerFilterPreview",
        tr("all of the stream's"));
}

void ConsumerForm::makeDeliveryControls()
{
    m_ackPolicy = addChoiceOf<AckPolicy>(QStringLiteral("ack_policy"), "consumerAckPolicyChoice");
    m_ackWait = addNumber(QStringLiteral("ack_wait"), "consumerAckWaitEdit", tr("Default: 30 s"), mostSeconds);
    m_maxDeliver = addNumber(QStringLiteral("max_deliver"), "consumerMaxDeliverEdit", tr("Unlimited"), mostCount);
    m_maxAckPending =
        addNumber(QStringLiteral("max_ack_pending"), "consumerMaxAckPendingEdit", tr("Default: 1,000"), mostCount);
    m_deliverPolicy = addCombo(QStringLiteral("deliver_policy"), "consumerDeliverPolicyCombo");
    for (const auto &[policy, name] : wireNames(DeliverPolicy{}))
        m_deliverPolicy->addItem(QLatin1String(name), int(policy));
    m_startSequence = addNumber(
        QStringLiteral("opt_start_seq"), "consumerStartSequenceEdit", tr("1 or more"), mostSequence, Needed::Yes);
    m_startTime = addTime(QStringLiteral("opt_start_time"), "consumerStartTimeEdit");
    m_mode = addChoiceOf<DeliveryMode>(QStringLiteral("mode"), "consumerModeChoice");
    m_deliverSubject = addEdit(QStringLiteral("deliver_subject"), "consumerDeliverSubjectEdit",
        QStringLiteral("deliver.billing"), Judged::OnLeaving);
    m_deliverSubject->setFont(Look::fixedFont());
}

void ConsumerForm::layOutTarget()
{
    addSection(tr("Target"));
    addField(tr("St&ream"), m_stream);
    setFirstControl(addField(tr("Cons&umer name"), m_name, tr("Without blanks and without . * > / and \\"))->control());
    addField(tr("&Filter subjects"), m_filter, tr("Separated by commas. Empty: all that the stream stores."));
}

void ConsumerForm::layOutDelivery()
{
    addSection(tr("Delivery And Replay"));
    addField(tr("Ack polic&y"), m_ackPolicy);
    addNarrowField(tr("Ack &wait (s)"), m_ackWait);
    addNarrowField(tr("Ma&x deliver"), m_maxDeliver);
    addNarrowField(tr("Max ack &pending"), m_maxAckPending);
    m_deliverPolicyField = addField(tr("&Deliver policy"), m_deliverPolicy);
    m_startSequenceField = addField(tr("Start se&quence"), m_startSequence);
    m_startTimeField = addField(tr("Start ti&me"), m_startTime, tr("In the time zone of this workstation."));
    m_modeField = addField(tr("Delivery m&ode"), m_mode);
    m_deliverSubjectField = addField(tr("Deliver su&bject"), m_deliverSubject,
        tr("Where the server sends the messages; not one that the stream stores."));
}

void ConsumerForm::showWhatApplies()
{
    const auto policy = DeliverPolicy(m_deliverPolicy->currentData().toInt());
    const auto mode = chosen<DeliveryMode>(m_mode);
    m_deliverPolicyField->setHint(meaningOf(policy));
    m_startSequenceField->setVisible(policy == DeliverPolicy::ByStartSequence);
    m_startTimeField->setVisible(policy == DeliverPolicy::ByStartTime);
    m_modeField->setHint(meaningOf(mode));
    m_deliverSubjectField->setVisible(mode == DeliveryMode::Push);
}

void ConsumerForm::setContext(const ConsumerContext &context)
{
    m_context = context;
    offerStreams();
    judge();
}

void ConsumerForm::offerStreams()
{
    QList<StreamId> ready;
    for (const Stream &stream : m_context.streams) {
        if (healthOf(stream).tone != CellTone::Bad)
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

void ConsumerForm::setNow(const QDateTime &now)
{
    if (m_usualStart.isValid())
        return;
    m_usualStart = now.toLocalTime();
    const QSignalBlocker quiet(m_startTime);
    m_startTime->setDateTime(m_usualStart);
}

ConsumerDraft ConsumerForm::draft() const
{
    ConsumerDraft draft;
    draft.stream = m_offered.value(m_stream->currentIndex());
    draft.name = m_name->text().trimmed();
    draft.filterSubjects = subjects(m_filter);
    draft.ackPolicy = chosen<AckPolicy>(m_ackPolicy);
    if (const auto seconds = number(m_ackWait))
        draft.ackWait = std::chrono::seconds(*seconds);
    if (const auto most = number(m_maxDeliver))
        draft.maxDeliver = int(std::max<qint64>(*most, std::numeric_limits<int>::min()));
    if (const auto most = number(m_maxAckPending))
        draft.maxAckPending = int(std::max<qint64>(*most, std::numeric_limits<int>::min()));
    draft.deliverPolicy = DeliverPolicy(m_deliverPolicy->currentData().toInt());
    if (draft.deliverPolicy == DeliverPolicy::ByStartSequence)
        draft.startSequence = quint64(std::max<qint64>(0, number(m_startSequence).value_or(0)));
    if (draft.deliverPolicy == DeliverPolicy::ByStartTime)
        draft.startTime = m_startTime->dateTime().toUTC();
    draft.mode = chosen<DeliveryMode>(m_mode);
    if (draft.mode == DeliveryMode::Push)
        draft.deliverSubject = m_deliverSubject->text().trimmed();
    return draft;
}

void ConsumerForm::setDraft(const ConsumerDraft &draft)
{
    const auto text = [](std::optional<qint64> number) { return number ? QString::number(*number) : QString(); };
    chooseStream(draft.stream);
    m_name->setText(draft.name);
    m_filter->setText(draft.filterSubjects.join(QStringLiteral(", ")));
    m_ackPolicy->setCurrentData(int(draft.ackPolicy));
    m_ackWait->setText(draft.ackWait ? QString::number(draft.ackWait->count()) : QString());
    m_maxDeliver->setText(text(draft.maxDeliver));
    m_maxAckPending->setText(text(draft.maxAckPending));
    m_deliverPolicy->setCurrentIndex(m_deliverPolicy->findData(int(draft.deliverPolicy)));
    m_startSequence->setText(draft.startSequence > 0 ? QString::number(draft.startSequence) : QString());
    m_startTime->setDateTime(draft.startTime.isValid() ? draft.startTime.toLocalTime() : m_usualStart);
    m_mode->setCurrentData(int(draft.mode));
    m_deliverSubject->setText(draft.deliverSubject);
}

void ConsumerForm::chooseStream(const StreamId &id)
{
    m_stream->setCurrentIndex(int(m_offered.indexOf(id)));
}

FieldErrors ConsumerForm::problems() const
{
    return validate(draft(), m_context);
}

void ConsumerForm::submitDraft()
{
    Q_EMIT submitted(draft());
}

void ConsumerForm::emptyControls()
{
    ConsumerDraft empty;
    empty.stream = m_offered.value(0);
    setDraft(empty);
}

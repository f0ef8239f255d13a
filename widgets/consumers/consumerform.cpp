// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/consumers/consumerform.h"

#include "models/health.h"
#include "services/domain/subject.h"
#include "widgets/common/field.h"
#include "widgets/common/fielderrors.h"
#include "widgets/common/formpanel.h"
#include "widgets/common/numbertext.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/subjectpreview.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>

#include <limits>

namespace {

constexpr qsizetype mostSubjects = 500; // more are pasted by mistake, and each is compared with each
constexpr qint64 mostCount = std::numeric_limits<int>::max();
constexpr qint64 mostSequence = std::numeric_limits<qint64>::max();
constexpr qint64 mostSeconds = 365 * 24 * 3600; // as the domain's limit

template <typename E> SegmentedChoice *choiceOf(QWidget *parent, const char *objectName)
{
    auto *choice = new SegmentedChoice(parent);
    choice->setObjectName(QLatin1String(objectName));
    for (const auto &[value, name] : wireNames(E{}))
        choice->addChoice(QLatin1String(name), int(value));
    choice->setCurrentIndex(0);
    return choice;
}

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

Field *fieldOf(const QString &label, QWidget *control, const QString &hint = {})
{
    auto *field = new Field(label, control);
    field->setHint(hint);
    return field;
}

} // namespace

ConsumerForm::ConsumerForm(QWidget *parent)
    : QWidget(parent)
    , m_panel(new FormPanel(tr("New consumer"), tr("Create consumer"), tr("Creating the consumer…"), this))
{
    makeControls();
    layOutTarget();
    layOutDelivery();
    m_panel->finish();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_panel);
    connectControls();
    showWhatApplies();
    judge();
}

void ConsumerForm::makeControls()
{
    const auto edit = [this](const char *name, const QString &placeholder) {
        auto *made = new QLineEdit(this);
        made->setObjectName(QLatin1String(name));
        made->setPlaceholderText(placeholder);
        return made;
    };
    m_stream = new QComboBox(this);
    m_stream->setObjectName(QStringLiteral("consumerStreamCombo"));
    m_stream->setPlaceholderText(tr("Choose a stream"));
    m_stream->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_name = edit("consumerNameEdit", QStringLiteral("billing-worker"));
    m_filter = edit("consumerFilterSubjectsEdit", tr("all of the stream's"));
    m_preview = new SubjectPreview(this);
    m_preview->setObjectName(QStringLiteral("consumerFilterPreview"));
    m_ackPolicy = choiceOf<AckPolicy>(this, "consumerAckPolicyChoice");
    m_ackWait = edit("consumerAckWaitEdit", QStringLiteral("30"));
    m_maxDeliver = edit("consumerMaxDeliverEdit", tr("unlimited"));
    m_maxAckPending = edit("consumerMaxAckPendingEdit", QStringLiteral("1000"));
    m_deliverPolicy = new QComboBox(this);
    m_deliverPolicy->setObjectName(QStringLiteral("consumerDeliverPolicyCombo"));
    for (const auto &[policy, name] : wireNames(DeliverPolicy{}))
        m_deliverPolicy->addItem(QLatin1String(name), int(policy));
    m_startSequence = edit("consumerStartSequenceEdit", QStringLiteral("1"));
    m_startTime = new QDateTimeEdit(this);
    m_startTime->setObjectName(QStringLiteral("consumerStartTimeEdit"));
    m_startTime->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    m_startTime->setCalendarPopup(true);
    m_mode = choiceOf<DeliveryMode>(this, "consumerModeChoice");
    m_deliverSubject = edit("consumerDeliverSubjectEdit", QStringLiteral("deliver.billing"));
    m_panel->submitButton()->setObjectName(QStringLiteral("createConsumerButton"));
    m_panel->cancelButton()->setObjectName(QStringLiteral("cancelConsumerButton"));
}

void ConsumerForm::layOutTarget()
{
    m_panel->addSection(tr("Target"));
    m_panel->addField(QStringLiteral("stream"), fieldOf(tr("&Stream"), m_stream));
    m_panel->addField(QStringLiteral("durable_name"), fieldOf(tr("Consumer &name"), m_name));
    m_panel->addField(QStringLiteral("filter_subjects"),
        fieldOf(tr("&Filter subjects"), m_filter, tr("Separated by commas. Empty: all that the stream stores.")));
    m_panel->addWidget(m_preview);
}

void ConsumerForm::layOutDelivery()
{
    m_panel->addSection(tr("Delivery And Replay"));
    m_panel->addField(QStringLiteral("ack_policy"), fieldOf(tr("&Ack policy"), m_ackPolicy));
    m_panel->addFields({{QStringLiteral("ack_wait"), fieldOf(tr("Ack &wait (s)"), m_ackWait)},
        {QStringLiteral("max_deliver"), fieldOf(tr("&Max deliver"), m_maxDeliver)},
        {QStringLiteral("max_ack_pending"), fieldOf(tr("Max ack &pending"), m_maxAckPending)}});
    m_deliverPolicyField = fieldOf(tr("&Deliver policy"), m_deliverPolicy);
    m_startSequenceField = fieldOf(tr("Start se&quence"), m_startSequence);
    m_startTimeField = fieldOf(tr("Start &time"), m_startTime, tr("In the time zone of this workstation."));
    m_modeField = fieldOf(tr("Delivery m&ode"), m_mode);
    m_deliverSubjectField = fieldOf(tr("Deliver su&bject"), m_deliverSubject,
        tr("Where the server sends the messages; not one that the stream stores."));
    m_panel->addField(QStringLiteral("deliver_policy"), m_deliverPolicyField);
    m_panel->addField(QStringLiteral("opt_start_seq"), m_startSequenceField);
    m_panel->addField(QStringLiteral("opt_start_time"), m_startTimeField);
    m_panel->addField(QStringLiteral("mode"), m_modeField);
    m_panel->addField(QStringLiteral("deliver_subject"), m_deliverSubjectField);
}

void ConsumerForm::connectControls()
{
    connectEdit(m_name, QStringLiteral("durable_name"), true);
    connectEdit(m_filter, QStringLiteral("filter_subjects"), false);
    connectEdit(m_ackWait, QStringLiteral("ack_wait"), true);
    connectEdit(m_maxDeliver, QStringLiteral("max_deliver"), true);
    connectEdit(m_maxAckPending, QStringLiteral("max_ack_pending"), true);
    connectEdit(m_startSequence, QStringLiteral("opt_start_seq"), true);
    connectEdit(m_deliverSubject, QStringLiteral("deliver_subject"), false);
    connect(m_filter, &QLineEdit::textChanged, this,
        [this](const QString &text) { m_preview->setSubjects(splitSubjects(text).mid(0, mostSubjects)); });
    connect(m_stream, &QComboBox::currentIndexChanged, this, [this] { noteChosen(QStringLiteral("stream")); });
    connect(m_deliverPolicy, &QComboBox::currentIndexChanged, this,
        [this] { noteChosen(QStringLiteral("deliver_policy")); });
    connect(
        m_startTime, &QDateTimeEdit::dateTimeChanged, this, [this] { noteChosen(QStringLiteral("opt_start_time")); });
    connect(m_ackPolicy, &SegmentedChoice::currentChanged, this, [this] { noteChosen(QStringLiteral("ack_policy")); });
    connect(m_mode, &SegmentedChoice::currentChanged, this, [this] { noteChosen(QStringLiteral("mode")); });
    connect(m_panel, &FormPanel::submitRequested, this, &ConsumerForm::submit);
    connect(m_panel, &FormPanel::closeRequested, this, &ConsumerForm::closeRequested);
    connect(m_panel, &FormPanel::cancelRequested, this, [this] {
        clear();
        emit cancelled();
    });
}

void ConsumerForm::connectEdit(QLineEdit *edit, const QString &name, bool isJudgedAtOnce)
{
    connect(edit, &QLineEdit::textChanged, this, [this, name, isJudgedAtOnce](const QString &text) {
        m_panel->door()->noteEdited(name);
        if (isJudgedAtOnce && !text.isEmpty())
            m_panel->door()->noteTouched(name);
        judge();
    });
}

void ConsumerForm::noteChosen(const QString &name)
{
    m_panel->door()->noteEdited(name);
    m_panel->door()->noteTouched(name);
    showWhatApplies();
    judge();
}

void ConsumerForm::showWhatApplies()
{
    const auto policy = DeliverPolicy(m_deliverPolicy->currentData().toInt());
    const auto mode = DeliveryMode(m_mode->currentData().toInt());
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

void ConsumerForm::setSubmitAccess(const Access &access)
{
    m_panel->setSubmitAccess(access);
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
    draft.filterSubjects = splitSubjects(m_filter->text()).mid(0, mostSubjects);
    draft.ackPolicy = AckPolicy(m_ackPolicy->currentData().toInt());
    if (const auto seconds = readNumber(m_ackWait->text(), mostSeconds).value)
        draft.ackWait = std::chrono::seconds(*seconds);
    if (const auto most = readNumber(m_maxDeliver->text(), mostCount).value)
        draft.maxDeliver = int(std::max<qint64>(*most, std::numeric_limits<int>::min()));
    if (const auto most = readNumber(m_maxAckPending->text(), mostCount).value)
        draft.maxAckPending = int(std::max<qint64>(*most, std::numeric_limits<int>::min()));
    draft.deliverPolicy = DeliverPolicy(m_deliverPolicy->currentData().toInt());
    if (draft.deliverPolicy == DeliverPolicy::ByStartSequence)
        draft.startSequence =
            quint64(std::max<qint64>(0, readNumber(m_startSequence->text(), mostSequence).value.value_or(0)));
    if (draft.deliverPolicy == DeliverPolicy::ByStartTime)
        draft.startTime = m_startTime->dateTime().toUTC();
    draft.mode = DeliveryMode(m_mode->currentData().toInt());
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

FieldErrors ConsumerForm::typedProblems() const
{
    FieldErrors problems;
    const auto check = [&problems](const char *field, const QLineEdit *edit, qint64 most) {
        const QString problem = readNumber(edit->text(), most).problem;
        if (!problem.isEmpty())
            problems.append({QLatin1String(field), problem});
    };
    check("ack_wait", m_ackWait, mostSeconds);
    check("max_deliver", m_maxDeliver, mostCount);
    check("max_ack_pending", m_maxAckPending, mostCount);
    if (DeliverPolicy(m_deliverPolicy->currentData().toInt()) == DeliverPolicy::ByStartSequence)
        check("opt_start_seq", m_startSequence, mostSequence);
    if (splitSubjects(m_filter->text()).size() > mostSubjects)
        problems.append({QStringLiteral("filter_subjects"), tr("Enter at most %1 subjects.").arg(mostSubjects)});
    return problems;
}

void ConsumerForm::judge()
{
    m_panel->door()->setFound(typedProblems() + validate(draft(), m_context));
}

void ConsumerForm::submit()
{
    if (isBusy())
        return;
    m_panel->clearError();
    judge();
    m_panel->door()->showAll();
    if (m_panel->door()->isClear())
        emit submitted(draft());
    else
        m_panel->door()->focusFirstWrong();
}

void ConsumerForm::setBusy(bool busy)
{
    m_panel->setBusy(busy);
}

bool ConsumerForm::isBusy() const
{
    return m_panel->isBusy();
}

void ConsumerForm::showError(const Error &error)
{
    m_panel->showError(error);
}

void ConsumerForm::clear()
{
    ConsumerDraft empty;
    empty.stream = m_offered.value(0);
    setDraft(empty);
    m_panel->clearError();
    m_panel->door()->reset();
    judge();
}

void ConsumerForm::focusFirst()
{
    m_name->setFocus(Qt::OtherFocusReason);
}

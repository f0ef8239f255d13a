// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/streamform.h"

#include "services/domain/subject.h"
#include "widgets/common/field.h"
#include "widgets/common/fielderrors.h"
#include "widgets/common/formpanel.h"
#include "widgets/common/numbertext.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/subjectpreview.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>
#include <limits>

namespace {

constexpr qsizetype mostSubjects = 500; // more are pasted by mistake, and each is compared with each
constexpr qint64 bytesPerMebibyte = 1024 * 1024;
constexpr qint64 mostMebibytes = std::numeric_limits<qint64>::max() / bytesPerMebibyte;
constexpr qint64 mostMessages = std::numeric_limits<qint64>::max();
constexpr qint64 mostHours = 24 * 365 * 200; // as the domain's limit: 292 years of nanoseconds fill an int64

template <typename E> SegmentedChoice *choiceOf(QWidget *parent)
{
    auto *choice = new SegmentedChoice(parent);
    for (const auto &[value, name] : wireNames(E{}))
        choice->addChoice(QLatin1String(name), int(value));
    choice->setCurrentIndex(0);
    return choice;
}

QString meaningOf(Retention retention)
{
    switch (retention) {
    case Retention::Limits:
        return StreamForm::tr("Messages stay until a limit below is reached.");
    case Retention::Interest:
        return StreamForm::tr("Messages stay until every consumer has acknowledged them.");
    case Retention::WorkQueue:
        return StreamForm::tr("Each message goes to one consumer and leaves when it is acknowledged.");
    }
    return {};
}

template <typename E> E chosen(const SegmentedChoice *choice)
{
    return E(choice->currentData().toInt());
}

} // namespace

StreamForm::StreamForm(QWidget *parent)
    : QWidget(parent)
    , m_panel(new FormPanel(tr("New stream"), tr("Create stream"), tr("Creating the stream…"), this))
{
    makeControls();
    layOut();
    connectControls();
    offerReplicas();
    judge();
}

void StreamForm::makeControls()
{
    m_account = new QComboBox(this);
    m_account->setObjectName(QStringLiteral("streamAccountCombo"));
    const auto edit = [this](const char *name) {
        auto *made = new QLineEdit(this);
        made->setObjectName(QLatin1String(name));
        return made;
    };
    m_name = edit("streamNameEdit");
    m_name->setPlaceholderText(QStringLiteral("ORDERS"));
    m_subjects = edit("streamSubjectsEdit");
    m_subjects->setPlaceholderText(QStringLiteral("orders.>, payments.*.settled"));
    m_preview = new SubjectPreview(this);
    m_preview->setObjectName(QStringLiteral("streamSubjectsPreview"));
    m_description = edit("streamDescriptionEdit");
    m_maxAge = edit("streamMaxAgeEdit");
    m_maxMessages = edit("streamMaxMessagesEdit");
    m_maxBytes = edit("streamMaxBytesEdit");
    for (QLineEdit *limit : {m_maxAge, m_maxMessages, m_maxBytes})
        limit->setPlaceholderText(tr("unlimited"));
    m_retention = choiceOf<Retention>(this);
    m_retention->setObjectName(QStringLiteral("streamRetentionChoice"));
    m_storage = choiceOf<Storage>(this);
    m_storage->setObjectName(QStringLiteral("streamStorageChoice"));
    m_replicas = new SegmentedChoice(this);
    m_replicas->setObjectName(QStringLiteral("streamReplicasChoice"));
    m_replicas->addChoice(tr("Cluster default"), 0);
    for (const int copies : {1, 3, 5})
        m_replicas->addChoice(QString::number(copies), copies);
    m_replicas->setCurrentIndex(0);
    m_discard = choiceOf<Discard>(this);
    m_discard->setObjectName(QStringLiteral("streamDiscardChoice"));
    m_panel->submitButton()->setObjectName(QStringLiteral("createStreamButton"));
    m_panel->cancelButton()->setObjectName(QStringLiteral("cancelStreamButton"));
}

void StreamForm::layOut()
{
    const auto field = [](const QString &label, QWidget *control, const QString &hint = {}) {
        auto *made = new Field(label, control);
        made->setHint(hint);
        return made;
    };
    m_panel->addSection(tr("Identity"));
    m_panel->addField(QStringLiteral("account"), field(tr("&Account"), m_account));
    m_panel->addField(QStringLiteral("name"), field(tr("Stream &name"), m_name));
    m_panel->addField(QStringLiteral("subjects"),
        field(tr("Sub&jects"), m_subjects,
            tr("Separated by commas; * stands for one word, > for all that follow. Empty: the stream's name.")));
    m_panel->addWidget(m_preview);
    m_panel->addField(QStringLiteral("description"), field(tr("&Description"), m_description));
    m_panel->addSection(tr("Retention And Storage"));
    auto *retention = field(tr("&Retention"), m_retention, meaningOf(Retention::Limits));
    connect(m_retention, &SegmentedChoice::currentChanged, retention,
        [this, retention] { retention->setHint(meaningOf(chosen<Retention>(m_retention))); });
    m_panel->addField(QStringLiteral("retention"), retention);
    m_panel->addField(QStringLiteral("storage"), field(tr("S&torage"), m_storage));
    m_replicasField = field(tr("Re&plicas"), m_replicas);
    m_panel->addField(QStringLiteral("num_replicas"), m_replicasField);
    m_panel->addFields({{QStringLiteral("max_age"), field(tr("Max a&ge (hours)"), m_maxAge)},
        {QStringLiteral("max_msgs"), field(tr("Max &messages"), m_maxMessages)},
        {QStringLiteral("max_bytes"), field(tr("Max &bytes (MB)"), m_maxBytes, tr("1 MB is 1 MiB: 1,048,576 bytes."))},
        {QStringLiteral("discard"),
            field(
                tr("D&iscard"), m_discard, tr("What gives way when a limit is reached: old messages or new ones."))}});
    m_panel->finish();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_panel);
}

void StreamForm::connectControls()
{
    connectEdit(m_name, QStringLiteral("name"), true);
    connectEdit(m_subjects, QStringLiteral("subjects"), false);
    connectEdit(m_description, QStringLiteral("description"), true);
    connectEdit(m_maxAge, QStringLiteral("max_age"), true);
    connectEdit(m_maxMessages, QStringLiteral("max_msgs"), true);
    connectEdit(m_maxBytes, QStringLiteral("max_bytes"), true);
    connect(m_subjects, &QLineEdit::textChanged, this,
        [this](const QString &text) { m_preview->setSubjects(splitSubjects(text).mid(0, mostSubjects)); });
    connect(m_account, &QComboBox::currentIndexChanged, this, [this] {
        m_panel->door()->noteEdited(QStringLiteral("account"));
        judge();
    });
    const QList<std::pair<SegmentedChoice *, QString>> choices{{m_retention, QStringLiteral("retention")},
        {m_storage, QStringLiteral("storage")}, {m_replicas, QStringLiteral("num_replicas")},
        {m_discard, QStringLiteral("discard")}};
    for (const auto &[choice, name] : choices) {
        connect(choice, &SegmentedChoice::currentChanged, this, [this, field = name] {
            m_panel->door()->noteEdited(field);
            judge();
        });
    }
    connect(m_panel, &FormPanel::submitRequested, this, &StreamForm::submit);
    connect(m_panel, &FormPanel::closeRequested, this, &StreamForm::closeRequested);
    connect(m_panel, &FormPanel::cancelRequested, this, [this] {
        clear();
        emit cancelled();
    });
}

void StreamForm::connectEdit(QLineEdit *edit, const QString &name, bool isJudgedAtOnce)
{
    connect(edit, &QLineEdit::textChanged, this, [this, name, isJudgedAtOnce](const QString &text) {
        m_panel->door()->noteEdited(name);
        if (isJudgedAtOnce && !text.isEmpty())
            m_panel->door()->noteTouched(name);
        judge();
    });
}

void StreamForm::setAccounts(const QStringList &accounts)
{
    const QString before = m_account->currentText();
    const QSignalBlocker quiet(m_account);
    m_account->clear();
    m_account->addItems(accounts);
    m_account->setCurrentIndex(std::max(m_account->findText(before), accounts.isEmpty() ? -1 : 0));
    judge();
}

void StreamForm::setContext(const StreamContext &context)
{
    m_context = context;
    offerReplicas();
    judge();
}

void StreamForm::offerReplicas()
{
    for (int index = 1; index < m_replicas->count(); ++index) {
        StreamDraft probe;
        probe.replicas = m_replicas->choiceData(index).toInt();
        QString reason;
        for (const FieldError &error : validate(probe, m_context)) {
            if (error.field == QLatin1String("num_replicas"))
                reason = error.message;
        }
        m_replicas->setChoiceEnabled(index, reason.isEmpty(), reason);
    }
    const int usual = std::clamp(m_context.serverReplicas, 1, 3);
    m_replicasField->setHint(usual == 1 ? tr("The cluster's default is 1 copy: the runtime is a standalone server.")
                                        : tr("The cluster's default is %1 copies.").arg(usual));
}

void StreamForm::setSubmitAccess(const Access &access)
{
    m_panel->setSubmitAccess(access);
}

StreamDraft StreamForm::draft() const
{
    StreamDraft draft;
    draft.account = m_account->currentText();
    draft.name = m_name->text().trimmed();
    draft.subjects = splitSubjects(m_subjects->text()).mid(0, mostSubjects);
    draft.description = m_description->text().trimmed();
    draft.retention = chosen<Retention>(m_retention);
    draft.storage = chosen<Storage>(m_storage);
    draft.replicas = m_replicas->currentData().toInt();
    draft.discard = chosen<Discard>(m_discard);
    draft.maxMessages = readNumber(m_maxMessages->text(), mostMessages).value;
    if (const auto hours = readNumber(m_maxAge->text(), mostHours).value)
        draft.maxAge = std::chrono::hours(std::max<qint64>(*hours, -1));
    if (const auto mebibytes = readNumber(m_maxBytes->text(), mostMebibytes).value)
        draft.maxBytes = ByteCount::mebibytes(std::max<qint64>(*mebibytes, -1));
    return draft;
}

void StreamForm::setDraft(const StreamDraft &draft)
{
    m_account->setCurrentIndex(m_account->findText(draft.account));
    m_name->setText(draft.name);
    m_subjects->setText(draft.subjects.join(QStringLiteral(", ")));
    m_description->setText(draft.description);
    m_retention->setCurrentData(int(draft.retention));
    m_storage->setCurrentData(int(draft.storage));
    m_replicas->setCurrentData(draft.replicas);
    m_discard->setCurrentData(int(draft.discard));
    m_maxAge->setText(draft.maxAge ? QString::number(draft.maxAge->count()) : QString());
    m_maxMessages->setText(draft.maxMessages ? QString::number(*draft.maxMessages) : QString());
    m_maxBytes->setText(draft.maxBytes ? QString::number(draft.maxBytes->bytes / bytesPerMebibyte) : QString());
}

FieldErrors StreamForm::typedProblems() const
{
    FieldErrors problems;
    const auto check = [&problems](const char *field, const QLineEdit *edit, qint64 most) {
        const QString problem = readNumber(edit->text(), most).problem;
        if (!problem.isEmpty())
            problems.append({QLatin1String(field), problem});
    };
    check("max_age", m_maxAge, mostHours);
    check("max_msgs", m_maxMessages, mostMessages);
    check("max_bytes", m_maxBytes, mostMebibytes);
    if (splitSubjects(m_subjects->text()).size() > mostSubjects)
        problems.append({QStringLiteral("subjects"), tr("Enter at most %1 subjects.").arg(mostSubjects)});
    return problems;
}

void StreamForm::judge()
{
    m_panel->door()->setFound(typedProblems() + validate(draft(), m_context));
}

void StreamForm::submit()
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

void StreamForm::setBusy(bool busy)
{
    m_panel->setBusy(busy);
}

bool StreamForm::isBusy() const
{
    return m_panel->isBusy();
}

void StreamForm::showError(const Error &error)
{
    m_panel->showError(error);
}

void StreamForm::clear()
{
    StreamDraft empty;
    empty.account = m_account->itemText(0);
    setDraft(empty);
    m_panel->clearError();
    m_panel->door()->reset();
    judge();
}

void StreamForm::focusFirst()
{
    m_name->setFocus(Qt::OtherFocusReason);
}

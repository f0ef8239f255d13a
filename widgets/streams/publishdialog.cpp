// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/publishdialog.h"

#include "models/celltext.h"
#include "services/base/background.h"
#include "services/domain/subject.h"
#include "services/messaging/messageservice.h"
#include "widgets/common/actionquestion.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/look.h"
#include "widgets/common/painting.h"
#include "widgets/common/typinglimit.h"
#include "widgets/common/wrappinglabel.h"
#include "widgets/streams/headereditor.h"
#include "widgets/streams/payloadedit.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

namespace {

constexpr int dialogWidth = 620;
constexpr int payloadHeight = 140;
constexpr qint64 mostOfFile = 64 * 1024 * 1024; // more no server takes (max_payload)

Result<QByteArray> contentOf(const QString &path)
{
    const QFileInfo info(path);
    if (!info.isFile())
        return fail(Error::Kind::Local, PublishDialog::tr("%1 is no ordinary file. Choose another.").arg(path));
    if (info.size() > mostOfFile)
        return fail(Error::Kind::Local,
            PublishDialog::tr("%1 is larger than any server takes (%2).").arg(path, ByteCount{mostOfFile}.text()));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(Error::Kind::Local, PublishDialog::tr("%1 can't be read: %2").arg(path, file.errorString()));
    return file.read(mostOfFile);
}

QString errorOn(const FieldErrors &errors, const char *field)
{
    const auto found = std::find_if(errors.cbegin(), errors.cend(),
        [field](const FieldError &error) { return error.field == QLatin1String(field); });
    return found == errors.cend() ? QString() : found->message;
}

} // namespace

PublishDialog::PublishDialog(MessageService &service, const StreamId &stream, QWidget *parent)
    : QuestionDialog(tr("Publish to %1").arg(stream.name),
        tr("As a client of account %1. Consumers get it as any other message.").arg(stream.account), parent)
    , m_service(service)
    , m_stream(stream)
    , m_subject(new QLineEdit(this))
    , m_subjectField(new Field(tr("Subject"), m_subject, this))
    , m_headers(new HeaderEditor(this))
    , m_payload(new PayloadEdit(this))
    , m_file(new QPushButton(tr("From a file…"), this))
    , m_size(new WrappingLabel(this))
    , m_outcome(new InlineMessage(this))
    , m_close(new QPushButton(tr("Close"), this))
    , m_publish(new QPushButton(tr("Publish"), this))
{
    nameControls();
    setMinimumWidth(dialogWidth);
    layOut();
    m_headers->addHeader(messageIdHeader(), newMessageId());
    if (const auto known = m_service.stream(m_stream))
        renewSubjects(*known);
    m_untouched = message();
    connect(m_subject, &QLineEdit::textEdited, this, [this] { m_isUsed = true; });
    connect(m_subject, &QLineEdit::textChanged, this, &PublishDialog::renew);
    connect(m_headers, &HeaderEditor::edited, this, &PublishDialog::renew);
    connect(m_payload, &PayloadEdit::textChanged, this, &PublishDialog::renew);
    connect(m_payload, &PayloadEdit::tooMuchPasted, this, [this] {
        m_outcome->setMessage(Tone::Warning, tr("That is too much to be typed: nothing of it was taken"),
            tr("Up to %1 characters can be pasted. Save it to a file, and choose that.")
                .arg(numberText(quint64(PayloadEdit::mostPasted))));
        m_outcome->show();
    });
    connect(m_file, &QPushButton::clicked, this, [this] { m_fromFile ? dropFile() : askForFile(); });
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_publish, &QPushButton::clicked, this, &PublishDialog::publish);
    connect(&m_service, &MessageService::accessChanged, this, &PublishDialog::renew);
    connect(&m_service, &MessageService::streamsChanged, this, &PublishDialog::renew);
    renew();
}

void PublishDialog::nameControls()
{
    setObjectName(QStringLiteral("publishDialog"));
    setAttribute(Qt::WA_DeleteOnClose, false);
    setWindowModality(Qt::NonModal);
    m_subject->setObjectName(QStringLiteral("publishSubjectEdit"));
    m_subject->setFont(Look::fixedFont());
    limitTyping(m_subject);
    m_payload->setObjectName(QStringLiteral("publishPayloadEdit"));
    m_payload->setAccessibleName(tr("Payload"));
    m_payload->setFont(Look::fixedFont());
    m_payload->setTabChangesFocus(true);
    m_payload->setMinimumHeight(payloadHeight);
    m_file->setObjectName(QStringLiteral("payloadFileButton"));
    m_size->setObjectName(QStringLiteral("payloadSizeLabel"));
    m_outcome->setObjectName(QStringLiteral("publishOutcome"));
    m_outcome->hide();
    m_close->setObjectName(QStringLiteral("closePublishButton"));
    m_publish->setObjectName(QStringLiteral("confirmPublishButton"));
    m_publish->setProperty("primary", true);
    m_publish->setToolTip(tr("Publish (Ctrl+Return)"));
    m_publish->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    for (QPushButton *button : {m_file, m_close, m_publish})
        button->setAutoDefault(false);
}

void PublishDialog::layOut()
{
    auto *headers = new QLabel(tr("Headers"), this);
    body()->addWidget(m_subjectField);
    body()->addWidget(headers);
    body()->addWidget(m_headers);
    body()->addWidget(payloadPart());
    body()->addWidget(m_outcome);
    addButtons(m_close, m_publish);
}

QWidget *PublishDialog::payloadPart()
{
    auto *part = new QWidget(this);
    auto *label = new QLabel(tr("Payload"), part);
    label->setBuddy(m_payload);
    setTextRole(m_size, Look::SoftText);
    auto *line = new QHBoxLayout;
    line->setSpacing(Look::spaceM);
    line->addWidget(m_size, 1);
    line->addWidget(m_file);
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::spaceXs);
    layout->addWidget(label);
    layout->addWidget(m_payload, 1);
    layout->addLayout(line);
    return part;
}

/// Where there is one that could be meant it stands there already.
void PublishDialog::renewSubjects(const Stream &stream)
{
    const QStringList subjects = stream.subjects();
    m_subjectField->setHint(tr("The stream takes %1.").arg(subjects.mid(0, 5).join(QStringLiteral(", "))));
    const bool isOne = subjects.size() == 1 && subjects.constFirst() == exampleOf(subjects.constFirst());
    m_subject->setPlaceholderText(subjects.isEmpty() ? QString() : exampleOf(subjects.constFirst()));
    if (isOne)
        m_subject->setText(subjects.constFirst());
}

OutgoingMessage PublishDialog::message() const
{
    return {m_subject->text().trimmed(), m_headers->headers(), m_fromFile ? *m_fromFile : m_payload->payload()};
}

bool PublishDialog::hasDraft() const
{
    return message() != m_untouched;
}

void PublishDialog::renew()
{
    const OutgoingMessage typed = message();
    const std::optional<Stream> stream = m_service.stream(m_stream);
    const FieldErrors wrong = stream ? validate(typed, *stream) : FieldErrors();
    m_subjectField->setError(m_isUsed ? errorOn(wrong, "subject") : QString());
    m_headers->showErrors(wrong);
    const QString size = ByteCount{typed.payload.size()}.text();
    const QString tooLarge = errorOn(wrong, "payload");
    const QString words = m_fromFile ? tr("%1, %2, as it is").arg(m_fileName, size) : size;
    m_size->setText(tooLarge.isEmpty() ? words : words + QStringLiteral(". ") + tooLarge);
    setTextRole(m_size, tooLarge.isEmpty() ? Look::SoftText : Look::Bad);
    if (m_counting.isAsked())
        return setDisabledReason(m_publish, tr("Messages are being counted…"));
    if (m_publishing.isAsked())
        return setDisabledReason(m_publish, tr("The last message is on its way."));
    const Access access =
        stream ? m_service.publishAccess(*stream) : Access::no(tr("The stream is not there any more."));
    setAccess(m_publish, access && !wrong.isEmpty() ? Access::no(wrong.constFirst().message) : access);
}

void PublishDialog::askForFile()
{
    auto *dialog = new QFileDialog(this, tr("Payload from a file"));
    dialog->setObjectName(QStringLiteral("payloadFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &PublishDialog::takeFile);
    dialog->open();
}

void PublishDialog::takeFile(const QString &path)
{
    m_reading = runInBackground<QByteArray>(QThreadPool::globalInstance(), [path] { return contentOf(path); });
    m_reading.then(this, [this, path](const Result<QByteArray> &content) {
        if (!content) {
            m_outcome->setError(content.error());
            return m_outcome->show();
        }
        m_fromFile = *content;
        m_fileName = QFileInfo(path).fileName();
        m_payload->setVisible(false);
        m_file->setText(tr("Type it instead"));
        renew();
    });
}

void PublishDialog::dropFile()
{
    m_fromFile.reset();
    m_payload->setVisible(true);
    m_file->setText(tr("From a file…"));
    renew();
}

void PublishDialog::publish()
{
    const std::optional<Stream> stream = m_service.stream(m_stream);
    if (!stream)
        return;
    m_outcome->hide();
    const OutgoingMessage typed = message();
    const PublishEffect effect = effectOf(typed);
    if (effect.isNone())
        return send(typed);
    if (effect.rollUp != PublishEffect::RollUp::Subject)
        return ask(typed, stream->messages);
    m_counting = m_service.messagesOn(m_stream, typed.subject);
    m_counting.then(this, [this, typed](const Result<quint64> &count) {
        const OutgoingMessage asked = typed; // what this holds ends with the question
        const std::optional<quint64> known = count ? std::optional(*count) : std::nullopt;
        m_counting.drop();
        renew();
        ask(asked, known);
    });
    renew();
}

void PublishDialog::ask(const OutgoingMessage &typed, const std::optional<quint64> &messages)
{
    const PublishEffect effect = effectOf(typed);
    const bool isPurge = effect.rollUp != PublishEffect::RollUp::None;
    auto *question = new ActionQuestion(
        {isPurge ? tr("Publish, and purge what is stored?") : tr("Publish to a bucket?"),
            effectText(effect, typed, messages), isPurge ? tr("&Publish and purge") : tr("&Publish")},
        this);
    connect(question, &ActionQuestion::confirmed, this, [this, typed] { send(typed); });
    question->open();
}

void PublishDialog::send(const OutgoingMessage &typed)
{
    const std::optional<Stream> stream = m_service.stream(m_stream);
    if (!stream)
        return;
    m_sent = typed;
    m_publishing = m_service.publish(*stream, m_sent);
    m_publishing.then(this, [this](const Result<PublishAck> &ack) {
        m_publishing.drop();
        showOutcome(ack);
        renew();
    });
    renew();
}

/// By the same id the next message would be taken for the one that was just stored; while that is not known, it is to
/// be.
void PublishDialog::showOutcome(const Result<PublishAck> &ack)
{
    if (!ack && ack.error().kind == Error::Kind::Timeout)
        m_outcome->setMessage(Tone::Warning, tr("It is not known yet whether the message was stored"),
            ack.error().summary, ack.error().detail);
    else if (!ack)
        m_outcome->setMessage(Tone::Bad, tr("The message was not stored"), ack.error().summary, ack.error().detail);
    else if (ack->isDuplicate)
        m_outcome->setMessage(Tone::Warning,
            tr("Not stored again: it is in %1 already, as #%2").arg(ack->stream, numberText(ack->sequence)),
            tr("A message with the same Nats-Msg-Id came within the stream's duplicate window."));
    else
        m_outcome->setMessage(Tone::Good, tr("Stored in %1 as #%2").arg(ack->stream, numberText(ack->sequence)));
    m_outcome->show();
    if (!ack)
        return;
    const bool isStored = message() == m_sent;
    m_headers->setValue(messageIdHeader(), newMessageId());
    if (isStored)
        m_untouched = message();
    Q_EMIT published(*ack);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/objects/messageview.h"

#include "models/celltext.h"
#include "models/relativetime.h"
#include "services/base/background.h"
#include "services/domain/bytecount.h"
#include "widgets/common/copiedsign.h"
#include "widgets/common/copyablerow.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/factgrid.h"
#include "widgets/common/icons.h"
#include "widgets/common/painting.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/sidepanel.h"
#include "widgets/common/wrappinglabel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

#include <algorithm>

namespace {

constexpr int mostHeaders = 50;
constexpr int headerNameWidth = 130;
constexpr int mostHeadersInSight = 4;
constexpr int payloadHeight = 120;
/// Beyond this the clipboard, and whatever it is pasted into, would be of no use.
constexpr qsizetype mostCopied = 8 * 1024 * 1024;

/// What a header holds in one line that is safe to show.
QString plain(const QString &text)
{
    constexpr qsizetype mostShown = 4096; // of more the rest is copied, too
    return payloadPreview(text.left(mostShown).toUtf8(), int(mostShown));
}

} // namespace

MessageView::MessageView(QWidget *parent)
    : QFrame(parent)
    , m_panel(new SidePanel(this))
    , m_facts(new FactGrid(this))
    , m_headersTitle(new QLabel(tr("Headers"), this))
    , m_headersArea(nullptr)
    , m_headers(new QVBoxLayout)
    , m_face(new SegmentedChoice(this))
    , m_note(new WrappingLabel(this))
    , m_payload(new QPlainTextEdit(this))
    , m_copy(new QPushButton(Icons::icon(Icons::Name::Copy), tr("Copy"), this))
    , m_save(new QPushButton(tr("Save payload…"), this))
    , m_delete(new QPushButton(tr("Delete…"), this))
{
    setObjectName(QStringLiteral("messageView"));
    m_facts->setObjectName(QStringLiteral("messageFacts"));
    m_face->setObjectName(QStringLiteral("payloadFaceChoice"));
    m_face->setAccessibleName(tr("Payload as"));
    m_face->addChoice(tr("Text"), int(PayloadFace::Text));
    m_face->addChoice(tr("JSON"), int(PayloadFace::Json));
    m_face->addChoice(tr("Hex"), int(PayloadFace::Hex));
    m_note->setObjectName(QStringLiteral("payloadNote"));
    m_payload->setObjectName(QStringLiteral("payloadText"));
    m_payload->setAccessibleName(tr("Payload"));
    m_payload->setReadOnly(true);
    m_payload->setFont(Look::fixedFont());
    m_payload->setMinimumHeight(payloadHeight);
    m_payload->setTabChangesFocus(true);
    m_copy->setObjectName(QStringLiteral("copyPayloadButton"));
    m_copy->setToolTip(tr("Copy the payload as text"));
    m_save->setObjectName(QStringLiteral("savePayloadButton"));
    m_save->setToolTip(tr("Save the payload whole, byte for byte"));
    m_delete->setObjectName(QStringLiteral("deleteMessageButton"));
    m_delete->setProperty("danger", true);
    m_delete->setToolTip(tr("Delete this message from the stream (Delete)"));
    layOut();
    connect(m_face, &SegmentedChoice::activated, this, [this] {
        m_wanted = PayloadFace(m_face->currentData().toInt());
        render();
    });
    connect(m_copy, &QPushButton::clicked, this, &MessageView::copyPayload);
    connect(m_save, &QPushButton::clicked, this, &MessageView::saveRequested);
    connect(m_delete, &QPushButton::clicked, this, &MessageView::deleteRequested);
    setMessage(nullptr);
}

MessageView::~MessageView() = default;

void MessageView::layOut()
{
    m_panel->closeButton()->hide();
    m_headersTitle->setFont(Look::titleFont());
    setTextRole(m_note, Look::SoftText);
    auto *rows = new QWidget;
    rows->setLayout(m_headers);
    m_headers->setContentsMargins(0, 0, 0, 0);
    m_headers->setSpacing(0);
    QScrollArea *area = SidePanel::scrolled(rows);
    m_headersArea = area;
    auto *title = new QLabel(tr("Payload"), this);
    title->setFont(Look::titleFont());
    auto *line = new QHBoxLayout;
    line->setSpacing(Look::spaceS);
    line->addWidget(title, 1);
    line->addWidget(m_face);
    auto *body = m_panel->body();
    body->setContentsMargins(Look::cardPadding, Look::spaceS, Look::cardPadding, Look::spaceM);
    body->setSpacing(Look::spaceS);
    body->addWidget(m_facts);
    body->addWidget(m_headersTitle);
    body->addWidget(m_headersArea);
    body->addLayout(line);
    body->addWidget(m_note);
    body->addWidget(m_payload, 1);
    m_panel->footer()->addWidget(m_copy);
    m_panel->footer()->addWidget(m_save);
    m_panel->footer()->addStretch();
    m_panel->footer()->addWidget(m_delete);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_panel);
}

void MessageView::setMessage(const std::shared_ptr<const StreamMessage> &message)
{
    if (message && message == m_message)
        return;
    m_message = message;
    for (QPushButton *button : {m_copy, m_save})
        setDisabledReason(button, message ? QString() : tr("Choose a message first."));
    m_face->setEnabled(bool(message));
    showFacts();
    showHeaders();
    render();
}

void MessageView::setNow(const QDateTime &now)
{
    m_now = now;
    showFacts();
}

void MessageView::setDeleteAccess(const Access &access)
{
    setAccess(m_delete, m_message ? access : Access::no(tr("Choose a message first.")));
}

void MessageView::setReadOnly()
{
    m_save->hide();
    m_delete->hide();
}

void MessageView::showFacts()
{
    if (!m_message) {
        m_panel->setTitle(tr("No message chosen"));
        m_facts->hide();
        return;
    }
    m_panel->setTitle(QStringLiteral("#%1").arg(numberText(m_message->sequence)), plain(m_message->subject));
    m_facts->show();
    const quint64 bytes = quint64(m_message->payload.size());
    m_facts->setFacts({{tr("Stored"), relativeTime(m_message->time, m_now),
                           exactTime(m_message->time) + QLatin1Char('\n') + m_message->timestamp},
        {tr("Payload"), ByteCount{m_message->payload.size()}.text(), tr("%1 bytes").arg(numberText(bytes))}});
}

void MessageView::showHeaders()
{
    while (QLayoutItem *item = m_headers->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const QByteArray block = m_message ? m_message->headerBlock : QByteArray();
    const QList<MessageHeader> headers = headersIn(block, mostHeaders);
    const qsizetype count = headerCount(block);
    m_headersTitle->setVisible(count > 0);
    m_headersArea->setVisible(count > 0);
    for (qsizetype i = 0; i < headers.size(); ++i) {
        auto *row = new CopyableRow(plain(headers[i].name), plain(headers[i].value), this);
        row->setCopied(headers[i].value);
        row->setLabelWidth(headerNameWidth);
        row->setLineBelow(i + 1 < count);
        m_headers->addWidget(row);
    }
    showMore(count - headers.size());
    m_headersArea->setFixedHeight(std::min(mostHeadersInSight, m_headers->count()) * Look::rowHeight);
}

void MessageView::showMore(qsizetype count)
{
    if (count <= 0)
        return;
    auto *more = new QLabel(tr("%1 more are not shown: export the message.").arg(count), this);
    setTextRole(more, Look::SoftText);
    m_headers->addWidget(more);
}

void MessageView::render()
{
    m_rendering.drop();
    if (!m_message) {
        m_payload->clear();
        m_note->hide();
        return;
    }
    m_rendering = runInBackground<Rendered>(
        QThreadPool::globalInstance(), [message = m_message, wanted = m_wanted]() -> Result<Rendered> {
            const PayloadFace face = wanted.value_or(likelyFaceOf(message->payload));
            return Rendered{face, payloadText(message->payload, face)};
        });
    m_rendering.then(this, [this](const Result<Rendered> &rendered) { showRendered(*rendered); });
}

void MessageView::showRendered(const Rendered &rendered)
{
    m_face->setCurrentData(int(rendered.face));
    m_payload->setLineWrapMode(
        rendered.face == PayloadFace::Hex ? QPlainTextEdit::NoWrap : QPlainTextEdit::WidgetWidth);
    m_payload->setPlainText(rendered.text.text);
    const QString note = noteOn(rendered);
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

QString MessageView::noteOn(const Rendered &rendered) const
{
    const qsizetype size = m_message->payload.size();
    if (size == 0)
        return tr("The payload is empty.");
    QStringList notes;
    if (!rendered.text.isAsAsked)
        notes.append(tr("This is no JSON, or too much of it: shown as text."));
    if (rendered.text.shown < size)
        notes.append(tr("The first %1 of %2 are shown. Save the payload to have it whole.")
                         .arg(ByteCount{rendered.text.shown}.text(), ByteCount{size}.text()));
    return notes.join(QLatin1Char(' '));
}

void MessageView::copyPayload()
{
    QGuiApplication::clipboard()->setText(QString::fromUtf8(m_message->payload.left(mostCopied)));
    showCopied(m_copy, m_message->payload.size() > mostCopied ? tr("Copied the beginning") : QString());
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/inlinemessage.h"

#include "widgets/common/icons.h"
#include "widgets/common/painting.h"
#include "widgets/common/words.h"

#include <QAccessible>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

namespace {

constexpr int closeSize = 24;

} // namespace

InlineMessage::InlineMessage(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_action(new QPushButton(this))
    , m_detailToggle(new QPushButton(this))
    , m_detailCopy(new QPushButton(tr("Copy details"), this))
    , m_detail(new QPlainTextEdit(this))
    , m_close(new QToolButton(this))
{
    for (QLabel *label : {m_title, m_text}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_action->setObjectName(QStringLiteral("messageActionButton"));
    m_detailToggle->setObjectName(QStringLiteral("messageDetailButton"));
    m_detailCopy->setObjectName(QStringLiteral("messageDetailCopyButton"));
    m_close->setObjectName(QStringLiteral("messageCloseButton"));
    m_detailToggle->setProperty("flat", true);
    m_detailCopy->setProperty("flat", true);
    m_detail->setReadOnly(true);
    m_detail->setAccessibleName(tr("Details"));
    m_close->setAutoRaise(true);
    m_close->setIcon(Icons::icon(Icons::Name::Cross));
    m_close->setFixedSize(closeSize, closeSize); // a single line stays in the middle
    m_close->setToolTip(tr("Close"));
    m_close->setAccessibleName(tr("Close this message"));

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Look::spaceS);
    buttons->addWidget(m_action);
    buttons->addWidget(m_detailToggle);
    buttons->addWidget(m_detailCopy);
    buttons->addStretch();
    auto *words = new QVBoxLayout;
    words->setSpacing(Look::spaceXs);
    words->addWidget(m_title);
    words->addWidget(m_text);
    words->addLayout(buttons);
    words->addWidget(m_detail);
    words->addStretch(); // one line stays beside its icon, however high the cross is
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Look::spaceM, 10, Look::spaceM, 10);
    layout->setSpacing(Look::spaceS);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addLayout(words, 1);
    layout->addWidget(m_close, 0, Qt::AlignTop);

    // in a dialog one of them would stand for Return
    for (QPushButton *button : {m_action, m_detailToggle, m_detailCopy})
        button->setAutoDefault(false);
    m_close->hide();
    m_action->hide();
    setMessage(Tone::Neutral, {});
    m_detail->installEventFilter(this);
    connect(m_action, &QPushButton::clicked, this, &InlineMessage::actionTriggered);
    connect(m_detailToggle, &QPushButton::clicked, this, [this] { setDetailShown(!isDetailShown()); });
    connect(m_detailCopy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_detailText); });
    connect(m_close, &QToolButton::clicked, this, [this] {
        hide();
        emit closed();
    });
}

InlineMessage::InlineMessage(Tone tone, const QString &title, const QString &text, QWidget *parent)
    : InlineMessage(parent)
{
    setMessage(tone, title, text);
}

void InlineMessage::setMessage(Tone tone, const QString &title, const QString &text, const QString &detail)
{
    m_tone = tone;
    m_titleText = title;
    m_textText = text;
    m_title->setText(breakable(title));
    m_text->setText(breakable(text));
    m_text->setVisible(!text.isEmpty());
    m_detailText = detail;
    m_detail->setPlainText(detail);
    m_detailToggle->setVisible(!detail.isEmpty());
    setDetailShown(false);
    setAccessibleName(title);
    setAccessibleDescription(text);
    renewLook();
    if (!title.isEmpty()) {
        QAccessibleEvent event(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

void InlineMessage::showStanding(Tone tone, const QString &title, const QString &text, const QString &detail)
{
    const bool isSame = tone == m_tone && title == m_titleText && text == m_textText && detail == m_detailText;
    if (isHidden() || !isSame)
        setMessage(tone, title, text, detail);
    show();
}

void InlineMessage::setTextQuietly(const QString &text)
{
    if (text == m_textText)
        return;
    m_textText = text;
    m_text->setText(breakable(text));
    setAccessibleDescription(text);
}

void InlineMessage::setError(const Error &error)
{
    setMessage(Tone::Bad, error.summary, {}, error.detail);
}

void InlineMessage::setAction(const QString &text)
{
    m_action->setText(text);
    m_action->setVisible(!text.isEmpty());
}

void InlineMessage::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

bool InlineMessage::isDetailShown() const
{
    return !m_detail->isHidden();
}

void InlineMessage::setDetailShown(bool shown)
{
    m_detail->setVisible(shown && !m_detailText.isEmpty());
    m_detailCopy->setVisible(isDetailShown());
    m_detailToggle->setText(isDetailShown() ? tr("Hide details") : tr("Show details"));
    fitDetail();
}

void InlineMessage::fitDetail()
{
    constexpr int mostLines = 8;
    constexpr int enoughForThem = 4000;
    const int margins = 2 * int(m_detail->document()->documentMargin()) + 2 * m_detail->frameWidth();
    const QFontMetrics metrics = m_detail->fontMetrics();
    const QRect room(0, 0, qMax(100, m_detail->width() - margins), QWIDGETSIZE_MAX);
    const QRect needed =
        metrics.boundingRect(room, Qt::TextWordWrap | Qt::TextWrapAnywhere, m_detailText.left(enoughForThem));
    const int most = mostLines * metrics.lineSpacing();
    m_detail->setVerticalScrollBarPolicy(needed.height() > most ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    m_detail->setFixedHeight(qMin(needed.height(), most) + margins + 2);
}

bool InlineMessage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        fitDetail();
    return QFrame::eventFilter(watched, event);
}

void InlineMessage::renewLook()
{
    m_title->setFont(m_text->text().isEmpty() ? Look::bodyFont() : Look::titleFont());
    m_detail->setFont(Look::fixedFont());
    static constexpr Icons::Name names[] = {
        Icons::Name::Info, Icons::Name::Info, Icons::Name::Check, Icons::Name::Alert, Icons::Name::Alert};
    static constexpr Look::Role roles[] = {Look::SoftText, Look::Accent, Look::Good, Look::Warning, Look::Bad};
    m_icon->setPixmap(Icons::icon(names[int(m_tone)], roles[int(m_tone)]).pixmap(16));
    update();
}

void InlineMessage::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange)
        renewLook();
}

void InlineMessage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintRounded(painter, rect(), Look::controlRadius, Look::toneGround(m_tone), {});
}

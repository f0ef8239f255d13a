// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/banner.h"

#include "widgets/common/icons.h"
#include "widgets/common/painting.h"
#include "widgets/common/words.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

Banner::Banner(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_action(new QPushButton(this))
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_action->setObjectName(QStringLiteral("bannerActionButton"));
    m_action->setProperty("flat", true);
    m_action->hide();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Look::pageMargin, Look::spaceXs, Look::pageMargin, Look::spaceXs);
    layout->setSpacing(Look::spaceS);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action);
    hide();
    connect(m_action, &QPushButton::clicked, this, &Banner::actionTriggered);
}

void Banner::setMessage(Tone tone, const QString &text)
{
    const bool isNew = breakable(text) != m_text->text();
    m_tone = tone;
    m_text->setText(breakable(text));
    setAccessibleName(text);
    renewLook();
    setVisible(!text.isEmpty());
    if (isNew && !text.isEmpty()) {
        QAccessibleEvent event(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

void Banner::setTextQuietly(const QString &text)
{
    m_text->setText(breakable(text));
    setAccessibleName(text);
}

QString Banner::text() const
{
    return m_text->text();
}

void Banner::setAction(const QString &text)
{
    m_action->setText(text);
    m_action->setVisible(!text.isEmpty());
}

void Banner::renewLook()
{
    static constexpr Look::Role roles[] = {Look::SoftText, Look::Accent, Look::Good, Look::Warning, Look::Bad};
    static constexpr Icons::Name names[] = {
        Icons::Name::Info, Icons::Name::Info, Icons::Name::Check, Icons::Name::Alert, Icons::Name::Alert};
    m_icon->setPixmap(Icons::icon(names[int(m_tone)], roles[int(m_tone)]).pixmap(16));
    update();
}

void Banner::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        renewLook();
}

void Banner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Look::toneGround(m_tone));
    paintHairline(painter, 0, width(), height() - 1, Look::color(Look::Line));
}

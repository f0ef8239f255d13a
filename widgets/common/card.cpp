// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/card.h"

#include "widgets/common/look.h"
#include "widgets/common/painting.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>

Card::Card(const QString &title, QWidget *parent)
    : QFrame(parent)
    , m_header(new QWidget(this))
    , m_title(new QLabel(m_header))
    , m_headerText(new QLabel(m_header))
    , m_headerLayout(new QHBoxLayout(m_header))
    , m_body(new QVBoxLayout)
{
    m_title->setFont(Look::titleFont());
    m_title->setTextFormat(Qt::PlainText);
    m_headerText->setTextFormat(Qt::PlainText);
    setTextRole(m_headerText, Look::SoftText);
    m_headerText->hide();
    m_headerLayout->setContentsMargins(0, 0, 0, 0);
    m_headerLayout->setSpacing(Look::spaceS);
    m_headerLayout->addWidget(m_title, 1);
    m_headerLayout->addWidget(m_headerText);
    m_header->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, Look::spaceM, 0, 0);
    layout->setSpacing(Look::spaceM);
    layout->addWidget(m_header);
    layout->addLayout(m_body);
    m_header->setContentsMargins(Look::cardPadding, 0, Look::cardPadding, 0);
    m_body->setSpacing(Look::spaceS);
    setBodyFlush(false);
    setTitle(title);
}

void Card::setTitle(const QString &title)
{
    m_title->setText(title);
    setAccessibleName(title);
    renewMargins();
}

QString Card::title() const
{
    return m_title->text();
}

void Card::addHeaderWidget(QWidget *widget)
{
    m_headerLayout->addWidget(widget);
    m_hasHeaderWidget = true;
    renewMargins();
}

void Card::setHeaderText(const QString &text)
{
    m_headerText->setText(text);
    m_headerText->setVisible(!text.isEmpty());
    renewMargins();
}

void Card::setBodyFlush(bool flush)
{
    m_isFlush = flush;
    const int side = flush ? 1 : Look::cardPadding;
    m_body->setContentsMargins(side, 0, side, side);
    renewMargins();
}

void Card::renewMargins()
{
    const bool hasHeader = m_hasHeaderWidget || !m_title->text().isEmpty() || !m_headerText->text().isEmpty();
    m_header->setVisible(hasHeader);
    const int top = m_hasHeaderWidget ? Look::spaceM : Look::cardPadding;
    const int bare = m_isFlush ? 1 : Look::cardPadding;
    layout()->setContentsMargins(0, hasHeader ? top : bare, 0, 0);
}

void Card::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    if (m_isFlush)
        clipBody();
}

void Card::clipBody()
{
    QPainterPath inside;
    inside.addRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), Look::cardRadius - 1, Look::cardRadius - 1);
    const QRegion region(inside.toFillPolygon().toPolygon());
    for (int i = 0; i < m_body->count(); ++i) {
        QWidget *widget = m_body->itemAt(i)->widget();
        if (!widget)
            continue;
        if (region.contains(widget->geometry().topLeft()) && region.contains(widget->geometry().bottomRight()))
            widget->clearMask();
        else
            widget->setMask(region.translated(-widget->pos()));
    }
}

void Card::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintRounded(painter, rect(), Look::cardRadius, Look::color(Look::Surface), Look::color(Look::Line));
}

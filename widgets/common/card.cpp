// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/card.h"

#include "widgets/common/look.h"
#include "widgets/common/painting.h"

#include <QBoxLayout>
#include <QEvent>
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

bool Card::event(QEvent *event)
{
    const bool isHandled = QFrame::event(event);
    if (m_isFlush && event->type() == QEvent::LayoutRequest)
        clipBody();
    return isHandled;
}

void Card::clipBody()
{
    QPainterPath inside;
    inside.addRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), Look::cardRadius - 1, Look::cardRadius - 1);
    const QRegion region(inside.toFillPolygon().toPolygon());
    const QList<QWidget *> children = findChildren<QWidget *>(Qt::FindDirectChildrenOnly);
    for (QWidget *child : children) {
        if (child->isWindow())
            continue;
        if ((QRegion(child->geometry()) - region).isEmpty())
            child->clearMask();
        else
            child->setMask(region.translated(-child->pos()));
    }
}

void Card::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintRounded(painter, rect(), Look::cardRadius, Look::color(Look::Surface), Look::color(Look::Line));
}

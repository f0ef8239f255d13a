// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/card.h"

#include "widgets/common/look.h"
#include "widgets/common/painting.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPainter>

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
    m_header->setMinimumHeight(20);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, Look::spaceM, 0, 0);
    layout->setSpacing(Look::spaceS);
    layout->addWidget(m_header);
    layout->addLayout(m_body, 1);
    m_header->setContentsMargins(Look::cardPadding, 0, Look::cardPadding, 0);
    m_body->setSpacing(Look::spaceS);
    setBodyFlush(false);
    setTitle(title);
}

void Card::setTitle(const QString &title)
{
    m_title->setText(title);
    setAccessibleName(title);
    m_header->setVisible(!title.isEmpty());
}

QString Card::title() const
{
    return m_title->text();
}

void Card::addHeaderWidget(QWidget *widget)
{
    m_headerLayout->addWidget(widget);
    m_header->show();
}

void Card::setHeaderText(const QString &text)
{
    m_headerText->setText(text);
    m_headerText->setVisible(!text.isEmpty());
}

void Card::setBodyFlush(bool flush)
{
    const int side = flush ? 1 : Look::cardPadding;
    m_body->setContentsMargins(side, 0, side, side);
}

void Card::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintRounded(painter, rect(), Look::cardRadius, Look::color(Look::Surface), Look::color(Look::Line));
}

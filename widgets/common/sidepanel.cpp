// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/sidepanel.h"

#include "widgets/common/elidinglabel.h"
#include "widgets/common/focusanchor.h"
#include "widgets/common/icons.h"
#include "widgets/common/look.h"
#include "widgets/common/painting.h"

#include <QBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QToolButton>

SidePanel::SidePanel(QWidget *parent)
    : QFrame(parent)
    , m_title(new ElidingLabel({}, this))
    , m_note(new ElidingLabel({}, this))
    , m_close(new QToolButton(this))
    , m_body(new QVBoxLayout)
    , m_footerArea(new QWidget(this))
    , m_footer(new QHBoxLayout(m_footerArea))
{
    m_title->setElideMode(Qt::ElideMiddle);
    m_title->setFont(Look::sectionFont());
    setTextRole(m_note, Look::SoftText);
    m_close->setObjectName(QStringLiteral("closePanelButton"));
    m_close->setIcon(Icons::icon(Icons::Name::Cross));
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Close (Escape)"));
    m_close->setAccessibleName(tr("Close"));
    connect(m_close, &QToolButton::clicked, this, &SidePanel::closeRequested);

    auto *header = new QHBoxLayout;
    header->setContentsMargins(Look::cardPadding, Look::spaceM, Look::spaceS, Look::spaceXs);
    header->setSpacing(Look::spaceS);
    header->addWidget(m_title, 0);
    header->addWidget(m_note, 1);
    header->addWidget(m_close);
    m_footer->setContentsMargins(Look::cardPadding, Look::spaceM, Look::cardPadding, Look::cardPadding);
    m_footer->setSpacing(Look::spaceS);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addLayout(header);
    layout->addLayout(m_body, 1);
    layout->addWidget(m_footerArea);
}

void SidePanel::setTitle(const QString &title, const QString &note)
{
    m_title->setText(title);
    m_note->setText(note);
    setAccessibleName(title);
}

QString SidePanel::title() const
{
    return m_title->text();
}

QScrollArea *SidePanel::scrolled(QWidget *content)
{
    auto *area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(content);
    area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    new FocusAnchor(area);
    return area;
}

void SidePanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintRounded(painter, rect(), Look::cardRadius, Look::color(Look::Surface), Look::color(Look::Line));
    if (m_footer->count() > 0)
        paintHairline(painter, 1, width() - 1, m_footerArea->y(), Look::color(Look::FaintLine));
}

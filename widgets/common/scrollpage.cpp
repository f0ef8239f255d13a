// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/scrollpage.h"

#include "widgets/common/focusanchor.h"
#include "widgets/common/look.h"

#include <QVBoxLayout>

ScrollPage::ScrollPage(QWidget *parent)
    : QScrollArea(parent)
{
    auto *content = new QWidget;
    m_body = new QVBoxLayout(content);
    m_body->setContentsMargins(Look::pageMargin, Look::pageMargin, Look::pageMargin, Look::pageMargin);
    m_body->setSpacing(Look::cardGap);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidget(content);
    viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    new FocusAnchor(this);
}

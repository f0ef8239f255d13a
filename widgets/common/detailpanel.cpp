// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/detailpanel.h"

#include "widgets/common/configurationview.h"
#include "widgets/common/look.h"
#include "widgets/common/sidepanel.h"

#include <QScrollArea>
#include <QStackedLayout>
#include <QTabBar>
#include <QVBoxLayout>

namespace {

QScrollArea *scrolled(QWidget *content, QWidget *parent)
{
    auto *area = new QScrollArea(parent);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(content);
    area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    return area;
}

} // namespace

DetailPanel::DetailPanel(QWidget *parent)
    : QWidget(parent)
    , m_panel(new SidePanel(this))
    , m_tabs(new QTabBar(this))
    , m_stack(new QStackedLayout)
{
    m_tabs->setObjectName(QStringLiteral("detailTabs"));
    m_tabs->setAccessibleName(tr("What is shown of it"));
    m_tabs->setExpanding(false);
    m_tabs->addTab(tr("State"));
    m_tabs->addTab(tr("Configuration"));
    auto *state = new QWidget(this);
    m_state = new QVBoxLayout(state);
    m_configuration = new ConfigurationView(this);
    for (QLayout *layout : {static_cast<QLayout *>(m_state), m_configuration->layout()})
        layout->setContentsMargins(Look::cardPadding, Look::spaceM, Look::cardPadding, Look::cardPadding);
    m_state->setSpacing(Look::spaceM);
    m_stack->addWidget(scrolled(state, this));
    m_stack->addWidget(scrolled(m_configuration, this));
    m_panel->body()->addWidget(m_tabs);
    m_panel->body()->addLayout(m_stack, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_panel);
    connect(m_tabs, &QTabBar::currentChanged, m_stack, &QStackedLayout::setCurrentIndex);
    connect(m_panel, &SidePanel::closeRequested, this, &DetailPanel::closeRequested);
}

void DetailPanel::setConfiguration(const QJsonObject &config)
{
    m_configuration->setConfiguration(config);
}

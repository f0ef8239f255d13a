// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace.h"

#include "app/pages.h"
#include "app/topline.h"
#include "services/messaging/accountservice.h"
#include "services/messaging/consumerservice.h"
#include "services/messaging/messaging.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/streamservice.h"
#include "widgets/common/banner.h"
#include "widgets/common/painting.h"
#include "widgets/logs/logspage.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

Workspace::Workspace(Messaging &messaging, const QString &cluster, Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_messaging(messaging)
    , m_clock(clock)
    , m_topLine(new TopLine(cluster, clock, this))
    , m_tabs(new QTabBar(this))
    , m_banner(new Banner(this))
    , m_stack(new QStackedWidget(this))
{
    m_banner->setObjectName(QStringLiteral("connectionBanner"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_topLine);
    auto *tabRow = new QHBoxLayout;
    tabRow->setContentsMargins(Look::spaceS, 0, 0, 0);
    tabRow->addWidget(m_tabs);
    layout->addLayout(tabRow);
    layout->addWidget(m_banner);
    layout->addWidget(m_stack, 1);
    createTabs();
    follow();
}

void Workspace::createTabs()
{
    m_tabs->setObjectName(QStringLiteral("workspaceTabs"));
    m_tabs->setAccessibleName(tr("Messaging"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->setUsesScrollButtons(true);
    for (int index = 0; index < tabCount; ++index)
        m_tabs->addTab(tabTitle(Tab(index)));
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        showPage(index);
        Q_EMIT currentTabChanged();
    });
}

void Workspace::follow()
{
    connect(&m_messaging.runtime(), &RuntimeService::statusChanged, this, &Workspace::renewStatus);
    connect(&m_messaging.runtime(), &RuntimeService::freshnessChanged, this, &Workspace::renewFreshness);
    connect(&m_messaging.accounts(), &AccountService::accountsChanged, this, &Workspace::renewCounts);
    connect(&m_messaging.streams(), &StreamService::snapshotChanged, this, &Workspace::renewCounts);
    connect(&m_messaging.consumers(), &ConsumerService::snapshotChanged, this, &Workspace::renewCounts);
    renewStatus();
    renewFreshness();
    renewCounts();
    showPage(m_tabs->currentIndex());
}

Tab Workspace::currentTab() const
{
    return Tab(m_tabs->currentIndex());
}

void Workspace::setCurrentTab(Tab tab)
{
    m_tabs->setCurrentIndex(int(tab));
}

void Workspace::setTlsVerified(bool verified)
{
    m_topLine->setTlsVerified(verified);
}

void Workspace::refresh()
{
    m_messaging.runtime().refresh();
    m_messaging.streams().refresh();
    m_messaging.consumers().refresh();
    if (auto *logs = qobject_cast<LogsPage *>(m_stack->currentWidget()))
        logs->refresh();
}

void Workspace::showPage(int index)
{
    QWidget *&page = m_pages.at(std::size_t(index));
    if (!page) {
        page = createPage(
            Tab(index), m_messaging, m_clock, [this](Tab tab) { setCurrentTab(tab); }, m_stack);
        page->setObjectName(tabName(Tab(index)) + QStringLiteral("Page"));
        m_stack->addWidget(page);
    }
    m_stack->setCurrentWidget(page);
}

void Workspace::renewStatus()
{
    m_topLine->setStatus(m_messaging.runtime().status());
}

void Workspace::renewFreshness()
{
    const Freshness &freshness = m_messaging.runtime().freshness();
    m_topLine->setFreshness(freshness);
    if (freshness.state == Freshness::State::Live || freshness.why.isEmpty()) {
        m_banner->setMessage(Tone::Neutral, {});
        return;
    }
    if (freshness.state == Freshness::State::Syncing) {
        m_banner->setMessage(Tone::Bad, tr("%1 Pennant keeps trying.").arg(freshness.why));
        return;
    }
    const QString since = QLocale().toString(freshness.since.toLocalTime().time(), QLocale::ShortFormat);
    m_banner->setMessage(Tone::Warning,
        tr("Stale since %1: %2 What you see is what was known then. Pennant keeps trying.").arg(since, freshness.why));
}

void Workspace::renewCounts()
{
    setCount(Tab::Accounts, m_messaging.accounts().accounts().size());
    setCount(Tab::Streams, m_messaging.streams().streams().size());
    setCount(Tab::Consumers, m_messaging.consumers().consumers().size());
}

void Workspace::setCount(Tab tab, qsizetype count)
{
    const QString text = count == 0 ? QString() : QLocale().toString(count);
    if (m_tabs->tabData(int(tab)).toString() == text)
        return;
    m_tabs->setTabData(int(tab), text);
    // The bar keeps the sizes of its tabs until a text changes.
    m_tabs->setTabText(int(tab), m_tabs->tabText(int(tab)));
}

void Workspace::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int bottom = m_tabs->geometry().bottom() + 1;
    painter.fillRect(0, 0, width(), bottom, Look::color(Look::Surface));
    paintHairline(painter, 0, width(), bottom - 1, Look::color(Look::Line));
}

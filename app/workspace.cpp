// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace.h"

#include "app/namespacebutton.h"
#include "app/pagefocus.h"
#include "app/pages.h"
#include "app/topline.h"
#include "app/workspacebanners.h"
#include "services/messaging/accountservice.h"
#include "services/messaging/clusterprotection.h"
#include "services/messaging/clustersurvey.h"
#include "services/messaging/consumerservice.h"
#include "services/messaging/foreignmessaging.h"
#include "services/messaging/foreignruntime.h"
#include "services/messaging/foreignservers.h"
#include "services/messaging/messaging.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/streamservice.h"
#include "services/messaging/usagecount.h"
#include "widgets/common/draftholder.h"
#include "widgets/common/painting.h"
#include "widgets/logs/logspage.h"
#include "widgets/settings/settingspage.h"

#include <QApplication>
#include <QDialog>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace {

constexpr std::chrono::milliseconds outcomeFor = std::chrono::minutes(2);

} // namespace

Workspace::Workspace(
    Messaging &messaging, const QString &cluster, const QString &kubeconfig, Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_messaging(messaging)
    , m_clock(clock)
    , m_cluster(cluster)
    , m_kubeconfig(kubeconfig)
    , m_outcome(cluster, messaging.options().workstation)
    , m_topLine(new TopLine(cluster, messaging.options().nameSpace, clock, this))
    , m_tabs(new QTabBar(this))
    , m_banners(new WorkspaceBanners(cluster, this))
    , m_stack(new QStackedWidget(this))
    , m_focus(new PageFocus(m_stack))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_topLine);
    auto *tabRow = new QHBoxLayout;
    tabRow->setContentsMargins(Look::spaceS, 0, 0, 0);
    tabRow->addWidget(m_tabs);
    layout->addLayout(tabRow);
    layout->addWidget(m_banners);
    layout->addWidget(m_stack, 1);
    createTabs();
    follow();
}

Workspace::~Workspace()
{
    takeForeign(nullptr); // whose pages go before their services
}

void Workspace::createTabs()
{
    m_tabs->setObjectName(QStringLiteral("workspaceTabs"));
    m_tabs->setAccessibleName(tr("Messaging"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->setUsesScrollButtons(true);
    for (int index = 0; index < tabCount; ++index) {
        const QString title = tabTitle(Tab(index));
        m_tabs->addTab(title);
        m_tabs->setTabToolTip(index,
            QStringLiteral("%1 (%2)").arg(
                QString(title).remove(u'&'), tabShortcut(Tab(index)).toString(QKeySequence::NativeText)));
    }
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        showPage(index);
        // Whoever goes along the tabs by arrow keys goes on with that.
        if (!m_tabs->hasFocus())
            m_focus->enter();
        Q_EMIT currentTabChanged();
    });
    connect(m_tabs, &QTabBar::tabBarClicked, m_focus, &PageFocus::enter, Qt::QueuedConnection);
}

void Workspace::follow()
{
    connect(&m_messaging.runtime(), &RuntimeService::statusChanged, this, &Workspace::renewStatus);
    connect(&m_messaging.runtime(), &RuntimeService::freshnessChanged, this, &Workspace::renewFreshness);
    connect(&m_messaging.runtime().protection(), &ClusterProtection::changed, this, &Workspace::renewProtection);
    connect(m_topLine, &TopLine::keyboardReleased, m_focus, &PageFocus::enter);
    connect(m_topLine->nameSpace(), &NamespaceButton::opened, &m_messaging.survey(), &ClusterSurvey::look);
    connect(m_topLine, &TopLine::changesRequested, this, &Workspace::changesRequested);
    connect(&m_messaging.accounts(), &AccountService::accountsChanged, this, &Workspace::renewCounts);
    connect(&m_messaging.streams(), &StreamService::snapshotChanged, this, &Workspace::renewCounts);
    connect(&m_messaging.consumers(), &ConsumerService::snapshotChanged, this, &Workspace::renewCounts);
    connect(&m_messaging.runtime(), &RuntimeService::attemptFailed, m_banners, &WorkspaceBanners::noteAttemptFailed);
    connect(&m_messaging, &Messaging::waitingForChanged, this,
        [this] { m_banners->setWaitingFor(m_messaging.waitingFor()); });
    connect(&m_messaging, &Messaging::loginWarningChanged, this,
        [this] { m_banners->setLoginWarning(m_messaging.loginWarning()); });
    connect(m_topLine, &TopLine::ownRequested, this, &Workspace::closeForeign);
    connect(m_banners, &WorkspaceBanners::tryRequested, this, &Workspace::refresh);
    connect(m_banners, &WorkspaceBanners::keyboardReleased, m_focus, &PageFocus::enter);
    connect(m_banners, &WorkspaceBanners::reloadRequested, this, &Workspace::reloadRequested);
    connect(m_banners, &WorkspaceBanners::reopenRequested, this, &Workspace::reopenRequested);
    connect(m_banners, &WorkspaceBanners::outcomeDismissed, this, [this] {
        endOutcome();
        m_focus->enter();
    });
    connect(&m_messaging.survey(), &ClusterSurvey::changed, this, &Workspace::renewNameSpaces);
    connect(m_topLine->nameSpace(), &NamespaceButton::chosen, this, &Workspace::nameSpaceChosen);
    connect(m_banners, &WorkspaceBanners::archiveRequested, this, &Workspace::showArchive);
    connect(m_banners, &WorkspaceBanners::elsewhereRequested, this, &Workspace::leadElsewhere);
    renewAll();
}

Tab Workspace::currentTab() const
{
    return Tab(m_tabs->currentIndex());
}

void Workspace::setCurrentTab(Tab tab)
{
    m_tabs->setCurrentIndex(int(tab));
    m_focus->enter();
}

void Workspace::takeKeyboard()
{
    m_focus->enter();
}

bool Workspace::hasDraft() const
{
    const QList<QWidget *> all = findChildren<QWidget *>();
    return std::any_of(all.begin(), all.end(), [](const QWidget *widget) {
        const auto *holder = dynamic_cast<const DraftHolder *>(widget);
        return holder ? holder->hasDraft() : qobject_cast<const QDialog *>(widget) && widget->isVisible();
    });
}

void Workspace::setEnvironment(const ClusterEnvironment &environment)
{
    m_topLine->setEnvironment(environment);
}

void Workspace::setTlsVerified(bool verified)
{
    m_topLine->setTlsVerified(verified);
}

void Workspace::setCredentialsProblem(const std::optional<Error> &problem)
{
    m_banners->setCredentialsProblem(problem);
}

void Workspace::setLedElsewhere(const QString &before)
{
    m_banners->setLedElsewhere(before);
}

void Workspace::tellClosed(const QStringList &clusters)
{
    m_banners->setClosed(clusters);
}

void Workspace::refresh()
{
    m_messaging.tryAgain();
    m_messaging.runtime().refresh();
    m_messaging.accounts().refresh();
    m_messaging.streams().refresh();
    m_messaging.consumers().refresh();
    m_messaging.survey().look();
    m_messaging.foreignServers().refresh();
    if (m_foreign) {
        m_foreign->runtime().refresh();
        m_foreign->streams().refresh();
    }
    if (auto *logs = qobject_cast<LogsPage *>(m_stack->currentWidget()))
        logs->refresh();
}

void Workspace::showPage(int index)
{
    QWidget *&page = (m_foreign ? m_foreignPages : m_pages).at(std::size_t(index));
    if (!page) {
        page = createPageOf(Tab(index));
        page->setObjectName(tabName(Tab(index)) + QStringLiteral("Page"));
        m_stack->addWidget(page);
    }
    m_stack->setCurrentWidget(page);
}

void Workspace::warn(const QString &text)
{
    m_banners->setWarning(text);
}

QWidget *Workspace::createPageOf(Tab tab)
{
    const auto show = [this](Tab other) { setCurrentTab(other); };
    // from the event loop: the page that asks for it goes
    const auto later = [this](auto act) { QMetaObject::invokeMethod(this, act, Qt::QueuedConnection); };
    const PageSurroundings around{m_messaging, m_clock, m_cluster, m_kubeconfig, show,
        [this, later](const ForeignServer &server) { later([this, server] { openForeign(server); }); },
        [this](const QString &text) { warn(text); }};
    if (m_foreign)
        return createForeignPage(
            tab, *m_foreign, around, [this, later] { later([this] { closeForeign(); }); }, m_stack);
    return createPage(tab, around, m_stack);
}

void Workspace::renewAll()
{
    renewStatus();
    renewFreshness();
    renewProtection();
    renewCounts();
    showPage(m_tabs->currentIndex());
}

void Workspace::renewStatus()
{
    m_topLine->setStatus(shownRuntime().status());
    const bool isAbsent = m_messaging.runtime().status().phase == RuntimePhase::Absent;
    if (std::exchange(m_wasAbsent, isAbsent) != isAbsent)
        m_messaging.survey().look();
    renewNameSpaces();
    renewHandedOver();
    renewOutcome();
}

void Workspace::renewFreshness()
{
    const Freshness &freshness = shownRuntime().freshness();
    m_topLine->setFreshness(freshness);
    m_banners->setFreshness(freshness);
    renewNameSpaces();
    // whether it is still true can't be known
    if (freshness.state == Freshness::State::Stale)
        endOutcome();
}

void Workspace::showArchive()
{
    if (m_foreign)
        closeForeign();
    setCurrentTab(Tab::Settings);
    if (auto *settings = qobject_cast<SettingsPage *>(m_stack->currentWidget()))
        settings->showArchive();
}

void Workspace::renewProtection()
{
    const Protection &protection = m_messaging.runtime().protection().state();
    m_topLine->setProtection(protection);
    m_banners->setArchived(protection.archived ? protection.access().reason : QString());
    renewHandedOver();
}

void Workspace::renewHandedOver()
{
    const RuntimeService &runtime = m_messaging.runtime();
    const bool mayGoOnHere = runtime.protection().state().readOnlyAccess().allowed;
    const RuntimeStatus &status = runtime.status();
    m_isHandedOver = !mayGoOnHere && status.isInProgress() && (m_isHandedOver || status.isDrivenHere);
    m_banners->setHandedOver(m_isHandedOver);
}

void Workspace::renewOutcome()
{
    const RuntimeService &runtime = m_messaging.runtime();
    if (runtime.freshness().state != Freshness::State::Syncing)
        m_outcome.observe(runtime.status(), countedUsage(m_messaging.streams(), m_messaging.consumers()));
    showOutcome();
    if (m_outcome.isFateWanted() && !m_fate.isAsked())
        askForFate();
}

void Workspace::askForFate()
{
    m_fate = m_messaging.runtime().namespaceFate();
    m_fate.then(this, [this](const Result<NamespaceFate> &fate) {
        m_outcome.setFate(fate ? std::optional(*fate) : std::nullopt);
        showOutcome();
    });
}

void Workspace::showOutcome()
{
    m_banners->setOutcome(m_outcome.text());
    if (m_outcome.text().isEmpty())
        return m_outcomeEnd.drop();
    if (m_outcomeEnd.isAsked())
        return;
    m_outcomeEnd = m_clock.sleep(outcomeFor);
    m_outcomeEnd.then(this, [this](const Result<void> &) { endOutcomeUnlessInUse(); });
}

/// Going, it moves what a person aims at: then it stays as long again.
void Workspace::endOutcomeUnlessInUse()
{
    if (!hasDraft() && !QApplication::activeModalWidget() && !QApplication::activePopupWidget())
        return endOutcome();
    m_outcomeEnd.drop();
    showOutcome();
}

void Workspace::endOutcome()
{
    m_outcome.dismiss();
    showOutcome();
}

void Workspace::renewCounts()
{
    setCount(Tab::Accounts, m_foreign ? 0 : m_messaging.accounts().accounts().size());
    setCount(Tab::Streams, shownStreams().streams().size());
    setCount(Tab::Consumers, shownConsumers().consumers().size());
    renewOutcome();
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

void Workspace::setInSight(bool inSight)
{
    m_messaging.setInSight(inSight);
    if (!m_foreign)
        return;
    m_foreign->streams().setInSight(inSight);
    m_foreign->consumers().setInSight(inSight);
}

void Workspace::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    setInSight(true);
    // what was found before may be over
    if (m_messaging.survey().runtimeNamespaces())
        m_messaging.survey().look();
    followElsewhere();
}

void Workspace::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    setInSight(false);
}

void Workspace::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int bottom = m_tabs->geometry().bottom() + 1;
    painter.fillRect(0, 0, width(), bottom, Look::color(Look::Surface));
    paintHairline(painter, 0, width(), bottom - 1, Look::color(Look::Line));
}

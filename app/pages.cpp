// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages.h"

#include "services/messaging/accountservice.h"
#include "services/messaging/connectiontest.h"
#include "services/messaging/foreignmessaging.h"
#include "services/messaging/foreignruntime.h"
#include "services/messaging/messaging.h"
#include "services/messaging/monitoredjetstream.h"
#include "services/messaging/runtimeservice.h"
#include "widgets/accounts/accountspage.h"
#include "widgets/accounts/shownconnection.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/kubectltarget.h"
#include "widgets/consumers/consumerspage.h"
#include "widgets/insights/insightspage.h"
#include "widgets/logs/logspage.h"
#include "widgets/overview/foreignoverviewpage.h"
#include "widgets/overview/overviewpage.h"
#include "widgets/settings/settingspage.h"
#include "widgets/streams/streamspage.h"

#include <QCoreApplication>

namespace {

KubectlTarget targetOf(const PageSurroundings &around)
{
    return {around.cluster, around.kubeconfig};
}

/// Makes the pages of one workspace, and joins what a page leads to with the tab that shows it.
class PageMaker final {
public:
    PageMaker(const PageSurroundings &around, QWidget *parent)
        : m_messaging(around.messaging)
        , m_around(around)
        , m_parent(parent)
    {
    }

    QWidget *overview() const
    {
        auto *page = new OverviewPage(m_messaging.runtime(), m_messaging.accounts(), m_messaging.passwords(),
            m_messaging.streams(), m_messaging.consumers(), m_around.clock, m_around.cluster, m_parent);
        page->setKubeconfig(m_around.kubeconfig);
        page->showForeign(m_messaging.foreignServers());
        page->offerTest(m_messaging.createConnectionTest());
        QObject::connect(page, &OverviewPage::foreignRequested, page, m_around.openForeign);
        QObject::connect(page, &OverviewPage::warned, page, m_around.warn);
        lead(page, &OverviewPage::enableRequested, Tab::Settings);
        lead(page, &OverviewPage::settingsRequested, Tab::Settings);
        lead(page, &OverviewPage::streamsRequested, Tab::Streams);
        lead(page, &OverviewPage::consumersRequested, Tab::Consumers);
        return page;
    }

    QWidget *accounts() const
    {
        auto *page = new AccountsPage(
            m_messaging.accounts(), m_messaging.runtime(), m_messaging.streams(), m_around.clock, m_parent);
        page->setKubectl(targetOf(m_around));
        auto *connection = new ShownConnection(*page, m_messaging.accounts(), m_messaging.runtime(),
            m_messaging.passwords(), m_messaging.createConnectionTest());
        connection->setKubectl(targetOf(m_around));
        QObject::connect(connection, &ShownConnection::warned, page, m_around.warn);
        leadToRuntime(page);
        return page;
    }

    QWidget *streams() const
    {
        auto *page = new StreamsPage(
            m_messaging.runtime(), m_messaging.accounts(), m_messaging.streams(), m_around.clock, m_parent);
        page->setKubectl(targetOf(m_around));
        page->setMessages(m_messaging.messages(), m_around.cluster);
        page->offerWorkloads(m_messaging.workloads());
        page->heedConsumers(m_messaging.consumers());
        page->listIn(m_messaging.operations());
        leadToRuntime(page);
        return page;
    }

    QWidget *consumers() const
    {
        auto *page = new ConsumersPage(
            m_messaging.runtime(), m_messaging.accounts(), m_messaging.consumers(), m_around.clock, m_parent);
        page->setKubectl(targetOf(m_around));
        page->offerWorkloads(m_messaging.workloads());
        page->setPlace(m_around.cluster);
        leadToRuntime(page);
        lead(page, &ConsumersPage::streamRequested, Tab::Streams);
        return page;
    }

    QWidget *settings() const
    {
        auto *page = new SettingsPage(m_messaging.runtime(), m_messaging.streams(), m_messaging.consumers(),
            m_around.clock, m_around.cluster, m_parent);
        page->setKubectl(targetOf(m_around));
        QObject::connect(page, &SettingsPage::warned, page, m_around.warn);
        lead(page, &SettingsPage::overviewRequested, Tab::Overview);
        return page;
    }

    QWidget *logs() const
    {
        auto *page = new LogsPage(m_messaging.logs(), m_messaging.runtime(), m_around.clock, m_parent);
        page->setKubectl(targetOf(m_around));
        page->listIn(m_messaging.operations());
        lead(page, &LogsPage::settingsRequested, Tab::Settings);
        lead(page, &LogsPage::sightRequested, Tab::Logs);
        return page;
    }

private:
    template <typename Page> void lead(Page *page, void (Page::*signal)(), Tab tab) const
    {
        QObject::connect(page, signal, page, [show = m_around.show, tab] { show(tab); });
    }

    /// Where there is no runtime Settings enables one; else Overview says what it waits for.
    template <typename Page> void leadToRuntime(Page *page) const
    {
        QObject::connect(page, &Page::runtimeRequested, page, [show = m_around.show, &runtime = m_messaging.runtime()] {
            show(runtime.status().phase == RuntimePhase::Absent ? Tab::Settings : Tab::Overview);
        });
    }

    Messaging &m_messaging;
    const PageSurroundings &m_around;
    QWidget *m_parent;
};

QString say(const char *source)
{
    return QCoreApplication::translate("Pages", source);
}

/// Says why there is nothing to see of it.
QWidget *notForForeign(Tab tab, const ForeignServer &server, const std::function<void()> &leave, QWidget *parent)
{
    const bool isAccounts = tab == Tab::Accounts;
    const QString title = isAccounts ? say("No credentials for %1").arg(server.place())
                                     : say("No %1 for %2").arg(tabName(tab), server.place());
    const QString text = isAccounts
        ? say("Pennant reads it by its monitoring port, which takes no credential. That tells the names of its "
              "accounts, by which Streams and Consumers can be filtered, and nothing of how clients log in.")
        : say("Pennant reads it by its monitoring port, which takes no credential and tells nothing of this. What "
              "stands here is there for the runtime that Pennant makes.");
    auto *page = new EmptyState(Icons::Name::Lock, title, text + u' ' + server.readOnlyReason(), parent);
    page->setAction(QCoreApplication::translate("Pages", "Back to Pennant's runtime"));
    QObject::connect(page, &EmptyState::actionTriggered, page, leave);
    return page;
}

} // namespace

QWidget *createPage(Tab tab, const PageSurroundings &around, QWidget *parent)
{
    const PageMaker make(around, parent);
    switch (tab) {
    case Tab::Overview:
        return make.overview();
    case Tab::Accounts:
        return make.accounts();
    case Tab::Streams:
        return make.streams();
    case Tab::Consumers:
        return make.consumers();
    case Tab::Settings:
        return make.settings();
    case Tab::Insights:
        return new InsightsPage(parent);
    case Tab::Logs:
        return make.logs();
    }
    Q_UNREACHABLE();
}

QWidget *createForeignPage(Tab tab, ForeignMessaging &messaging, const PageSurroundings &around,
    const std::function<void()> &leave, QWidget *parent)
{
    Clock &clock = around.clock;
    ForeignRuntime &runtime = messaging.runtime();
    AccountSource &accounts = messaging.jetStream().accounts();
    switch (tab) {
    case Tab::Overview: {
        auto *page =
            new ForeignOverviewPage(runtime, messaging.jetStream(), messaging.streams(), messaging.consumers(), parent);
        page->setKubectl(targetOf(around));
        return page;
    }
    case Tab::Streams: {
        auto *page = new StreamsPage(runtime, accounts, messaging.streams(), clock, parent);
        page->setKubectl(targetOf(around));
        page->setMessages(messaging.messages(), around.cluster);
        page->listIn(around.messaging.operations());
        QObject::connect(page, &StreamsPage::runtimeRequested, page, leave);
        return page;
    }
    case Tab::Consumers: {
        auto *page = new ConsumersPage(runtime, accounts, messaging.consumers(), clock, parent);
        page->setKubectl(targetOf(around));
        QObject::connect(page, &ConsumersPage::runtimeRequested, page, leave);
        QObject::connect(page, &ConsumersPage::streamRequested, page, [show = around.show] { show(Tab::Streams); });
        return page;
    }
    case Tab::Logs: {
        auto *page = new LogsPage(messaging.logs(), runtime, clock, parent);
        page->setKubectl(targetOf(around));
        page->listIn(around.messaging.operations());
        QObject::connect(page, &LogsPage::settingsRequested, page, leave);
        QObject::connect(page, &LogsPage::sightRequested, page, [show = around.show] { show(Tab::Logs); });
        return page;
    }
    case Tab::Accounts:
    case Tab::Settings:
    case Tab::Insights:
        break;
    }
    return notForForeign(tab, runtime.server(), leave, parent);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/overviewpage.h"

#include "services/messaging/accountservice.h"
#include "services/messaging/clusterprotection.h"
#include "services/messaging/connectiontest.h"
#include "services/messaging/consumerservice.h"
#include "services/messaging/foreignservers.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/streamservice.h"
#include "services/messaging/usagecount.h"
#include "widgets/common/kubectltarget.h"
#include "widgets/connection/connectioncard.h"
#include "widgets/connection/connectionpasswords.h"
#include "widgets/connection/connectiontester.h"
#include "widgets/overview/lifecyclecard.h"
#include "widgets/overview/overviewview.h"

#include <QVBoxLayout>

namespace {

RuntimeUsage usageOf(const AccountService &accounts, const StreamService &streams, const ConsumerService &consumers)
{
    RuntimeUsage usage = countedUsage(streams, consumers);
    if (!accounts.problem() || !accounts.accounts().isEmpty())
        usage.accounts = int(accounts.accounts().size());
    return usage;
}

std::optional<QDateTime> staleSince(const Freshness &freshness)
{
    return freshness.state == Freshness::State::Stale ? std::optional(freshness.since) : std::nullopt;
}

} // namespace

OverviewPage::OverviewPage(RuntimeService &runtime, AccountService &accounts, AccountPasswords &passwords,
    StreamService &streams, ConsumerService &consumers, Clock &clock, const QString &context, QWidget *parent)
    : QWidget(parent)
    , m_runtime(runtime)
    , m_accounts(accounts)
    , m_streams(streams)
    , m_consumers(consumers)
    , m_clock(clock)
    , m_context(context)
    , m_view(new OverviewView(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    connect(m_view, &OverviewView::enableRequested, this, &OverviewPage::enableRequested);
    connect(m_view, &OverviewView::streamsRequested, this, &OverviewPage::streamsRequested);
    connect(m_view, &OverviewView::consumersRequested, this, &OverviewPage::consumersRequested);
    connect(m_view, &OverviewView::settingsRequested, this, &OverviewPage::settingsRequested);
    connect(m_view, &OverviewView::foreignRequested, this, &OverviewPage::foreignRequested);
    connect(m_view, &OverviewView::retryRequested, this, &OverviewPage::retry);
    auto *revealed = new ConnectionPasswords(*m_view->connection(), passwords, this);
    connect(revealed, &ConnectionPasswords::warned, this, &OverviewPage::warned);
    connect(&runtime, &RuntimeService::statusChanged, this, &OverviewPage::renew);
    connect(&runtime, &RuntimeService::freshnessChanged, this, &OverviewPage::renew);
    connect(&runtime, &RuntimeService::accessChanged, this, &OverviewPage::renew);
    connect(&accounts, &AccountService::accountsChanged, this, &OverviewPage::renew);
    connect(&accounts, &AccountService::accessChanged, this, &OverviewPage::renew);
    // another account was picked; later, for what is shown may tell of it in the midst
    connect(m_view->connection(), &ConnectionCard::detailsChanged, this, &OverviewPage::renew, Qt::QueuedConnection);
    connect(&streams, &StreamService::snapshotChanged, this, &OverviewPage::renew);
    connect(&streams, &StreamService::freshnessChanged, this, &OverviewPage::renew);
    connect(&streams, &StreamService::accessChanged, this, &OverviewPage::renew);
    connect(&consumers, &ConsumerService::snapshotChanged, this, &OverviewPage::renew);
    connect(&consumers, &ConsumerService::freshnessChanged, this, &OverviewPage::renew);
    renew();
}

void OverviewPage::setKubeconfig(const QString &path)
{
    m_kubeconfig = path;
    renew();
}

void OverviewPage::showForeign(ForeignServers &servers)
{
    m_foreign = &servers;
    connect(&servers, &ForeignServers::serversChanged, this, &OverviewPage::renew);
    renew();
}

void OverviewPage::offerTest(std::unique_ptr<ConnectionTest> test)
{
    new ConnectionTester(*m_view->connection(), m_runtime, m_accounts, std::move(test), this);
}

void OverviewPage::renew()
{
    const std::optional<ArchiveMark> &archived = m_runtime.protection().state().archived;
    const Access reveal = m_accounts.revealAccess(m_view->connection()->currentAccount());
    m_view->setState({
        .status = aimedAt({m_context, m_kubeconfig}, m_runtime.status()),
        .freshness = m_runtime.freshness(),
        .viewAccess = m_runtime.viewAccess(),
        .enableAccess = m_runtime.enableAccess(),
        .retryAccess =
            m_retry.isAsked() ? Access::no(tr("The retry is being recorded in the cluster.")) : m_runtime.retryAccess(),
        .accounts = m_accounts.accounts(),
        .accountsProblem = m_accounts.problem(),
        .usage = usageOf(m_accounts, m_streams, m_consumers),
        .usageSince = staleSince(m_streams.freshness()),
        .context = m_context,
        .kubeconfig = m_kubeconfig,
        .others = m_foreign ? m_foreign->servers() : QList<ForeignServer>(),
        .revealAccess = reveal,
        .revealGrant = m_runtime.grantFor(reveal),
        .viewGrant = m_runtime.grantFor(m_runtime.viewAccess()),
        .enableGrant = m_runtime.grantFor(m_runtime.enableAccess()),
        .isAccessKnown = m_runtime.isAccessKnown(),
        .createAccess = m_streams.createAccess(),
        .archived = archived ? archivedText(*archived) : QString(),
    });
    if (!m_tick.isAsked())
        tick();
}

void OverviewPage::tick()
{
    m_view->setNow(m_clock.now());
    const auto waited = m_retry.isAsked() ? m_clock.monotonic() - m_retriedAt : std::chrono::milliseconds(0);
    m_view->setWaited(std::chrono::duration_cast<std::chrono::seconds>(waited));
    const bool isAwaited = m_runtime.freshness().state == Freshness::State::Syncing;
    if (!isVisible() || (!m_runtime.status().isInProgress() && !m_retry.isAsked() && !isAwaited))
        return;
    m_tick = m_clock.sleep(std::chrono::seconds(1));
    m_tick.then(this, [this](const Result<void> &) { tick(); });
}

void OverviewPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_tick.isAsked())
        tick();
}

void OverviewPage::retry()
{
    m_view->lifecycle()->setRetryError({});
    m_retry = m_runtime.retry();
    m_retriedAt = m_clock.monotonic();
    m_retry.then(this, [this](const Result<void> &result) {
        m_view->lifecycle()->setRetryError(result ? std::nullopt : std::optional(result.error()));
        m_tick.drop();
        renew();
    });
    renew();
}

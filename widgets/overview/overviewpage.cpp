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
#include "widgets/common/momenttext.h"
#include "widgets/connection/connectioncard.h"
#include "widgets/connection/connectiontester.h"
#include "widgets/connection/keptpasswordline.h"
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

/// Empty where nothing is kept.
QString keptText(const std::optional<KeptEntry> &kept, bool isOutOfDate)
{
    if (!kept)
        return {};
    if (isOutOfDate)
        return OverviewPage::tr(
            "The password has been changed since it was kept on this workstation: it is fetched anew when you reveal "
            "or copy it.");
    const QString since = momentText(kept->fetchedAt);
    return kept->isSessionOnly ? OverviewPage::tr("Kept in memory since %1, until Pennant is closed.").arg(since)
                               : OverviewPage::tr("Kept in the keychain of this workstation since %1.").arg(since);
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
    , m_passwords(passwords)
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
    connect(m_view, &OverviewView::passwordWanted, this, &OverviewPage::fetchPassword);
    connect(m_view->connection(), &ConnectionCard::detailsChanged, this, &OverviewPage::renewKept);
    connect(m_view->connection()->kept(), &KeptPasswordLine::removeRequested, this, &OverviewPage::removeKept);
    connect(&passwords, &AccountPasswords::keptChanged, this, &OverviewPage::renewKept);
    connect(&passwords, &AccountPasswords::keychainFailed, this, [this](const Error &why) {
        Q_EMIT warned(tr("%1 Passwords that you reveal are kept in memory until Pennant is closed, and in no file.")
                          .arg(why.summary));
    });
    connect(&runtime, &RuntimeService::statusChanged, this, &OverviewPage::renew);
    connect(&runtime, &RuntimeService::freshnessChanged, this, &OverviewPage::renew);
    connect(&runtime, &RuntimeService::accessChanged, this, &OverviewPage::renew);
    connect(&accounts, &AccountService::accountsChanged, this, &OverviewPage::renew);
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
        .revealAccess = m_accounts.revealAccess(),
        .revealGrant = m_runtime.grantFor(m_accounts.revealAccess()),
        .viewGrant = m_runtime.grantFor(m_runtime.viewAccess()),
        .enableGrant = m_runtime.grantFor(m_runtime.enableAccess()),
        .isAccessKnown = m_runtime.isAccessKnown(),
        .createAccess = m_streams.createAccess(),
        .archived = archived ? archivedText(*archived) : QString(),
    });
    renewKept();
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

void OverviewPage::fetchPassword(const QString &account)
{
    m_view->connection()->kept()->setUnconfirmed({});
    m_password = m_passwords.password(account);
    m_password.then(this, [this, account](const Result<RevealedPassword> &password) {
        if (password)
            showPassword(account, *password);
        else
            m_view->connection()->setPasswordError(account, password.error());
    });
}

void OverviewPage::showPassword(const QString &account, const RevealedPassword &password)
{
    ConnectionCard *card = m_view->connection();
    card->setPassword(account, password.password);
    if (!password.unconfirmed || account != card->currentAccount())
        return;
    card->kept()->setUnconfirmed(
        tr("The cluster does not answer. It is as it was fetched at %1, and may have been changed since.")
            .arg(momentText(password.fetchedAt)),
        password.unconfirmed->text());
}

void OverviewPage::renewKept()
{
    KeptPasswordLine *line = m_view->connection()->kept();
    const QString account = m_view->connection()->currentAccount();
    line->setKept(keptText(m_passwords.kept(account), m_passwords.isOutOfDate(account)));
    line->setWaiting(m_passwords.isWaitingForPerson());
    line->setRemovable(!m_removal.isAsked());
}

void OverviewPage::removeKept()
{
    m_removal = m_passwords.removeKept(m_view->connection()->currentAccount());
    m_removal.then(this, [this](const Result<void> &removed) {
        m_removal.drop();
        renewKept();
        if (!removed)
            Q_EMIT warned(tr("The password was not removed. %1").arg(removed.error().summary));
    });
    renewKept();
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/settingspage.h"

#include "services/messaging/clusterprotection.h"
#include "services/messaging/consumerservice.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/streamservice.h"
#include "services/messaging/usagecount.h"
#include "widgets/settings/settingsview.h"

#include <QVBoxLayout>

#include <utility>

namespace {

constexpr std::chrono::seconds nodesEvery{30};

/// What the cluster is not ready for has been answered: that is told where it was asked.
bool isUnanswered(const Error &error)
{
    return error.isTransient() && error.kind != Error::Kind::NotReady;
}

} // namespace

SettingsPage::SettingsPage(RuntimeService &runtime, StreamService &streams, ConsumerService &consumers, Clock &clock,
    const QString &cluster, QWidget *parent)
    : QWidget(parent)
    , m_runtime(runtime)
    , m_streams(streams)
    , m_consumers(consumers)
    , m_clock(clock)
    , m_cluster(cluster)
    , m_view(new SettingsView(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    connect(m_view, &SettingsView::overviewRequested, this, &SettingsPage::overviewRequested);
    connect(m_view, &SettingsView::enableRequested, this, [this](const EnableRequest &request) {
        m_refusal.reset();
        send(m_runtime.enable(request), &SettingsPage::reportEnable);
    });
    connect(m_view, &SettingsView::changeRequested, this,
        [this](const RuntimeSpec &spec) { send(m_runtime.change(spec), &SettingsPage::reportChange); });
    connect(m_view, &SettingsView::disableRequested, this,
        [this](const RuntimeIdentity &confirmed) { send(m_runtime.disable(confirmed), &SettingsPage::reportDisable); });
    connect(m_view, &SettingsView::archiveRequested, this,
        [this](const QString &reason) { send(m_runtime.protection().archive(reason), &SettingsPage::reportArchive); });
    connect(m_view, &SettingsView::unarchiveRequested, this, [this](const ArchiveMark &seen) {
        send(m_runtime.protection().unarchive(seen), &SettingsPage::reportArchive);
    });
    connect(m_view, &SettingsView::namespaceFateWanted, this, [this] {
        m_fate = m_runtime.namespaceFate();
        m_fate.then(this, [this](const Result<NamespaceFate> &fate) { m_view->setNamespaceFate(fate); });
    });
    connect(&runtime, &RuntimeService::schedulableNodesChanged, this, &SettingsPage::renew);
    connect(&runtime, &RuntimeService::statusChanged, this, &SettingsPage::renew);
    connect(&runtime, &RuntimeService::freshnessChanged, this, &SettingsPage::renew);
    connect(&runtime, &RuntimeService::storageClassesChanged, this, &SettingsPage::renew);
    connect(&runtime, &RuntimeService::accessChanged, this, &SettingsPage::renew);
    connect(&streams, &StreamService::snapshotChanged, this, &SettingsPage::renew);
    connect(&streams, &StreamService::freshnessChanged, this, &SettingsPage::renew);
    connect(&consumers, &ConsumerService::snapshotChanged, this, &SettingsPage::renew);
    connect(&consumers, &ConsumerService::freshnessChanged, this, &SettingsPage::renew);
    renew();
}

void SettingsPage::setKubectl(const KubectlTarget &kubectl)
{
    m_kubectl = kubectl;
    renew();
}

void SettingsPage::renew()
{
    const ClusterProtection &protection = m_runtime.protection();
    m_view->setState({
        .status = m_runtime.status(),
        .freshness = m_runtime.freshness(),
        .viewAccess = m_runtime.viewAccess(),
        .writeAccess = m_runtime.writeAccess(),
        .enableAccess = m_runtime.enableAccess(),
        .disableAccess = m_runtime.disableAccess(),
        .storageClasses = m_runtime.storageClasses(),
        .usage = countedUsage(m_streams, m_consumers),
        .cluster = m_cluster,
        .isAccessKnown = m_runtime.isAccessKnown(),
        .access = m_runtime.access(),
        .nodes = m_runtime.schedulableNodes(),
        .protection = protection.state(),
        .kubectl = m_kubectl,
        .archiveAccess = protection.state().archived ? protection.unarchiveAccess() : m_runtime.archiveAccess(),
        .undoArchiveAccess = protection.undoAccess(),
    });
    tellIfLost();
    tellIfDisabledAfterAll();
}

void SettingsPage::send(Pending<void> request, Report report)
{
    m_request = std::move(request);
    m_sentAt = m_clock.monotonic();
    m_isDisableUnanswered = false;
    Q_EMIT warned({});
    m_view->setSending(true);
    tick();
    m_request.then(this, [this, report](const Result<void> &outcome) {
        m_tick.drop();
        m_view->setSending(false);
        (this->*report)(outcome);
    });
}

void SettingsPage::tick()
{
    m_view->setWaited(std::chrono::duration_cast<std::chrono::seconds>(m_clock.monotonic() - m_sentAt));
    m_tick = m_clock.sleep(std::chrono::seconds(1));
    m_tick.then(this, [this](const Result<void> &) { tick(); });
}

void SettingsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_nextLook.isAsked())
        lookAtNodes();
}

void SettingsPage::lookAtNodes()
{
    if (!isVisible())
        return;
    m_runtime.lookAtNodes();
    m_nextLook = m_clock.sleep(nodesEvery);
    m_nextLook.then(this, [this](const Result<void> &) { lookAtNodes(); });
}

bool SettingsPage::isToldEverywhere(const QString &what, const Result<void> &outcome)
{
    if (outcome || !isUnanswered(outcome.error()))
        return false;
    Q_EMIT warned(
        tr("%1: %2 Should the request arrive after all, Overview shows it.").arg(what, outcome.error().summary));
    return true;
}

void SettingsPage::reportEnable(const Result<void> &outcome)
{
    const bool isOver = !outcome && (outcome.error().kind == Error::Kind::Conflict || outcome.error().isTransient());
    m_refusal = isOver ? std::optional(outcome.error()) : std::nullopt;
    if (!isToldEverywhere(tr("NATS was not enabled"), outcome))
        m_view->setEnableOutcome(outcome);
    tellIfLost();
}

void SettingsPage::reportChange(const Result<void> &outcome)
{
    const bool isTold = isToldEverywhere(tr("NATS was not changed"), outcome);
    m_view->setChangeOutcome(isTold ? Result<void>() : outcome);
}

void SettingsPage::reportDisable(const Result<void> &outcome)
{
    m_isDisableUnanswered = isToldEverywhere(tr("NATS was not disabled"), outcome);
    m_view->setDisableOutcome(m_isDisableUnanswered ? Result<void>() : outcome);
    tellIfDisabledAfterAll();
}

void SettingsPage::showArchive()
{
    m_view->showArchive();
}

void SettingsPage::reportArchive(const Result<void> &outcome)
{
    m_view->setArchiveOutcome(outcome);
}

/// Where a runtime comes to be in spite of the refusal, its card goes, and the refusal with it.
void SettingsPage::tellIfLost()
{
    const RuntimeStatus &status = m_runtime.status();
    if (!m_refusal || status.phase == RuntimePhase::Absent)
        return;
    const Error refusal = *std::exchange(m_refusal, std::nullopt);
    Q_EMIT warned(refusal.kind == Error::Kind::Conflict
            ? refusal.summary
            : tr("Enable NATS was given up here: %1 What runs now is what %2 asked for; it may have another password "
                 "and other settings.")
                  .arg(refusal.summary, status.requestedBy));
}

/// A server that was frozen may carry out what it was asked when nobody waits for its answer any more.
void SettingsPage::tellIfDisabledAfterAll()
{
    const RuntimePhase phase = m_runtime.status().phase;
    const bool isDisabled = phase == RuntimePhase::Deleting || phase == RuntimePhase::Absent;
    if (m_isDisableUnanswered && isDisabled) {
        m_isDisableUnanswered = false;
        Q_EMIT warned({});
    }
}

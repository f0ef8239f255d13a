// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/settingspage.h"

#include "services/messaging/consumerservice.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/streamservice.h"
#include "services/messaging/usagecount.h"
#include "widgets/settings/settingsview.h"

#include <QVBoxLayout>

SettingsPage::SettingsPage(RuntimeService &runtime, StreamService &streams, ConsumerService &consumers,
    const QString &cluster, QWidget *parent)
    : QWidget(parent)
    , m_runtime(runtime)
    , m_streams(streams)
    , m_consumers(consumers)
    , m_cluster(cluster)
    , m_view(new SettingsView(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    connect(m_view, &SettingsView::overviewRequested, this, &SettingsPage::overviewRequested);
    connect(m_view, &SettingsView::enableRequested, this,
        [this](const EnableRequest &request) { send(m_runtime.enable(request), &SettingsView::setEnableOutcome); });
    connect(m_view, &SettingsView::changeRequested, this,
        [this](const RuntimeSpec &spec) { send(m_runtime.change(spec), &SettingsView::setChangeOutcome); });
    connect(m_view, &SettingsView::disableRequested, this, [this](const RuntimeIdentity &confirmed) {
        send(m_runtime.disable(confirmed), &SettingsView::setDisableOutcome);
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

void SettingsPage::renew()
{
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
        .nodes = m_runtime.schedulableNodes(),
    });
}

void SettingsPage::send(Pending<void> request, Report report)
{
    m_request = std::move(request);
    m_view->setSending(true);
    m_request.then(this, [this, report](const Result<void> &outcome) {
        m_view->setSending(false);
        (m_view->*report)(outcome);
    });
}

// SPDX-License-Identifier: GPL-3.0-or-later
// What of Workspace is about a NATS that Pennant did not make.
#include "app/topline.h"
#include "app/workspace.h"
#include "app/workspacebanners.h"
#include "services/messaging/consumerservice.h"
#include "services/messaging/foreignmessaging.h"
#include "services/messaging/foreignruntime.h"
#include "services/messaging/messaging.h"
#include "services/messaging/monitoredjetstream.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/streamservice.h"

void Workspace::openForeign(const ForeignServer &server)
{
    takeForeign(m_messaging.openForeign(server));
    m_topLine->setForeign(server.place(), server.readOnlyReason());
    followForeign();
    renewAll();
    Q_EMIT shownRuntimeChanged();
    setCurrentTab(Tab::Overview);
}

void Workspace::closeForeign()
{
    takeForeign(nullptr);
    m_topLine->setForeign({}, {});
    renewAll();
    Q_EMIT shownRuntimeChanged();
    setCurrentTab(Tab::Overview);
}

/// In place of the one before.
void Workspace::takeForeign(std::unique_ptr<ForeignMessaging> foreign)
{
    for (QWidget *&page : m_foreignPages)
        delete std::exchange(page, nullptr);
    m_foreign = std::move(foreign);
}

void Workspace::followForeign()
{
    connect(&m_foreign->runtime(), &ForeignRuntime::statusChanged, this, &Workspace::renewStatus);
    connect(&m_foreign->runtime(), &ForeignRuntime::freshnessChanged, this, &Workspace::renewFreshness);
    connect(&m_foreign->runtime(), &ForeignRuntime::attemptFailed, m_banners, &WorkspaceBanners::noteAttemptFailed);
    connect(&m_foreign->jetStream().accounts(), &AccountSource::accountsChanged, this, &Workspace::renewCounts);
    connect(&m_foreign->streams(), &StreamService::snapshotChanged, this, &Workspace::renewCounts);
    connect(&m_foreign->consumers(), &ConsumerService::snapshotChanged, this, &Workspace::renewCounts);
}

RuntimeSource &Workspace::shownRuntime() const
{
    if (m_foreign)
        return m_foreign->runtime();
    return m_messaging.runtime();
}

StreamService &Workspace::shownStreams() const
{
    return m_foreign ? m_foreign->streams() : m_messaging.streams();
}

ConsumerService &Workspace::shownConsumers() const
{
    return m_foreign ? m_foreign->consumers() : m_messaging.consumers();
}

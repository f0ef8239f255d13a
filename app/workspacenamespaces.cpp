// SPDX-License-Identifier: GPL-3.0-or-later
// What of Workspace is about the namespaces of the cluster that have a runtime.
#include "app/namespacebutton.h"
#include "app/topline.h"
#include "app/workspace.h"
#include "app/workspacebanners.h"
#include "services/base/clock.h"
#include "services/messaging/clustersurvey.h"
#include "services/messaging/foreignmessaging.h"
#include "services/messaging/messaging.h"
#include "services/messaging/runtimeservice.h"

namespace {

constexpr std::chrono::milliseconds elsewhereEvery = std::chrono::minutes(1);

} // namespace

QStringList Workspace::elsewhere() const
{
    const RuntimeService &runtime = m_messaging.runtime();
    const bool isNoneHere = !m_foreign // which is looked at on purpose
        && runtime.freshness().state != Freshness::State::Syncing && runtime.status().phase == RuntimePhase::Absent;
    QStringList others = m_messaging.survey().runtimeNamespaces().value_or(QStringList());
    others.removeAll(m_messaging.options().nameSpace); // as it was before
    return isNoneHere ? others : QStringList();
}

void Workspace::renewNameSpaces()
{
    const RuntimeService &runtime = m_messaging.runtime();
    const bool isNoneHere =
        runtime.freshness().state == Freshness::State::Live && runtime.status().phase == RuntimePhase::Absent;
    m_topLine->nameSpace()->setFound(m_messaging.survey().runtimeNamespaces().value_or(QStringList()), isNoneHere);
    m_banners->setElsewhere(m_messaging.options().nameSpace, elsewhere());
    followElsewhere();
}

void Workspace::followElsewhere()
{
    if (!isVisible() || elsewhere().isEmpty() || m_nextLook.isAsked())
        return;
    m_nextLook = m_clock.sleep(elsewhereEvery);
    m_nextLook.then(this, [this](const Result<void> &) {
        m_nextLook.drop();
        m_messaging.survey().look();
        followElsewhere();
    });
}

void Workspace::leadElsewhere()
{
    const QStringList others = elsewhere();
    if (others.size() == 1)
        Q_EMIT nameSpaceChosen(others.first());
    else
        m_topLine->nameSpace()->openMenu();
}

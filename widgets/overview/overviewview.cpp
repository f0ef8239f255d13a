// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/overviewview.h"

#include "widgets/common/banner.h"
#include "widgets/common/card.h"
#include "widgets/common/columns.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/phasewords.h"
#include "widgets/common/runtimegate.h"
#include "widgets/common/scrollpage.h"
#include "widgets/common/steprail.h"
#include "widgets/common/unanswered.h"
#include "widgets/common/words.h"
#include "widgets/connection/connectioncard.h"
#include "widgets/overview/lifecyclecard.h"
#include "widgets/overview/nextcard.h"
#include "widgets/overview/normalwait.h"
#include "widgets/overview/onboarding.h"
#include "widgets/overview/otherserverscard.h"
#include "widgets/overview/podscard.h"
#include "widgets/overview/runtimecard.h"
#include "widgets/overview/usagecard.h"

#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace {

/// In a narrower window the connection card could not show an address whole beside the other cards.
constexpr int leastForTwoColumns = 940;

/// One line for each way in which pods are down: a node that fails takes all of its pods along for one reason.
QString podsDownText(const QList<RuntimePod> &pods)
{
    QList<std::pair<QString, QStringList>> lines;
    for (const RuntimePod &pod : pods) {
        if (pod.ready)
            continue;
        const QString state = podStateText(pod);
        const QString why = pod.reason.isEmpty() ? state : OverviewView::tr("%1. %2").arg(state, breakable(pod.reason));
        const auto same =
            std::find_if(lines.begin(), lines.end(), [&why](const auto &line) { return line.first == why; });
        if (same == lines.end())
            lines.append({why, {pod.name}});
        else
            same->second.append(pod.name);
    }
    QStringList texts;
    for (const auto &[why, names] : lines)
        texts.append(OverviewView::tr("%1: %2").arg(names.join(QStringLiteral(", ")), why));
    return texts.join(u'\n');
}

/// That the whole cluster is out of reach stands above every tab; what was read of the accounts before is still shown.
std::optional<Error> accountsProblemToTell(const OverviewState &state)
{
    const bool isTold = state.freshness.state != Freshness::State::Live;
    return isTold ? std::nullopt : state.accountsProblem;
}

} // namespace

OverviewView::OverviewView(QWidget *parent)
    : QWidget(parent)
    , m_unanswered(new Banner)
    , m_page(new ScrollPage)
    , m_unknown(new EmptyState)
    , m_absent(new EmptyState)
    , m_others(new OtherServersCard)
    , m_rail(new StepRail)
    , m_podsDown(new InlineMessage)
    , m_columns(new Columns(3, 2, leastForTwoColumns))
    , m_lifecycle(new LifecycleCard)
    , m_connection(new ConnectionCard)
    , m_pods(new PodsCard)
    , m_usage(new UsageCard)
    , m_runtime(new RuntimeCard)
    , m_next(new NextCard)
{
    m_unanswered->setObjectName(QStringLiteral("unansweredBanner"));
    m_unknown->setObjectName(QStringLiteral("overviewUnknownState"));
    m_others->setObjectName(QStringLiteral("otherServersCard"));
    m_rail->setObjectName(QStringLiteral("onboardingStepRail"));
    m_podsDown->setObjectName(QStringLiteral("podsDownMessage"));
    m_absent->setObjectName(QStringLiteral("overviewAbsentState"));
    // not the letter that Settings, to which this leads, enables by: whoever holds the key would press both
    m_absent->setAction(tr("Ena&ble NATS"));
    m_absent->actionButton()->setAccessibleName(tr("Enable NATS"));
    m_absent->actionButton()->setObjectName(QStringLiteral("overviewEnableButton"));
    layOut();
    connect(m_absent, &EmptyState::actionTriggered, this, &OverviewView::enableRequested);
    connect(m_lifecycle, &LifecycleCard::retryRequested, this, &OverviewView::retryRequested);
    connect(m_podsDown, &InlineMessage::actionTriggered, this, &OverviewView::retryRequested);
    connect(m_next, &NextCard::streamsRequested, this, &OverviewView::streamsRequested);
    connect(m_next, &NextCard::settingsRequested, this, &OverviewView::settingsRequested);
    connect(m_next, &NextCard::consumersRequested, this, &OverviewView::consumersRequested);
    connect(m_others, &OtherServersCard::openRequested, this, &OverviewView::foreignRequested);
    connect(m_runtime, &RuntimeCard::settingsRequested, this, &OverviewView::settingsRequested);
    setState({});
}

void OverviewView::layOut()
{
    m_columns->first()->addWidget(m_lifecycle);
    m_columns->first()->addWidget(m_connection);
    m_columns->second()->addWidget(m_pods);
    m_columns->second()->addWidget(m_next);
    m_columns->second()->addWidget(m_usage);
    m_columns->second()->addWidget(m_runtime);
    m_page->body()->addWidget(m_rail);
    m_page->body()->addWidget(m_podsDown);
    m_page->body()->addWidget(m_unknown, 1);
    m_page->body()->addWidget(m_absent, 1);
    m_page->body()->addWidget(m_columns);
    m_page->body()->addWidget(m_others);
    m_page->body()->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_unanswered);
    layout->addWidget(m_page);
}

void OverviewView::setState(const OverviewState &state)
{
    m_freshness = state.freshness;
    m_others->setServers(state.others);
    placeOthers(state.status.phase == RuntimePhase::Absent);
    if (state.freshness.state == Freshness::State::Syncing || !state.viewAccess.allowed) {
        tellWhyUnknown(state);
        showOnly(m_unknown);
        m_rail->hide();
        m_podsDown->hide();
    } else {
        showOnly(state.status.phase == RuntimePhase::Absent ? m_absent : nullptr);
        renewCards(state);
    }
}

/// Beside Enable it is what a person has to know first; afterwards it is the least of all.
void OverviewView::placeOthers(bool isFirst)
{
    QVBoxLayout *body = m_page->body();
    const int place = isFirst ? body->indexOf(m_podsDown) + 1 : body->count() - 2; // before the stretch
    if (body->indexOf(m_others) != place)
        body->insertWidget(place, m_others);
}

void OverviewView::showOnly(EmptyState *state)
{
    m_unknown->setVisible(state == m_unknown);
    m_absent->setVisible(state == m_absent);
    m_columns->setVisible(!state);
}

void OverviewView::tellWhyUnknown(const OverviewState &state)
{
    const RuntimeGate gate = unknownGate(state.freshness, state.viewAccess, state.isAccessKnown);
    m_unknown->setContent(gate.icon, gate.title, gate.text);
    m_unknown->setGrant(state.viewGrant, state.viewAccess.reason);
    if (state.freshness.state == Freshness::State::Syncing && state.freshness.why.isEmpty())
        tellHowLongItIsRead();
}

void OverviewView::tellHowLongItIsRead()
{
    m_unknown->setContent(Icons::Name::Server, tr("The cluster is being read"), firstAnswerText(m_freshness, m_now));
}

void OverviewView::renewCards(const OverviewState &state)
{
    const RuntimePhase phase = state.status.phase;
    const bool isServing = phase == RuntimePhase::Ready || phase == RuntimePhase::Updating;
    const bool isUsageKnown = !state.usageSince || !state.status.isDegraded();
    const QList<StepRail::Step> steps = onboardingSteps(state.status, isUsageKnown ? state.usage : RuntimeUsage());
    m_rail->setSteps(steps);
    m_rail->setVisible(!steps.isEmpty());
    renewAttention(state);
    tellWhatIsAbsent(state.status);
    m_absent->setActionReason(state.enableAccess.reason);
    m_absent->setGrant(state.enableGrant, state.enableAccess.reason);
    m_lifecycle->setStatus(state.status);
    m_lifecycle->setArchived(state.archived);
    m_lifecycle->setRetryAccess(state.retryAccess);
    m_lifecycle->setVisible(phase != RuntimePhase::Ready);
    m_connection->setKubectl({state.context, state.kubeconfig});
    m_connection->setAccounts(state.accounts, accountsProblemToTell(state));
    m_connection->setRevealAccess(state.revealAccess, state.revealGrant);
    m_connection->setVisible(isServing);
    m_status = state.status;
    renewPods();
    m_pods->setVisible(!state.status.pods.isEmpty());
    m_usage->setUsage(state.usage, state.status.spec.value_or(RuntimeSpec{}), state.usageSince);
    m_usage->setVisible(isServing);
    m_runtime->setStatus(state.status);
    m_runtime->setVisible(isServing);
    m_next->setState(state);
}

void OverviewView::tellWhatIsAbsent(const RuntimeStatus &status)
{
    const QString offer =
        tr("Enable it once to get a shared NATS and JetStream runtime inside the cluster, with a first "
           "application account and its credential.");
    m_absent->setContent(Icons::Name::Server, tr("NATS is not enabled on this cluster"),
        status.unbegun ? unbegunText(*status.unbegun) : offer);
}

void OverviewView::renewAttention(const OverviewState &state)
{
    const RuntimeStatus &status = state.status;
    if (!status.isDegraded()) {
        m_podsDown->hide();
        return;
    }
    m_podsDown->setAction(status.deviation ? tr("Retry reconcile") : QString());
    if (status.deviation) {
        m_podsDown->showStanding(Tone::Warning,
            status.keptReason().isEmpty() ? tr("NATS was changed by hand") : tr("NATS is not as Pennant made it"),
            status.deviation->error.summary, status.deviation->error.detail);
        setAccess(m_podsDown->actionButton(), state.retryAccess);
    } else {
        const int ready = status.readyPods();
        m_podsDown->showStanding(status.isDown() ? Tone::Bad : Tone::Warning,
            status.isDown() ? tr("No pod is ready: clients can't connect")
                            : tr("%1 of %2 pods are ready").arg(ready).arg(status.wantedPods()),
            podsDownText(status.pods));
    }
}

void OverviewView::renewPods()
{
    const bool isStale = m_freshness.state == Freshness::State::Stale;
    const PodsCard::Reading live =
        isNormalWait(m_status, m_now) ? PodsCard::Reading::Starting : PodsCard::Reading::Live;
    m_pods->setPods(m_status.pods, m_status.wantedPods(), isStale ? PodsCard::Reading::Stale : live);
}

void OverviewView::setNow(const QDateTime &now)
{
    m_now = now;
    renewPods();
    m_lifecycle->setNow(now);
    if (m_freshness.state == Freshness::State::Syncing && m_freshness.why.isEmpty())
        tellHowLongItIsRead();
}

void OverviewView::setWaited(std::chrono::seconds waited)
{
    tellUnanswered(*m_unanswered, waited);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/runtimegate.h"

#include <QCoreApplication>

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("RuntimeGate", text);
}

QString progressText(const RuntimeStatus &status)
{
    const int step = status.currentStep();
    if (step == 0)
        return tr("%1 % done.").arg(status.percent());
    return tr("Step %1 of %2: %3.").arg(step).arg(status.steps.size()).arg(status.steps.at(step - 1).text());
}

RuntimeGate unreadGate()
{
    return {Icons::Name::Alert, tr("The cluster can't be read yet"), tr("The reason stands above every tab."), {}};
}

RuntimeGate absentGate(const Freshness &runtime, const QString &what, const QString &gone)
{
    if (runtime.state == Freshness::State::Syncing && runtime.why.isEmpty())
        return {Icons::Name::Clock, tr("Reading the cluster…"), {}, {}};
    if (runtime.state == Freshness::State::Syncing)
        return unreadGate();
    if (!gone.isEmpty())
        return goneGate(gone);
    return {Icons::Name::Server, tr("NATS is not enabled on this cluster"),
        tr("%1 live in the cluster's NATS runtime. Enable it in Settings first.").arg(what), tr("Go to Settings")};
}

} // namespace

RuntimeGate goneGate(const QString &gone)
{
    return {Icons::Name::Server, tr("This NATS is gone"), gone, tr("Back to Pennant's runtime")};
}

std::optional<RuntimeGate> runtimeGate(const RuntimeStatus &status, const Freshness &runtime, const Freshness &list,
    const QString &what, const QString &gone)
{
    switch (status.phase) {
    case RuntimePhase::Absent:
        return absentGate(runtime, what, gone);
    case RuntimePhase::Failed:
        return RuntimeGate{Icons::Name::Alert, tr("The NATS runtime has failed"),
            status.error ? status.error->summary : QString(), tr("Show what failed")};
    case RuntimePhase::Deleting:
        return RuntimeGate{
            Icons::Name::Server, tr("NATS is being disabled"), progressText(status), tr("Show the progress")};
    case RuntimePhase::Pending:
    case RuntimePhase::WaitingForPrerequisites:
    case RuntimePhase::Provisioning:
        return RuntimeGate{Icons::Name::Server, tr("The NATS runtime is not ready yet"), progressText(status),
            tr("Show the progress")};
    case RuntimePhase::Updating:
        return RuntimeGate{
            Icons::Name::Server, tr("NATS is being updated"), progressText(status), tr("Show the progress")};
    case RuntimePhase::Ready:
        break;
    }
    if (list.state == Freshness::State::Syncing)
        return RuntimeGate{Icons::Name::Clock, tr("%1 are being read…").arg(what), list.why, {}};
    if (list.state == Freshness::State::Stale)
        return RuntimeGate{Icons::Name::Alert, tr("%1 can't be read now").arg(what), list.why, {}};
    return std::nullopt;
}

RuntimeGate unknownGate(const Freshness &runtime, const Access &view, bool isAccessKnown)
{
    if (runtime.state == Freshness::State::Syncing && runtime.why.isEmpty())
        return {Icons::Name::Server, tr("The cluster is being read"), {}, {}};
    if (runtime.state == Freshness::State::Syncing)
        return unreadGate();
    if (!isAccessKnown)
        return {Icons::Name::Clock, tr("Checking permissions…"), {}, {}};
    return {Icons::Name::Lock, tr("The messaging plane can't be shown"), view.reason, {}};
}

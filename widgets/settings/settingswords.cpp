// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/settingswords.h"

#include "widgets/common/phasewords.h"
#include "widgets/common/unanswered.h"

#include <QCoreApplication>

namespace {

QString say(const char *source)
{
    return QCoreApplication::translate("SettingsView", source);
}

QString failedText(const SettingsState &state)
{
    if (!state.status.isNoVolumeBound)
        return say("Overview shows why and lets you retry. NATS can also be disabled.");
    return say(
        "Overview shows why and lets you retry. No volume is bound so far, so nothing is stored: where the storage "
        "class is wrong, disable NATS below, then enable it again with another one.");
}

} // namespace

QString operationText(const SettingsState &state)
{
    const bool mayDisable = state.disableAccess.allowed;
    if (state.status.phase == RuntimePhase::Failed)
        return mayDisable ? failedText(state) : say("Overview shows why, and whether it can be retried.");
    return mayDisable
        ? say("The settings can't be changed until it is done. Disable NATS gives it up and removes what is "
              "there by then.")
        : say("Nothing can be changed until it is done.");
}

QString lockReason(const SettingsState &state, const std::optional<std::chrono::seconds> &sent)
{
    if (sent && isUnanswered(*sent))
        return say("The API server has not answered the request for %1 s.").arg(sent->count());
    if (sent)
        return say("A request is being recorded in the cluster.");
    if (!state.writeAccess)
        return state.writeAccess.reason;
    if (state.status.isInProgress())
        return say("An operation on the runtime is under way.");
    if (state.status.phase == RuntimePhase::Failed)
        return state.status.isNoVolumeBound
            ? say("The last operation failed: retry it on Overview, or disable NATS and enable it with other settings.")
            : say("The last operation failed: retry it on Overview first.");
    return {};
}

QString noChangesText(const Protection &protection)
{
    if (protection.archived)
        return say("Changes are listed here once the cluster is unarchived.");
    return protection.access() ? say("Changes need write access to the cluster.")
                               : say("Changes are listed here where Pennant is not read-only.");
}

QString enableNote(const SettingsState &state, const Access &enable)
{
    if (enable && state.status.unbegun)
        return say("Nothing outside the namespace is changed. %1").arg(unbegunText(*state.status.unbegun));
    if (enable)
        return say("Nothing outside the namespace is changed.");
    return state.writeAccess ? enable.reason : say("Needs write access to the cluster.");
}

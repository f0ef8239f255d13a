// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/phasewords.h"

#include <QCoreApplication>
#include <QLocale>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("RuntimePhase", source);
}

} // namespace

QString phaseName(RuntimePhase phase)
{
    switch (phase) {
    case RuntimePhase::Absent:
        return text("Not enabled");
    case RuntimePhase::Pending:
        return text("Pending");
    case RuntimePhase::WaitingForPrerequisites:
        return text("Waiting for prerequisites");
    case RuntimePhase::Provisioning:
        return text("Provisioning");
    case RuntimePhase::Updating:
        return text("Updating");
    case RuntimePhase::Deleting:
        return text("Deleting");
    case RuntimePhase::Ready:
        return text("Ready");
    case RuntimePhase::Failed:
        return text("Failed");
    }
    return {};
}

Tone phaseTone(RuntimePhase phase)
{
    switch (phase) {
    case RuntimePhase::Absent:
        return Tone::Neutral;
    case RuntimePhase::Ready:
        return Tone::Good;
    case RuntimePhase::Failed:
        return Tone::Bad;
    case RuntimePhase::WaitingForPrerequisites:
    case RuntimePhase::Deleting:
        return Tone::Warning;
    case RuntimePhase::Pending:
    case RuntimePhase::Provisioning:
    case RuntimePhase::Updating:
        return Tone::Accent;
    }
    return Tone::Neutral;
}

QString unbegunText(const UnbegunEnable &unbegun)
{
    return text("%1 began to enable NATS (%2) and has come no further than the request: only there can it go on. "
                "Enabling NATS again replaces that request.")
        .arg(unbegun.requestedBy, QLocale().toString(unbegun.requestedAt.toLocalTime(), QLocale::ShortFormat));
}

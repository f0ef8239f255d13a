// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/freshness.h"
#include "services/domain/access.h"
#include "services/domain/runtime.h"
#include "widgets/common/icons.h"

#include <optional>

/// What stands in place of a tab that needs the runtime while there is nothing to show: what is missing, and the one
/// action that mends it (empty where there is none but to wait).
struct RuntimeGate {
    Icons::Name icon;
    QString title;
    QString text;
    QString action;
};

/// Of a runtime that is Absent and can't be enabled here: `gone` as RuntimeSource::goneText().
RuntimeGate goneGate(const QString &gone);

/// Nothing where the runtime is ready and the list is known to be empty. `what` is the tab's name ("Streams"), `list`
/// how fresh its list is, `gone` as in goneGate(): empty where an Absent one can be enabled.
std::optional<RuntimeGate> runtimeGate(const RuntimeStatus &status, const Freshness &runtime, const Freshness &list,
    const QString &what, const QString &gone = {});

/// What stands in place of a tab about the runtime itself while it isn't known, or a person may not see it. `runtime`
/// is how fresh its status is; `view` counts once `isAccessKnown`.
RuntimeGate unknownGate(const Freshness &runtime, const Access &view, bool isAccessKnown);

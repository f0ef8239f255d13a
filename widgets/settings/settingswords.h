// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/settings/settingsstate.h"

#include <QString>

#include <chrono>
#include <optional>

// What Settings says of the state that it shows.

/// What can be done while an operation is under way or after it failed: the same as the buttons let a person do.
QString operationText(const SettingsState &state);

/// Why nothing can be edited; empty: all can. `sent`: for how long a request has been on its way; nothing: none is.
QString lockReason(const SettingsState &state, const std::optional<std::chrono::seconds> &sent);

/// In place of a plan, where nothing may be changed: the reason is told elsewhere.
QString noChangesText(const Protection &protection);

/// What stands beside **Enable NATS**, which `enable` allows or not.
QString enableNote(const SettingsState &state, const Access &enable);

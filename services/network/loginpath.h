// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"

#include <QString>

/// PATH as a login shell has it, which is where people put what they install: a program that was started from a desktop
/// lacks it. Asks `shell` (a path) anew each time; empty where it does not answer in `limit` or says nothing of use.
/// Dropping it ends the shell. GUI thread.
Pending<QString> loginPath(const QString &shell, std::chrono::milliseconds limit);

/// Of the person who runs this program: SHELL, else what the system's user database says, else /bin/sh.
QString loginShell();

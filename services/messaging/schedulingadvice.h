// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// What the scheduler's `message` (of a pod's condition PodScheduled, "0/3 nodes are available: …") means and what to
/// do next, followed by its own words. Those alone where it says nothing that is known. Pure.
QString explainedScheduling(const QString &message);

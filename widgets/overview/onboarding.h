// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/steprail.h"
#include "widgets/overview/overviewstate.h"

/// The way from nothing to a first consumer: NATS runtime, First stream, First consumer. Empty once all three are done,
/// while it is not known whether they are, and while the runtime is down.
QList<StepRail::Step> onboardingSteps(const RuntimeStatus &status, const RuntimeUsage &usage);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/overview/overviewstate.h"

/// States of a runtime that no cluster is needed for: what the tabs' tests and the gallery show.
namespace MadeUp {

RuntimeSpec spec();
QList<StorageClass> storageClasses();
QList<Account> accounts();
RuntimeUsage usage();

OverviewState absent();
OverviewState waitingForPrerequisites();
/// Step 5 of 8, one pod waiting.
OverviewState provisioning();
OverviewState failed();
OverviewState ready();
OverviewState readyWithoutStreams();
OverviewState deleting();
OverviewState drivenElsewhere();
OverviewState stalled();
OverviewState notPermitted();
/// Names as long as the API allows, and a 5 kB error.
OverviewState overlong();

} // namespace MadeUp

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/runtime.h"

#include <QDateTime>

/// True while an operation has gone on for so short a time that pods which are not ready, not placed or without a
/// volume are to be expected (the cluster says so in its alarming words of every start). Never where a pod fails, nor
/// where it began after `now`: the clock of whoever asked is ahead, so how long it has gone on is not known.
bool isNormalWait(const RuntimeStatus &status, const QDateTime &now);

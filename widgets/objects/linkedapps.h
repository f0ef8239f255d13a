// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/suggestions.h"

class Workloads;

/// What a form offers where the workload is entered that a stream or consumer belongs to. Anything else may be typed.
struct LinkedApps {
    QList<Suggestions::Item> items;
    QString note; ///< below the field

    /// What is known by now; looks again where that is long ago.
    static LinkedApps of(Workloads &workloads);
};

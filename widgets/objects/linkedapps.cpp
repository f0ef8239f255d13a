// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/objects/linkedapps.h"

#include "services/messaging/workloads.h"

LinkedApps LinkedApps::of(Workloads &workloads)
{
    workloads.look();
    LinkedApps apps;
    for (const Workload &workload : workloads.all())
        apps.items.append({workload.text(), workload.kind});
    apps.note = workloads.gap().isEmpty()
        ? Suggestions::tr("The workload that it belongs to: namespace/name.")
        : Suggestions::tr("%1 Others can be typed: namespace/name.").arg(workloads.gap());
    return apps;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/normalwait.h"

#include "widgets/overview/podscard.h"

#include <algorithm>

namespace {

constexpr qint64 normalSeconds = 20;

}

bool isNormalWait(const RuntimeStatus &status, const QDateTime &now)
{
    if (!status.isInProgress() || status.phase == RuntimePhase::Deleting || !status.since.isValid() || !now.isValid())
        return false;
    const bool hasFailure = std::any_of(
        status.pods.cbegin(), status.pods.cend(), [](const RuntimePod &pod) { return podTone(pod) == Tone::Bad; });
    const qint64 age = status.since.secsTo(now);
    return !hasFailure && age >= 0 && age < normalSeconds;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/runtime.h"

#include <QJsonObject>
#include <QList>

/// A pod as the window shows it (core/v1 Pod): state and reason as `kubectl get pods` and `describe` would tell.
RuntimePod runtimePod(const QJsonObject &pod);

/// Why pods are not ready yet, in the cluster's own words: the scheduler's sentence, an image that can't be pulled, a
/// container that crashes, a claim that finds no volume. Empty when nothing is known to be wrong. `isHopeless` when
/// waiting alone won't mend it.
struct WaitReason {
    QString sentence;
    bool isHopeless = false;
};
WaitReason waitReason(
    const QList<QJsonObject> &pods, const QList<QJsonObject> &claims, const QList<QJsonObject> &events);

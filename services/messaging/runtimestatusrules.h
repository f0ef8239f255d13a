// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/runtime.h"
#include "services/messaging/runtimerecord.h"

#include <QJsonObject>
#include <QList>

#include <optional>

/// Everything that is known of a runtime from watching its cluster.
struct RuntimeObservation {
    QString nameSpace;
    std::optional<Result<RuntimeRecord>> record; ///< nothing: there is none
    QList<QJsonObject> pods;
    QList<QJsonObject> claims;
    QList<QJsonObject> events;
    QString driver; ///< who holds the Lease now
    bool isDrivenHere = false;
};

/// What it amounts to. Pure.
RuntimeStatus runtimeStatus(const RuntimeObservation &observation);

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

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/runtime.h"
#include "services/messaging/deviationrules.h"
#include "services/messaging/runtimerecord.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>

#include <optional>

/// Everything that is known of a runtime from watching its cluster.
struct RuntimeObservation {
    QString nameSpace;
    std::optional<Result<RuntimeRecord>> record; ///< nothing: there is none
    bool isRecordRead = false; ///< false: whether there is one is not known yet
    bool isRequestOverdue = false; ///< what it asks for has been seen for long enough to have begun, and has not
    QList<QJsonObject> pods;
    QList<QJsonObject> claims;
    QList<QJsonObject> events;
    RuntimeParts parts;
    QString driver; ///< who holds the Lease now; where Leases can't be read, who wrote the record last
    std::optional<QDateTime> silentUntil; ///< he is not heard of: when his Lease ends, UTC
    bool isDrivenHere = false;
};

/// The record where it is one that can be read and of something that has begun.
std::optional<RuntimeRecord> begunRecord(const RuntimeObservation &observation);

/// What it amounts to. Pure.
RuntimeStatus runtimeStatus(const RuntimeObservation &observation);

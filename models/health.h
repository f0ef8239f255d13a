// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cellroles.h"
#include "services/domain/consumer.h"

/// How well something is, in a word or a short sentence, and in a tone that goes with it.
struct Health {
    CellTone tone = CellTone::Neutral;
    QString text;

    bool operator==(const Health &) const = default;
};

/// Of its copies alone: "Ready", "2 of 3 current", "No leader", "Offline".
Health replicaHealthOf(const Stream &stream);
/// Of the whole: the same, or "Full: new messages are refused".
Health healthOf(const Stream &stream);
/// What holds it back at `now`; else "Caught up", "Between pulls", that nobody has pulled from it
/// so far, or "Delivering".
Health healthOf(const Consumer &consumer, const QDateTime &now);

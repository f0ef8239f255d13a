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

/// "Ready", "2 of 3 current", "No leader", "Offline".
Health healthOf(const Stream &stream);
/// What holds it back; else "Caught up" or "Delivering".
Health healthOf(const Consumer &consumer);

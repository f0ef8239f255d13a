// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/runtime.h"
#include "widgets/common/look.h"

/// The phase in words, as it stands on a badge ("Waiting for prerequisites").
QString phaseName(RuntimePhase phase);
Tone phaseTone(RuntimePhase phase);
/// That somebody began to ask for NATS, why nothing goes on with it, and what to do.
QString unbegunText(const UnbegunEnable &unbegun);

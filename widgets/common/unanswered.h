// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/freshness.h"

#include <chrono>

class Banner;

/// True once a request has waited for its answer for longer than an API server that is well takes.
bool isUnanswered(std::chrono::seconds waited);

/// Says in `banner` that a request sent to the API server is not answered so far and for how long; hides it while it
/// has not waited long. Announced once.
void tellUnanswered(Banner &banner, std::chrono::seconds waited);

/// For how long a cluster that was opened has not answered for the first time, where that is longer than usual and no
/// reason is known; else empty.
QString firstAnswerText(const Freshness &freshness, const QDateTime &now);

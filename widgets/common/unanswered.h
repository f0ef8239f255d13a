// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

class Banner;

/// True once a request has waited for its answer for longer than an API server that is well takes.
bool isUnanswered(std::chrono::seconds waited);

/// Says in `banner` that a request sent to the API server is not answered so far and for how long; hides it while it
/// has not waited long. Announced once.
void tellUnanswered(Banner &banner, std::chrono::seconds waited);

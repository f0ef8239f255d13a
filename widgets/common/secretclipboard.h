// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/secretstring.h"

#include <chrono>

/// How long a secret stays on the screen or the clipboard where nothing else is said.
constexpr std::chrono::milliseconds secretLife = std::chrono::seconds(30);

/// Puts a secret on the clipboard, marked so that clipboard managers don't keep it, and takes it off again after
/// `clearAfter` if nothing else was copied in between. The clipboard also empties when the program ends first.
void copySecret(const SecretString &secret, std::chrono::milliseconds clearAfter);

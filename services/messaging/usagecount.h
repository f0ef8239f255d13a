// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/runtimeusage.h"

class ConsumerService;
class StreamService;

/// What the streams and consumers that are known amount to; nothing of what has not been read yet.
RuntimeUsage countedUsage(const StreamService &streams, const ConsumerService &consumers);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/domain/access.h"
#include "services/nats/jetstreamapi.h"

#include <memory>

class Clock;
class JetStreamChanges;

/// Lets the leader of the stream or consumer that was `seen` step down, and answers which copy leads then. A Conflict
/// where another led it already; a Timeout where it is not known. `changes` and `clock` must outlive it.
Flow<QString> handOver(JetStreamChanges *changes, Clock *clock, std::shared_ptr<JetStreamApi> api, Stream seen);
Flow<QString> handOver(JetStreamChanges *changes, Clock *clock, std::shared_ptr<JetStreamApi> api, Consumer seen);

/// Whether another copy could lead it, as far as its copies go.
Access handOverAccess(const Stream &stream);
Access handOverAccess(const Consumer &consumer);

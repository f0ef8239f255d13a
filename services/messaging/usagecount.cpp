// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/usagecount.h"

#include "services/messaging/consumerservice.h"
#include "services/messaging/streamservice.h"

RuntimeUsage countedUsage(const StreamService &streams, const ConsumerService &consumers)
{
    RuntimeUsage usage;
    if (streams.freshness().state != Freshness::State::Syncing)
        usage.countStreams(streams.streams());
    if (consumers.freshness().state != Freshness::State::Syncing)
        usage.consumers = int(consumers.consumers().size());
    return usage;
}

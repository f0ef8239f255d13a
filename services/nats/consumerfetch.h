// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/domain/fetchedmessage.h"
#include "services/nats/jetstreamapi.h"

#include <memory>

/// What is asked of a pull consumer.
struct FetchRequest {
    QString stream;
    QString consumer;
    QString group; ///< the priority group that is asked for; empty where the consumer has none
    int most = 1; ///< messages
    qint64 mostBytes = 96 * 1024 * 1024; ///< of all of them: less than waits untaken here, more than the largest one
    std::chrono::milliseconds expires = std::chrono::seconds(1);

    /// The same within what the consumer of that configuration takes (`max_bytes`, `max_expires`).
    FetchRequest within(const QJsonObject &config) const;
};

/// What a pull consumer has to deliver (JetStream API, `CONSUMER.MSG.NEXT`): what is there at once, or else what comes
/// before it expires. A server says nothing at all where a consumer may deliver no more, but that it has expired.
/// Nothing is acknowledged: the messages count as delivered, and go to whoever pulls once their ack wait is over.
/// Empty: there is nothing. What goes wrong once some came is told beside them; Timeout: whether any came on their way
/// is not known.
Flow<Fetched> fetchNext(std::shared_ptr<JetStreamApi> api, FetchRequest request);

/// The same with the payloads that the consumer has left out (`headers_only`), as the stream has them: what it has no
/// more stays as it came. Stops where one can't be read, and says so.
Flow<Fetched> withBodies(std::shared_ptr<JetStreamApi> api, QString stream, Fetched fetched);

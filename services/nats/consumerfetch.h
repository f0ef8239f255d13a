// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/domain/fetchedmessage.h"
#include "services/nats/jetstreamapi.h"

#include <memory>

/// What a pull consumer has to deliver at once, `most` messages of it (JetStream API, `CONSUMER.MSG.NEXT`). Nothing is
/// acknowledged: they count as delivered, and go to whoever pulls once their ack wait is over. Empty: there is nothing.
Flow<QList<FetchedMessage>> fetchNext(std::shared_ptr<JetStreamApi> api, QString stream, QString consumer, int most);

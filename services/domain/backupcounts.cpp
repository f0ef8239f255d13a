// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/backupcounts.h"

#include <algorithm>

BackupCounts BackupCounts::of(const QJsonObject &state)
{
    const auto number = [&state](const char *key) {
        return std::max<qint64>(state.value(QLatin1String(key)).toInteger(), 0);
    };
    return {quint64(number("messages")), {number("bytes")}, quint64(number("first_seq")), quint64(number("last_seq")),
        state.value(QLatin1String("consumer_count")).toInt()};
}

BackupCounts BackupCounts::of(const Stream &stream)
{
    return {stream.messages, stream.bytes, stream.firstSequence, stream.lastSequence, stream.consumerCount};
}

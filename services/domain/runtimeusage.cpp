// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/runtimeusage.h"

ByteCount maxFileStore(int storageGibibytes)
{
    return {ByteCount::gibibytes(storageGibibytes).bytes / 100 * 85};
}

void RuntimeUsage::countStreams(const QList<Stream> &all)
{
    streams = int(all.size());
    messages = 0;
    bytes = ByteCount{};
    consumers = 0;
    for (const Stream &stream : all) {
        *messages += stream.messages;
        bytes->bytes += stream.bytes.bytes;
        if (stream.isOffline)
            consumers.reset();
        else if (consumers)
            *consumers += stream.consumerCount;
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/bytecount.h"
#include "services/domain/stream.h"

#include <optional>

/// What JetStream may store on a volume of that many Gi, for `max_file_store`: 85 %, so that the limit is reached
/// before the disk is full (a full disk stops a server for good, a limit only refuses).
ByteCount maxFileStore(int storageGibibytes);

/// What the runtime is used for. Nothing: not known yet.
struct RuntimeUsage {
    std::optional<int> accounts;
    std::optional<int> streams;
    std::optional<int> consumers;
    std::optional<quint64> messages;
    std::optional<ByteCount> bytes;

    bool operator==(const RuntimeUsage &) const = default;

    /// Sets streams, messages and bytes, and consumers where every stream says how many it has.
    void countStreams(const QList<Stream> &all);
};

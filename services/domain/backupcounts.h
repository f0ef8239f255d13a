// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/stream.h"

/// What a stream held when it was backed up, by which what is restored is judged.
struct BackupCounts {
    quint64 messages = 0;
    ByteCount bytes;
    quint64 firstSequence = 0;
    quint64 lastSequence = 0;
    int consumers = 0;

    /// Of a `state` as in STREAM.INFO.
    static BackupCounts of(const QJsonObject &state);
    static BackupCounts of(const Stream &stream);

    bool operator==(const BackupCounts &) const = default;
};

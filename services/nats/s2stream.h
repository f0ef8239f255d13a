// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"

#include <QByteArray>

/// Reads a stream in S2's or Snappy's framing format, as nats-server writes its snapshots, piece by piece: each frame
/// is decompressed and compared with its checksum. Holds one frame at a time (4 MiB), whatever the stream's size. For
/// one thread at a time. https://github.com/google/snappy/blob/main/framing_format.txt,
/// https://github.com/klauspost/compress/tree/master/s2
class S2Stream final {
public:
    /// The next piece, of any size. Protocol where it can't be part of such a stream; then it is not to be used any
    /// more.
    Result<void> feed(const QByteArray &piece);
    /// At the end: Protocol where the stream breaks off.
    Result<void> finish() const;

    /// What it holds, so far.
    qint64 uncompressedBytes() const { return m_uncompressed; }
    /// The first few bytes of what it holds.
    const QByteArray &beginning() const { return m_beginning; }

private:
    bool readFrame(int type, const uchar *data, qsizetype size);
    bool adopt(const uchar *data, qsizetype size, quint32 checksum);

    QByteArray m_rest; ///< of a frame that has begun
    QByteArray m_block;
    QByteArray m_beginning;
    qint64 m_uncompressed = 0;
    bool m_isBegun = false;
};

/// One compressed block into `plain`, which has the size that the block says; false where it makes no sense.
bool decompressS2(const uchar *data, qsizetype size, QByteArray &plain);
/// CRC-32C (Castagnoli).
quint32 crc32c(const uchar *data, qsizetype size);

/// The same of something that comes in pieces.
class Crc32c final {
public:
    void add(const QByteArray &piece);
    quint32 value() const { return ~m_state; }

private:
    quint32 m_state = 0xffffffffU;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/s2stream.h"

#include <QCoreApplication>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <cstring>

namespace {

constexpr qsizetype headerSize = 4;
constexpr qsizetype checksumSize = 4;
constexpr qint64 largestBlock = 4 * 1024 * 1024;
constexpr qsizetype largestFrame = largestBlock + largestBlock / 6 + 64;
constexpr qsizetype beginningSize = 16;

enum Frame { Compressed = 0x00, Plain = 0x01, FirstSkippable = 0x80, Identifier = 0xff };

tl::unexpected<Error> broken()
{
    return fail(Error::Kind::Protocol,
        QCoreApplication::translate("StreamBackup", "The archive is damaged: its checksums don't fit what it holds."));
}

using CrcTables = std::array<std::array<quint32, 256>, 8>;

CrcTables crcTables()
{
    CrcTables tables{};
    for (quint32 i = 0; i < 256; ++i) {
        quint32 value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = (value >> 1) ^ (value & 1 ? 0x82f63b78U : 0U);
        tables[0][i] = value;
    }
    for (std::size_t table = 1; table < tables.size(); ++table) {
        for (std::size_t i = 0; i < 256; ++i)
            tables[table][i] = (tables[table - 1][i] >> 8) ^ tables[0][tables[table - 1][i] & 0xff];
    }
    return tables;
}

quint32 continued(quint32 crc, const uchar *data, qsizetype size)
{
    static const CrcTables tables = crcTables();
    for (; size >= 8; size -= 8, data += 8) {
        const quint32 low = qFromLittleEndian<quint32>(data) ^ crc;
        const quint32 high = qFromLittleEndian<quint32>(data + 4);
        crc = tables[7][low & 0xff] ^ tables[6][low >> 8 & 0xff] ^ tables[5][low >> 16 & 0xff] ^ tables[4][low >> 24]
            ^ tables[3][high & 0xff] ^ tables[2][high >> 8 & 0xff] ^ tables[1][high >> 16 & 0xff]
            ^ tables[0][high >> 24];
    }
    for (; size > 0; --size, ++data)
        crc = (crc >> 8) ^ tables[0][(crc ^ *data) & 0xff];
    return crc;
}

quint32 masked(quint32 crc)
{
    return ((crc >> 15) | (crc << 17)) + 0xa282ead8U;
}

quint32 littleEndian(const uchar *data, qsizetype bytes)
{
    quint32 value = 0;
    for (qsizetype i = 0; i < bytes; ++i)
        value |= quint32(data[i]) << (8 * i);
    return value;
}

/// Reads one block; every step looks whether there is as much as it says.
class Block {
public:
    Block(const uchar *data, qsizetype size)
        : m_data(data)
        , m_end(data + size)
    {
    }

    /// The size of what the block holds; nothing where that makes no sense.
    std::optional<quint64> size()
    {
        quint64 value = 0;
        for (int shift = 0; shift < 35 && m_data < m_end; shift += 7) {
            const uchar byte = *m_data++;
            value |= quint64(byte & 0x7f) << shift;
            if (byte < 0x80)
                return value;
        }
        return std::nullopt;
    }

    bool readInto(QByteArray &plain)
    {
        m_begin = m_to = plain.data();
        m_limit = m_to + plain.size();
        while (m_data < m_end) {
            const int tag = *m_data++;
            const bool isRead = (tag & 3) == 0 ? readLiteral(tag >> 2) : readCopy(tag);
            if (!isRead)
                return false;
        }
        return m_to == m_limit;
    }

private:
    bool number(qsizetype bytes, quint32 &value)
    {
        if (m_end - m_data < bytes)
            return false;
        value = littleEndian(m_data, bytes);
        m_data += bytes;
        return true;
    }

    bool readLiteral(int code)
    {
        quint32 less = quint32(code);
        if (code >= 60 && !number(code - 59, less))
            return false;
        const qint64 length = qint64(less) + 1;
        if (length > m_end - m_data || length > m_limit - m_to)
            return false;
        std::memcpy(m_to, m_data, std::size_t(length));
        m_data += length;
        m_to += length;
        return true;
    }

    bool readCopy(int tag)
    {
        if ((tag & 3) == 1)
            return readShortCopy(tag);
        return number((tag & 3) == 2 ? 2 : 4, m_offset) && copy((tag >> 2) + 1);
    }

    /// Without an offset it goes on with the one before, which is what S2 added to Snappy.
    bool readShortCopy(int tag)
    {
        quint32 low = 0;
        if (!number(1, low))
            return false;
        const quint32 offset = quint32(tag & 0xe0) << 3 | low;
        const int code = tag >> 2 & 7;
        if (offset != 0) {
            m_offset = offset;
            return copy(code + 4);
        }
        quint32 more = 0;
        if (code >= 5 && !number(code - 4, more))
            return false;
        constexpr qint64 added[]{0, 1, 2, 3, 4, 4, 1 << 8, 1 << 16};
        return copy(added[code] + more + 4);
    }

    bool copy(qint64 length)
    {
        if (m_offset == 0 || qint64(m_offset) > m_to - m_begin || length > m_limit - m_to)
            return false;
        const char *from = m_to - m_offset;
        if (qint64(m_offset) >= length)
            std::memcpy(m_to, from, std::size_t(length));
        else
            for (qint64 i = 0; i < length; ++i)
                m_to[i] = from[i]; // they overlap: byte by byte, so that it repeats
        m_to += length;
        return true;
    }

    const uchar *m_data;
    const uchar *m_end;
    char *m_begin = nullptr;
    char *m_to = nullptr;
    char *m_limit = nullptr;
    quint32 m_offset = 0;
};

} // namespace

quint32 crc32c(const uchar *data, qsizetype size)
{
    return ~continued(0xffffffffU, data, size);
}

void Crc32c::add(const QByteArray &piece)
{
    m_state = continued(m_state, reinterpret_cast<const uchar *>(piece.constData()), piece.size());
}

bool decompressS2(const uchar *data, qsizetype size, QByteArray &plain)
{
    Block block(data, size);
    const auto plainSize = block.size();
    if (!plainSize || *plainSize > quint64(largestBlock))
        return false;
    plain.resize(qsizetype(*plainSize));
    return block.readInto(plain);
}

Result<void> S2Stream::feed(const QByteArray &piece)
{
    m_rest.append(piece);
    const auto *data = reinterpret_cast<const uchar *>(m_rest.constData());
    qsizetype at = 0;
    while (m_rest.size() - at >= headerSize) {
        const int type = data[at];
        const auto size = qsizetype(littleEndian(data + at + 1, 3));
        if (size > largestFrame && type < FirstSkippable)
            return broken();
        if (m_rest.size() - at - headerSize < size)
            break;
        if (!readFrame(type, data + at + headerSize, size))
            return broken();
        at += headerSize + size;
    }
    m_rest.remove(0, at);
    return {};
}

Result<void> S2Stream::finish() const
{
    if (m_isBegun && m_rest.isEmpty())
        return {};
    return fail(
        Error::Kind::Protocol, QCoreApplication::translate("StreamBackup", "The archive breaks off before its end."));
}

bool S2Stream::readFrame(int type, const uchar *data, qsizetype size)
{
    if (type == Identifier) {
        const QByteArray name(reinterpret_cast<const char *>(data), size);
        m_isBegun = name == "S2sTwO" || name == "sNaPpY";
        return m_isBegun;
    }
    if (!m_isBegun || (type > Plain && type < FirstSkippable))
        return false;
    if (type >= FirstSkippable)
        return true;
    if (size < checksumSize)
        return false;
    const quint32 checksum = littleEndian(data, checksumSize);
    data += checksumSize;
    size -= checksumSize;
    if (type == Plain)
        return adopt(data, size, checksum);
    return decompressS2(data, size, m_block)
        && adopt(reinterpret_cast<const uchar *>(m_block.constData()), m_block.size(), checksum);
}

bool S2Stream::adopt(const uchar *data, qsizetype size, quint32 checksum)
{
    if (masked(crc32c(data, size)) != checksum)
        return false;
    if (m_beginning.size() < beginningSize)
        m_beginning.append(reinterpret_cast<const char *>(data), std::min(size, beginningSize - m_beginning.size()));
    m_uncompressed += size;
    return true;
}

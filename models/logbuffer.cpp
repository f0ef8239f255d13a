// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logbuffer.h"

#include <algorithm>
#include <array>
#include <utility>

namespace {

constexpr qsizetype largestBlock = 256 * 1024;
constexpr qsizetype blocksToTheLimit = 64; ///< so that little more than the limit asks for is dropped at once
constexpr qsizetype markSearchedIn = 64; ///< "[4194304] 2026/11/23 09:41:10.000000 [INF] " fits

constexpr std::array<std::pair<const char *, LogSeverity>, 6> marks{{
    {"INF", LogSeverity::Info},
    {"WRN", LogSeverity::Warning},
    {"ERR", LogSeverity::Error},
    {"FTL", LogSeverity::Fatal},
    {"DBG", LogSeverity::Debug},
    {"TRC", LogSeverity::Trace},
}};

} // namespace

LogMark markOf(QByteArrayView line)
{
    const QByteArrayView head = line.first(std::min(line.size(), markSearchedIn));
    for (qsizetype open = head.indexOf('['); open >= 0; open = head.indexOf('[', open + 1)) {
        if (open + 4 >= head.size() || head[open + 4] != ']')
            continue;
        const QByteArrayView word = head.sliced(open + 1, 3);
        const auto mark =
            std::find_if(marks.begin(), marks.end(), [word](const auto &known) { return word == known.first; });
        if (mark != marks.end())
            return {mark->second, open};
    }
    return {};
}

LogBuffer::LogBuffer(qsizetype limit)
    : m_limit(limit)
    , m_blockSize(std::clamp<qsizetype>(limit / blocksToTheLimit, 1, largestBlock))
{
}

void LogBuffer::append(const QByteArrayList &lines)
{
    for (const QByteArray &line : lines)
        appendLine(line);
}

void LogBuffer::appendMarker(const QByteArray &text)
{
    m_markers.append(m_endLine);
    appendLine(text);
}

void LogBuffer::clear()
{
    m_blocks.clear();
    m_markers.clear();
    m_droppedLines = 0;
    m_byteCount = 0;
    m_longestLine = 0;
}

void LogBuffer::appendLine(QByteArrayView line)
{
    const qsizetype size = line.size() + 1;
    if (m_blocks.empty() || m_blocks.back().bytes.size() + size > m_blockSize) {
        m_blocks.push_back({m_endLine, {}, {}});
        m_blocks.back().bytes.reserve(std::max(size, m_blockSize));
    }
    Block &block = m_blocks.back();
    block.bytes.append(line.data(), line.size());
    block.ends.push_back(quint32(block.bytes.size()));
    block.bytes.append('\n');
    m_byteCount += size;
    m_longestLine = std::max(m_longestLine, line.size());
    ++m_endLine;
    while (m_byteCount > m_limit && m_blocks.size() > 1)
        dropOldest();
}

void LogBuffer::dropOldest()
{
    m_droppedLines += qint64(m_blocks.front().ends.size());
    m_byteCount -= m_blocks.front().bytes.size();
    m_blocks.pop_front();
    while (!m_markers.isEmpty() && m_markers.first() < firstLine())
        m_markers.removeFirst();
}

/// Of the line behind the last: where the block ends.
qsizetype LogBuffer::Block::beginOf(qint64 number) const
{
    return number == firstLine ? 0 : qsizetype(ends[std::size_t(number - firstLine) - 1]) + 1;
}

QByteArrayView LogBuffer::line(qint64 number) const
{
    if (number < firstLine() || number >= m_endLine)
        return {};
    const auto after = std::upper_bound(m_blocks.begin(), m_blocks.end(), number,
        [](qint64 wanted, const Block &block) { return wanted < block.firstLine; });
    const Block &block = *std::prev(after);
    const qsizetype begin = block.beginOf(number);
    return QByteArrayView(block.bytes).sliced(begin, block.beginOf(number + 1) - 1 - begin);
}

bool LogBuffer::isMarker(qint64 number) const
{
    return std::binary_search(m_markers.begin(), m_markers.end(), number);
}

QByteArrayList LogBuffer::blocks(qint64 first, qint64 end) const
{
    QByteArrayList blocks;
    for (const Block &block : m_blocks) {
        const qint64 from = std::max(first, block.firstLine);
        const qint64 to = std::min(end, block.endLine());
        if (from < to)
            blocks.append(block.bytes.mid(block.beginOf(from), block.beginOf(to) - block.beginOf(from)));
    }
    return blocks;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/logs/logexcerpt.h"

#include "models/logbuffer.h"

#include <numeric>

LogExcerpt LogExcerpt::everything(const LogBuffer &buffer)
{
    LogExcerpt excerpt;
    excerpt.m_blocks = buffer.blocks();
    return excerpt;
}

LogExcerpt LogExcerpt::selected(const LogBuffer &buffer, const LogSelection &selection)
{
    const LogPosition begin = std::max(selection.begin(), LogPosition{buffer.firstLine(), 0});
    const LogPosition end = selection.end();
    LogExcerpt excerpt;
    if (!(begin < end))
        return excerpt;
    excerpt.m_blocks = buffer.blocks(begin.line, end.line + 1);
    excerpt.m_firstColumn = begin.column;
    excerpt.m_endColumn = end.column;
    return excerpt;
}

qsizetype LogExcerpt::byteCount() const
{
    return std::accumulate(m_blocks.begin(), m_blocks.end(), qsizetype(0),
        [](qsizetype sum, const QByteArray &block) { return sum + block.size(); });
}

qsizetype LogExcerpt::lineCount() const
{
    const qsizetype lines = std::accumulate(m_blocks.begin(), m_blocks.end(), qsizetype(0),
        [](qsizetype sum, const QByteArray &block) { return sum + block.count('\n'); });
    return m_endColumn == 0 && lines > 0 ? lines - 1 : lines;
}

QString LogExcerpt::text() const
{
    QString text;
    text.reserve(byteCount());
    for (const QByteArray &block : m_blocks)
        text += QString::fromUtf8(block);
    if (m_endColumn >= 0 && !text.isEmpty()) {
        const qsizetype newline = text.size() - 1;
        const qsizetype lastLine = newline == 0 ? 0 : text.lastIndexOf(u'\n', newline - 1) + 1;
        text.truncate(std::min(lastLine + m_endColumn, newline));
    }
    const qsizetype firstEnd = text.indexOf(u'\n');
    return text.sliced(std::min(m_firstColumn, firstEnd < 0 ? text.size() : firstEnd));
}

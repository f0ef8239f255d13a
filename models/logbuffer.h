// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QList>

#include <deque>
#include <vector>

/// How bad a log line says it is, by NATS's own marks (`[WRN]`). `Unknown` for lines without one.
enum class LogSeverity { Unknown, Trace, Debug, Info, Warning, Error, Fatal };

/// Where a line says how bad it is.
struct LogMark {
    LogSeverity severity = LogSeverity::Unknown;
    qsizetype position = 0; ///< of the opening bracket, in bytes
};

constexpr qsizetype logMarkLength = 5; ///< "[WRN]"

/// The mark in a line as nats-server writes it: it stands after process id and time (server/log.go).
LogMark markOf(QByteArrayView line);

/// The newest lines of a log, as the bytes they came as, within a bounded amount of memory.
///
/// Lines are numbered from 0 and keep their number; the oldest are dropped, a block at a time, once `limit` is
/// exceeded. A marker is a line of this program's own between those of the log. Any bytes but a newline may stand in a
/// line. Views last until the next change. Any thread, one at a time.
class LogBuffer final {
public:
    static constexpr qsizetype defaultLimit = 64 * 1024 * 1024;

    explicit LogBuffer(qsizetype limit = defaultLimit);

    void append(const QByteArrayList &lines);
    void appendMarker(const QByteArray &text);
    /// Empty again; numbering goes on, and nothing counts as dropped.
    void clear();

    qint64 firstLine() const { return m_blocks.empty() ? m_endLine : m_blocks.front().firstLine; }
    qint64 endLine() const { return m_endLine; }
    qint64 lineCount() const { return m_endLine - firstLine(); }
    /// Bytes kept, with a newline for each line.
    qsizetype byteCount() const { return m_byteCount; }
    /// Lines given up since the last clear() to stay within the limit.
    qint64 droppedLines() const { return m_droppedLines; }
    /// Bytes of the longest line since the last clear().
    qsizetype longestLine() const { return m_longestLine; }

    QByteArrayView line(qint64 number) const;
    bool isMarker(qint64 number) const;

    /// All that is kept, in order, each line ended by a newline. The bytes are shared, not copied.
    QByteArrayList blocks() const { return blocks(firstLine(), m_endLine); }
    /// The same of the lines from `first` to before `end`. Bytes are copied at both ends only.
    QByteArrayList blocks(qint64 first, qint64 end) const;

private:
    struct Block {
        qint64 firstLine = 0;
        QByteArray bytes;
        std::vector<quint32> ends; ///< where each line's newline stands

        qint64 endLine() const { return firstLine + qint64(ends.size()); }
        qsizetype beginOf(qint64 number) const;
    };

    void appendLine(QByteArrayView line);
    void dropOldest();

    qsizetype m_limit;
    qsizetype m_blockSize;
    std::deque<Block> m_blocks;
    QList<qint64> m_markers; ///< ascending
    qint64 m_endLine = 0;
    qint64 m_droppedLines = 0;
    qsizetype m_byteCount = 0;
    qsizetype m_longestLine = 0;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/logs/logselection.h"

#include <QByteArrayList>
#include <QString>

class LogBuffer;

/// A part of a log, as the bytes it came as: they are shared with the buffer, so that taking and keeping it costs
/// nothing however large it is. What costs is text(). Any thread.
class LogExcerpt final {
public:
    LogExcerpt() = default;
    /// All that is kept, the last line ended as well.
    static LogExcerpt everything(const LogBuffer &buffer);
    /// What is selected, as far as it is still kept.
    static LogExcerpt selected(const LogBuffer &buffer, const LogSelection &selection);

    /// Of the lines that it lies in.
    qsizetype byteCount() const;
    /// So many lines it has a part of.
    qsizetype lineCount() const;
    /// As it came, columns as in LogLineLayout.
    QString text() const;

private:
    QByteArrayList m_blocks; ///< whole lines
    qsizetype m_firstColumn = 0; ///< where it begins in the first of them
    qsizetype m_endColumn = -1; ///< and ends in the last; -1: behind it
};

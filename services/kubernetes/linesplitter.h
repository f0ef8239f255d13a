// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>

/// Makes lines of bytes that come in chunks cut anywhere. A line longer than `longest` is cut there and goes on in the
/// next.
class LineSplitter final {
public:
    explicit LineSplitter(qsizetype longest)
        : m_longest(longest)
    {
    }

    /// The lines that `chunk` ends, without their newline; a carriage return before it stays.
    QByteArrayList add(const QByteArray &chunk);
    /// What stands after the last newline; empty from then on.
    QByteArray takeRest();

private:
    void append(QByteArrayView piece, QByteArrayList &lines);

    qsizetype m_longest;
    QByteArray m_partial;
};

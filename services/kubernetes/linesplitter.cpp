// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/linesplitter.h"

#include <algorithm>
#include <utility>

QByteArrayList LineSplitter::add(const QByteArray &chunk)
{
    QByteArrayList lines;
    qsizetype start = 0;
    while (true) {
        const qsizetype end = chunk.indexOf('\n', start);
        append(QByteArrayView(chunk).sliced(start, (end < 0 ? chunk.size() : end) - start), lines);
        if (end < 0)
            return lines;
        lines.append(std::exchange(m_partial, {}));
        start = end + 1;
    }
}

QByteArray LineSplitter::takeRest()
{
    return std::exchange(m_partial, {});
}

void LineSplitter::append(QByteArrayView piece, QByteArrayList &lines)
{
    while (!piece.isEmpty()) {
        if (m_partial.size() == m_longest)
            lines.append(std::exchange(m_partial, {}));
        const qsizetype taken = std::min(piece.size(), m_longest - m_partial.size());
        m_partial.append(piece.first(taken));
        piece = piece.sliced(taken);
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/logs/knownend.h"

#include <algorithm>

namespace {

constexpr qsizetype mostLines = 50;

} // namespace

void KnownEnd::append(const QByteArrayList &lines)
{
    m_lines += lines.mid(std::max<qsizetype>(lines.size() - mostLines, 0));
    m_lines.remove(0, std::max<qsizetype>(m_lines.size() - mostLines, 0));
}

std::optional<KnownEnd::Place> KnownEnd::find(const QByteArrayList &lines) const
{
    const auto seek = [&](QByteArrayList::const_iterator from) {
        return std::search(from, lines.cend(), m_lines.cbegin(), m_lines.cend());
    };
    const auto first = seek(lines.cbegin());
    if (m_lines.isEmpty() || first == lines.cend())
        return std::nullopt;
    return Place{first - lines.cbegin() + m_lines.size(), seek(first + 1) == lines.cend()};
}

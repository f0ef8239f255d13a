// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/kepttexts.h"

#include <algorithm>
#include <utility>

namespace {

constexpr std::size_t pieceSize = 1 << 17;

} // namespace

bool KeptTexts::has(int index) const
{
    return !m_places.empty() && m_places[std::size_t(index)].piece >= 0;
}

QStringView KeptTexts::at(int index) const
{
    const Place &place = m_places[std::size_t(index)];
    return {m_pieces[std::size_t(place.piece)].data() + place.begin, place.length};
}

void KeptTexts::set(int index, QStringView text, int snapshotSize)
{
    if (m_places.empty())
        m_places.resize(std::size_t(snapshotSize));
    m_places[std::size_t(index)] = put(text);
}

KeptTexts::Place KeptTexts::put(QStringView text)
{
    const auto length = std::size_t(text.size());
    if (m_pieces.empty() || m_pieces.back().size() + length > m_pieces.back().capacity()) {
        m_pieces.emplace_back();
        m_pieces.back().reserve(std::max(pieceSize, length)); // what is in it never moves
    }
    Piece &piece = m_pieces.back();
    const Place place{qint32(m_pieces.size() - 1), qint32(piece.size()), qint32(length)};
    piece.insert(piece.end(), text.utf16(), text.utf16() + length);
    m_used += place.length;
    return place;
}

void KeptTexts::follow(const Succession &succession, int snapshotSize)
{
    if (m_places.empty())
        return;
    if (succession.hasOtherIds()) {
        std::vector<Place> next(static_cast<std::size_t>(snapshotSize));
        for (std::size_t old = 0; old < m_places.size(); ++old) {
            if (const int index = succession.newIndexOf[old]; index >= 0)
                next[std::size_t(index)] = m_places[old];
            else
                forget(m_places[old]);
        }
        m_places = std::move(next);
    }
    for (const int index : succession.reworded)
        forget(m_places[std::size_t(index)]);
    if (m_forgotten > m_used / 2)
        tidy();
}

void KeptTexts::clear()
{
    *this = KeptTexts();
}

void KeptTexts::forget(Place &place)
{
    m_forgotten += place.length;
    place = {};
}

/// Leaves behind what was forgotten.
void KeptTexts::tidy()
{
    const std::vector<Piece> pieces = std::exchange(m_pieces, {});
    m_used = 0;
    m_forgotten = 0;
    for (Place &place : m_places) {
        if (place.piece >= 0)
            place = put({pieces[std::size_t(place.piece)].data() + place.begin, place.length});
    }
}

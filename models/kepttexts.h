// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/snapshotstep.h"

#include <QStringView>

#include <vector>

/// What was made of the rows of a snapshot, by their index in it. In a few large pieces of memory: to free 100,000
/// strings takes longer than a frame, whoever does it.
class KeptTexts final {
public:
    bool has(int index) const;
    QStringView at(int index) const;
    void set(int index, QStringView text, int snapshotSize);
    /// What was made of rows that are worded otherwise is forgotten.
    void follow(const Succession &succession, int snapshotSize);
    void clear();

private:
    struct Place {
        qint32 piece = -1; ///< -1: nothing is kept
        qint32 begin = 0;
        qint32 length = 0;
    };
    using Piece = std::vector<char16_t>;

    Place put(QStringView text);
    void forget(Place &place);
    void tidy();

    std::vector<Place> m_places; ///< by index; empty where nothing is kept at all
    std::vector<Piece> m_pieces;
    qint64 m_used = 0;
    qint64 m_forgotten = 0; ///< of it
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>

#include <optional>

/// The newest lines of a log, and where they stand in what is read of it again. A single line may stand there many
/// times, so they are looked for as a sequence.
class KnownEnd final {
public:
    struct Place {
        qsizetype behind = 0; ///< index of the first line that comes after them
        bool isOnly = true; ///< they stand nowhere else
    };

    void append(const QByteArrayList &lines);
    void clear() { m_lines.clear(); }
    /// The first place; nothing where they are not all there, or nothing is known.
    std::optional<Place> find(const QByteArrayList &lines) const;

private:
    QByteArrayList m_lines;
};

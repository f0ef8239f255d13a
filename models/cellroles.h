// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

/// What a table's cell says beyond its text, for whoever paints it: plain values, because models know no colours.
enum CellRole : int {
    CellFaceRole = Qt::UserRole + 1, ///< a CellFace as int; absent: Plain
    CellToneRole, ///< a CellTone as int; absent: Neutral
    CellMarkRole, ///< true: a shape that goes with the tone stands before the text
    CellTagRole, ///< a word that stands as a tag behind the text; empty or absent: none
    CellBadgeRole, ///< true: the text stands in a badge of the tone
    CellBeginningRole, ///< true: what begins it matters most, whatever it is: it is cut at its end
    CellMeterRole, ///< of a number, how much of its limit that is: 0 to 1; absent: it has none
};

/// Name: medium weight. Soft: secondary. Code: what one would copy or type. Number: tabular digits.
enum class CellFace { Plain, Name, Soft, Code, Number };

/// Accent: something is under way. From what is well to what isn't.
enum class CellTone { Neutral, Good, Accent, Warning, Bad };

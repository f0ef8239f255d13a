// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/look.h"

#include <array>
#include <optional>

class QPalette;

/// One colour for each Look::Role.
using ColorTable = std::array<QRgb, Look::RoleCount>;

const ColorTable &lightColors();
const ColorTable &darkColors();

/// Colours derived from a desktop palette that a person has chosen (high contrast, or colours of their own); nothing
/// where the palette is one of the usual greys, for which ours are made.
std::optional<ColorTable> chosenColors(const QPalette &desktop);

/// As in WCAG 2.2: 1 (the same) to 21 (black on white).
double contrast(const QColor &one, const QColor &other);
/// From `from` (0) to `to` (1).
QColor mixed(const QColor &from, const QColor &to, double share);

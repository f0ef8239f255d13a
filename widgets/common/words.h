// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// `one` for 1, else `many` with its %1 replaced by the number in the reader's locale.
QString counted(qint64 count, const QString &one, const QString &many);

/// With a capital at its beginning.
QString capitalized(const QString &word);

/// The same text with places to break a line in words that are longer than any line (names of 253 characters). For
/// showing only: the places are characters too.
QString breakable(const QString &text);

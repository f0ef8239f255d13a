// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLineEdit;

/// What any field of text takes unless it asks for less or more: beyond all that is valid in one.
constexpr int usualTypingLimit = 5000;

/// Lets `edit` take at most `most` characters, and says so when more were typed, pasted or dropped.
///
/// For every field: what it holds is laid out and judged with each key, and a middle click pastes whatever was selected
/// last, however much that is. `most` is beyond what is valid, so that a text which was cut is found to be wrong.
void limitTyping(QLineEdit *edit, int most = usualTypingLimit);

/// Holds as much as it takes, so that something may be missing.
bool isFull(const QLineEdit &edit);

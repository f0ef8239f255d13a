// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QAbstractButton;

/// Shows on a button with the Copy icon that what it copies is in the clipboard: a tick and the word for two seconds.
/// `words` stand in place of "Copied". GUI thread.
void showCopied(QAbstractButton *button, const QString &words = {});

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/words.h"

#include <QLocale>

QString counted(qint64 count, const QString &one, const QString &many)
{
    return count == 1 ? one : many.arg(QLocale().toString(count));
}

QString capitalized(const QString &word)
{
    return word.left(1).toUpper() + word.mid(1);
}

QString breakable(const QString &text)
{
    constexpr int longestWord = 32;
    constexpr QChar zeroWidthSpace(0x200b);
    QString result;
    result.reserve(text.size());
    int run = 0;
    for (const QChar c : text) {
        run = c.isSpace() ? 0 : run + 1;
        if (run > longestWord && !c.isLowSurrogate()) {
            result += zeroWidthSpace;
            run = 1;
        }
        result += c;
    }
    return result;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/celltext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace {

bool isDigit(QChar character)
{
    return character >= QLatin1Char('0') && character <= QLatin1Char('9');
}

QChar folded(QChar character)
{
    const char16_t code = character.unicode();
    if (code < 0x80)
        return code >= 'A' && code <= 'Z' ? QChar(char16_t(code + ('a' - 'A'))) : character;
    return character.toCaseFolded();
}

/// The digits that stand there without the zeros in front; moves past them.
QStringView significant(const QChar *&from, const QChar *end)
{
    from = std::find_if(from, end, [](QChar digit) { return digit != QLatin1Char('0'); });
    const QChar *first = from;
    from = std::find_if_not(from, end, isDigit);
    return {first, from};
}

/// By value, whatever their length; moves both past their digits.
int comparedDigits(const QChar *&left, const QChar *leftEnd, const QChar *&right, const QChar *rightEnd)
{
    const QStringView lefts = significant(left, leftEnd);
    const QStringView rights = significant(right, rightEnd);
    const int longer = comparedNumber(lefts.size(), rights.size());
    return longer != 0 ? longer : comparedNumber(lefts.compare(rights), 0);
}

} // namespace

QString numberText(quint64 number)
{
    return QLocale().toString(number);
}

int comparedText(const QString &left, const QString &right)
{
    const QChar *l = left.constBegin();
    const QChar *r = right.constBegin();
    while (l != left.constEnd() && r != right.constEnd()) {
        if (isDigit(*l) && isDigit(*r)) {
            if (const int order = comparedDigits(l, left.constEnd(), r, right.constEnd()))
                return order;
            continue;
        }
        const QChar lower = folded(*l++);
        const QChar other = folded(*r++);
        if (lower != other)
            return lower < other ? -1 : 1;
    }
    const bool isLeftThrough = l == left.constEnd();
    const bool isRightThrough = r == right.constEnd();
    if (isLeftThrough != isRightThrough)
        return isLeftThrough ? -1 : 1;
    return comparedNumber(left.compare(right), 0);
}

QString sortKey(const QString &text)
{
    QString key;
    key.reserve(2 * text.size() + 8);
    const QChar *at = text.constBegin();
    while (at != text.constEnd()) {
        if (!isDigit(*at)) {
            key += folded(*at++);
            continue;
        }
        const QStringView number = significant(at, text.constEnd());
        key += QLatin1Char('0'); // stands where a digit does
        key += QChar(char16_t(number.size())); // before them: the longer is the larger
        key += number;
    }
    return key + QChar(u'\0') + text;
}

QStringList inOrder(QStringList names)
{
    std::stable_sort(names.begin(), names.end(),
        [](const QString &left, const QString &right) { return comparedText(left, right) < 0; });
    return names;
}

int comparedTime(const std::optional<QDateTime> &left, const std::optional<QDateTime> &right)
{
    if (!left || !right)
        return comparedNumber(int(left.has_value()), int(right.has_value()));
    return comparedNumber(left->toMSecsSinceEpoch(), right->toMSecsSinceEpoch());
}

QVariant faceData(CellFace face, CellTone tone, bool isMarked, int role)
{
    switch (role) {
    case Qt::TextAlignmentRole:
        return int(
            face == CellFace::Number ? Qt::AlignTrailing | Qt::AlignVCenter : Qt::AlignLeading | Qt::AlignVCenter);
    case CellFaceRole:
        return int(face);
    case CellToneRole:
        return int(tone);
    case CellMarkRole:
        return isMarked;
    default:
        return {};
    }
}

QString ownerToolTip(const Owner &owner)
{
    return QCoreApplication::translate("CellText", "Kept by %1. %2").arg(owner.text(), owner.advice());
}

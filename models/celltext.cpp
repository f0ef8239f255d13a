// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/celltext.h"

#include <QLocale>

QString numberText(quint64 number)
{
    return QLocale().toString(number);
}

int comparedText(const QString &left, const QString &right)
{
    const int folded = left.compare(right, Qt::CaseInsensitive);
    return folded != 0 ? folded : left.compare(right);
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

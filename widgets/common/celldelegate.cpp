// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/celldelegate.h"

#include "models/cellroles.h"
#include "widgets/common/icons.h"
#include "widgets/common/look.h"

namespace {

QFont fontOf(CellFace face, const QFont &usual)
{
    switch (face) {
    case CellFace::Name:
        return Look::nameFont();
    case CellFace::Code:
        return Look::fixedFont();
    default:
        return usual;
    }
}

Look::Role textRole(CellFace face, CellTone tone)
{
    switch (tone) {
    case CellTone::Good:
        return Look::Good;
    case CellTone::Warning:
        return Look::Warning;
    case CellTone::Bad:
        return Look::Bad;
    case CellTone::Neutral:
        break;
    }
    return face == CellFace::Soft ? Look::SoftText : Look::Text;
}

} // namespace

void CellDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const auto face = CellFace(index.data(CellFaceRole).toInt());
    const auto tone = CellTone(index.data(CellToneRole).toInt());
    const bool isMarked = index.data(CellMarkRole).toBool();
    option->font = fontOf(face, option->font);
    const QColor color = Look::color(textRole(face, isMarked ? CellTone::Neutral : tone));
    option->palette.setColor(QPalette::Text, color);
    option->palette.setColor(QPalette::HighlightedText, color);
    if (!isMarked)
        return;
    const bool isBad = tone == CellTone::Bad;
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->decorationSize = {16, 16};
    option->icon = Icons::icon(isBad ? Icons::Name::Cross : Icons::Name::Alert, isBad ? Look::Bad : Look::Warning);
}

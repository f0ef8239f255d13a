// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cellroles.h"
#include "widgets/common/look.h"

#include <QStyledItemDelegate>

/// In which tone badges and meters show what a model calls `tone`.
Tone lookOf(CellTone tone);

/// Gives a table's cells the look that the model asks for (models/cellroles.h): face, tone, and the shape that goes
/// with a tone. What stands at the right is taken for a number: all its digits have one width.
class CellDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    /// Shows the whole text of a cell that has no room for it, too.
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

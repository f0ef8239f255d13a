// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

/// The name of a line edit in `widget` that takes as much as Qt lets any take; empty: there is none.
inline QString fieldWithoutLimit(const QWidget &widget)
{
    static const int everything = QLineEdit().maxLength();
    for (const QLineEdit *edit : widget.findChildren<QLineEdit *>()) {
        if (!edit->isReadOnly() && edit->maxLength() >= everything)
            return edit->parentWidget()->objectName() + QLatin1Char('/') + edit->objectName();
    }
    return {};
}

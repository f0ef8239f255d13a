// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/optionstate.h"

#include <QVariant>
#include <QWidget>

bool isEnabled(const QStyleOption &option)
{
    return option.state & QStyle::State_Enabled;
}

bool isPressed(const QStyleOption &option)
{
    return isEnabled(option) && (option.state & (QStyle::State_Sunken | QStyle::State_On));
}

bool isHovered(const QStyleOption &option)
{
    return isEnabled(option) && (option.state & QStyle::State_MouseOver);
}

bool showsFocus(const QStyleOption &option)
{
    return (option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange);
}

bool hasFlag(const QWidget *widget, const char *property)
{
    return widget && widget->property(property).toBool();
}

QRectF centredSquare(const QRect &rect, double side)
{
    QRectF square(0, 0, side, side);
    square.moveCenter(QRectF(rect).center());
    return square;
}

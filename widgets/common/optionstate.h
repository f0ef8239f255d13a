// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyleOption>

class QWidget;

// What PennantStyle asks of the control that it draws.

bool isEnabled(const QStyleOption &option);
bool isPressed(const QStyleOption &option);
bool isHovered(const QStyleOption &option);
/// Where the keyboard is, if that is worth showing.
bool showsFocus(const QStyleOption &option);
bool hasFlag(const QWidget *widget, const char *property);
QRectF centredSquare(const QRect &rect, double side);

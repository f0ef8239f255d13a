// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyleOption>

class QPainter;
class QWidget;

// How PennantStyle draws what one types into, ticks or chooses from.

/// The ground and border of a line edit, a combo box or a spin box.
void paintInputFrame(QPainter &painter, const QStyleOption &option, const QWidget *widget);
void paintCheckIndicator(QPainter &painter, const QStyleOption &option);
void paintRadioIndicator(QPainter &painter, const QStyleOption &option);
void paintComboBox(QPainter &painter, const QStyleOptionComboBox &option, const QWidget *widget, const QRect &arrow);
void paintSpinBox(
    QPainter &painter, const QStyleOptionSpinBox &option, const QWidget *widget, const QRect &up, const QRect &down);

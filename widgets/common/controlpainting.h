// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyleOption>

class QPainter;
class QWidget;

// How PennantStyle draws what one presses or types into.

bool isPrimary(const QStyleOptionButton &option, const QWidget *widget);
bool hasFlag(const QWidget *widget, const char *property);
/// Where the keyboard is, if that is worth showing.
bool showsFocus(const QStyleOption &option);

void paintButton(QPainter &painter, const QStyleOptionButton &option, const QWidget *widget);
void paintButtonLabel(QPainter &painter, const QStyleOptionButton &option, const QWidget *widget);
void paintToolButton(QPainter &painter, const QStyleOptionToolButton &option);
void paintToolButtonLabel(QPainter &painter, const QStyleOptionToolButton &option);
int toolButtonWidth(const QStyleOptionToolButton &option);
/// The ground and border of a line edit, a combo box or a spin box.
void paintInputFrame(QPainter &painter, const QStyleOption &option, const QWidget *widget);
void paintCheckIndicator(QPainter &painter, const QStyleOption &option);
void paintRadioIndicator(QPainter &painter, const QStyleOption &option);
void paintComboBox(QPainter &painter, const QStyleOptionComboBox &option, const QWidget *widget, const QRect &arrow);
void paintSpinBox(
    QPainter &painter, const QStyleOptionSpinBox &option, const QWidget *widget, const QRect &up, const QRect &down);

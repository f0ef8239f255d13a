// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyleOption>

class QPainter;
class QWidget;

// How PennantStyle draws what one presses.

bool isPrimary(const QStyleOptionButton &option, const QWidget *widget);
void paintButton(QPainter &painter, const QStyleOptionButton &option, const QWidget *widget);
void paintButtonLabel(QPainter &painter, const QStyleOptionButton &option, const QWidget *widget);
void paintToolButton(QPainter &painter, const QStyleOptionToolButton &option);
void paintToolButtonLabel(QPainter &painter, const QStyleOptionToolButton &option);
int toolButtonWidth(const QStyleOptionToolButton &option);

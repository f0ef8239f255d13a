// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/look.h"

#include <QRectF>

class QLabel;
class QPainter;
class QWidget;

// What painted widgets share. Borders and hairlines are one device pixel wide at every scale.

/// A rounded rectangle whose border lies inside `rect`; an invalid colour leaves border or ground out.
void paintRounded(
    QPainter &painter, const QRectF &rect, double radius, const QColor &ground, const QColor &border, double width = 1);

/// The ring that shows where the keyboard is, just inside `rect`.
void paintFocusRing(QPainter &painter, const QRectF &rect, double radius);

/// A hairline from left to right at `y`.
void paintHairline(QPainter &painter, double left, double right, double y, const QColor &color);
/// A hairline from top to bottom at `x`.
void paintVerticalHairline(QPainter &painter, double x, double top, double bottom, const QColor &color);

/// Text in a colour of the look, also after a change of colours.
void setTextRole(QWidget *widget, Look::Role role);

/// `name` cut before its end where it lacks room: contexts and names often differ at their ends only. The end gets two
/// thirds of what fits, unless the beginning needs less.
QString elidedName(const QFontMetrics &metrics, const QString &name, int width);

/// Text whose digits all have the width of the widest, so that columns of numbers stand still. For one line.
void paintTabular(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text);
double tabularWidth(const QFont &font, const QString &text);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyleOption>

class QPainter;
class QWidget;

// How PennantStyle draws what shows and leads: tabs, tables, lists, scroll bars, menus, progress.

int tabWidth(const QStyleOptionTab &option, const QWidget *widget);
void paintTab(QPainter &painter, const QStyleOptionTab &option);
void paintTabLabel(QPainter &painter, const QStyleOptionTab &option, const QWidget *widget);

QFont headerFont();
/// With room for the sorting arrow, so that sorting doesn't elide a name.
QSize headerSize(const QStyleOptionHeader &option);
void paintHeaderSection(QPainter &painter, const QStyleOptionHeader &option);
void paintHeaderLabel(QPainter &painter, const QStyleOptionHeader &option);

/// The ground of a cell or row; in a table with the hairline below it.
void paintItemRow(QPainter &painter, const QStyleOptionViewItem &option, const QWidget *widget);
/// The ground of an item of a list.
void paintItem(QPainter &painter, const QStyleOptionViewItem &option, const QWidget *widget);

void paintScrollBar(QPainter &painter, const QStyleOptionSlider &option, const QRect &slider);
void paintMenuItem(QPainter &painter, const QStyleOptionMenuItem &option);
QSize menuItemSize(const QStyleOptionMenuItem &option, const QSize &contents);
void paintProgress(QPainter &painter, const QStyleOptionProgressBar &option);
void paintSplitter(QPainter &painter, const QStyleOption &option);

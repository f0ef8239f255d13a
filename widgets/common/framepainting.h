// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyle>

class QPainter;

/// Draws what stands around or below controls, menus and views, for PennantStyle; false for anything else.
bool paintFrame(QStyle::PrimitiveElement element, const QStyleOption &option, QPainter &painter, const QWidget *widget);

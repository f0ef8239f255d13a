// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPoint>
#include <QWidget>

/// The mouse of the screen, moved by another program: its clicks come to a window through the X server and wait there
/// until the window takes them, as a person's do. QTest's own are carried out at once, whatever the event loop is at.
namespace Mouse {

/// Begins a click at a point of `widget`; what it does comes later, if at all.
bool click(const QWidget &widget, QPoint point);

} // namespace Mouse

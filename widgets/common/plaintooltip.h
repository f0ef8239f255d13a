// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QString>

class QAbstractItemView;
class QHelpEvent;
class QModelIndex;
class QPoint;
class QWidget;

/// `text` for a tooltip, as it is and no more of it than can be read at a glance. Tooltips take what looks like markup
/// for it, and fetch what it names: no text that others wrote may come into one without this.
QString plainToolTip(const QString &text);
/// Of a delegate's helpEvent(): the item's ToolTipRole as that. False: there is nothing of the kind to show.
bool showItemToolTip(const QHelpEvent *event, QAbstractItemView *view, const QRect &rect, const QModelIndex &index);
/// QToolTip::showText() of that.
void showPlainToolTip(const QPoint &position, const QString &text, QWidget *widget, const QRect &rect = {});

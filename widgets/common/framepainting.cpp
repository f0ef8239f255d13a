// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/framepainting.h"

#include "widgets/common/colortable.h"
#include "widgets/common/controlgeometry.h"
#include "widgets/common/inputpainting.h"
#include "widgets/common/painting.h"

#include <QAbstractItemView>
#include <QPainter>

bool paintFrame(QStyle::PrimitiveElement element, const QStyleOption &option, QPainter &painter, const QWidget *widget)
{
    switch (element) {
    case QStyle::PE_PanelLineEdit:
        if (isFramedEdit(&option, widget))
            paintInputFrame(painter, option, widget);
        return true;
    case QStyle::PE_FrameLineEdit:
        paintInputFrame(painter, option, widget);
        return true;
    case QStyle::PE_FrameTabBarBase:
        paintHairline(
            painter, option.rect.left(), option.rect.right() + 1, option.rect.bottom(), Look::color(Look::Line));
        return true;
    case QStyle::PE_Frame:
    case QStyle::PE_FrameGroupBox:
    case QStyle::PE_FrameTabWidget:
        paintRounded(painter, option.rect, Look::controlRadius, {}, Look::color(Look::Line));
        return true;
    case QStyle::PE_PanelScrollAreaCorner:
        return true;
    case QStyle::PE_PanelMenu:
        painter.fillRect(option.rect, Look::color(Look::Surface));
        return true;
    case QStyle::PE_FrameMenu:
    case QStyle::PE_PanelTipLabel:
        paintRounded(painter, option.rect, 0,
            element == QStyle::PE_PanelTipLabel ? Look::color(Look::Surface) : QColor(),
            mixed(Look::color(Look::Line), Look::color(Look::Text), 0.1));
        return true;
    case QStyle::PE_FrameFocusRect:
        if (!qobject_cast<const QAbstractItemView *>(widget))
            paintFocusRing(painter, option.rect, 4);
        return true;
    default:
        return false;
    }
}

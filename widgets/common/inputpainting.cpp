// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/inputpainting.h"

#include "widgets/common/colortable.h"
#include "widgets/common/icons.h"
#include "widgets/common/optionstate.h"
#include "widgets/common/painting.h"

#include <QPainter>
#include <QStyle>
#include <QWidget>

namespace {

/// The border of what can be ticked: darker than a line, as it is all there is to see.
QColor indicatorBorder(const QStyleOption &option)
{
    if (!isEnabled(option))
        return Look::color(Look::Line);
    return isHovered(option) ? Look::color(Look::Accent)
                             : mixed(Look::color(Look::FaintText), Look::color(Look::Surface), 0.25);
}

} // namespace

void paintInputFrame(QPainter &painter, const QStyleOption &option, const QWidget *widget)
{
    const bool hasFocus = option.state & QStyle::State_HasFocus;
    const bool isInvalid = hasFlag(widget, "invalid");
    const bool isReadOnly = option.state & QStyle::State_ReadOnly;
    Look::Role border = isHovered(option) && !isReadOnly ? Look::FaintText : Look::Line;
    if (hasFocus && isEnabled(option))
        border = Look::Accent;
    if (isInvalid)
        border = Look::Bad;
    const QColor ground = Look::color(isEnabled(option) && !isReadOnly ? Look::Surface : Look::Window);
    QColor line = Look::color(border);
    if (border == Look::FaintText)
        line = mixed(Look::color(Look::Line), line, 0.4);
    paintRounded(painter, option.rect, Look::controlRadius, ground, line, hasFocus && isEnabled(option) ? 2 : 1);
}

void paintCheckIndicator(QPainter &painter, const QStyleOption &option)
{
    const QRectF box = centredSquare(option.rect, 16);
    const bool isMarked = option.state & (QStyle::State_On | QStyle::State_NoChange);
    if (!isMarked) {
        paintRounded(painter, box, 4, Look::color(isEnabled(option) ? Look::Surface : Look::Window),
            indicatorBorder(option), 1.2);
        return;
    }
    paintRounded(painter, box, 4, isEnabled(option) ? Look::color(Look::Accent) : Look::color(Look::Line), {});
    const QColor mark = Look::color(isEnabled(option) ? Look::OnAccent : Look::FaintText);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(mark, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.translate(box.topLeft());
    if (option.state & QStyle::State_NoChange)
        painter.drawLine(QPointF(4.5, 8), QPointF(11.5, 8));
    else
        painter.drawPolyline(QPolygonF({{4, 8.3}, {6.8, 11}, {12, 5.2}}));
    painter.restore();
}

void paintRadioIndicator(QPainter &painter, const QStyleOption &option)
{
    const QRectF box = centredSquare(option.rect, 16);
    const bool isOn = option.state & QStyle::State_On;
    if (!isOn) {
        paintRounded(painter, box, 8, Look::color(isEnabled(option) ? Look::Surface : Look::Window),
            indicatorBorder(option), 1.2);
        return;
    }
    paintRounded(painter, box, 8, Look::color(isEnabled(option) ? Look::Accent : Look::Line), {});
    paintRounded(
        painter, box.adjusted(5, 5, -5, -5), 3, Look::color(isEnabled(option) ? Look::OnAccent : Look::FaintText), {});
}

void paintComboBox(QPainter &painter, const QStyleOptionComboBox &option, const QWidget *widget, const QRect &arrow)
{
    QStyleOption frame = option;
    const bool isOpen = option.state & QStyle::State_On;
    if (!option.editable && !showsFocus(option) && !isOpen)
        frame.state &= ~QStyle::State_HasFocus;
    if (isOpen)
        frame.state |= QStyle::State_HasFocus;
    if (option.frame)
        paintInputFrame(painter, frame, widget);
    const QColor color = Look::color(isEnabled(option) ? Look::SoftText : Look::FaintText);
    Icons::paint(&painter, centredSquare(arrow, 14), Icons::Name::ChevronDown, color);
}

void paintSpinBox(
    QPainter &painter, const QStyleOptionSpinBox &option, const QWidget *widget, const QRect &up, const QRect &down)
{
    if (option.frame)
        paintInputFrame(painter, option, widget);
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const auto paintStep = [&](const QRect &rect, Icons::Name name, QAbstractSpinBox::StepEnabledFlag step,
                               QStyle::SubControl control) {
        const bool isActive = option.activeSubControls == control && isHovered(option);
        const bool isPossible = isEnabled(option) && (option.stepEnabled & step);
        if (isActive && isPossible)
            paintRounded(painter, QRectF(rect).adjusted(0, 1, -2, -1), 3, Look::color(Look::FaintLine), {});
        const QColor color = isPossible ? Look::color(Look::SoftText) : Look::color(Look::Line);
        Icons::paint(&painter, centredSquare(rect, 11), name, color);
    };
    paintStep(up, Icons::Name::ChevronUp, QAbstractSpinBox::StepUpEnabled, QStyle::SC_SpinBoxUp);
    paintStep(down, Icons::Name::ChevronDown, QAbstractSpinBox::StepDownEnabled, QStyle::SC_SpinBoxDown);
}

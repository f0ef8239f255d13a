// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/controlpainting.h"

#include "widgets/common/colortable.h"
#include "widgets/common/icons.h"
#include "widgets/common/painting.h"

#include <QAbstractButton>
#include <QPainter>
#include <QStyle>
#include <QWidget>

namespace {

constexpr int toolGap = 5;

bool isEnabled(const QStyleOption &option)
{
    return option.state & QStyle::State_Enabled;
}

bool isPressed(const QStyleOption &option)
{
    return isEnabled(option) && (option.state & (QStyle::State_Sunken | QStyle::State_On));
}

bool isHovered(const QStyleOption &option)
{
    return isEnabled(option) && (option.state & QStyle::State_MouseOver);
}

QColor filledGround(const QStyleOption &option, Look::Role role)
{
    if (!isEnabled(option))
        return Look::color(Look::FaintLine);
    const QColor ground = Look::color(role);
    if (isPressed(option))
        return mixed(ground, Look::color(Look::Text), 0.2);
    return isHovered(option) ? mixed(ground, Look::color(Look::Text), 0.1) : ground;
}

QColor plainGround(const QStyleOption &option)
{
    if (!isEnabled(option))
        return Look::color(Look::Window);
    if (isPressed(option))
        return Look::color(Look::FaintLine);
    return isHovered(option) ? Look::color(Look::HeaderRow) : Look::color(Look::Surface);
}

/// The border of what can be ticked: darker than a line, as it is all there is to see.
QColor indicatorBorder(const QStyleOption &option)
{
    if (!isEnabled(option))
        return Look::color(Look::Line);
    return isHovered(option) ? Look::color(Look::Accent)
                             : mixed(Look::color(Look::FaintText), Look::color(Look::Surface), 0.25);
}

QColor buttonTextColor(const QStyleOptionButton &option, const QWidget *widget)
{
    if (!isEnabled(option))
        return Look::color(Look::FaintText);
    if (isPrimary(option, widget))
        return Look::color(Look::OnAccent);
    if (hasFlag(widget, "danger"))
        return Look::color(Look::Bad);
    if (hasFlag(widget, "link") || (option.state & QStyle::State_On))
        return Look::color(Look::Accent);
    const bool isFlat = (option.features & QStyleOptionButton::Flat) || hasFlag(widget, "flat");
    return Look::color(isFlat && !isHovered(option) ? Look::SoftText : Look::Text);
}

QRectF centredSquare(const QRect &rect, double side)
{
    QRectF square(0, 0, side, side);
    square.moveCenter(QRectF(rect).center());
    return square;
}

/// At its edge a ring would make a toggle look like one that is on.
void paintButtonFocus(QPainter &painter, const QRectF &rect, const QWidget *widget)
{
    const auto *button = qobject_cast<const QAbstractButton *>(widget);
    const int inset = button && button->isCheckable() ? 3 : 0;
    paintFocusRing(painter, rect.adjusted(inset, inset, -inset, -inset), Look::controlRadius - inset);
}

bool hasMenuArrow(const QStyleOptionToolButton &option)
{
    return option.features & (QStyleOptionToolButton::HasMenu | QStyleOptionToolButton::MenuButtonPopup);
}

} // namespace

bool hasFlag(const QWidget *widget, const char *property)
{
    return widget && widget->property(property).toBool();
}

bool isPrimary(const QStyleOptionButton &option, const QWidget *widget)
{
    return hasFlag(widget, "primary") || (option.features & QStyleOptionButton::DefaultButton);
}

bool showsFocus(const QStyleOption &option)
{
    return (option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange);
}

void paintButton(QPainter &painter, const QStyleOptionButton &option, const QWidget *widget)
{
    constexpr double radius = Look::controlRadius;
    const bool isFlat = (option.features & QStyleOptionButton::Flat) || hasFlag(widget, "flat");
    if (isPrimary(option, widget)) {
        const Look::Role role = hasFlag(widget, "danger") ? Look::Bad : Look::Accent;
        const QColor border = isEnabled(option) ? QColor() : Look::color(Look::Line);
        paintRounded(painter, option.rect, radius, filledGround(option, role), border);
        if (showsFocus(option))
            paintRounded(
                painter, QRectF(option.rect).adjusted(2, 2, -2, -2), radius - 2, {}, Look::color(Look::OnAccent), 1.5);
        return;
    }
    if (isFlat) {
        if (isHovered(option) || isPressed(option))
            paintRounded(painter, option.rect, radius, Look::color(Look::FaintLine), {});
    } else {
        const bool isDangerous = hasFlag(widget, "danger") && isHovered(option);
        const bool isOn = option.state & QStyle::State_On;
        const QColor border = Look::color(isDangerous ? Look::Bad : isOn ? Look::Accent : Look::Line);
        const QColor ground = isOn && isEnabled(option) ? Look::color(Look::AccentGround) : plainGround(option);
        paintRounded(painter, option.rect, radius, ground, border);
    }
    if (showsFocus(option))
        paintButtonFocus(painter, option.rect, widget);
}

void paintButtonLabel(QPainter &painter, const QStyleOptionButton &option, const QWidget *widget)
{
    const QFontMetrics metrics(painter.font());
    const bool hasMenu = option.features & QStyleOptionButton::HasMenu;
    const int iconWidth = option.icon.isNull() ? 0 : option.iconSize.width();
    const int menuWidth = hasMenu ? 16 : 0;
    const int gap = iconWidth > 0 && !option.text.isEmpty() ? 6 : 0;
    const int room = option.rect.width() - iconWidth - gap - menuWidth - 8;
    const QString text = metrics.elidedText(option.text, Qt::ElideRight, room, Qt::TextShowMnemonic);
    const int textWidth = metrics.size(Qt::TextShowMnemonic, text).width();
    const int width = iconWidth + gap + textWidth + menuWidth;
    const QRect content =
        QStyle::alignedRect(option.direction, Qt::AlignCenter, QSize(width, option.rect.height()), option.rect);
    const auto place = [&](int left, int partWidth) {
        return QStyle::visualRect(
            option.direction, content, QRect(content.left() + left, content.top(), partWidth, content.height()));
    };

    const QColor color = buttonTextColor(option, widget);
    if (iconWidth > 0) {
        const QIcon::Mode mode = isEnabled(option) ? QIcon::Normal : QIcon::Disabled;
        const bool isOn = option.state & QStyle::State_On;
        option.icon.paint(&painter, place(0, iconWidth), Qt::AlignCenter, mode, isOn ? QIcon::On : QIcon::Off);
    }
    painter.setPen(color);
    const int flags = Qt::AlignCenter | Qt::TextSingleLine
        | (QStyle::State_KeyboardFocusChange & option.state ? Qt::TextShowMnemonic : Qt::TextHideMnemonic);
    painter.drawText(place(iconWidth + gap, textWidth), flags, text);
    if (hasMenu)
        Icons::paint(&painter, centredSquare(place(width - 12, 14), 12), Icons::Name::ChevronDown, color);
}

void paintToolButton(QPainter &painter, const QStyleOptionToolButton &option)
{
    const bool isRaised = !(option.state & QStyle::State_AutoRaise);
    const bool isOn = option.state & QStyle::State_On;
    if (isRaised || isOn) {
        const QColor ground = isOn ? Look::color(Look::AccentGround) : plainGround(option);
        paintRounded(painter, option.rect, Look::controlRadius, ground, Look::color(isOn ? Look::Accent : Look::Line));
    } else if (isHovered(option) || isPressed(option)) {
        paintRounded(painter, option.rect, Look::controlRadius, Look::color(Look::FaintLine), {});
    }
    if (showsFocus(option))
        paintFocusRing(painter, option.rect, Look::controlRadius);
}

int toolButtonWidth(const QStyleOptionToolButton &option)
{
    const bool hasText = option.toolButtonStyle != Qt::ToolButtonIconOnly && !option.text.isEmpty();
    const bool hasIcon = option.toolButtonStyle != Qt::ToolButtonTextOnly && !option.icon.isNull();
    int width = hasText ? QFontMetrics(option.font).size(Qt::TextShowMnemonic, option.text).width() + 16 : 10;
    if (hasIcon)
        width += option.iconSize.width() + (hasText ? toolGap : 0);
    return width + (hasMenuArrow(option) && hasText ? 16 : 0);
}

void paintToolButtonLabel(QPainter &painter, const QStyleOptionToolButton &option)
{
    const bool hasText = option.toolButtonStyle != Qt::ToolButtonIconOnly && !option.text.isEmpty();
    const bool hasIcon = option.toolButtonStyle != Qt::ToolButtonTextOnly && !option.icon.isNull();
    Look::Role role = isHovered(option) ? Look::Text : Look::SoftText;
    if (option.state & QStyle::State_On)
        role = Look::Accent;
    if (!isEnabled(option))
        role = Look::FaintText;

    const int padding = hasText ? 8 : 5;
    const QRect content = QStyle::alignedRect(
        option.direction, Qt::AlignCenter, QSize(toolButtonWidth(option), option.rect.height()), option.rect);
    const auto place = [&](int left, int width) {
        return QStyle::visualRect(
            option.direction, content, QRect(content.left() + left, content.top(), width, content.height()));
    };
    int left = padding;
    if (hasIcon) {
        const int width = option.iconSize.width();
        const QIcon::Mode mode = !isEnabled(option) ? QIcon::Disabled
            : isHovered(option)                     ? QIcon::Active
                                                    : QIcon::Normal;
        const bool isOn = option.state & QStyle::State_On;
        option.icon.paint(&painter, place(left, width), Qt::AlignCenter, mode, isOn ? QIcon::On : QIcon::Off);
        left += width + toolGap;
    }
    if (!hasText)
        return;
    const int textWidth = QFontMetrics(option.font).size(Qt::TextShowMnemonic, option.text).width();
    painter.setFont(option.font);
    painter.setPen(Look::color(role));
    painter.drawText(
        place(left, textWidth + 1), Qt::AlignVCenter | Qt::TextHideMnemonic | Qt::TextSingleLine, option.text);
    if (hasMenuArrow(option))
        Icons::paint(
            &painter, centredSquare(place(left + textWidth + 3, 14), 12), Icons::Name::ChevronDown, Look::color(role));
}

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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/buttonpainting.h"

#include "widgets/common/colortable.h"
#include "widgets/common/icons.h"
#include "widgets/common/optionstate.h"
#include "widgets/common/painting.h"

#include <QAbstractButton>
#include <QPainter>
#include <QStyle>
#include <QWidget>

namespace {

constexpr int toolGap = 5;

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

bool isPrimary(const QStyleOptionButton &option, const QWidget *widget)
{
    return hasFlag(widget, "primary") || (option.features & QStyleOptionButton::DefaultButton);
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/controlgeometry.h"

#include "widgets/common/buttonpainting.h"
#include "widgets/common/look.h"
#include "widgets/common/optionstate.h"
#include "widgets/common/viewpainting.h"

#include <QAbstractSpinBox>
#include <QWidget>

namespace {

constexpr int arrowWidth = 26;
constexpr int spinButtonWidth = 22;
constexpr int sliderLength = 28;

} // namespace

bool isFramedEdit(const QStyleOption *option, const QWidget *widget)
{
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
    return frame && frame->lineWidth > 0 && !hasFlag(widget, "bare");
}

QRect comboBoxPart(const QStyleOption &option, QStyle::SubControl part)
{
    const QRect rect = option.rect;
    const QRect place = part == QStyle::SC_ComboBoxArrow
        ? QRect(rect.right() + 1 - arrowWidth, rect.top(), arrowWidth, rect.height())
        : rect.adjusted(inputPadding, 1, -arrowWidth, -1);
    return QStyle::visualRect(option.direction, rect, place);
}

QRect spinBoxPart(const QStyleOptionSpinBox &option, QStyle::SubControl part)
{
    const QRect rect = option.rect;
    const bool hasButtons = option.buttonSymbols != QAbstractSpinBox::NoButtons;
    const int buttons = hasButtons ? spinButtonWidth : 0;
    const int left = rect.right() + 1 - buttons;
    const int half = rect.height() / 2;
    QRect place;
    if (part == QStyle::SC_SpinBoxEditField)
        place = rect.adjusted(inputPadding, 1, -buttons - 2, -1);
    else if (part == QStyle::SC_SpinBoxUp && hasButtons)
        place = QRect(left, rect.top() + 2, buttons, half - 2);
    else if (part == QStyle::SC_SpinBoxDown && hasButtons)
        place = QRect(left, rect.top() + half, buttons, rect.height() - half - 2);
    return QStyle::visualRect(option.direction, rect, place);
}

QRect scrollBarPart(const QStyleOptionSlider &option, QStyle::SubControl part)
{
    const QRect rect = option.rect;
    const bool isHorizontal = option.orientation == Qt::Horizontal;
    const int length = isHorizontal ? rect.width() : rect.height();
    const qint64 range = qint64(option.maximum) - option.minimum;
    const int least = qMin(length, sliderLength);
    const int wanted =
        range <= 0 ? length : int(qint64(length) * option.pageStep / qMax<qint64>(1, range + option.pageStep));
    const int size = qBound(least, wanted, length);
    const int start = QStyle::sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - size, option.upsideDown);
    const auto along = [&](int from, int to) {
        return isHorizontal ? QRect(rect.left() + from, rect.top(), to - from, rect.height())
                            : QRect(rect.left(), rect.top() + from, rect.width(), to - from);
    };
    switch (part) {
    case QStyle::SC_ScrollBarGroove:
        return rect;
    case QStyle::SC_ScrollBarSlider:
        return along(start, start + size);
    case QStyle::SC_ScrollBarSubPage:
        return option.upsideDown ? along(start + size, length) : along(0, start);
    case QStyle::SC_ScrollBarAddPage:
        return option.upsideDown ? along(0, start) : along(start + size, length);
    default:
        return {};
    }
}

QSize roomFor(QStyle::ContentsType type, const QStyleOption *option, const QSize &contents, const QSize &usual,
    const QWidget *widget)
{
    const int inputHeight = qMax(contents.height() + 6, Look::controlHeight);
    switch (type) {
    case QStyle::CT_PushButton: {
        const bool isFlat = hasFlag(widget, "flat");
        return {contents.width() + (isFlat ? 16 : 24), qMax(contents.height() + 8, isFlat ? 26 : Look::controlHeight)};
    }
    case QStyle::CT_LineEdit:
        return isFramedEdit(option, widget) ? QSize(contents.width() + 2 * inputPadding, inputHeight) : usual;
    case QStyle::CT_ComboBox:
        return {contents.width() + inputPadding + arrowWidth + 6, inputHeight};
    case QStyle::CT_SpinBox:
        return {usual.width() + inputPadding, inputHeight};
    case QStyle::CT_CheckBox:
    case QStyle::CT_RadioButton:
        return {usual.width() + 4, usual.height()};
    case QStyle::CT_ToolButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option))
            return {qMax(toolButtonWidth(*button), 26), qMax(contents.height() + 8, 26)};
        return usual;
    case QStyle::CT_TabBarTab:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
            return {tabWidth(*tab, widget), Look::tabHeight};
        return usual;
    case QStyle::CT_HeaderSection:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option))
            return headerSize(*header);
        return usual;
    case QStyle::CT_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option))
            return menuItemSize(*item, contents);
        return usual;
    case QStyle::CT_ItemViewItem:
        return widget && widget->inherits("QTableView") ? usual : QSize(usual.width(), qMax(usual.height(), 28));
    case QStyle::CT_ProgressBar:
        return {usual.width(), 6};
    default:
        return usual;
    }
}

std::optional<int> lengthOf(QStyle::PixelMetric metric, const QWidget *widget)
{
    switch (metric) {
    case QStyle::PM_ScrollBarExtent:
        return 12;
    case QStyle::PM_ScrollBarSliderMin:
        return 28;
    case QStyle::PM_IndicatorWidth:
    case QStyle::PM_IndicatorHeight:
    case QStyle::PM_ExclusiveIndicatorWidth:
    case QStyle::PM_ExclusiveIndicatorHeight:
    case QStyle::PM_SmallIconSize:
    case QStyle::PM_ButtonIconSize:
    case QStyle::PM_TabBarIconSize:
        return 16;
    case QStyle::PM_CheckBoxLabelSpacing:
    case QStyle::PM_RadioButtonLabelSpacing:
        return 8;
    case QStyle::PM_ButtonShiftHorizontal:
    case QStyle::PM_ButtonShiftVertical:
    case QStyle::PM_TabBarTabShiftVertical:
    case QStyle::PM_TabBarTabShiftHorizontal:
    case QStyle::PM_TabBarTabOverlap:
    case QStyle::PM_TabBarBaseOverlap:
    case QStyle::PM_MenuHMargin:
    case QStyle::PM_MenuBarPanelWidth:
        return 0;
    case QStyle::PM_MenuVMargin:
        return 4;
    case QStyle::PM_MenuPanelWidth:
        return 1;
    case QStyle::PM_ToolTipLabelFrameWidth:
        return 5;
    case QStyle::PM_SplitterWidth:
        return Look::cardGap;
    case QStyle::PM_LayoutHorizontalSpacing:
    case QStyle::PM_LayoutVerticalSpacing:
        return Look::spaceS;
    case QStyle::PM_LayoutLeftMargin:
    case QStyle::PM_LayoutRightMargin:
    case QStyle::PM_LayoutTopMargin:
    case QStyle::PM_LayoutBottomMargin:
        return Look::spaceM;
    case QStyle::PM_HeaderMargin:
        return 4;
    case QStyle::PM_HeaderDefaultSectionSizeVertical:
        return Look::rowHeight;
    case QStyle::PM_FocusFrameHMargin:
        // What stands between a cell's edge and its text.
        return widget && widget->inherits("QTableView") ? 9 : 6;
    default:
        return std::nullopt;
    }
}

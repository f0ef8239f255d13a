// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/pennantstyle.h"

#include "widgets/common/colortable.h"
#include "widgets/common/controlpainting.h"
#include "widgets/common/icons.h"
#include "widgets/common/painting.h"
#include "widgets/common/viewpainting.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitterHandle>
#include <QTabBar>

namespace {

constexpr int inputPadding = 8;
constexpr int arrowWidth = 26;
constexpr int spinButtonWidth = 22;

/// The frame of a line edit that stands alone; those inside of combo and spin boxes have none.
bool isFramedEdit(const QStyleOption *option, const QWidget *widget)
{
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
    return frame && frame->lineWidth > 0 && !hasFlag(widget, "bare");
}

template <typename Option, typename Paint> bool paintAs(const QStyleOption *option, Paint paint)
{
    const auto *typed = qstyleoption_cast<const Option *>(option);
    if (typed)
        paint(*typed);
    return typed;
}

} // namespace

PennantStyle::PennantStyle()
    : QProxyStyle(QStringLiteral("fusion"))
{
}

void PennantStyle::polish(QPalette &palette)
{
    QProxyStyle::polish(palette);
    Look::adoptPalette(palette);
}

void PennantStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QPushButton *>(widget)) {
        QFont medium;
        medium.setWeight(QFont::Medium);
        widget->setFont(medium);
    }
    const bool isHoverSensitive = qobject_cast<QAbstractButton *>(widget) || qobject_cast<QLineEdit *>(widget)
        || qobject_cast<QComboBox *>(widget) || qobject_cast<QTabBar *>(widget) || qobject_cast<QHeaderView *>(widget)
        || qobject_cast<QScrollBar *>(widget) || qobject_cast<QSplitterHandle *>(widget);
    if (isHoverSensitive)
        widget->setAttribute(Qt::WA_Hover);
    // Tool tips take their palette from the desktop, past QApplication's.
    if (widget->inherits("QTipLabel"))
        widget->setPalette(QApplication::palette());
}

void PennantStyle::unpolish(QWidget *widget)
{
    QProxyStyle::unpolish(widget);
    if (qobject_cast<QPushButton *>(widget))
        widget->setFont(QFont());
}

void PennantStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case PE_PanelLineEdit:
        if (isFramedEdit(option, widget))
            paintInputFrame(*painter, *option, widget);
        return;
    case PE_FrameLineEdit:
        paintInputFrame(*painter, *option, widget);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        paintCheckIndicator(*painter, *option);
        return;
    case PE_IndicatorRadioButton:
        paintRadioIndicator(*painter, *option);
        return;
    case PE_PanelItemViewRow:
        if (paintAs<QStyleOptionViewItem>(option, [&](const auto &item) { paintItemRow(*painter, item, widget); }))
            return;
        break;
    case PE_PanelItemViewItem:
        if (paintAs<QStyleOptionViewItem>(option, [&](const auto &item) {
                if (item.backgroundBrush.style() != Qt::NoBrush)
                    painter->fillRect(item.rect, item.backgroundBrush);
                // Tables and trees have drawn the whole row before.
                if (!widget || (!widget->inherits("QTableView") && !widget->inherits("QTreeView")))
                    paintItem(*painter, item, widget);
            }))
            return;
        break;
    case PE_FrameTabBarBase:
        paintHairline(
            *painter, option->rect.left(), option->rect.right() + 1, option->rect.bottom(), Look::color(Look::Line));
        return;
    case PE_Frame:
    case PE_FrameGroupBox:
    case PE_FrameTabWidget:
        paintRounded(*painter, option->rect, Look::controlRadius, {}, Look::color(Look::Line));
        return;
    case PE_PanelMenu:
        painter->fillRect(option->rect, Look::color(Look::Surface));
        return;
    case PE_FrameMenu:
    case PE_PanelTipLabel:
        paintRounded(*painter, option->rect, 0, element == PE_PanelTipLabel ? Look::color(Look::Surface) : QColor(),
            mixed(Look::color(Look::Line), Look::color(Look::Text), 0.1));
        return;
    case PE_FrameFocusRect:
        if (!qobject_cast<const QAbstractItemView *>(widget))
            paintFocusRing(*painter, option->rect, 4);
        return;
    case PE_IndicatorBranch:
        if (option->state & State_Children) {
            QRectF arrow(0, 0, 12, 12);
            arrow.moveCenter(QRectF(option->rect).center());
            const bool isOpen = option->state & State_Open;
            Icons::paint(painter, arrow, isOpen ? Icons::Name::ChevronDown : Icons::Name::ChevronRight,
                Look::color(Look::SoftText));
        }
        return;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void PennantStyle::drawControl(
    ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    bool isPainted = false;
    switch (element) {
    case CE_PushButtonBevel:
        isPainted = paintAs<QStyleOptionButton>(option, [&](const auto &o) { paintButton(*painter, o, widget); });
        break;
    case CE_PushButtonLabel:
        isPainted = paintAs<QStyleOptionButton>(option, [&](const auto &o) { paintButtonLabel(*painter, o, widget); });
        break;
    case CE_TabBarTabShape:
        isPainted = paintAs<QStyleOptionTab>(option, [&](const auto &o) { paintTab(*painter, o); });
        break;
    case CE_TabBarTabLabel:
        isPainted = paintAs<QStyleOptionTab>(option, [&](const auto &o) { paintTabLabel(*painter, o, widget); });
        break;
    case CE_HeaderSection:
        isPainted = paintAs<QStyleOptionHeader>(option, [&](const auto &o) { paintHeaderSection(*painter, o); });
        break;
    case CE_HeaderLabel:
        isPainted = paintAs<QStyleOptionHeader>(option, [&](const auto &o) { paintHeaderLabel(*painter, o); });
        break;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, Look::color(Look::HeaderRow));
        paintHairline(
            *painter, option->rect.left(), option->rect.right() + 1, option->rect.bottom(), Look::color(Look::Line));
        return;
    case CE_MenuItem:
        isPainted = paintAs<QStyleOptionMenuItem>(option, [&](const auto &o) { paintMenuItem(*painter, o); });
        break;
    case CE_ProgressBar:
        isPainted = paintAs<QStyleOptionProgressBar>(option, [&](const auto &o) { paintProgress(*painter, o); });
        break;
    case CE_Splitter:
        paintSplitter(*painter, *option);
        return;
    case CE_ShapedFrame:
        isPainted = paintAs<QStyleOptionFrame>(option, [&](const auto &o) {
            const QRectF rect = o.rect;
            if (o.frameShape == QFrame::HLine)
                paintHairline(*painter, rect.left(), rect.right(), rect.center().y(), Look::color(Look::FaintLine));
            else if (o.frameShape == QFrame::VLine)
                paintVerticalHairline(
                    *painter, rect.center().x(), rect.top(), rect.bottom(), Look::color(Look::FaintLine));
            else
                QProxyStyle::drawControl(element, option, painter, widget);
        });
        break;
    default:
        break;
    }
    if (!isPainted)
        QProxyStyle::drawControl(element, option, painter, widget);
}

void PennantStyle::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto part = [&](SubControl which) { return subControlRect(control, option, which, widget); };
    bool isPainted = false;
    if (control == CC_ComboBox)
        isPainted = paintAs<QStyleOptionComboBox>(
            option, [&](const auto &o) { paintComboBox(*painter, o, widget, part(SC_ComboBoxArrow)); });
    else if (control == CC_SpinBox)
        isPainted = paintAs<QStyleOptionSpinBox>(option,
            [&](const auto &o) { paintSpinBox(*painter, o, widget, part(SC_SpinBoxUp), part(SC_SpinBoxDown)); });
    else if (control == CC_ScrollBar)
        isPainted = paintAs<QStyleOptionSlider>(
            option, [&](const auto &o) { paintScrollBar(*painter, o, part(SC_ScrollBarSlider)); });
    else if (control == CC_ToolButton)
        isPainted = paintAs<QStyleOptionToolButton>(option, [&](const auto &o) {
            paintToolButton(*painter, o);
            QStyleOptionToolButton label = o;
            label.rect = o.rect.adjusted(2, 0, -2, 0);
            label.palette.setColor(
                QPalette::ButtonText, Look::color(o.state & State_Enabled ? Look::SoftText : Look::FaintText));
            if (o.state & State_On)
                label.palette.setColor(QPalette::ButtonText, Look::color(Look::Accent));
            else if ((o.state & State_MouseOver) && (o.state & State_Enabled))
                label.palette.setColor(QPalette::ButtonText, Look::color(Look::Text));
            QProxyStyle::drawControl(CE_ToolButtonLabel, &label, painter, widget);
        });
    if (!isPainted)
        QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect PennantStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    if (element == SE_LineEditContents && isFramedEdit(option, widget))
        return option->rect.adjusted(inputPadding, 1, -inputPadding, -1);
    return rect;
}

QRect PennantStyle::subControlRect(
    ComplexControl control, const QStyleOptionComplex *option, SubControl part, const QWidget *widget) const
{
    const QRect rect = option->rect;
    const auto visual = [&](const QRect &place) { return visualRect(option->direction, rect, place); };
    if (control == CC_ComboBox && part == SC_ComboBoxEditField)
        return visual(rect.adjusted(inputPadding, 1, -arrowWidth, -1));
    if (control == CC_ComboBox && part == SC_ComboBoxArrow)
        return visual(QRect(rect.right() + 1 - arrowWidth, rect.top(), arrowWidth, rect.height()));
    if (control == CC_SpinBox) {
        const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
        const bool hasButtons = spin && spin->buttonSymbols != QAbstractSpinBox::NoButtons;
        const int buttons = hasButtons ? spinButtonWidth : 0;
        const int left = rect.right() + 1 - buttons;
        const int half = rect.height() / 2;
        if (part == SC_SpinBoxEditField)
            return visual(rect.adjusted(inputPadding, 1, -buttons - 2, -1));
        if (part == SC_SpinBoxUp)
            return hasButtons ? visual(QRect(left, rect.top() + 2, buttons, half - 2)) : QRect();
        if (part == SC_SpinBoxDown)
            return hasButtons ? visual(QRect(left, rect.top() + half, buttons, rect.height() - half - 2)) : QRect();
    }
    if (control == CC_ScrollBar) {
        const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (part == SC_ScrollBarAddLine || part == SC_ScrollBarSubLine)
            return {};
        if (bar && part == SC_ScrollBarGroove)
            return rect;
        if (bar && (part == SC_ScrollBarSlider || part == SC_ScrollBarAddPage || part == SC_ScrollBarSubPage)) {
            const bool isHorizontal = bar->orientation == Qt::Horizontal;
            const int length = isHorizontal ? rect.width() : rect.height();
            const qint64 range = qint64(bar->maximum) - bar->minimum;
            const int least = qMin(length, pixelMetric(PM_ScrollBarSliderMin, option, widget));
            const int size = range <= 0
                ? length
                : qBound(least, int(qint64(length) * bar->pageStep / qMax<qint64>(1, range + bar->pageStep)), length);
            const int start = sliderPositionFromValue(
                bar->minimum, bar->maximum, bar->sliderPosition, length - size, bar->upsideDown);
            const auto along = [&](int from, int to) {
                return isHorizontal ? visual(QRect(rect.left() + from, rect.top(), to - from, rect.height()))
                                    : QRect(rect.left(), rect.top() + from, rect.width(), to - from);
            };
            if (part == SC_ScrollBarSlider)
                return along(start, start + size);
            return part == SC_ScrollBarSubPage ? along(0, start) : along(start + size, length);
        }
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QSize PennantStyle::sizeFromContents(
    ContentsType type, const QStyleOption *option, const QSize &contents, const QWidget *widget) const
{
    QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    switch (type) {
    case CT_PushButton: {
        const bool isFlat = hasFlag(widget, "flat");
        size.setWidth(contents.width() + (isFlat ? 16 : 24));
        size.setHeight(qMax(contents.height() + 8, isFlat ? 26 : Look::controlHeight));
        break;
    }
    case CT_LineEdit:
        if (isFramedEdit(option, widget))
            size = QSize(contents.width() + 2 * inputPadding, qMax(contents.height() + 6, Look::controlHeight));
        break;
    case CT_ComboBox:
        size = QSize(contents.width() + inputPadding + arrowWidth, qMax(contents.height() + 6, Look::controlHeight));
        break;
    case CT_SpinBox:
        size = QSize(size.width() + inputPadding, qMax(contents.height() + 6, Look::controlHeight));
        break;
    case CT_ToolButton:
        size = QSize(qMax(contents.width() + 12, 26), qMax(contents.height() + 8, 26));
        break;
    case CT_TabBarTab:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
            size = QSize(tabWidth(*tab, widget), Look::tabHeight);
        break;
    case CT_HeaderSection:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            const int arrow = header->sortIndicator != QStyleOptionHeader::None ? 15 : 0;
            size = QSize(QFontMetrics(headerFont()).horizontalAdvance(header->text) + 21 + arrow, Look::headerHeight);
        }
        break;
    case CT_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option))
            size = menuItemSize(*item, contents);
        break;
    case CT_ItemViewItem:
        if (!widget || !widget->inherits("QTableView"))
            size.setHeight(qMax(size.height(), 28));
        break;
    case CT_ProgressBar:
        size.setHeight(6);
        break;
    default:
        break;
    }
    return size;
}

int PennantStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return 12;
    case PM_ScrollBarSliderMin:
        return 28;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
        return 16;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 8;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabOverlap:
    case PM_TabBarBaseOverlap:
    case PM_MenuHMargin:
    case PM_MenuBarPanelWidth:
        return 0;
    case PM_MenuVMargin:
        return 4;
    case PM_MenuPanelWidth:
        return 1;
    case PM_SplitterWidth:
        return Look::cardGap;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return Look::spaceS;
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin:
        return Look::spaceM;
    case PM_HeaderMargin:
        return 10;
    case PM_FocusFrameHMargin:
        // What stands between a cell's edge and its text.
        return widget && widget->inherits("QTableView") ? 9 : 6;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int PennantStyle::styleHint(
    StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *result) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ComboBox_Popup:
    case SH_ScrollBar_Transient:
    case SH_UnderlineShortcut:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return 1;
    case SH_ToolTipLabel_Opacity:
        return 255;
    case SH_TabBar_ElideMode:
        return Qt::ElideRight;
    default:
        return QProxyStyle::styleHint(hint, option, widget, result);
    }
}

QIcon PennantStyle::standardIcon(StandardPixmap which, const QStyleOption *option, const QWidget *widget) const
{
    switch (which) {
    case SP_LineEditClearButton:
        return Icons::icon(Icons::Name::Cross);
    case SP_MessageBoxWarning:
        return Icons::icon(Icons::Name::Alert, Look::Warning);
    case SP_MessageBoxCritical:
        return Icons::icon(Icons::Name::Alert, Look::Bad);
    case SP_MessageBoxInformation:
        return Icons::icon(Icons::Name::Info, Look::Accent);
    default:
        return QProxyStyle::standardIcon(which, option, widget);
    }
}

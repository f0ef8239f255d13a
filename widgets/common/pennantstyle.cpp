// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/pennantstyle.h"

#include "widgets/common/buttonpainting.h"
#include "widgets/common/colortable.h"
#include "widgets/common/controlgeometry.h"
#include "widgets/common/framepainting.h"
#include "widgets/common/icons.h"
#include "widgets/common/inputpainting.h"
#include "widgets/common/optionstate.h"
#include "widgets/common/painting.h"
#include "widgets/common/returnpresses.h"
#include "widgets/common/viewpainting.h"
#include "widgets/common/wheelguard.h"

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
#include <QToolButton>

namespace {

template <typename Option, typename Paint> bool paintAs(const QStyleOption *option, Paint paint)
{
    const auto *typed = qstyleoption_cast<const Option *>(option);
    if (typed)
        paint(*typed);
    return typed;
}

void paintBranch(QPainter &painter, const QStyleOption &option)
{
    if (!(option.state & QStyle::State_Children))
        return;
    const bool isOpen = option.state & QStyle::State_Open;
    Icons::paint(&painter, centredSquare(option.rect, 12),
        isOpen ? Icons::Name::ChevronDown : Icons::Name::ChevronRight, Look::color(Look::SoftText));
}

/// What can be ticked, and what views consist of; false for anything else.
bool paintPart(QStyle::PrimitiveElement element, const QStyleOption &option, QPainter &painter, const QWidget *widget)
{
    switch (element) {
    case QStyle::PE_IndicatorCheckBox:
    case QStyle::PE_IndicatorItemViewItemCheck:
        paintCheckIndicator(painter, option);
        return true;
    case QStyle::PE_IndicatorRadioButton:
        paintRadioIndicator(painter, option);
        return true;
    case QStyle::PE_PanelItemViewRow:
        return paintAs<QStyleOptionViewItem>(&option, [&](const auto &item) { paintItemRow(painter, item, widget); });
    case QStyle::PE_PanelItemViewItem:
        return paintAs<QStyleOptionViewItem>(&option, [&](const auto &item) {
            if (item.backgroundBrush.style() != Qt::NoBrush)
                painter.fillRect(item.rect, item.backgroundBrush);
            // Tables and trees have drawn the whole row before.
            if (!widget || (!widget->inherits("QTableView") && !widget->inherits("QTreeView")))
                paintItem(painter, item, widget);
        });
    case QStyle::PE_IndicatorBranch:
        paintBranch(painter, option);
        return true;
    default:
        return false;
    }
}

} // namespace

PennantStyle::PennantStyle()
    : QProxyStyle(QStringLiteral("fusion"))
    , m_returnPresses(new ReturnPresses(this))
    , m_wheelGuard(new WheelGuard(this))
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
    if (qobject_cast<QPushButton *>(widget) || qobject_cast<QToolButton *>(widget))
        widget->installEventFilter(m_returnPresses);
    if (qobject_cast<QComboBox *>(widget))
        widget->installEventFilter(m_wheelGuard);
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
    widget->removeEventFilter(m_returnPresses);
    widget->removeEventFilter(m_wheelGuard);
    if (qobject_cast<QPushButton *>(widget))
        widget->setFont(QFont());
}

void PennantStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    if (!paintFrame(element, *option, *painter, widget) && !paintPart(element, *option, *painter, widget))
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
    case CE_Header:
        isPainted = paintAs<QStyleOptionHeader>(option, [&](const auto &o) {
            paintHeaderSection(*painter, o);
            paintHeaderLabel(*painter, o);
        });
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
            paintToolButtonLabel(*painter, o);
        });
    if (!isPainted)
        QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect PennantStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    if (element == SE_LineEditContents && isFramedEdit(option, widget))
        return option->rect.adjusted(inputPadding, 1, -inputPadding, -1);
    // A ring around the words needs some air.
    if (element == SE_CheckBoxFocusRect || element == SE_RadioButtonFocusRect)
        return rect.adjusted(-4, 0, 4, 0) & option->rect;
    return rect;
}

QRect PennantStyle::subControlRect(
    ComplexControl control, const QStyleOptionComplex *option, SubControl part, const QWidget *widget) const
{
    if (control == CC_ComboBox && (part == SC_ComboBoxEditField || part == SC_ComboBoxArrow))
        return comboBoxPart(*option, part);
    if (control == CC_SpinBox && part != SC_SpinBoxFrame) {
        if (const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option))
            return spinBoxPart(*spin, part);
    }
    if (control == CC_ScrollBar) {
        if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option))
            return scrollBarPart(*bar, part);
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QSize PennantStyle::sizeFromContents(
    ContentsType type, const QStyleOption *option, const QSize &contents, const QWidget *widget) const
{
    const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    return roomFor(type, option, contents, size, widget);
}

int PennantStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    const std::optional<int> ours = lengthOf(metric, widget);
    return ours ? *ours : QProxyStyle::pixelMetric(metric, option, widget);
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
    case SH_DialogButtonBox_ButtonsHaveIcons:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return 1;
    case SH_ToolTipLabel_Opacity:
        return 255;
    case SH_LineEdit_PasswordCharacter:
        return 0x2022;
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

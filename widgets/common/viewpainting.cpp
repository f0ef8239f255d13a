// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/viewpainting.h"

#include "widgets/common/colortable.h"
#include "widgets/common/icons.h"
#include "widgets/common/optionstate.h"
#include "widgets/common/painting.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QTabBar>
#include <QTableView>
#include <QTreeView>

#include <cmath>

namespace {

constexpr int tabPadding = 12;
constexpr int countGap = 6;
constexpr int headerPadding = 10;
constexpr int headerArrow = 11;
constexpr int menuHeight = 28;
constexpr int menuIconColumn = 28;
constexpr int menuShortcutGap = 28;

QString tabCount(const QStyleOptionTab &option, const QWidget *widget)
{
    const auto *bar = qobject_cast<const QTabBar *>(widget);
    return bar && option.tabIndex >= 0 ? bar->tabData(option.tabIndex).toString() : QString();
}

void paintMenuMark(QPainter &painter, const QStyleOptionMenuItem &option, const QRect &place)
{
    const bool isEnabled = option.state & QStyle::State_Enabled;
    const QColor color = Look::color(isEnabled ? Look::Text : Look::FaintText);
    const QRect icon(place.center().x() - 7, place.center().y() - 7, 16, 16);
    if (option.checkType != QStyleOptionMenuItem::NotCheckable && option.checked)
        Icons::paint(&painter, icon, Icons::Name::Check, color);
    else if (!option.icon.isNull())
        option.icon.paint(&painter, icon, Qt::AlignCenter, isEnabled ? QIcon::Normal : QIcon::Disabled);
}

} // namespace

int tabWidth(const QStyleOptionTab &option, const QWidget *widget)
{
    const QString count = tabCount(option, widget);
    const int iconWidth = option.icon.isNull() ? 0 : option.iconSize.width() + countGap;
    const int countWidth = count.isEmpty() ? 0 : countGap + int(std::ceil(tabularWidth(Look::captionFont(), count)));
    const int textWidth = QFontMetrics(Look::titleFont()).size(Qt::TextShowMnemonic, option.text).width();
    return textWidth + countWidth + iconWidth + 2 * tabPadding;
}

void paintTab(QPainter &painter, const QStyleOptionTab &option)
{
    const QRectF place = QRectF(option.rect).adjusted(2, 0, -2, 0);
    if (option.state & QStyle::State_Selected)
        painter.fillRect(QRectF(place.left(), place.bottom() - 2, place.width(), 2), Look::color(Look::Accent));
    if (showsFocus(option))
        paintFocusRing(painter, place.adjusted(0, 4, 0, -4), Look::controlRadius);
}

void paintTabLabel(QPainter &painter, const QStyleOptionTab &option, const QWidget *widget)
{
    const bool isSelected = option.state & QStyle::State_Selected;
    const bool isEnabled = option.state & QStyle::State_Enabled;
    const QFont font = isSelected ? Look::titleFont() : Look::nameFont();
    const QString count = tabCount(option, widget);
    const QFont countFont = Look::captionFont();
    const int countWidth = count.isEmpty() ? 0 : countGap + int(std::ceil(tabularWidth(countFont, count)));
    const int iconWidth = option.icon.isNull() ? 0 : option.iconSize.width() + countGap;
    const QRect content = option.rect.adjusted(tabPadding, 0, -tabPadding, 0);
    const QRect logical(
        content.left() + iconWidth, content.top(), content.width() - countWidth - iconWidth, content.height());
    const QRect textRect = QStyle::visualRect(option.direction, content, logical);
    if (iconWidth > 0)
        option.icon.paint(&painter,
            QStyle::alignedRect(option.direction, Qt::AlignLeft | Qt::AlignVCenter, option.iconSize, content));

    Look::Role role = isSelected || isHovered(option) ? Look::Text : Look::SoftText;
    if (!isEnabled)
        role = Look::FaintText;
    painter.setFont(font);
    painter.setPen(Look::color(role));
    const QString text =
        QFontMetrics(font).elidedText(option.text, Qt::ElideRight, textRect.width() + 1, Qt::TextShowMnemonic);
    painter.drawText(textRect, Qt::AlignCenter | Qt::TextHideMnemonic | Qt::TextSingleLine, text);
    if (count.isEmpty())
        return;
    painter.setFont(countFont);
    painter.setPen(Look::color(Look::FaintText));
    const QRect countRect = QStyle::visualRect(option.direction, content,
        QRect(content.right() + 1 - countWidth + countGap, content.top() + 1, countWidth - countGap, content.height()));
    paintTabular(painter, countRect, Qt::AlignLeft, count);
}

QFont headerFont()
{
    QFont font = Look::captionFont();
    font.setWeight(QFont::Medium);
    return font;
}

QSize headerSize(const QStyleOptionHeader &option)
{
    const int text = QFontMetrics(headerFont()).horizontalAdvance(option.text);
    return {text + 2 * headerPadding + headerArrow + 5, Look::headerHeight};
}

void paintHeaderSection(QPainter &painter, const QStyleOptionHeader &option)
{
    const QRectF rect = option.rect;
    painter.fillRect(rect, Look::color(isHovered(option) ? Look::FaintLine : Look::HeaderRow));
    paintHairline(painter, rect.left(), rect.right(), rect.bottom() - 1, Look::color(Look::Line));
    const bool isLast =
        option.position == QStyleOptionHeader::End || option.position == QStyleOptionHeader::OnlyOneSection;
    if (isHovered(option) && !isLast)
        paintVerticalHairline(painter, option.direction == Qt::LeftToRight ? rect.right() - 1 : rect.left(),
            rect.top() + 7, rect.bottom() - 8, Look::color(Look::Line));
}

void paintHeaderLabel(QPainter &painter, const QStyleOptionHeader &option)
{
    const bool isSorted = option.sortIndicator != QStyleOptionHeader::None;
    const QFontMetrics metrics(headerFont());
    const QRect room = option.rect.adjusted(headerPadding, 0, -headerPadding, 0);
    const int arrowWidth = isSorted ? headerArrow + 4 : 0;
    const QString text = metrics.elidedText(option.text, Qt::ElideRight, room.width() - arrowWidth);
    const int textWidth = metrics.horizontalAdvance(text);
    const Qt::Alignment alignment = option.textAlignment & Qt::AlignHorizontal_Mask;
    const QRect content = QStyle::alignedRect(
        option.direction, alignment | Qt::AlignVCenter, QSize(textWidth + arrowWidth, room.height()), room);
    painter.setFont(headerFont());
    painter.setPen(Look::color(isSorted ? Look::Text : Look::SoftText));
    painter.drawText(QStyle::visualRect(option.direction, content,
                         QRect(content.left(), content.top(), textWidth + 1, content.height())),
        Qt::AlignVCenter | Qt::TextSingleLine, text);
    if (!isSorted)
        return;
    // Qt's SortDown stands for ascending: the arrow points to where the greater values are.
    const bool isAscending = option.sortIndicator == QStyleOptionHeader::SortDown;
    const QRect arrow = QStyle::visualRect(option.direction, content,
        QRect(content.left() + textWidth + 4, content.center().y() - headerArrow / 2, headerArrow, headerArrow));
    Icons::paint(&painter, arrow, isAscending ? Icons::Name::ArrowUp : Icons::Name::ArrowDown, Look::color(Look::Text));
}

void paintItemRow(QPainter &painter, const QStyleOptionViewItem &option, const QWidget *widget)
{
    const auto *table = qobject_cast<const QTableView *>(widget);
    if (!table) {
        paintItem(painter, option, widget);
        return;
    }
    const QRectF rect = option.rect;
    const bool isSelected = option.state & QStyle::State_Selected;
    const QVariant hovered = widget->property("hoveredRow");
    const bool isRowHovered = hovered.isValid() && hovered.toInt() == table->rowAt(option.rect.center().y());
    if (isSelected)
        painter.fillRect(rect, Look::color(Look::Selection));
    else if (isRowHovered)
        painter.fillRect(rect, Look::color(Look::HeaderRow));
    paintHairline(painter, rect.left(), rect.right() + 1, rect.bottom() - 1, Look::color(Look::FaintLine));
    const bool isCurrent = table->hasFocus() && table->currentIndex().row() == table->rowAt(option.rect.center().y());
    if (!isCurrent)
        return;
    // The keyboard may stand on a row that nobody has chosen.
    if (!isSelected) {
        paintHairline(painter, rect.left(), rect.right() + 1, rect.top(), Look::color(Look::Accent));
        paintHairline(painter, rect.left(), rect.right() + 1, rect.bottom() - 1, Look::color(Look::Accent));
    }
    if (table->columnViewportPosition(table->columnAt(option.rect.left())) <= 0)
        painter.fillRect(QRectF(0, rect.top(), 3, rect.height() - 1), Look::color(Look::Accent));
}

void paintItem(QPainter &painter, const QStyleOptionViewItem &option, const QWidget *widget)
{
    const bool isTree = qobject_cast<const QTreeView *>(widget);
    const QRectF rect = QRectF(option.rect).adjusted(isTree ? 0 : 1, 0, isTree ? 0 : -1, 0);
    if (option.state & QStyle::State_Selected)
        paintRounded(painter, rect, Look::controlRadius, Look::color(Look::Selection), {});
    else if (isHovered(option))
        paintRounded(
            painter, rect, Look::controlRadius, mixed(Look::color(Look::FaintLine), Look::color(Look::Text), 0.03), {});
    if (showsFocus(option))
        paintFocusRing(painter, rect, Look::controlRadius);
}

void paintScrollBar(QPainter &painter, const QStyleOptionSlider &option, const QRect &slider)
{
    if (option.maximum <= option.minimum)
        return;
    const bool isActive = option.activeSubControls == QStyle::SC_ScrollBarSlider
        && (option.state & (QStyle::State_MouseOver | QStyle::State_Sunken));
    const double share = isActive ? 0.85 : 0.4;
    const QColor color = mixed(Look::color(Look::Surface), Look::color(Look::FaintText), share);
    const bool isHorizontal = option.orientation == Qt::Horizontal;
    const QRectF bar = isHorizontal ? QRectF(slider).adjusted(2, 3, -2, -3) : QRectF(slider).adjusted(3, 2, -3, -2);
    paintRounded(painter, bar, qMin(bar.width(), bar.height()) / 2, color, {});
}

QSize menuItemSize(const QStyleOptionMenuItem &option, const QSize &contents)
{
    if (option.menuItemType == QStyleOptionMenuItem::Separator)
        return {contents.width(), 9};
    const QStringList parts = option.text.split(QLatin1Char('\t'));
    const QFontMetrics metrics(option.font);
    int width = metrics.size(Qt::TextShowMnemonic, parts.first()).width() + menuIconColumn + 20;
    if (parts.size() > 1)
        width += metrics.horizontalAdvance(parts.at(1)) + menuShortcutGap;
    return {qMax(width, 140), qMax(menuHeight, metrics.height() + 8)};
}

void paintMenuItem(QPainter &painter, const QStyleOptionMenuItem &option)
{
    const QRect rect = option.rect;
    painter.fillRect(rect, Look::color(Look::Surface));
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        paintHairline(painter, rect.left() + 8, rect.right() - 8, rect.center().y(), Look::color(Look::Line));
        return;
    }
    const bool isEnabled = option.state & QStyle::State_Enabled;
    if ((option.state & QStyle::State_Selected) && isEnabled)
        paintRounded(painter, QRectF(rect).adjusted(4, 0, -4, 0), 4, Look::color(Look::Selection), {});
    const auto visual = [&](const QRect &place) { return QStyle::visualRect(option.direction, rect, place); };
    paintMenuMark(painter, option, visual(QRect(rect.left() + 4, rect.top(), menuIconColumn, rect.height())));

    const QStringList parts = option.text.split(QLatin1Char('\t'));
    const QRect textRect = visual(rect.adjusted(menuIconColumn + 6, 0, -14, 0));
    const Qt::Alignment start = option.direction == Qt::LeftToRight ? Qt::AlignLeft : Qt::AlignRight;
    const Qt::Alignment end = option.direction == Qt::LeftToRight ? Qt::AlignRight : Qt::AlignLeft;
    painter.setFont(option.font);
    painter.setPen(Look::color(isEnabled ? Look::Text : Look::FaintText));
    painter.drawText(
        textRect, int(start | Qt::AlignVCenter) | Qt::TextShowMnemonic | Qt::TextSingleLine, parts.first());
    if (parts.size() > 1) {
        painter.setPen(Look::color(Look::FaintText));
        painter.drawText(textRect, int(end | Qt::AlignVCenter) | Qt::TextSingleLine, parts.at(1));
    }
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu)
        Icons::paint(&painter, visual(QRect(rect.right() - 20, rect.center().y() - 6, 12, 12)),
            Icons::Name::ChevronRight, Look::color(Look::SoftText));
}

void paintProgress(QPainter &painter, const QStyleOptionProgressBar &option)
{
    QRectF groove = option.rect;
    const double height = qMin(groove.height(), 6.0);
    groove = QRectF(groove.left(), groove.center().y() - height / 2, groove.width(), height);
    paintRounded(painter, groove, height / 2, Look::color(Look::FaintLine), {});
    const double span = double(option.maximum) - option.minimum;
    // Nothing known about how far: a third of the bar, standing still.
    const double share = span > 0 ? (double(option.progress) - option.minimum) / span : 0.33;
    if (share <= 0)
        return;
    QRectF bar = groove;
    bar.setWidth(qMax(height, groove.width() * qMin(share, 1.0)));
    if (option.direction == Qt::RightToLeft)
        bar.moveRight(groove.right());
    paintRounded(painter, bar, height / 2, Look::color(Look::Accent), {});
}

void paintSplitter(QPainter &painter, const QStyleOption &option)
{
    const QRectF rect = option.rect;
    const bool isVerticalLine = rect.height() > rect.width();
    const double thickness = qMin(rect.width(), rect.height());
    if (thickness <= 3)
        painter.fillRect(rect, Look::color(isHovered(option) ? Look::Accent : Look::Line));
    else if (isHovered(option) && isVerticalLine)
        painter.fillRect(
            QRectF(rect.center().x() - 1, rect.top() + 8, 2, rect.height() - 16), Look::color(Look::Accent));
    else if (isHovered(option))
        painter.fillRect(
            QRectF(rect.left() + 8, rect.center().y() - 1, rect.width() - 16, 2), Look::color(Look::Accent));
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/celldelegate.h"

#include "models/cellroles.h"
#include "widgets/common/icons.h"
#include "widgets/common/look.h"
#include "widgets/common/meter.h"
#include "widgets/common/painting.h"
#include "widgets/common/plaintooltip.h"
#include "widgets/common/statusbadge.h"
#include "widgets/common/tag.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QHelpEvent>
#include <QPainter>

Tone lookOf(CellTone tone)
{
    switch (tone) {
    case CellTone::Good:
        return Tone::Good;
    case CellTone::Accent:
        return Tone::Accent;
    case CellTone::Warning:
        return Tone::Warning;
    case CellTone::Bad:
        return Tone::Bad;
    case CellTone::Neutral:
        break;
    }
    return Tone::Neutral;
}

namespace {

constexpr int markSize = 14;
constexpr int markWidth = markSize + 6; // with the gap to the text
constexpr int tagGap = 6;
constexpr int badgeRoom = 24; // at both sides
constexpr QSize meterSize(48, 6);
constexpr int meterRoom = meterSize.width() + 8; // with the gap to the number

QFont fontOf(CellFace face, const QFont &usual)
{
    switch (face) {
    case CellFace::Name:
        return Look::nameFont();
    case CellFace::Code:
        return Look::fixedFont();
    default:
        return usual;
    }
}

Look::Role textRole(CellFace face, CellTone tone)
{
    switch (tone) {
    case CellTone::Good:
        return Look::Good;
    case CellTone::Warning:
        return Look::Warning;
    case CellTone::Bad:
        return Look::Bad;
    case CellTone::Accent:
        return Look::Accent;
    case CellTone::Neutral:
        break;
    }
    return face == CellFace::Soft ? Look::SoftText : Look::Text;
}

Tone toneAt(const QModelIndex &index)
{
    return lookOf(CellTone(index.data(CellToneRole).toInt()));
}

QSize badgeSize(const QModelIndex &index)
{
    return StatusBadge::size(index.data().toString(), StatusBadge::usualShape(toneAt(index)));
}

void paintBadge(QPainter &painter, const QStyleOptionViewItem &cell, const QRect &room, const QModelIndex &index)
{
    const Tone tone = toneAt(index);
    painter.setClipRect(room);
    StatusBadge::paint(&painter, room, tone, index.data().toString(), StatusBadge::usualShape(tone), cell.direction);
}

/// At the beginning of the room; answers what is left to the number.
QRect paintMeter(QPainter &painter, const QStyleOptionViewItem &cell, const QRect &room, double value, Tone tone)
{
    const QRect groove(QPoint(room.left(), room.center().y() - meterSize.height() / 2 + 1), meterSize);
    Meter::paint(painter, QStyle::visualRect(cell.direction, room, groove), value,
        tone == Tone::Neutral ? Tone::Accent : tone, cell.direction);
    return QStyle::visualRect(cell.direction, room, room.adjusted(meterRoom, 0, 0, 0));
}

void paintNumber(QPainter &painter, const QStyleOptionViewItem &cell, const QRect &room, const QString &text)
{
    if (tabularWidth(cell.font, text) <= room.width())
        paintTabular(painter, room, Qt::AlignRight, text);
    else
        painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
            cell.fontMetrics.elidedText(text, Qt::ElideRight, room.width()));
}

void paintMarked(
    QPainter &painter, const QStyleOptionViewItem &cell, const QRect &room, const QString &text, CellTone tone)
{
    const bool isBad = tone == CellTone::Bad;
    const QRect mark(room.left(), room.center().y() - markSize / 2 + 1, markSize, markSize);
    Icons::paint(&painter, QStyle::visualRect(cell.direction, room, mark),
        isBad ? Icons::Name::Cross : Icons::Name::Alert, Look::color(isBad ? Look::Bad : Look::Warning));
    const QRect rest = QStyle::visualRect(cell.direction, room, room.adjusted(markWidth, 0, 0, 0));
    painter.drawText(rest, Qt::AlignLeading | Qt::AlignVCenter | Qt::TextSingleLine,
        QFontMetrics(cell.font).elidedText(text, cell.textElideMode, rest.width()));
}

/// Behind the text, which gives way to it; answers what is left to the text.
QRect paintTag(
    QPainter &painter, const QStyleOptionViewItem &cell, const QRect &room, int textWidth, const QString &tag)
{
    const QSize size = Tag::size(tag);
    const int left = std::min(textWidth, room.width() - size.width() - tagGap);
    const QRect place(QPoint(room.left() + std::max(left, 0) + tagGap, room.center().y() - size.height() / 2), size);
    Tag::paint(&painter, QStyle::visualRect(cell.direction, room, place), tag, Tone::Accent);
    return QStyle::visualRect(cell.direction, room, QRect(room.topLeft(), QSize(std::max(left, 0), room.height())));
}

/// What QStyledItemDelegate does not know: numbers, marks, tags and meters.
void paintContent(
    QPainter &painter, const QStyleOptionViewItem &cell, QRect room, const QModelIndex &index, const QString &text)
{
    const QFontMetrics metrics(cell.font);
    const int textWidth = metrics.horizontalAdvance(text) + 1; // rounded down, it would not fit
    const bool isMarked = index.data(CellMarkRole).toBool();
    if (const QString tag = index.data(CellTagRole).toString(); !tag.isEmpty()) {
        painter.save();
        room = paintTag(painter, cell, room, textWidth + (isMarked ? markWidth : 0), tag);
        painter.restore();
    }
    if (const QVariant meter = index.data(CellMeterRole); meter.isValid())
        room = paintMeter(painter, cell, room, meter.toDouble(), toneAt(index));
    if (isMarked)
        paintMarked(painter, cell, room, text, CellTone(index.data(CellToneRole).toInt()));
    else if (cell.displayAlignment & Qt::AlignRight)
        paintNumber(painter, cell, room, text);
    else
        painter.drawText(room, Qt::AlignLeading | Qt::AlignVCenter | Qt::TextSingleLine,
            metrics.elidedText(text, cell.textElideMode, room.width()));
}

} // namespace

void CellDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const auto face = CellFace(index.data(CellFaceRole).toInt());
    const auto tone = CellTone(index.data(CellToneRole).toInt());
    const bool isMarked = index.data(CellMarkRole).toBool();
    option->font = fontOf(face, option->font);
    // Names differ at their ends, as "billing-worker-eu-central-1" does; a sentence begins with what counts.
    const bool isCutAtEnd = option->text.contains(QLatin1Char(' ')) || index.data(CellBeginningRole).toBool();
    option->textElideMode = isCutAtEnd ? Qt::ElideRight : Qt::ElideMiddle;
    const QColor color = Look::color(textRole(face, isMarked ? CellTone::Neutral : tone));
    option->palette.setColor(QPalette::Text, color);
    option->palette.setColor(QPalette::HighlightedText, color);
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QString tag = index.data(CellTagRole).toString();
    if (index.data(CellBadgeRole).toBool())
        return badgeSize(index) + QSize(badgeRoom, 0);
    const QSize usual = QStyledItemDelegate::sizeHint(option, index);
    const int mark = index.data(CellMarkRole).toBool() ? markWidth : 0;
    const int meter = index.data(CellMeterRole).isValid() ? meterRoom : 0;
    return usual + QSize(meter + mark + (tag.isEmpty() ? 0 : Tag::size(tag).width() + tagGap + 2), 0);
}

/// The whole of what is cut stands above what else there is to say.
bool CellDelegate::helpEvent(
    QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (!event || !view || event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QStringList lines{index.data(Qt::ToolTipRole).toString()};
    const QString text = index.data().toString();
    if (sizeHint(option, index).width() > option.rect.width() && !lines.contains(text))
        lines.prepend(text);
    lines.removeAll(QString());
    showPlainToolTip(event->globalPos(), lines.join(QLatin1Char('\n')), view, option.rect);
    return true;
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const bool isMarked = index.data(CellMarkRole).toBool();
    const bool isNumber = cell.displayAlignment & Qt::AlignRight;
    const QString tag = index.data(CellTagRole).toString();
    if (!isNumber && !isMarked && tag.isEmpty() && !index.data(CellBadgeRole).toBool()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    const QString text = std::exchange(cell.text, QString());
    const QStyle *style = cell.widget ? cell.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
    const int padding = style->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, cell.widget) + 1;
    const QRect room = cell.rect.adjusted(padding, 0, -padding, 0);
    painter->save();
    painter->setFont(cell.font);
    const bool isSelected = cell.state & QStyle::State_Selected;
    painter->setPen(cell.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text));
    if (index.data(CellBadgeRole).toBool())
        paintBadge(*painter, cell, room, index);
    else
        paintContent(*painter, cell, room, index, text);
    painter->restore();
}

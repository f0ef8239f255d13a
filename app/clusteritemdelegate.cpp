// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clusteritemdelegate.h"

#include "app/statustext.h"
#include "models/clusterlistmodel.h"
#include "widgets/common/icons.h"
#include "widgets/common/painting.h"
#include "widgets/common/plaintooltip.h"
#include "widgets/common/statusdot.h"
#include "widgets/common/tag.h"

#include <QPainter>

#include <algorithm>

namespace {

constexpr int dotCentre = 12;
constexpr int textStart = 24;
constexpr int foldIndent = 16;
constexpr int shortestLabel = 4;

Tone toneOf(ClusterEntry::State state)
{
    switch (state) {
    case ClusterEntry::State::Online:
        return Tone::Good;
    case ClusterEntry::State::Connecting:
        return Tone::Accent;
    case ClusterEntry::State::Offline:
        return Tone::Warning;
    case ClusterEntry::State::Refused:
    case ClusterEntry::State::Untrusted:
    case ClusterEntry::State::Failing:
    case ClusterEntry::State::Broken:
        return Tone::Bad;
    case ClusterEntry::State::Closed:
        break;
    }
    return Tone::Neutral;
}

void paintHeading(QPainter &painter, const QRect &rect, const QString &text)
{
    QFont font = Look::captionFont();
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(Look::color(Look::SoftText));
    const QRect area = rect.adjusted(Look::spaceS, 0, -Look::spaceS, -Look::spaceXs);
    painter.drawText(area, Qt::AlignLeft | Qt::AlignBottom, elidedPath(text, painter.fontMetrics(), area.width()));
}

/// The sign of a heading that folds, beside the caption's line.
void paintFold(QPainter &painter, const QStyleOptionViewItem &option, bool isUnfolded)
{
    const QRectF rect = QRectF(option.rect).adjusted(0, 2, 0, 0);
    if (option.state & QStyle::State_MouseOver)
        paintRounded(painter, rect, Look::controlRadius, Look::color(Look::FaintLine), {});
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange)
        paintFocusRing(painter, rect, Look::controlRadius);
    const QIcon icon = Icons::icon(isUnfolded ? Icons::Name::ChevronDown : Icons::Name::ChevronRight);
    icon.paint(&painter, QRect(option.rect.left() + Look::spaceXs, option.rect.bottom() - foldIndent - 2, 16, 16));
}

void paintGround(QPainter &painter, const QStyleOptionViewItem &option)
{
    const QRectF rect = QRectF(option.rect).adjusted(0, 1, 0, -1);
    if (option.state & QStyle::State_Selected)
        paintRounded(painter, rect, Look::controlRadius, Look::color(Look::Selection), {});
    else if (option.state & QStyle::State_MouseOver)
        paintRounded(painter, rect, Look::controlRadius, Look::color(Look::FaintLine), {});
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange)
        paintFocusRing(painter, rect, Look::controlRadius);
}

/// What is wrong with it, or else its version; of one that is not open, what that was.
QString wordOf(const QModelIndex &index, ClusterEntry::State state)
{
    const QString version = index.data(ClusterListModel::VersionRole).toString();
    const QString runtime = index.data(ClusterListModel::RuntimeRole).toString();
    if (!stateWord(state).isEmpty())
        return stateWord(state);
    if (state != ClusterEntry::State::Closed)
        return runtime.isEmpty() ? version : runtime;
    return version.isEmpty() ? QString() : ClusterItemDelegate::tr("last %1").arg(version);
}

/// What may give way to the name: it stands in the tool tip as well.
bool isVersion(const QModelIndex &index, ClusterEntry::State state)
{
    const bool isClosed = state == ClusterEntry::State::Closed;
    return stateWord(state).isEmpty() && (isClosed || index.data(ClusterListModel::RuntimeRole).toString().isEmpty());
}

/// `label` cut to the room that is left to it, but never so that nobody knows what it says.
QString shortened(QString label, int room)
{
    if (label.size() <= shortestLabel || Tag::size(label).width() <= room)
        return label;
    while (label.size() > shortestLabel && Tag::size(label + QChar(0x2026)).width() > room)
        label.chop(1);
    return label + QChar(0x2026);
}

int tagWidth(const QString &label)
{
    return label.isEmpty() ? 0 : Tag::size(label).width() + Look::spaceS;
}

} // namespace

bool ClusterItemDelegate::helpEvent(
    QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    return showItemToolTip(event, view, option.rect, index)
        || QStyledItemDelegate::helpEvent(event, view, option, index);
}

void ClusterItemDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QString text = index.data().toString();
    if (index.data(ClusterListModel::IsHeadingRole).toBool()) {
        const bool isFold = index.data(ClusterListModel::IsFoldRole).toBool();
        if (isFold)
            paintFold(*painter, option, index.data(ClusterListModel::IsUnfoldedRole).toBool());
        paintHeading(*painter, isFold ? option.rect.adjusted(foldIndent, 0, 0, 0) : option.rect, text);
        painter->restore();
        return;
    }
    paintGround(*painter, option);
    const auto state = ClusterEntry::State(index.data(ClusterListModel::StateRole).toInt());
    const QRect row = option.rect;
    StatusDot::paint(painter, QPointF(row.left() + dotCentre, row.center().y() + 0.5), toneOf(state));

    QRect rest = row.adjusted(textStart, 0, -Look::spaceS, 0);
    const QFont nameFont = option.state & QStyle::State_Selected ? Look::nameFont() : Look::bodyFont();
    QString label = index.data(ClusterListModel::EnvironmentRole).toString();
    const int nameWidth = QFontMetrics(nameFont).horizontalAdvance(text);
    painter->setFont(Look::captionFont());
    const QString word = wordOf(index, state);
    const int wordWidth = word.isEmpty() ? 0 : painter->fontMetrics().horizontalAdvance(word) + Look::spaceS;
    // the name tells clusters apart: half of the row is its own
    const int left = rest.width() - std::min(nameWidth, rest.width() / 2);
    const bool isRoomForAll = nameWidth + tagWidth(label) + wordWidth <= rest.width();
    const bool isWordShown =
        isRoomForAll || (!isVersion(index, state) && tagWidth(shortened(label, 0)) + wordWidth <= left);
    label = shortened(label, left - (isWordShown ? wordWidth : 0) - Look::spaceS);
    if (isWordShown && !word.isEmpty()) {
        painter->setPen(Look::color(Look::SoftText));
        painter->drawText(rest, Qt::AlignRight | Qt::AlignVCenter, word);
        rest.setRight(rest.right() - wordWidth);
    }
    if (!label.isEmpty()) {
        const auto color = ClusterEnvironment::Color(index.data(ClusterListModel::EnvironmentColorRole).toInt());
        QRect place = rest;
        place.setLeft(rest.right() - Tag::size(label).width() + 1);
        Tag::paint(painter, place, label, environmentTone(color));
        rest.setRight(place.left() - Look::spaceS);
    }
    painter->setFont(nameFont);
    painter->setPen(Look::color(state == ClusterEntry::State::Broken ? Look::SoftText : Look::Text));
    painter->drawText(rest, Qt::AlignLeft | Qt::AlignVCenter, elidedName(painter->fontMetrics(), text, rest.width()));
    painter->restore();
}

QSize ClusterItemDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const bool isFirst = index.row() == 0;
    if (index.data(ClusterListModel::IsHeadingRole).toBool())
        return {0, isFirst ? Look::spaceXl : Look::headerHeight};
    return {0, Look::rowHeight};
}

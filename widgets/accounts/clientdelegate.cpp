// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accounts/clientdelegate.h"

#include "models/clientlistmodel.h"
#include "widgets/common/look.h"
#include "widgets/common/plaintooltip.h"

#include <QApplication>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace {

void paintLine(QPainter &painter, const QRect &room, const QString &text)
{
    painter.drawText(room, Qt::AlignLeading | Qt::AlignVCenter | Qt::TextSingleLine,
        painter.fontMetrics().elidedText(text, Qt::ElideRight, room.width()));
}

} // namespace

ClientDelegate::ClientDelegate(const ClientListModel &model, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

int ClientDelegate::rowHeight()
{
    const int name = QFontMetrics(Look::nameFont()).height();
    const int body = QFontMetrics(Look::bodyFont()).height();
    return name + 2 * body + 2 * Look::spaceS;
}

/// Clients choose their names.
bool ClientDelegate::helpEvent(
    QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    return showItemToolTip(event, view, option.rect, index)
        || QStyledItemDelegate::helpEvent(event, view, option, index);
}

void ClientDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    cell.text.clear();
    const QStyle *style = cell.widget ? cell.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
    const ClientConnection &client = m_model.rowAt(index.row()).client;
    const QRect room = cell.rect.adjusted(Look::cardPadding, Look::spaceS, -Look::cardPadding, -Look::spaceS);
    const int height = room.height() / 3;
    const auto line = [&room, height](int number) {
        return QRect(room.left(), room.top() + number * height, room.width(), height);
    };
    painter->save();
    painter->setFont(Look::fixedFont());
    painter->setPen(Look::color(Look::SoftText));
    const int userWidth = std::min(QFontMetrics(Look::fixedFont()).horizontalAdvance(client.user), room.width() / 2);
    const QRect head = line(0);
    const QRect user = QStyle::visualRect(
        cell.direction, head, QRect(head.right() - userWidth, head.top(), userWidth + 1, head.height()));
    paintLine(*painter, user, client.user);
    painter->setFont(Look::bodyFont());
    paintLine(*painter, line(1), ClientListModel::originOf(client));
    paintLine(*painter, line(2), m_model.trafficOf(client));
    painter->setFont(Look::nameFont());
    painter->setPen(Look::color(Look::Text));
    paintLine(*painter, QStyle::visualRect(cell.direction, head, head.adjusted(0, 0, -userWidth - Look::spaceM, 0)),
        ClientListModel::nameOf(client));
    painter->restore();
}

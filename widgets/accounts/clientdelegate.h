// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

class ClientListModel;

/// Paints a connected client on three lines: who it is and as whom it has logged in, where it comes from, what it does.
class ClientDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    /// `model` is that of the view, and outlives it.
    ClientDelegate(const ClientListModel &model, QObject *parent);

    static int rowHeight();

    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const ClientListModel &m_model;
};

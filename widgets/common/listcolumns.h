// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QSet>

class TableView;

/// How wide the columns of a list are: fitted to their rows once there are any, and wider from then on where new rows
/// need it; those that a person has sized stay as they are; some give way where there is too little room. Owned by the
/// table.
class ListColumns final : public QObject {
    Q_OBJECT

public:
    /// The table has its model.
    explicit ListColumns(TableView *table);

    /// As in ListPage::setColumns().
    void arrange(int stretch, int leastWidth, const QList<int> &givingWay);
    void fit();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void hideGiving();

    TableView *m_table;
    int m_stretch = -1;
    int m_leastStretchWidth = 0;
    QList<int> m_givingWay;
    QSet<int> m_sizedByPerson;
    bool m_isFitting = false;
    bool m_isFitted = false; ///< to rows, not to headers only
};

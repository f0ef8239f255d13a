// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>

class QTableView;

/// Shares a table's width among its columns: each as wide as what it holds, within reason; what a person has sized
/// stays as it is, and which columns that are is remembered (how wide they are, the table remembers). Owned by the
/// table, whose model is set and stays.
class ColumnWidths final : public QObject {
    Q_OBJECT

public:
    struct Columns {
        int stretch = -1; ///< takes what is left
        int leastStretch = 0; ///< the least that is left to it
        QList<int> givingWay; ///< hide, the first one first, where there is too little
        QList<int> names; ///< get what the stretch column does not need, the first one first
    };

    ColumnWidths(QTableView *table, const QString &settingsKey);
    ~ColumnWidths() override;

    /// To be called once the table has the widths that it remembers.
    void setColumns(const Columns &columns);
    /// What the table holds has changed.
    void fit();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void noteResized(int column, int size);
    void fitColumn(int column);
    void share();
    void hideGiving();
    void widenNames();

    QTableView *m_table;
    QString m_settingsKey;
    Columns m_columns;
    QHash<int, int> m_fits; ///< of all but the stretch column, before names get more
    QHash<int, int> m_contents; ///< what would show all
    QSet<int> m_sizedByPerson;
    bool m_isFitting = false;
    bool m_isFitted = false; ///< to rows, not to headers only
};

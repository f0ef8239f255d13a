// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

#include <functional>

/// A table in the program's look: rows of one height with hairlines between, whole rows selected, sortable, every cell
/// and row copyable, numbers right-aligned with digits of one width.
///
/// A row that goes, or that a filter takes away, leaves the selection empty: what nobody chose is never highlighted.
/// The keyboard goes on at the row beside it, and is seen there.
///
/// The widths of columns, their order and that of the rows are remembered under `settingsKey` when one is set. Nothing
/// is stored without.
class TableView final : public QTableView {
    Q_OBJECT
    Q_PROPERTY(int hoveredRow READ hoveredRow)

public:
    explicit TableView(QWidget *parent = nullptr);
    ~TableView() override;

    /// To be called with the model set; restores what was remembered.
    void setSettingsKey(const QString &key);
    /// Sorts by that column, ascending, unless another order was remembered; to be called after setSettingsKey().
    void sortByAtFirst(int column);
    /// The column that takes what is left of the width.
    void setStretchColumn(int column);
    /// Asked to add its own actions above the copying ones when the context menu opens.
    void setMenuBuilder(std::function<void(class QMenu *, const QModelIndex &)> builder);

    /// Under the mouse; -1: none.
    int hoveredRow() const { return m_hoveredRow; }

    /// The selected rows as lines, cells separated by tabs.
    QString selectedText() const;
    void copySelection() const;

    /// Of one selected row; invalid where none is.
    QModelIndex selectedRow() const;

protected Q_SLOTS:
    void rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last) override;

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void remember() const;
    void hoverRow(int row);
    void updateRow(int row);

    QString m_settingsKey;
    int m_hoveredRow = -1;
    std::function<void(class QMenu *, const QModelIndex &)> m_menuBuilder;
};

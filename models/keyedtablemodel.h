// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rowarranging.h"
#include "services/base/snapshotstep.h"

#include <QAbstractTableModel>

#include <functional>
#include <memory>
#include <vector>

/// A table over a snapshot that is replaced again and again: sorts, filters and merges by itself, because a proxy does
/// not keep 10,000 changing rows live.
///
/// It knows rows by their index in the snapshot only; KeyedRowsModel, over it, has the values. A new snapshot reaches
/// views as removed, changed, moved and inserted ranges, never as a reset, so that selection, scroll position and
/// persistent indexes survive. Where there would be very many ranges it moves rows instead (layoutChanged) and inserts
/// or removes them as one.
///
/// What takes longer than a frame, as another order of 100,000 rows does, is worked out in slices: until it is done the
/// rows stand as they did, live, and contentChanged() says when they don't any more. GUI thread.
class KeyedTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    /// Rows that the filter lets through.
    int rowCount(const QModelIndex &parent = {}) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    /// Every word must occur in the row's text, in any case.
    void setFilterText(const QString &text);
    /// Only rows of that account; empty: of all.
    void setAccount(const QString &account);
    /// Rows are not yet shown as they are to be.
    bool isArranging() const { return m_arrangement.isRunning(); }

Q_SIGNALS:
    /// Rows of the snapshot, or those shown, have changed.
    void contentChanged();

protected:
    struct Filter {
        QStringList words; ///< folded
        QString account;

        bool operator==(const Filter &) const = default;
        bool letsAllThrough() const { return words.isEmpty() && account.isEmpty(); }
        /// It lets through nothing that `other` doesn't.
        bool isWithin(const Filter &other) const;
    };

    /// Index in the snapshot of a row that is shown.
    int snapshotIndex(int row) const { return m_shown[std::size_t(row)]; }
    /// Row of a snapshot's index; -1 where it is filtered out.
    int shownRow(int snapshotIndex) const;
    /// `adopt` makes the new snapshot the present one; it runs after rows that are gone have left.
    void follow(const Succession &succession, const std::function<void()> &adopt);

    virtual int snapshotSize() const = 0;
    /// By the row's words.
    virtual bool isIndexLetThrough(int snapshotIndex, const Filter &filter) const = 0;
    /// Less than, equal to or greater than 0, as std::strong_ordering. Equal rows keep the snapshot's order.
    virtual int comparedIndexes(int left, int right, int column) const = 0;
    /// Only what changes the words of a row (Succession::reworded) gives it another place in the order of that column.
    virtual bool isOrderedByWords(int column) const = 0;
    /// Rows take other places in the order of that column by mere waiting.
    virtual bool isOrderedByNow(int) const { return false; }
    /// The table is sorted by that column from now on, and by no other.
    virtual void noteSortedBy(int) { }

private:
    using Shown = RowArranging::Rows;
    struct Look {
        Filter filter;
        int sortColumn = -1;
        Qt::SortOrder sortOrder = Qt::AscendingOrder;

        bool isSortedAs(const Look &other) const
        {
            return sortColumn == other.sortColumn && sortOrder == other.sortOrder;
        }
    };

    bool isBefore(int left, int right, const Look &look) const;
    RowArranging::Ways ways(const Look &look) const;
    std::vector<bool> shownIndexes() const;
    void followAtOnce(const Succession &succession);
    void followLater(const Succession &succession);
    const std::vector<int> &movable(const Succession &succession) const;
    void place(const std::vector<int> &rows);
    Shown rowsInPlace(Shown placed, Shown others) const;
    void arrange();
    void adoptArrangement(Shown rows);
    void show(Shown rows);
    std::vector<int> rowsOf(const std::vector<int> &indexes) const;
    void removeWhere(const std::function<bool(int)> &isGone);
    void announceChanged(const std::vector<int> &rows);
    void insertFrom(Shown whole);
    void rearrange(Shown arranged);

    Shown m_shown; ///< snapshot indexes in the order of the rows
    Look m_look; ///< of what is shown
    Look m_wanted;
    bool m_isComplete = true; ///< what is shown is all that the filter lets through, and nothing else
    bool m_isInOrder = true;
    std::unique_ptr<RowArranging> m_arranging;
    Flow<Shown> m_arrangement;
};

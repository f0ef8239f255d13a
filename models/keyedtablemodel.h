// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include <functional>
#include <vector>

/// A table over a snapshot that is replaced again and again: sorts, filters and merges by itself, because a proxy does
/// not keep 10,000 changing rows live.
///
/// It knows rows by their index in the snapshot only; KeyedRowsModel, over it, has the values. A new snapshot reaches
/// views as removed, changed, moved and inserted ranges, never as a reset, so that selection, scroll position and
/// persistent indexes survive. Where there would be very many ranges it moves rows instead (layoutChanged) and inserts
/// or removes them as one. GUI thread.
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
    bool isFiltered() const { return !m_words.isEmpty() || !m_account.isEmpty(); }

Q_SIGNALS:
    /// Rows of the snapshot, or those shown, have changed.
    void contentChanged();

protected:
    /// How a new snapshot follows from the present one.
    struct Succession {
        std::vector<int> newIndexOf; ///< by present index; -1 where the row is gone or filtered out
        std::vector<bool> isChanged; ///< by present index
        std::vector<bool> isLeftOut; ///< by new index: known to be filtered out
    };

    /// Index in the snapshot of a row that is shown.
    int snapshotIndex(int row) const { return m_shown[std::size_t(row)]; }
    /// Row of a snapshot's index; -1 where it is filtered out.
    int shownRow(int snapshotIndex) const;
    /// By index in the snapshot: whether a row shows it.
    std::vector<bool> shownIndexes() const;
    /// `adopt` makes the new snapshot the present one; it runs after rows that are gone have left.
    void merge(Succession succession, const std::function<void()> &adopt);
    bool containsWords(const QString &rowText) const;
    const QString &account() const { return m_account; }

    virtual int snapshotSize() const = 0;
    virtual bool isIndexLetThrough(int snapshotIndex) const = 0;
    /// Less than, equal to or greater than 0, as std::strong_ordering. Equal rows keep the snapshot's order.
    virtual int comparedIndexes(int left, int right, int column) const = 0;

private:
    using Shown = std::vector<int>;

    bool isBefore(int left, int right) const;
    void refilter();
    void removeGone(const std::vector<int> &newIndexOf);
    void announceChanged(const std::vector<bool> &isChangedRow);
    void restoreOrder();
    void insertNew(const std::vector<bool> &isLeftOut);
    Shown missing(const std::vector<bool> &isLeftOut) const;
    void rearrange(Shown arranged);

    Shown m_shown; ///< snapshot indexes in the order of the rows
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    QStringList m_words;
    QString m_account;
};

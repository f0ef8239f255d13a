// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/celltext.h"
#include "models/keyedtablemodel.h"

#include <QList>

#include <algorithm>
#include <optional>
#include <vector>

/// A KeyedTableModel over values that are known by their `id`. The values are shared with whoever gave them.
///
/// A snapshot is compared with the one before, row by row. Rows that share their data with the row before
/// (services/messaging/snapshotorder.h) cost next to nothing there.
template <typename Row> class KeyedRowsModel : public KeyedTableModel {
public:
    using Id = decltype(Row::id);

    using KeyedTableModel::KeyedTableModel;

    /// Takes over a snapshot. Sorted by id it costs least; of several rows with one id the first counts.
    void setRows(QList<Row> rows)
    {
        makeUnique(rows);
        Succession succession = successionTo(rows);
        merge(std::move(succession), [this, &rows] {
            m_rows = std::move(rows);
            m_sortTexts.clear();
        });
    }

    /// All of the snapshot, by id.
    const QList<Row> &rows() const { return m_rows; }
    const Row &rowAt(int row) const { return m_rows.at(snapshotIndex(row)); }

    /// The row of `id` in the snapshot; nothing where it is not known.
    std::optional<Row> find(const Id &id) const
    {
        const auto found = lowerBound(m_rows, id);
        return found != m_rows.cend() && found->id == id ? std::optional(*found) : std::nullopt;
    }

    /// Invalid where `id` is not known or filtered out.
    QModelIndex indexOf(const Id &id) const
    {
        const auto found = lowerBound(m_rows, id);
        if (found == m_rows.cend() || found->id != id)
            return {};
        const int row = shownRow(int(std::distance(m_rows.cbegin(), found)));
        return row < 0 ? QModelIndex() : index(row, 0);
    }

protected:
    virtual bool isLetThrough(const Row &row) const = 0;
    virtual int compared(const Row &left, const Row &right, int column) const = 0;
    /// Such a column is sorted by `sortText`, which is made once for each row instead of twice for each comparison.
    virtual bool isSortedByText(int) const { return false; }
    virtual QString sortText(const Row &, int) const { return {}; }

private:
    static auto lowerBound(const QList<Row> &rows, const Id &id)
    {
        return std::lower_bound(
            rows.cbegin(), rows.cend(), id, [](const Row &row, const Id &wanted) { return row.id < wanted; });
    }

    static void makeUnique(QList<Row> &rows)
    {
        const auto isBefore = [](const Row &left, const Row &right) { return left.id < right.id; };
        const auto isOutOfPlace = [](const Row &left, const Row &right) { return !(left.id < right.id); };
        if (std::adjacent_find(rows.cbegin(), rows.cend(), isOutOfPlace) == rows.cend())
            return;
        std::stable_sort(rows.begin(), rows.end(), isBefore);
        rows.erase(std::unique(
                       rows.begin(), rows.end(), [](const Row &left, const Row &right) { return left.id == right.id; }),
            rows.end());
    }

    Succession successionTo(const QList<Row> &rows) const
    {
        Succession succession;
        succession.newIndexOf.reserve(std::size_t(m_rows.size()));
        succession.isChanged.resize(std::size_t(m_rows.size()));
        auto next = rows.cbegin();
        for (const Row &row : m_rows) {
            while (next != rows.cend() && next->id < row.id)
                ++next;
            const bool stays = next != rows.cend() && next->id == row.id && isLetThrough(*next);
            succession.isChanged[succession.newIndexOf.size()] = stays && *next != row;
            succession.newIndexOf.push_back(stays ? int(std::distance(rows.cbegin(), next)) : -1);
        }
        return succession;
    }

    int snapshotSize() const final { return int(m_rows.size()); }
    bool isIndexLetThrough(int index) const final { return isLetThrough(m_rows.at(index)); }
    int comparedIndexes(int left, int right, int column) const final
    {
        if (!isSortedByText(column))
            return compared(m_rows.at(left), m_rows.at(right), column);
        makeSortTexts(column);
        return comparedText(m_sortTexts[std::size_t(left)], m_sortTexts[std::size_t(right)]);
    }

    void makeSortTexts(int column) const
    {
        if (column == m_sortTextsColumn && m_sortTexts.size() == std::size_t(m_rows.size()))
            return;
        m_sortTexts.clear();
        m_sortTexts.reserve(std::size_t(m_rows.size()));
        for (const Row &row : m_rows)
            m_sortTexts.push_back(sortText(row, column));
        m_sortTextsColumn = column;
    }

    QList<Row> m_rows;
    mutable std::vector<QString> m_sortTexts; ///< by index in the snapshot; empty: not made yet
    mutable int m_sortTextsColumn = -1;
};

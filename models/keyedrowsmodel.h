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
        std::vector<QString> sortTexts(m_sortTexts.empty() ? 0 : std::size_t(rows.size()));
        Succession succession = successionTo(rows, sortTexts);
        merge(std::move(succession), [this, &rows, &sortTexts] {
            m_rows = std::move(rows);
            m_sortTexts = std::move(sortTexts);
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

    /// What is known of a row that stays as it was is not asked again: whether it is let through, and `sortTexts`.
    Succession successionTo(const QList<Row> &rows, std::vector<QString> &sortTexts) const
    {
        const std::vector<bool> isShown = shownIndexes();
        Succession succession;
        succession.newIndexOf.assign(std::size_t(m_rows.size()), -1);
        succession.isChanged.resize(std::size_t(m_rows.size()));
        succession.isLeftOut.resize(std::size_t(rows.size()));
        auto next = rows.cbegin();
        for (std::size_t old = 0; old < isShown.size(); ++old) {
            const Row &row = m_rows.at(int(old));
            while (next != rows.cend() && next->id < row.id)
                ++next;
            if (next == rows.cend() || next->id != row.id)
                continue;
            const auto index = std::size_t(std::distance(rows.cbegin(), next));
            const bool isChanged = *next != row;
            const bool isLetIn = isChanged ? isLetThrough(*next) : isShown[old];
            succession.isChanged[old] = isChanged;
            succession.isLeftOut[index] = !isLetIn;
            if (isLetIn)
                succession.newIndexOf[old] = int(index);
            if (!isChanged && !m_sortTexts.empty())
                sortTexts[index] = m_sortTexts[old];
        }
        return succession;
    }

    int snapshotSize() const final { return int(m_rows.size()); }
    bool isIndexLetThrough(int index) const final { return isLetThrough(m_rows.at(index)); }
    int comparedIndexes(int left, int right, int column) const final
    {
        if (!isSortedByText(column))
            return compared(m_rows.at(left), m_rows.at(right), column);
        return comparedText(keptSortText(left, column), keptSortText(right, column));
    }

    const QString &keptSortText(int index, int column) const
    {
        if (column != m_sortTextsColumn || m_sortTexts.empty())
            m_sortTexts.assign(std::size_t(m_rows.size()), QString());
        m_sortTextsColumn = column;
        QString &text = m_sortTexts[std::size_t(index)];
        if (text.isNull())
            text = sortText(m_rows.at(index), column);
        if (text.isNull())
            text = QStringLiteral("");
        return text;
    }

    QList<Row> m_rows;
    mutable std::vector<QString> m_sortTexts; ///< by index in the snapshot; null: not made yet
    mutable int m_sortTextsColumn = -1;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/celltext.h"
#include "models/kepttexts.h"
#include "models/keyedtablemodel.h"

#include <QList>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

/// A KeyedTableModel over values that are known by their `id`. The values are shared with whoever gave them.
///
/// What is made of a row to find it and to sort it is made when it is first needed, and kept for as long as the row's
/// words stay (Succession::reworded).
template <typename Row> class KeyedRowsModel : public KeyedTableModel {
public:
    using Id = decltype(Row::id);

    using KeyedTableModel::KeyedTableModel;

    /// Takes over a snapshot; of several rows with one id the first counts. It is compared with the present one, row by
    /// row, unless `step` leads from that to `rows`.
    void setRows(QList<Row> rows, const SnapshotStep<Row> &step = {})
    {
        if (step.leads(m_rows, rows))
            return adopt(std::move(rows), step.succession);
        makeUnique(rows);
        const Succession succession = successionBetween(m_rows, std::as_const(rows), [](const Row &, const Row &) {});
        adopt(std::move(rows), succession);
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

    /// Invalid where `id` is not known, filtered out, or not shown so far (isArranging()).
    QModelIndex indexOf(const Id &id) const
    {
        const auto found = lowerBound(m_rows, id);
        if (found == m_rows.cend() || found->id != id)
            return {};
        const int row = shownRow(int(std::distance(m_rows.cbegin(), found)));
        return row < 0 ? QModelIndex() : index(row, 0);
    }

    /// How many of those shown are counted (isCounted()).
    int countedRows() const
    {
        int count = 0;
        for (int row = 0; row < rowCount(); ++row)
            count += m_isCounted[std::size_t(snapshotIndex(row))] ? 1 : 0;
        return count;
    }

protected:
    /// Asked of what is new or has changed only.
    virtual bool isCounted(const Row &) const { return false; }
    /// In which the words of the filter are looked for. Made of the row's words.
    virtual QString searchText(const Row &row) const = 0;
    /// Which the filter may be set to.
    virtual QString accountOf(const Row &) const { return {}; }
    virtual int compared(const Row &left, const Row &right, int column) const = 0;
    /// Such a column is sorted by `sortText`, which is made once for each row instead of twice for each comparison. Of
    /// the row's words as well, unless isOrderedByNow().
    virtual bool isSortedByText(int) const { return false; }
    virtual QString sortText(const Row &, int) const { return {}; }

private:
    static auto lowerBound(const QList<Row> &rows, const Id &id)
    {
        return std::lower_bound(
            rows.cbegin(), rows.cend(), id, [](const Row &row, const Id &wanted) { return row.id < wanted; });
    }

    void adopt(QList<Row> rows, const Succession &succession)
    {
        follow(succession, [this, &rows, &succession] {
            m_rows = std::move(rows);
            countAnew(succession);
            m_searchTexts.follow(succession, snapshotSize());
            for (auto &[column, keys] : m_sortKeys) {
                if (isOrderedByNow(column))
                    keys.clear();
                keys.follow(succession, snapshotSize());
            }
        });
    }

    void countAnew(const Succession &succession)
    {
        std::vector<bool> isCountedNow(std::size_t(m_rows.size()), false);
        for (std::size_t old = 0; old < m_isCounted.size(); ++old) {
            if (const int index = succession.newIndexOf[old]; index >= 0)
                isCountedNow[std::size_t(index)] = m_isCounted[old];
        }
        for (const std::vector<int> *others : {&succession.changed, &succession.added}) {
            for (const int index : *others)
                isCountedNow[std::size_t(index)] = isCounted(m_rows.at(index));
        }
        m_isCounted = std::move(isCountedNow);
    }

    template <typename Make> QStringView kept(KeptTexts &texts, int index, Make make) const
    {
        if (!texts.has(index))
            texts.set(index, make(m_rows.at(index)), snapshotSize());
        return texts.at(index);
    }

    int snapshotSize() const final { return int(m_rows.size()); }

    bool isIndexLetThrough(int index, const Filter &filter) const final
    {
        if (!filter.account.isEmpty() && accountOf(m_rows.at(index)) != filter.account)
            return false;
        if (filter.words.isEmpty())
            return true;
        const QStringView text =
            kept(m_searchTexts, index, [this](const Row &row) { return searchText(row).toCaseFolded(); });
        return std::all_of(
            filter.words.cbegin(), filter.words.cend(), [text](const QString &word) { return text.contains(word); });
    }

    bool isOrderedByWords(int column) const final { return isSortedByText(column) && !isOrderedByNow(column); }

    int comparedIndexes(int left, int right, int column) const final
    {
        if (!isSortedByText(column))
            return compared(m_rows.at(left), m_rows.at(right), column);
        const auto make = [this, column](const Row &row) { return sortKey(sortText(row, column)); };
        KeptTexts &keys = m_sortKeys[column];
        return kept(keys, left, make).compare(kept(keys, right, make));
    }

    void noteSortedBy(int column) final
    {
        std::erase_if(m_sortKeys, [column](const auto &keys) { return keys.first != column; });
    }

    QList<Row> m_rows;
    std::vector<bool> m_isCounted; ///< by index in the snapshot
    mutable KeptTexts m_searchTexts; ///< folded
    mutable std::map<int, KeptTexts>
        m_sortKeys; ///< by column: of the present order, and of one that is being worked out
};

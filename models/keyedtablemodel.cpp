// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/keyedtablemodel.h"

#include <algorithm>
#include <iterator>
#include <ranges>

namespace {

/// More ranges than this cost views more than one layoutChanged does.
constexpr int fewRanges = 64;

struct Range {
    int first = 0;
    int last = 0;
};

/// The contiguous ranges of `rows`, which are in order.
std::vector<Range> rangesOf(const std::vector<int> &rows)
{
    std::vector<Range> ranges;
    for (const int row : rows) {
        if (!ranges.empty() && ranges.back().last + 1 == row)
            ranges.back().last = row;
        else
            ranges.push_back({row, row});
    }
    return ranges;
}

} // namespace

int KeyedTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

void KeyedTableModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_sortOrder = order;
    restoreOrder();
}

void KeyedTableModel::setFilterText(const QString &text)
{
    const QStringList words = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    m_words = words;
    refilter();
}

void KeyedTableModel::setAccount(const QString &account)
{
    if (account == m_account)
        return;
    m_account = account;
    refilter();
}

bool KeyedTableModel::containsWords(const QString &rowText) const
{
    return std::all_of(m_words.cbegin(), m_words.cend(),
        [&rowText](const QString &word) { return rowText.contains(word, Qt::CaseInsensitive); });
}

int KeyedTableModel::shownRow(int snapshotIndex) const
{
    const auto found = std::find(m_shown.cbegin(), m_shown.cend(), snapshotIndex);
    return found == m_shown.cend() ? -1 : int(std::distance(m_shown.cbegin(), found));
}

void KeyedTableModel::merge(Succession succession, const std::function<void()> &adopt)
{
    removeGone(succession.newIndexOf);
    std::vector<bool> isChangedRow(m_shown.size());
    for (std::size_t row = 0; row < m_shown.size(); ++row) {
        isChangedRow[row] = succession.isChanged[std::size_t(m_shown[row])];
        m_shown[row] = succession.newIndexOf[std::size_t(m_shown[row])];
    }
    adopt();
    announceChanged(isChangedRow);
    restoreOrder();
    insertNew(succession.isLeftOut);
    emit contentChanged();
}

bool KeyedTableModel::isBefore(int left, int right) const
{
    const int order = m_sortColumn < 0 ? 0 : comparedIndexes(left, right, m_sortColumn);
    if (order == 0)
        return left < right;
    return m_sortOrder == Qt::AscendingOrder ? order < 0 : order > 0;
}

void KeyedTableModel::refilter()
{
    Succession succession;
    const int size = snapshotSize();
    succession.isChanged.resize(std::size_t(size));
    succession.newIndexOf.reserve(std::size_t(size));
    succession.isLeftOut.reserve(std::size_t(size));
    for (int index = 0; index < size; ++index) {
        const bool isLetIn = isIndexLetThrough(index);
        succession.newIndexOf.push_back(isLetIn ? index : -1);
        succession.isLeftOut.push_back(!isLetIn);
    }
    merge(std::move(succession), [] {});
}

void KeyedTableModel::removeGone(const std::vector<int> &newIndexOf)
{
    const auto isGone = [&newIndexOf](int index) { return newIndexOf[std::size_t(index)] < 0; };
    std::vector<int> rows;
    for (std::size_t row = 0; row < m_shown.size(); ++row) {
        if (isGone(m_shown[row]))
            rows.push_back(int(row));
    }
    std::vector<Range> ranges = rangesOf(rows);
    if (ranges.size() > fewRanges) {
        Shown arranged = m_shown;
        const auto kept = std::stable_partition(arranged.begin(), arranged.end(), std::not_fn(isGone));
        ranges = {{int(std::distance(arranged.begin(), kept)), int(arranged.size()) - 1}};
        rearrange(std::move(arranged));
    }
    for (const Range &range : std::views::reverse(ranges)) {
        beginRemoveRows({}, range.first, range.last);
        m_shown.erase(m_shown.begin() + range.first, m_shown.begin() + range.last + 1);
        endRemoveRows();
    }
}

void KeyedTableModel::announceChanged(const std::vector<bool> &isChangedRow)
{
    std::vector<int> rows;
    for (std::size_t row = 0; row < isChangedRow.size(); ++row) {
        if (isChangedRow[row])
            rows.push_back(int(row));
    }
    std::vector<Range> ranges = rangesOf(rows);
    if (ranges.size() > fewRanges)
        ranges = {{ranges.front().first, ranges.back().last}};
    for (const Range &range : ranges)
        emit dataChanged(index(range.first, 0), index(range.last, columnCount() - 1));
}

void KeyedTableModel::restoreOrder()
{
    const auto before = [this](int left, int right) { return isBefore(left, right); };
    if (std::is_sorted(m_shown.cbegin(), m_shown.cend(), before))
        return;
    Shown arranged = m_shown;
    std::sort(arranged.begin(), arranged.end(), before);
    rearrange(std::move(arranged));
}

std::vector<bool> KeyedTableModel::shownIndexes() const
{
    std::vector<bool> isShown(std::size_t(snapshotSize()), false);
    for (const int index : m_shown)
        isShown[std::size_t(index)] = true;
    return isShown;
}

KeyedTableModel::Shown KeyedTableModel::missing(const std::vector<bool> &isLeftOut) const
{
    const std::vector<bool> isShown = shownIndexes();
    Shown indexes;
    for (int index = 0; index < snapshotSize(); ++index) {
        if (!isShown[std::size_t(index)] && !isLeftOut[std::size_t(index)] && isIndexLetThrough(index))
            indexes.push_back(index);
    }
    return indexes;
}

void KeyedTableModel::insertNew(const std::vector<bool> &isLeftOut)
{
    const auto before = [this](int left, int right) { return isBefore(left, right); };
    Shown added = missing(isLeftOut);
    std::sort(added.begin(), added.end(), before);
    Shown whole;
    whole.reserve(m_shown.size() + added.size());
    std::vector<int> rows;
    auto old = m_shown.cbegin();
    for (const int index : added) {
        const auto next = std::lower_bound(old, m_shown.cend(), index, before);
        whole.insert(whole.end(), old, next);
        rows.push_back(int(whole.size()));
        whole.push_back(index);
        old = next;
    }
    whole.insert(whole.end(), old, m_shown.cend());

    const std::vector<Range> ranges = rangesOf(rows);
    if (ranges.size() > fewRanges) {
        beginInsertRows({}, int(m_shown.size()), int(whole.size()) - 1);
        m_shown.insert(m_shown.end(), added.cbegin(), added.cend());
        endInsertRows();
        rearrange(std::move(whole));
        return;
    }
    for (const Range &range : ranges) {
        beginInsertRows({}, range.first, range.last);
        m_shown.insert(m_shown.begin() + range.first, whole.cbegin() + range.first, whole.cbegin() + range.last + 1);
        endInsertRows();
    }
}

void KeyedTableModel::rearrange(Shown arranged)
{
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    std::vector<int> rowOf(std::size_t(snapshotSize()), -1);
    for (std::size_t row = 0; row < arranged.size(); ++row)
        rowOf[std::size_t(arranged[row])] = int(row);
    const QModelIndexList from = persistentIndexList();
    QModelIndexList to;
    to.reserve(from.size());
    for (const QModelIndex &old : from)
        to.append(index(rowOf[std::size_t(m_shown[std::size_t(old.row())])], old.column()));
    m_shown = std::move(arranged);
    changePersistentIndexList(from, to);
    emit layoutChanged({}, VerticalSortHint);
}

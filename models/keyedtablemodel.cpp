// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/keyedtablemodel.h"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <utility>

namespace {

/// More ranges than this cost views more than one layoutChanged does.
constexpr int fewRanges = 64;
/// As many rows are filtered and sorted well within a frame.
constexpr std::size_t mostAtOnce = 4000;

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

bool KeyedTableModel::Filter::isWithin(const Filter &other) const
{
    const auto isNarrowed = [this](const QString &word) {
        return std::any_of(words.cbegin(), words.cend(), [&word](const QString &own) { return own.contains(word); });
    };
    return (other.account.isEmpty() || other.account == account)
        && std::all_of(other.words.cbegin(), other.words.cend(), isNarrowed);
}

int KeyedTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

void KeyedTableModel::sort(int column, Qt::SortOrder order)
{
    m_wanted.sortColumn = column;
    m_wanted.sortOrder = order;
    arrange();
}

void KeyedTableModel::setFilterText(const QString &text)
{
    m_wanted.filter.words = text.simplified().toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    arrange();
}

void KeyedTableModel::setAccount(const QString &account)
{
    m_wanted.filter.account = account;
    arrange();
}

int KeyedTableModel::shownRow(int snapshotIndex) const
{
    const auto found = std::find(m_shown.cbegin(), m_shown.cend(), snapshotIndex);
    return found == m_shown.cend() ? -1 : int(std::distance(m_shown.cbegin(), found));
}

void KeyedTableModel::follow(const Succession &succession, const std::function<void()> &adopt)
{
    m_arrangement = {}; // it knows the rows by their indexes in the snapshot before
    removeWhere([&succession](int index) { return succession.newIndexOf[std::size_t(index)] < 0; });
    for (int &index : m_shown)
        index = succession.newIndexOf[std::size_t(index)];
    adopt();
    if (movable(succession).size() + succession.added.size() > mostAtOnce)
        followLater(succession);
    else
        followAtOnce(succession);
    if (isOrderedByNow(m_look.sortColumn))
        m_isInOrder = false;
    arrange();
    emit contentChanged();
}

void KeyedTableModel::followAtOnce(const Succession &succession)
{
    std::vector<bool> isShown = shownIndexes();
    Shown found;
    const auto judge = [&](int index) {
        const bool isLetIn = isIndexLetThrough(index, m_look.filter);
        if (isLetIn && !isShown[std::size_t(index)])
            found.push_back(index);
        isShown[std::size_t(index)] = isLetIn;
    };
    std::for_each(succession.reworded.cbegin(), succession.reworded.cend(), judge);
    std::for_each(succession.added.cbegin(), succession.added.cend(), judge);
    removeWhere([&isShown](int index) { return !isShown[std::size_t(index)]; });
    announceChanged(rowsOf(succession.changed));
    place(rowsOf(movable(succession)));
    if (!found.empty())
        insertFrom(rowsInPlace(m_shown, std::move(found)));
}

/// All that is shown is true. What is missing, and what stands in the wrong place, is worked out in slices.
void KeyedTableModel::followLater(const Succession &succession)
{
    announceChanged(rowsOf(succession.changed));
    m_isInOrder = m_isInOrder && movable(succession).empty();
    m_isComplete = m_isComplete && succession.added.empty() && succession.reworded.empty();
}

/// What may stand in the wrong place by now.
const std::vector<int> &KeyedTableModel::movable(const Succession &succession) const
{
    const bool isByWords = m_look.sortColumn < 0 || isOrderedByWords(m_look.sortColumn);
    return isByWords ? succession.reworded : succession.changed;
}

bool KeyedTableModel::isBefore(int left, int right, const Look &look) const
{
    const int order = look.sortColumn < 0 ? 0 : comparedIndexes(left, right, look.sortColumn);
    if (order == 0)
        return left < right;
    return look.sortOrder == Qt::AscendingOrder ? order < 0 : order > 0;
}

RowArranging::Ways KeyedTableModel::ways(const Look &look) const
{
    RowArranging::Ways ways;
    ways.isBefore = [this, look](int left, int right) { return isBefore(left, right, look); };
    return ways;
}

/// Only what has changed can stand in the wrong place: those `rows`, which are in order.
void KeyedTableModel::place(const std::vector<int> &rows)
{
    const auto isOutOfPlace = [this](int row) {
        const auto at = m_shown.cbegin() + row;
        return (row > 0 && isBefore(*at, *(at - 1), m_look))
            || (at + 1 != m_shown.cend() && isBefore(*(at + 1), *at, m_look));
    };
    if (std::none_of(rows.cbegin(), rows.cend(), isOutOfPlace))
        return;
    Shown placed;
    Shown moved;
    auto next = rows.cbegin();
    for (int row = 0; row < rowCount(); ++row) {
        const bool isMoved = next != rows.cend() && *next == row;
        (isMoved ? moved : placed).push_back(m_shown[std::size_t(row)]);
        next += isMoved ? 1 : 0;
    }
    rearrange(rowsInPlace(std::move(placed), std::move(moved)));
}

KeyedTableModel::Shown KeyedTableModel::rowsInPlace(Shown placed, Shown others) const
{
    Shown whole;
    RowArranging arranging(ways(m_look), RowArranging::Pace::AtOnce);
    Flow<Shown> arrangement = arranging.arranged(std::move(placed), std::move(others));
    arrangement.whenFinished([&whole](Result<Shown> rows) { whole = std::move(*rows); });
    return whole;
}

/// Begins to show the rows as they are wanted, and gives up what was begun before.
void KeyedTableModel::arrange()
{
    m_arrangement = {};
    const bool isSameFilter = m_isComplete && m_wanted.filter == m_look.filter;
    const bool isSameOrder = m_isInOrder && m_wanted.isSortedAs(m_look);
    if (isSameFilter && isSameOrder)
        return;
    Shown placed = m_shown;
    Shown others;
    if (!m_isComplete || !m_wanted.filter.isWithin(m_look.filter)) {
        const std::vector<bool> isShown = shownIndexes();
        for (int index = 0; index < snapshotSize(); ++index) {
            if (!isShown[std::size_t(index)])
                others.push_back(index);
        }
    }
    if (!isSameOrder) {
        placed.insert(placed.end(), others.cbegin(), others.cend());
        others = std::exchange(placed, {});
    }
    RowArranging::Ways wanted = ways(m_wanted);
    if (!isSameFilter && !m_wanted.filter.letsAllThrough())
        wanted.isLetThrough = [this](int index) { return isIndexLetThrough(index, m_wanted.filter); };
    const bool isLong = (wanted.isLetThrough ? placed.size() : 0) + others.size() > mostAtOnce;
    m_arranging = std::make_unique<RowArranging>(
        std::move(wanted), isLong ? RowArranging::Pace::InSlices : RowArranging::Pace::AtOnce);
    m_arrangement = m_arranging->arranged(std::move(placed), std::move(others));
    m_arrangement.whenFinished([this](Result<Shown> rows) { adoptArrangement(std::move(*rows)); });
}

void KeyedTableModel::adoptArrangement(Shown rows)
{
    const bool isOtherContent = !m_isComplete || m_look.filter != m_wanted.filter;
    m_look = m_wanted;
    m_isComplete = true;
    m_isInOrder = true;
    noteSortedBy(m_look.sortColumn);
    show(std::move(rows));
    if (isOtherContent)
        emit contentChanged();
}

void KeyedTableModel::show(Shown rows)
{
    std::vector<bool> isWanted(std::size_t(snapshotSize()), false);
    for (const int index : rows)
        isWanted[std::size_t(index)] = true;
    removeWhere([&isWanted](int index) { return !isWanted[std::size_t(index)]; });
    const std::vector<bool> isShown = shownIndexes();
    Shown present;
    std::copy_if(rows.cbegin(), rows.cend(), std::back_inserter(present),
        [&isShown](int index) { return isShown[std::size_t(index)]; });
    if (present != m_shown)
        rearrange(std::move(present));
    if (rows.size() > m_shown.size())
        insertFrom(std::move(rows));
}

std::vector<bool> KeyedTableModel::shownIndexes() const
{
    std::vector<bool> isShown(std::size_t(snapshotSize()), false);
    for (const int index : m_shown)
        isShown[std::size_t(index)] = true;
    return isShown;
}

/// In order; without those that are not shown.
std::vector<int> KeyedTableModel::rowsOf(const std::vector<int> &indexes) const
{
    std::vector<bool> isAsked(std::size_t(snapshotSize()), false);
    for (const int index : indexes)
        isAsked[std::size_t(index)] = true;
    std::vector<int> rows;
    for (int row = 0; row < rowCount(); ++row) {
        if (isAsked[std::size_t(snapshotIndex(row))])
            rows.push_back(row);
    }
    return rows;
}

void KeyedTableModel::removeWhere(const std::function<bool(int)> &isGone)
{
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

void KeyedTableModel::announceChanged(const std::vector<int> &rows)
{
    std::vector<Range> ranges = rangesOf(rows);
    if (ranges.size() > fewRanges)
        ranges = {{ranges.front().first, ranges.back().last}};
    for (const Range &range : ranges)
        emit dataChanged(index(range.first, 0), index(range.last, columnCount() - 1));
}

/// `whole` has what is shown, in its order, and more.
void KeyedTableModel::insertFrom(Shown whole)
{
    std::vector<int> rows;
    Shown added;
    auto old = m_shown.cbegin();
    for (std::size_t row = 0; row < whole.size(); ++row) {
        if (old != m_shown.cend() && *old == whole[row]) {
            ++old;
            continue;
        }
        rows.push_back(int(row));
        added.push_back(whole[row]);
    }
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

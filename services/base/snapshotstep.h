// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include <algorithm>
#include <vector>

/// How a snapshot follows from another. Both are in the order of their ids, and have each of them once.
struct Succession {
    std::vector<int> newIndexOf; ///< by the index of before; -1: gone
    std::vector<int> changed; ///< in order: what was there before, and is other now
    std::vector<int> reworded; ///< those of them of which more than numbers and times is other
    std::vector<int> added; ///< in order: what was not there before

    bool isOther() const { return !changed.empty() || hasOtherIds(); }
    bool hasOtherIds() const
    {
        return !added.empty() || std::find(newIndexOf.cbegin(), newIndexOf.cend(), -1) != newIndexOf.cend();
    }
};

/// Two snapshots, and how the one follows from the other: worked out once, where there is time for it.
template <typename T> struct SnapshotStep {
    QList<T> before;
    QList<T> after;
    Succession succession;

    /// These very lists, not their like: no element is looked at.
    bool leads(const QList<T> &from, const QList<T> &to) const
    {
        return before.isSharedWith(from) && after.isSharedWith(to);
    }
};

/// Of what can't say it, whatever is other may be a word.
template <typename T> bool hasOtherWords(const T &old, const T &next)
{
    if constexpr (requires { next.hasWordsOf(old); })
        return !next.hasWordsOf(old);
    else
        return true;
}

/// `visit(old, next)` sees every pair of one id, before the two are compared.
template <typename Before, typename After, typename Visit>
Succession successionBetween(const Before &before, After &after, Visit visit)
{
    Succession succession;
    succession.newIndexOf.assign(std::size_t(before.size()), -1);
    auto old = before.cbegin();
    int index = 0;
    for (auto next = after.begin(); next != after.end(); ++next, ++index) {
        while (old != before.cend() && old->id < next->id)
            ++old;
        if (old == before.cend() || old->id != next->id) {
            succession.added.push_back(index);
            continue;
        }
        visit(*old, *next);
        succession.newIndexOf[std::size_t(std::distance(before.cbegin(), old))] = index;
        if (*next == *old)
            continue;
        succession.changed.push_back(index);
        if (hasOtherWords(*old, *next))
            succession.reworded.push_back(index);
    }
    return succession;
}

/// Leaves `items` in the order of their ids; of several with one id the first stays.
template <typename T> void makeUnique(QList<T> &items)
{
    const auto isOutOfPlace = [](const T &left, const T &right) { return !(left.id < right.id); };
    if (std::adjacent_find(items.cbegin(), items.cend(), isOutOfPlace) == items.cend())
        return;
    std::stable_sort(items.begin(), items.end(), [](const T &left, const T &right) { return left.id < right.id; });
    items.erase(
        std::unique(items.begin(), items.end(), [](const T &left, const T &right) { return left.id == right.id; }),
        items.end());
}

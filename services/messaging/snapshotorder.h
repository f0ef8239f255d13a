// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/background.h"

#include <QList>

#include <algorithm>
#include <vector>

/// A snapshot in the order of its ids; empty where it is no other than the one before.
template <typename T> struct OrderedSnapshot {
    QList<T> items;
    bool isOther = false;
};

/// Makes of each item that is as it was in `before` a copy of that one, and shares at least the configuration where
/// only numbers have changed: whoever compares the two once more is done at the first look, because Qt's values begin
/// with whether they share their data. Both are in the order of their ids. True where anything is not as it was.
template <typename T> bool shareUnchanged(QList<T> &items, const QList<T> &before)
{
    bool isOther = items.size() != before.size();
    auto known = before.cbegin();
    for (T &item : items) {
        while (known != before.cend() && known->id < item.id)
            ++known;
        if (known == before.cend() || known->id != item.id) {
            isOther = true;
            continue;
        }
        if (item.config == known->config)
            item.config = known->config;
        if (item == *known)
            item = *known;
        else
            isOther = true;
    }
    return isOther;
}

template <typename T> Result<OrderedSnapshot<T>> orderedSnapshot(QList<T> items, const QList<T> &before)
{
    std::sort(items.begin(), items.end(), [](const T &a, const T &b) { return a.id < b.id; });
    OrderedSnapshot<T> next;
    next.isOther = shareUnchanged(items, before);
    if (next.isOther)
        next.items = std::move(items);
    return next;
}

/// Sorts `items` by id and compares them with `before`, in the background: with ten thousand of them either takes
/// longer than a frame. What has not changed is shared with `before` afterwards, see shareUnchanged().
template <typename T> Pending<OrderedSnapshot<T>> inOrder(QList<T> items, QList<T> before)
{
    return runInBackground<OrderedSnapshot<T>>(QThreadPool::globalInstance(),
        [items = std::move(items), before = std::move(before)] { return orderedSnapshot(QList<T>(items), before); });
}

/// The same of what was read in parts, which are put together there as well.
template <typename T> Pending<OrderedSnapshot<T>> inOrder(std::vector<QList<T>> parts, QList<T> before)
{
    return runInBackground<OrderedSnapshot<T>>(
        QThreadPool::globalInstance(), [parts = std::move(parts), before = std::move(before)] {
            QList<T> all;
            for (const QList<T> &part : parts)
                all += part;
            return orderedSnapshot(std::move(all), before);
        });
}

/// Lets go of `items` in the background, for the same reason.
template <typename T> void letGo(QList<T> items)
{
    QThreadPool::globalInstance()->start([items = std::move(items)] {});
}

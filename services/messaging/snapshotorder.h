// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/background.h"

#include <QList>

#include <algorithm>

/// A snapshot in the order of its ids; empty where it is no other than the one before.
template <typename T> struct OrderedSnapshot {
    QList<T> items;
    bool isOther = false;
};

/// Sorts `items` by id and compares them with `before`, in the background: with ten thousand of them either takes
/// longer than a frame.
template <typename T> Pending<OrderedSnapshot<T>> inOrder(QList<T> items, QList<T> before)
{
    return runInBackground<OrderedSnapshot<T>>(
        QThreadPool::globalInstance(), [items = std::move(items), before = std::move(before)] {
            QList<T> sorted = items;
            std::sort(sorted.begin(), sorted.end(), [](const T &a, const T &b) { return a.id < b.id; });
            OrderedSnapshot<T> next;
            next.isOther = sorted != before;
            if (next.isOther)
                next.items = std::move(sorted);
            return Result<OrderedSnapshot<T>>(std::move(next));
        });
}

/// Lets go of `items` in the background, for the same reason.
template <typename T> void letGo(QList<T> items)
{
    QThreadPool::globalInstance()->start([items = std::move(items)] {});
}

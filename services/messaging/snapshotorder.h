// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/background.h"
#include "services/base/snapshotstep.h"

#include <QList>

#include <utility>
#include <vector>

/// Makes of each item that is as it was in `before` a copy of that one, and shares at least the configuration where
/// only numbers have changed: whoever compares the two once more is done at the first look, because Qt's values begin
/// with whether they share their data. Both are in the order of their ids.
template <typename T> Succession shareUnchanged(QList<T> &items, const QList<T> &before)
{
    return successionBetween(before, items, [](const T &old, T &next) {
        if (next.config == old.config)
            next.config = old.config;
        if (next == old)
            next = old;
    });
}

/// `after` is empty where it would be no other than `before`.
template <typename T> Result<SnapshotStep<T>> stepTo(QList<T> items, const QList<T> &before)
{
    makeUnique(items);
    SnapshotStep<T> step;
    step.succession = shareUnchanged(items, before);
    if (step.succession.isOther()) {
        step.before = before;
        step.after = std::move(items);
    }
    return step;
}

/// Sorts `items` by id and compares them with `before`, in the background: with ten thousand of them either takes
/// longer than a frame. What has not changed is shared with `before` afterwards, see shareUnchanged().
template <typename T> Pending<SnapshotStep<T>> inOrder(QList<T> items, QList<T> before)
{
    return runInBackground<SnapshotStep<T>>(QThreadPool::globalInstance(),
        [items = std::move(items), before = std::move(before)] { return stepTo(QList<T>(items), before); });
}

/// The same of what was read in parts, which are put together there as well.
template <typename T> Pending<SnapshotStep<T>> inOrder(std::vector<QList<T>> parts, QList<T> before)
{
    return runInBackground<SnapshotStep<T>>(
        QThreadPool::globalInstance(), [parts = std::move(parts), before = std::move(before)] {
            QList<T> all;
            for (const QList<T> &part : parts)
                all += part;
            return stepTo(std::move(all), before);
        });
}

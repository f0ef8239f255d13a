// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"

#include <QThreadPool>

/// Destroys `items` in the background: with ten thousand of them that takes longer than a frame.
template <typename Items> void letGo(Items items)
{
    QThreadPool::globalInstance()->start([items = std::move(items)] {});
}

/// Runs `work` (returning a Result<T>, touching nothing shared) on `pool` and answers in the GUI thread. The
/// application object must be there until `work` has ended (it waits for the global pool by itself). Dropping the
/// Pending lets the work run to its end and forgets its answer.
template <typename T> Pending<T> runInBackground(QThreadPool *pool, std::function<Result<T>()> work)
{
    return Pending<T>::ask([pool, work = std::move(work)](typename Pending<T>::Answer answer) -> std::function<void()> {
        pool->start([work, answer] {
            auto result = std::make_shared<Result<T>>(work());
            QMetaObject::invokeMethod(
                qApp, [result, answer] { answer(std::move(*result)); }, Qt::QueuedConnection);
        });
        return {};
    });
}

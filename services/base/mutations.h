// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/base/pending.h"

#include <QList>

#include <memory>

/// Keeps flows that change something alive until their end, whether or not somebody still waits for the answer. A
/// service owns one; what has not ended when the service dies stops where it stands. GUI thread.
class Mutations final {
public:
    template <typename T> Pending<T> run(Flow<T> flow)
    {
        m_running.removeIf([](const Entry &entry) { return *entry.isDone; });
        auto kept = std::make_shared<Flow<T>>(std::move(flow));
        auto isDone = std::make_shared<bool>(false);
        m_running.append({kept, isDone});
        return Pending<T>::ask([&](typename Pending<T>::Answer answer) -> std::function<void()> {
            kept->whenFinished([answer, isDone](Result<T> result) {
                *isDone = true;
                answer(std::move(result));
            });
            return {};
        });
    }

private:
    struct Entry {
        std::shared_ptr<void> flow;
        std::shared_ptr<bool> isDone;
    };
    QList<Entry> m_running;
};

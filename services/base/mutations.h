// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/base/pending.h"

#include <QList>
#include <QObject>

#include <memory>

/// Keeps flows that change something alive until their end, whether or not somebody still waits for the answer. A
/// service owns one; what has not ended when the service dies stops where it stands. What has ended is gone, with all
/// that it was given, before its answer arrives. GUI thread.
class Mutations final {
public:
    template <typename T> Pending<T> run(Flow<T> flow)
    {
        auto kept = std::make_shared<Flow<T>>(std::move(flow));
        m_running.append(kept);
        return Pending<T>::ask([&](typename Pending<T>::Answer answer) -> std::function<void()> {
            kept->whenFinished([this, answer, ended = kept.get()](Result<T> result) {
                forgetSoon(ended);
                answer(std::move(result));
            });
            return {};
        });
    }

    bool isIdle() const { return m_running.isEmpty(); }

private:
    /// Not now: this is called from inside the flow's last step.
    void forgetSoon(const void *ended)
    {
        QMetaObject::invokeMethod(
            &m_life, [this, ended] { m_running.removeIf([ended](const auto &flow) { return flow.get() == ended; }); },
            Qt::QueuedConnection);
    }

    QList<std::shared_ptr<void>> m_running;
    QObject m_life; ///< what is queued for it goes with it
};

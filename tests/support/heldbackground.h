// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSemaphore>
#include <QThreadPool>

#include <memory>

/// Everything that works in the background waits while this lives.
class HeldBackground final {
public:
    HeldBackground()
    {
        const int threads = QThreadPool::globalInstance()->maxThreadCount();
        for (int i = 0; i < threads; ++i)
            QThreadPool::globalInstance()->start([gate = m_gate] { gate->acquire(); });
    }
    ~HeldBackground() { m_gate->release(QThreadPool::globalInstance()->maxThreadCount()); }
    HeldBackground(const HeldBackground &) = delete;
    HeldBackground &operator=(const HeldBackground &) = delete;

private:
    std::shared_ptr<QSemaphore> m_gate = std::make_shared<QSemaphore>();
};

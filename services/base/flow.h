// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"

#include <coroutine>
#include <exception>
#include <functional>
#include <optional>
#include <utility>

/// Several questions one after the other, written from top to bottom as a coroutine. Lives in the GUI thread.
///
/// A Flow begins at once and is owned: when it is destroyed it stops where it stands and withdraws the question that it
/// waits for. It can itself be awaited in another Flow. Parameters of the coroutine are taken by value (a reference
/// dangles once the caller has gone on), and the object whose member it is must own the Flow. No capturing lambdas:
/// captures are not copied into the coroutine's frame.
template <typename T> class [[nodiscard]] Flow final {
public:
    struct promise_type {
        std::function<void(Result<T>)> finished;
        std::optional<Result<T>> outcome;

        Flow get_return_object() { return Flow(std::coroutine_handle<promise_type>::from_promise(*this)); }
        std::suspend_never initial_suspend() noexcept { return {}; }
        auto final_suspend() noexcept
        {
            struct Report {
                bool await_ready() noexcept { return false; }
                void await_suspend(std::coroutine_handle<promise_type> self) noexcept
                {
                    // Whoever is told may destroy this frame: nothing of it is touched afterwards.
                    auto tell = std::exchange(self.promise().finished, nullptr);
                    if (!tell)
                        return;
                    Result<T> result = std::move(*self.promise().outcome);
                    tell(std::move(result));
                }
                void await_resume() noexcept { }
            };
            return Report{};
        }
        void return_value(Result<T> result) { outcome = std::move(result); }
        void unhandled_exception() { std::terminate(); }
    };

    /// Nothing under way.
    Flow() = default;
    Flow(Flow &&other) noexcept
        : m_handle(std::exchange(other.m_handle, nullptr))
    {
    }
    Flow &operator=(Flow &&other) noexcept
    {
        if (this != &other) {
            const auto old = std::exchange(m_handle, std::exchange(other.m_handle, nullptr));
            if (old)
                old.destroy();
        }
        return *this;
    }
    ~Flow()
    {
        if (m_handle)
            m_handle.destroy();
    }

    /// Calls `finished` with the outcome: at once where there is one already, else from inside the Flow's last step.
    void whenFinished(std::function<void(Result<T>)> finished)
    {
        if (m_handle.done())
            finished(std::move(*m_handle.promise().outcome));
        else
            m_handle.promise().finished = std::move(finished);
    }

    bool isRunning() const { return m_handle && !m_handle.done(); }

    bool await_ready() const noexcept { return m_handle.done(); }
    void await_suspend(std::coroutine_handle<> parent)
    {
        m_handle.promise().finished = [this, parent](Result<T> result) {
            m_received = std::move(result);
            parent.resume();
        };
    }
    Result<T> await_resume() { return m_received ? std::move(*m_received) : std::move(*m_handle.promise().outcome); }

private:
    explicit Flow(std::coroutine_handle<promise_type> handle)
        : m_handle(handle)
    {
    }

    std::coroutine_handle<promise_type> m_handle;
    std::optional<Result<T>> m_received;
};

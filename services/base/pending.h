// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"

#include <QCoreApplication>
#include <QMetaObject>
#include <QPointer>

#include <coroutine>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

/// The answer to one question, on its way. Lives in the GUI thread: the one that asked.
///
/// The answer arrives once, always through the event loop, never from inside the call that asked or that answered.
/// Whoever asked keeps the Pending for as long as the answer matters: dropping it withdraws the question (the function
/// that whoever answers gave is called) and the continuation never runs. A mutation gives no such function, so that it
/// runs on, unobserved. There is one continuation, and it runs only while its context lives.
///
/// Also awaitable in a Flow: `Result<T> answer = co_await ask();`. See docs/adr/0001-pending-and-flow.md.
template <typename T> class Pending final {
    struct State {
        std::optional<Result<T>> answer;
        std::function<void(Result<T>)> continuation;
        std::function<void()> withdraw;
        bool kept = true;

        void deliverSoon(const std::shared_ptr<State> &self)
        {
            if (!answer || !continuation)
                return;
            QMetaObject::invokeMethod(
                qApp,
                [self] {
                    if (self->kept && self->continuation)
                        std::exchange(self->continuation, nullptr)(std::move(*self->answer));
                },
                Qt::QueuedConnection);
        }
    };

public:
    /// The other end: whoever answers. Copyable; only the first answer counts. To be called in the GUI thread.
    class Answer final {
    public:
        void operator()(Result<T> result) const
        {
            if (!m_state->kept || m_state->answer)
                return;
            m_state->withdraw = nullptr;
            m_state->answer = std::move(result);
            m_state->deliverSoon(m_state);
        }

        /// True once nobody waits any more.
        bool isUnwanted() const { return !m_state->kept; }

    private:
        friend class Pending;
        explicit Answer(std::shared_ptr<State> state)
            : m_state(std::move(state))
        {
        }
        std::shared_ptr<State> m_state;
    };

    /// Nothing asked: never answers.
    Pending() = default;

    /// `start(Answer)` asks and returns what withdraws the question (an empty std::function where it can't or must not
    /// be withdrawn). It may answer at once.
    template <typename Start> static Pending ask(Start &&start)
    {
        Pending pending(std::make_shared<State>());
        std::function<void()> withdraw = start(Answer(pending.m_state));
        if (!pending.m_state->answer)
            pending.m_state->withdraw = std::move(withdraw);
        return pending;
    }

    /// A question whose answer is known already. It still arrives through the event loop.
    static Pending answered(Result<T> result)
    {
        Pending pending(std::make_shared<State>());
        pending.m_state->answer = std::move(result);
        return pending;
    }

    Pending(Pending &&other) noexcept
        : m_state(std::exchange(other.m_state, nullptr))
    {
    }
    Pending &operator=(Pending &&other) noexcept
    {
        if (this != &other) {
            const std::shared_ptr<State> old = std::exchange(m_state, std::exchange(other.m_state, nullptr));
            withdraw(old);
        }
        return *this;
    }
    ~Pending() { drop(); }

    /// Runs `continuation` with the answer, in the life of `context` only.
    void then(QObject *context, std::function<void(Result<T>)> continuation)
    {
        Q_ASSERT(m_state && context && !m_state->continuation);
        m_state->continuation = [guard = QPointer(context), run = std::move(continuation)](Result<T> result) {
            if (guard)
                run(std::move(result));
        };
        m_state->deliverSoon(m_state);
    }

    /// Withdraws the question, if one is out.
    void drop() { withdraw(std::exchange(m_state, nullptr)); }

    /// True between asking and the end of the continuation.
    bool isAsked() const { return m_state && (!m_state->answer || m_state->continuation); }

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> flow)
    {
        if (!m_state)
            return;
        m_state->continuation = [this, flow](Result<T> result) {
            m_received = std::move(result);
            flow.resume();
        };
        m_state->deliverSoon(m_state);
    }
    Result<T> await_resume() { return std::move(*m_received); }

private:
    explicit Pending(std::shared_ptr<State> state)
        : m_state(std::move(state))
    {
    }

    static void withdraw(const std::shared_ptr<State> &state)
    {
        if (!state)
            return;
        state->kept = false;
        state->continuation = nullptr;
        if (auto withdraw = std::exchange(state->withdraw, nullptr))
            withdraw();
    }

    std::shared_ptr<State> m_state;
    std::optional<Result<T>> m_received;
};

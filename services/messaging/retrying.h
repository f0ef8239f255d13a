// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/backoff.h"
#include "services/base/clock.h"
#include "services/base/flow.h"

#include <algorithm>
#include <chrono>
#include <functional>

/// Asks `ask` (for a Pending or a Flow) again, with growing waits or as long as the other side wants, while its answer
/// is an error that may pass (Error::isTransient), until `limit` has passed: then that error stands. Only for what may
/// safely be asked twice. `clock` and all that `ask` captures must outlive the flow. `ask` is to be a variable of the
/// caller: GCC 12 destroys a lambda inside a co_await expression twice.
template <template <typename> class Question, typename T>
Flow<T> retrying(
    Clock &clock, std::function<Question<T>()> ask, std::chrono::milliseconds limit = std::chrono::seconds(60))
{
    const auto deadline = clock.monotonic() + limit;
    Backoff backoff(std::chrono::milliseconds(250), std::chrono::seconds(5));
    for (;;) {
        Question<T> question = ask();
        Result<T> answer = co_await question;
        if (answer || !answer.error().isTransient())
            co_return answer;
        const auto wait = std::max(backoff.next(), answer.error().retryAfter.value_or(std::chrono::milliseconds(0)));
        if (clock.monotonic() + wait > deadline)
            co_return answer;
        co_await clock.sleep(wait);
    }
}

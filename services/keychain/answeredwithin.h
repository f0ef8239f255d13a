// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/clock.h"
#include "services/base/pending.h"

#include <memory>

/// The answer to `question`, or `late` where none has come after `limit`: then it is dropped. `clock` must outlive it.
template <typename T>
Pending<T> answeredWithin(Pending<T> question, Clock &clock, std::chrono::milliseconds limit, const Error &late)
{
    struct Race {
        Pending<T> question;
        Pending<void> timer;
    };
    auto race = std::make_shared<Race>();
    race->question = std::move(question);
    race->timer = clock.sleep(limit);
    return Pending<T>::ask([race, late](typename Pending<T>::Answer answer) -> std::function<void()> {
        race->question.then(qApp, [answer](Result<T> result) { answer(std::move(result)); });
        race->timer.then(qApp, [answer, late](const Result<void> &) { answer(fail(late)); });
        // kept until there is an answer; both end with it
        return [race] { race->question.drop(); };
    });
}

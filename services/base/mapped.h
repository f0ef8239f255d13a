// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/base/pending.h"

#include <memory>

/// The answer to `question`, made into another one by `change`. Dropping it drops `question`.
template <typename To, typename From> Pending<To> mapped(Pending<From> question, std::function<Result<To>(From)> change)
{
    auto asked = std::make_shared<Pending<From>>(std::move(question));
    return Pending<To>::ask([asked, change = std::move(change)](typename Pending<To>::Answer answer) {
        asked->then(qApp, [answer, change](Result<From> result) {
            if (result)
                answer(change(std::move(*result)));
            else
                answer(fail(std::move(result).error()));
        });
        return [asked] { asked->drop(); };
    });
}

/// The outcome of `flow` as a Pending. Dropping it stops the flow where it stands.
template <typename T> Pending<T> asPending(Flow<T> flow)
{
    auto running = std::make_shared<Flow<T>>(std::move(flow));
    return Pending<T>::ask([running](typename Pending<T>::Answer answer) {
        running->whenFinished([answer](Result<T> result) { answer(std::move(result)); });
        return [running] { *running = Flow<T>(); };
    });
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/mapped.h"

#include <QTest>

/// The answer to `question`, waited for; a Timeout error after `limit`.
template <typename T> Result<T> awaited(Pending<T> question, int limit = 60000)
{
    std::optional<Result<T>> answer;
    QObject context;
    question.then(&context, [&answer](Result<T> result) { answer = std::move(result); });
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, limit))
        return fail(Error::Kind::Timeout, QStringLiteral("the test waited in vain"));
    return std::move(*answer);
}

/// The outcome of `flow`, waited for.
template <typename T> Result<T> awaited(Flow<T> flow, int limit = 60000)
{
    return awaited(asPending(std::move(flow)), limit);
}

/// For QVERIFY2: why there is no value.
template <typename T> QByteArray whyNot(const Result<T> &result)
{
    return result ? QByteArray() : result.error().text().toUtf8();
}

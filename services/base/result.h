// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"

#include <tl/expected.hpp>

/// What a question was answered with: a value, or why there is none.
template <typename T> using Result = tl::expected<T, Error>;

/// `return fail(Error::Kind::Invalid, tr("…"));` from a function or coroutine that returns a Result.
inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

inline tl::unexpected<Error> fail(Error::Kind kind, QString summary, QString detail = {})
{
    return tl::unexpected<Error>(Error{kind, std::move(summary), std::move(detail), {}, {}});
}

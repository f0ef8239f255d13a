// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rowarranging.h"

#include <QTimer>

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr qint64 sliceMilliseconds = 5; // what a frame leaves beside painting
constexpr std::size_t runLength = 512;
constexpr std::size_t stepsBetweenLooks = 64; // at the time, which costs as much as a step

} // namespace

RowArranging::RowArranging(Ways ways, Pace pace)
    : m_ways(std::move(ways))
    , m_pace(pace)
{
    m_sinceRound.start();
}

Flow<RowArranging::Rows> RowArranging::arranged(Rows placed, Rows others)
{
    auto placedIn = co_await letThrough(std::move(placed));
    auto othersIn = co_await letThrough(std::move(others));
    auto ordered = co_await inOrder(std::move(*othersIn));
    auto whole = co_await joined(std::move(*placedIn), std::move(*ordered));
    co_return whole;
}

Flow<RowArranging::Rows> RowArranging::letThrough(Rows rows)
{
    if (!m_ways.isLetThrough)
        co_return Result<Rows>(std::move(rows));
    Rows in;
    for (std::size_t at = 0; at < rows.size(); ++at) {
        if (m_ways.isLetThrough(rows[at]))
            in.push_back(rows[at]);
        if (isTimeUpAt(at))
            co_await nextRound();
    }
    co_return Result<Rows>(std::move(in));
}

/// Runs that are sorted, then each two of them merged: unlike std::sort it can stop between two steps.
Flow<RowArranging::Rows> RowArranging::inOrder(Rows rows)
{
    for (std::size_t begin = 0; begin < rows.size(); begin += runLength) {
        const auto first = rows.begin() + std::ptrdiff_t(begin);
        const auto last = rows.begin() + std::ptrdiff_t(std::min(begin + runLength, rows.size()));
        if (!std::is_sorted(first, last, m_ways.isBefore))
            std::sort(first, last, m_ways.isBefore);
        if (isTimeUp())
            co_await nextRound();
    }
    Rows merged(rows.size());
    for (std::size_t width = runLength; width < rows.size(); width *= 2) {
        co_await mergeRuns(&rows, &merged, width);
        rows.swap(merged);
    }
    co_return Result<Rows>(std::move(rows));
}

Flow<void> RowArranging::mergeRuns(const Rows *from, Rows *to, std::size_t width)
{
    const Rows &rows = *from;
    for (std::size_t begin = 0; begin < rows.size(); begin += 2 * width) {
        const std::size_t middle = std::min(begin + width, rows.size());
        const std::size_t end = std::min(middle + width, rows.size());
        const bool isInOrder = middle == end || m_ways.isBefore(rows[middle - 1], rows[middle]);
        std::size_t left = begin;
        std::size_t right = middle;
        for (std::size_t at = begin; at < end; ++at) {
            const bool isLeft =
                left < middle && (isInOrder || right == end || m_ways.isBefore(rows[left], rows[right]));
            (*to)[at] = rows[isLeft ? left++ : right++];
            if (isTimeUpAt(at))
                co_await nextRound();
        }
    }
    co_return Result<void>();
}

Flow<RowArranging::Rows> RowArranging::joined(Rows placed, Rows others)
{
    Rows whole;
    whole.reserve(placed.size() + others.size());
    auto rest = placed.cbegin();
    for (std::size_t at = 0; at < others.size(); ++at) {
        const auto next = std::lower_bound(rest, placed.cend(), others[at], m_ways.isBefore);
        whole.insert(whole.end(), rest, next);
        whole.push_back(others[at]);
        rest = next;
        if (isTimeUpAt(at))
            co_await nextRound();
    }
    whole.insert(whole.end(), rest, placed.cend());
    co_return Result<Rows>(std::move(whole));
}

bool RowArranging::isTimeUp() const
{
    return m_pace == Pace::InSlices && m_sinceRound.hasExpired(sliceMilliseconds);
}

bool RowArranging::isTimeUpAt(std::size_t step) const
{
    return step % stepsBetweenLooks == 0 && isTimeUp();
}

/// A timer, because a posted event would come before what a person does.
Pending<void> RowArranging::nextRound()
{
    return Pending<void>::ask([this](Pending<void>::Answer answer) -> std::function<void()> {
        QTimer::singleShot(1ms, qApp, [this, answer] {
            if (answer.isUnwanted())
                return;
            m_sinceRound.start();
            answer(Result<void>());
        });
        return [] {};
    });
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeclock.h"

#include <QCoreApplication>
#include <QEvent>

#include <algorithm>

namespace {

void deliver()
{
    // an answer may lead to another one, each through the event loop
    for (int round = 0; round < 20; ++round)
        QCoreApplication::sendPostedEvents();
}

} // namespace

QDateTime FakeClock::now() const
{
    return m_start.addMSecs(m_monotonic.count() - 1000);
}

Pending<void> FakeClock::sleep(std::chrono::milliseconds duration)
{
    return Pending<void>::ask([this, duration](Pending<void>::Answer answer) -> std::function<void()> {
        const auto sleep = std::make_shared<Sleep>(Sleep{m_monotonic + duration, std::move(answer)});
        m_sleeps.push_back(sleep);
        return [sleep] { sleep->isOver = true; };
    });
}

void FakeClock::advance(std::chrono::milliseconds duration)
{
    const auto wakeful = m_suspended;
    const auto start = m_monotonic;
    const auto end = [&] { return start + duration + (m_suspended - wakeful); };
    deliver();
    while (const auto sleep = nextDue(end())) {
        m_monotonic = std::max(m_monotonic, sleep->until);
        sleep->isOver = true;
        sleep->answer({});
        deliver();
    }
    m_monotonic = end();
    std::erase_if(m_sleeps, [](const auto &sleep) { return sleep->isOver; });
}

void FakeClock::suspend(std::chrono::milliseconds duration)
{
    m_monotonic += duration;
    m_suspended += duration;
    for (const auto &sleep : m_sleeps)
        sleep->until += duration;
}

int FakeClock::sleepers() const
{
    return int(std::count_if(m_sleeps.begin(), m_sleeps.end(), [](const auto &sleep) { return !sleep->isOver; }));
}

std::shared_ptr<FakeClock::Sleep> FakeClock::nextDue(std::chrono::milliseconds limit) const
{
    std::shared_ptr<Sleep> next;
    for (const auto &sleep : m_sleeps) {
        if (!sleep->isOver && sleep->until <= limit && (!next || sleep->until < next->until))
            next = sleep;
    }
    return next;
}

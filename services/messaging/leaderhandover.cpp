// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/leaderhandover.h"

#include "services/base/clock.h"
#include "services/messaging/jetstreamchanges.h"

#include <QCoreApplication>

using namespace std::chrono_literals;

namespace {

constexpr int mostLooks = 20; // at who leads
constexpr auto betweenLooks = 500ms;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(StreamService)
};

JetStreamChange<void, Stream> stepOf(const std::shared_ptr<JetStreamApi> &api, const Stream &seen)
{
    const QString name = seen.id.name;
    const QString object = Text::tr("stream %1").arg(name);
    const auto judge = [leader = seen.leader](const Result<Stream> &found, const Error &unanswered) {
        const bool isOther = found && !found->leader.isEmpty() && found->leader != leader;
        return isOther ? Result<void>() : Result<void>(fail(unanswered));
    };
    JetStreamChange<void, Stream> step{
        object, [=] { return api->stepDownStream(name); }, [=] { return api->stream(name); }, judge};
    step.check = [=, leader = seen.leader](const Stream &found) {
        return found.leader == leader
            ? Result<void>()
            : Result<void>(fail(Error::Kind::Conflict,
                Text::tr("Nothing was done: another copy (%1) leads %2 by now.").arg(found.leader, object)));
    };
    return step;
}

/// Nobody may lead for a moment, and the one that stepped down may be elected again.
Flow<QString> nextLeader(Clock *clock, std::shared_ptr<JetStreamApi> api, Stream seen)
{
    QString last;
    for (int look = 0; look < mostLooks; ++look) {
        auto found = co_await api->stream(seen.id.name);
        last = found ? found->leader : last;
        if (found && !last.isEmpty() && last != seen.leader)
            break;
        Pending<void> wait = clock->sleep(betweenLooks);
        co_await wait;
    }
    if (last.isEmpty())
        co_return fail(Error::Kind::Timeout,
            Text::tr("The leader has stepped down, and no other leads stream %1 so far. Its replicas will show it.")
                .arg(seen.id.name));
    co_return last;
}

} // namespace

Flow<QString> handOver(JetStreamChanges *changes, Clock *clock, std::shared_ptr<JetStreamApi> api, Stream seen)
{
    const JetStreamChange<void, Stream> step = stepOf(api, seen);
    auto stepped = co_await changes->carryOut(seen.id.account, api, step);
    if (!stepped)
        co_return fail(stepped.error());
    auto leader = co_await nextLeader(clock, api, seen);
    co_return leader;
}

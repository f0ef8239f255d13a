// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/leaderhandover.h"

#include "services/base/clock.h"
#include "services/messaging/jetstreamchanges.h"

#include <QCoreApplication>

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr int mostLooks = 20; // at who leads
constexpr auto betweenLooks = 500ms;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(StreamService)
};

/// What is led, and how it is asked for.
template <typename Asset> struct Led {
    QString account;
    QString object; ///< "stream orders", for people
    QString key;
    QString leader; ///< as a person has seen it
    std::function<Pending<void>()> stepDown;
    std::function<Pending<Asset>()> look;
};

template <typename Asset> JetStreamChange<void, Asset> stepOf(const Led<Asset> &led)
{
    const auto judge = [leader = led.leader](const Result<Asset> &found, const Error &unanswered) {
        const bool isOther = found && !found->leader.isEmpty() && found->leader != leader;
        return isOther ? Result<void>() : Result<void>(fail(unanswered));
    };
    JetStreamChange<void, Asset> step{led.object, led.key, led.stepDown, led.look, judge};
    step.check = [object = led.object, leader = led.leader](const Asset &found) {
        return found.leader == leader
            ? Result<void>()
            : Result<void>(fail(Error::Kind::Conflict,
                Text::tr("Nothing was done: another copy (%1) leads %2 by now.").arg(found.leader, object)));
    };
    return step;
}

/// Nobody may lead for a moment, and the one that stepped down may be elected again.
template <typename Asset> Flow<QString> nextLeader(Clock *clock, Led<Asset> led)
{
    QString last;
    for (int look = 0; look < mostLooks; ++look) {
        auto found = co_await led.look();
        last = found ? found->leader : last;
        if (found && !last.isEmpty() && last != led.leader)
            break;
        Pending<void> wait = clock->sleep(betweenLooks);
        co_await wait;
    }
    if (last.isEmpty())
        co_return fail(Error::Kind::Timeout,
            Text::tr("The leader has stepped down, and no other leads %1 so far. Its details will show it.")
                .arg(led.object));
    co_return last;
}

template <typename Asset>
Flow<QString> handOverLed(JetStreamChanges *changes, Clock *clock, std::shared_ptr<JetStreamApi> api, Led<Asset> led)
{
    const JetStreamChange<void, Asset> step = stepOf(led);
    auto stepped = co_await changes->carryOut(led.account, api, step);
    if (!stepped)
        co_return fail(stepped.error());
    auto leader = co_await nextLeader(clock, led);
    co_return leader;
}

/// `object` begins a sentence.
Access accessTo(const QString &object, bool hasOthers, const QString &leader, const QList<StreamPeer> &others)
{
    if (!hasOthers)
        return Access::no(Text::tr("%1 has one copy: no other could lead.").arg(object));
    if (leader.isEmpty())
        return Access::no(Text::tr("%1 has no leader right now.").arg(object));
    const bool hasCurrent = std::any_of(
        others.cbegin(), others.cend(), [](const StreamPeer &peer) { return peer.isCurrent && !peer.isOffline; });
    return hasCurrent
        ? Access::yes()
        : Access::no(Text::tr("%1 has no other copy that is current: wait until one has caught up.").arg(object));
}

} // namespace

Flow<QString> handOver(JetStreamChanges *changes, Clock *clock, std::shared_ptr<JetStreamApi> api, Stream seen)
{
    const QString name = seen.id.name;
    return handOverLed(changes, clock, api,
        Led<Stream>{seen.id.account, Text::tr("stream %1").arg(name), ChangeKeys::stream(name), seen.leader,
            [=] { return api->stepDownStream(name); }, [=] { return api->stream(name); }});
}

Flow<QString> handOver(JetStreamChanges *changes, Clock *clock, std::shared_ptr<JetStreamApi> api, Consumer seen)
{
    const QString stream = seen.id.stream.name;
    const QString name = seen.id.name;
    return handOverLed(changes, clock, api,
        Led<Consumer>{seen.id.stream.account, Text::tr("consumer %1 of stream %2").arg(name, stream),
            ChangeKeys::consumer(stream, name), seen.leader, [=] { return api->stepDownConsumer(stream, name); },
            [=] { return api->consumer(stream, name); }});
}

Access handOverAccess(const Stream &stream)
{
    return accessTo(Text::tr("Stream %1").arg(stream.id.name), stream.replicas() > 1 && !stream.peers.isEmpty(),
        stream.leader, stream.peers);
}

Access handOverAccess(const Consumer &consumer)
{
    return accessTo(
        Text::tr("Consumer %1").arg(consumer.id.name), !consumer.peers.isEmpty(), consumer.leader, consumer.peers);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/jetstreamapi.h"

#include "services/nats/jetstreamasking.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <limits>

namespace {

tl::unexpected<Error> nonsense(const char *what, const QJsonObject &answer)
{
    const QString summary = QCoreApplication::translate("JetStream", what);
    return fail(Error::Kind::Protocol, summary, QStringList(answer.keys().mid(0, 20)).join(QLatin1String(", ")));
}

quint64 counter(const QJsonObject &object, const char *key)
{
    return JetStreamAsking::counterOf(object.value(QLatin1String(key)));
}

int smallCounter(const QJsonObject &object, const char *key)
{
    return int(std::min<quint64>(counter(object, key), quint64(std::numeric_limits<int>::max())));
}

qint64 signedCounter(const QJsonObject &object, const char *key)
{
    return qint64(std::min<quint64>(counter(object, key), quint64(std::numeric_limits<qint64>::max())));
}

// The server writes Go's zero time, of the year 1, for "never".
std::optional<QDateTime> moment(const QJsonObject &object, const char *key)
{
    const QDateTime time =
        QDateTime::fromString(object.value(QLatin1String(key)).toString(), Qt::ISODateWithMs).toUTC();
    if (!time.isValid() || time.date().year() <= 1)
        return std::nullopt;
    return time;
}

// Heard from last while it is away or behind. Of a current one it would be the time since a heartbeat: another in each
// answer, though nothing has changed.
std::chrono::nanoseconds lastSeen(const StreamPeer &peer, const QJsonObject &follower)
{
    if (peer.isCurrent && !peer.isOffline)
        return std::chrono::nanoseconds(0);
    return std::chrono::floor<std::chrono::seconds>(std::chrono::nanoseconds(signedCounter(follower, "active")));
}

QList<StreamPeer> peersFrom(const QJsonObject &cluster)
{
    QList<StreamPeer> peers;
    const QJsonArray followers = cluster.value(QLatin1String("replicas")).toArray();
    for (const QJsonValue &value : followers) {
        if (!value.isObject())
            continue;
        const QJsonObject follower = value.toObject();
        StreamPeer peer;
        peer.name = follower.value(QLatin1String("name")).toString();
        peer.isCurrent = follower.value(QLatin1String("current")).toBool();
        peer.isOffline = follower.value(QLatin1String("offline")).toBool();
        peer.lastSeen = lastSeen(peer, follower);
        peer.lag = counter(follower, "lag");
        peers.append(peer);
    }
    std::sort(peers.begin(), peers.end(), [](const StreamPeer &a, const StreamPeer &b) { return a.name < b.name; });
    return peers;
}

constexpr qsizetype longestFeedError = 400;

/// A feed that is there is heard of every few seconds; what it has been silent for since is another number in each
/// answer, though nothing has changed.
constexpr std::chrono::seconds longSilence{30};

std::optional<StreamFeed> feedFrom(const QJsonObject &told, bool isMirror)
{
    StreamFeed feed;
    feed.origin = told.value(QLatin1String("name")).toString();
    if (feed.origin.isEmpty())
        return std::nullopt;
    feed.isMirror = isMirror;
    feed.lag = counter(told, "lag");
    const double active = told.value(QLatin1String("active")).toDouble(-1); // -1: never
    feed.isKnown = active >= 0;
    const auto silent =
        std::chrono::floor<std::chrono::seconds>(std::chrono::nanoseconds(signedCounter(told, "active")));
    if (feed.isKnown && silent > longSilence)
        feed.silentFor = silent;
    const QJsonObject error = told.value(QLatin1String("error")).toObject();
    feed.error = error.value(QLatin1String("description")).toString().left(longestFeedError);
    return feed;
}

QList<StreamFeed> feedsFrom(const QJsonObject &info)
{
    QList<StreamFeed> feeds;
    if (const auto mirror = feedFrom(info.value(QLatin1String("mirror")).toObject(), true))
        feeds.append(*mirror);
    const QJsonArray sources = info.value(QLatin1String("sources")).toArray();
    for (const QJsonValue &source : sources) {
        if (const auto feed = feedFrom(source.toObject(), false))
            feeds.append(*feed);
    }
    return feeds;
}

int currentCopies(const Stream &stream)
{
    const auto current = std::count_if(stream.peers.cbegin(), stream.peers.cend(),
        [](const StreamPeer &peer) { return peer.isCurrent && !peer.isOffline; });
    return int(current) + (stream.leader.isEmpty() ? 0 : 1);
}

} // namespace

Result<Stream> streamFromJson(const QString &account, const QJsonObject &info)
{
    const QJsonObject config = info.value(QLatin1String("config")).toObject();
    const QString name = config.value(QLatin1String("name")).toString();
    if (name.isEmpty())
        return nonsense(QT_TRANSLATE_NOOP("JetStream", "The server told of a stream without a name."), info);

    const QJsonObject state = info.value(QLatin1String("state")).toObject();
    Stream stream;
    stream.id = {account, name};
    stream.config = config;
    stream.created = moment(info, "created");
    stream.messages = counter(state, "messages");
    stream.bytes = {signedCounter(state, "bytes")};
    stream.firstSequence = counter(state, "first_seq");
    stream.lastSequence = counter(state, "last_seq");
    stream.firstMessageAt = moment(state, "first_ts");
    stream.lastMessageAt = moment(state, "last_ts");
    stream.consumerCount = smallCounter(state, "consumer_count");
    stream.feeds = feedsFrom(info);
    // a standalone server tells of no cluster in lists, and of a leader alone in the stream's own info
    if (const QJsonObject cluster = info.value(QLatin1String("cluster")).toObject(); !cluster.isEmpty()) {
        stream.leader = cluster.value(QLatin1String("leader")).toString();
        stream.peers = peersFrom(cluster);
        stream.currentReplicas = currentCopies(stream);
    }
    return stream;
}

Result<Consumer> consumerFromJson(const StreamId &stream, const QJsonObject &info)
{
    const QString name = info.value(QLatin1String("name")).toString();
    if (name.isEmpty())
        return nonsense(QT_TRANSLATE_NOOP("JetStream", "The server told of a consumer without a name."), info);

    Consumer consumer;
    consumer.id = {stream, name};
    consumer.config = info.value(QLatin1String("config")).toObject();
    consumer.created = moment(info, "created");
    consumer.pending = counter(info, "num_pending");
    consumer.ackPending = counter(info, "num_ack_pending");
    consumer.redelivered = counter(info, "num_redelivered");
    consumer.waiting = counter(info, "num_waiting");
    consumer.isPushBound = info.value(QLatin1String("push_bound")).toBool();
    consumer.isPaused = info.value(QLatin1String("paused")).toBool();
    const QJsonObject delivered = info.value(QLatin1String("delivered")).toObject();
    const QJsonObject acknowledged = info.value(QLatin1String("ack_floor")).toObject();
    consumer.deliveries = counter(delivered, "consumer_seq");
    consumer.deliveredUpTo = counter(delivered, "stream_seq");
    consumer.ackFloor = counter(acknowledged, "stream_seq");
    consumer.lastDelivery = moment(delivered, "last_active");
    consumer.lastActivity = std::max(consumer.lastDelivery, moment(acknowledged, "last_active"));
    if (const QJsonObject cluster = info.value(QLatin1String("cluster")).toObject(); !cluster.isEmpty()) {
        consumer.hasCluster = true;
        consumer.leader = cluster.value(QLatin1String("leader")).toString();
        consumer.peers = peersFrom(cluster);
    }
    return consumer;
}

Result<AccountUsage> accountUsageFromJson(const QJsonObject &info)
{
    if (!info.contains(QLatin1String("limits")))
        return nonsense(QT_TRANSLATE_NOOP("JetStream", "The server told of an account without limits."), info);
    const QJsonObject limits = info.value(QLatin1String("limits")).toObject();
    const auto limit = [&limits](const char *key) -> std::optional<qint64> {
        const qint64 value = limits.value(QLatin1String(key)).toInteger(-1);
        return value < 0 ? std::nullopt : std::optional(value);
    };
    const auto smallLimit = [&limit](const char *key) -> std::optional<int> {
        const std::optional<qint64> value = limit(key);
        return value ? std::optional(int(std::min<qint64>(*value, std::numeric_limits<int>::max()))) : std::nullopt;
    };
    AccountUsage usage;
    usage.streams = smallCounter(info, "streams");
    usage.consumers = smallCounter(info, "consumers");
    usage.storage = {signedCounter(info, "storage")};
    usage.maxStreams = smallLimit("max_streams");
    usage.maxConsumers = smallLimit("max_consumers");
    if (const auto storage = limit("max_storage"))
        usage.maxStorage = ByteCount{*storage};
    usage.apiLevel = smallCounter(info.value(QLatin1String("api")).toObject(), "level");
    return usage;
}

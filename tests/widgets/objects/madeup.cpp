// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/objects/madeup.h"

#include <QJsonArray>

namespace {

QString latin(const char *text)
{
    return QLatin1String(text);
}

Stream stream(const char *account, const QString &name, const QStringList &subjects, quint64 messages, qint64 bytes,
    int replicas, int consumers, std::optional<QDateTime> last)
{
    Stream made;
    made.id = {latin(account), name};
    made.config = {{latin("name"), name}, {latin("subjects"), QJsonArray::fromStringList(subjects)},
        {latin("retention"), latin("limits")}, {latin("storage"), latin("file")}, {latin("num_replicas"), replicas},
        {latin("max_age"), qint64(2'592'000'000'000'000)}, {latin("max_bytes"), qint64(42'949'672'960)},
        {latin("max_msgs"), -1}, {latin("discard"), latin("old")}, {latin("duplicate_window"), qint64(120'000'000'000)},
        {latin("a_field_of_tomorrow"), true}};
    made.messages = messages;
    made.bytes = {bytes};
    made.firstSequence = messages > 0 ? 1204118 : 0;
    made.lastSequence = messages > 0 ? 1204117 + messages : 0;
    made.firstMessageAt = last ? std::optional(last->addDays(-29)) : std::nullopt;
    made.lastMessageAt = last;
    made.consumerCount = consumers;
    made.currentReplicas = replicas;
    if (replicas > 1)
        made.leader = latin("nats-0");
    for (int pod = 1; pod < replicas; ++pod)
        made.peers.append({QStringLiteral("nats-%1").arg(pod), true, false, {}, 0});
    return made;
}

Consumer consumer(const Stream &stream, const char *name, quint64 pending, quint64 ackPending, quint64 waiting,
    std::optional<QDateTime> last)
{
    Consumer made;
    made.id = {stream.id, latin(name)};
    made.config = {{latin("durable_name"), latin(name)}, {latin("ack_policy"), latin("explicit")},
        {latin("ack_wait"), qint64(30'000'000'000)}, {latin("max_ack_pending"), 1000},
        {latin("deliver_policy"), latin("all")}, {latin("replay_policy"), latin("instant")},
        {latin("max_deliver"), -1}};
    made.pending = pending;
    made.ackPending = ackPending;
    made.waiting = waiting;
    made.lastActivity = last;
    made.lastDelivery = last;
    return made;
}

QStringList fortySubjects()
{
    QStringList subjects;
    for (int number = 1; number <= 40; ++number)
        subjects << QStringLiteral("plant.%1.sensor.*.reading.>").arg(number);
    return subjects;
}

} // namespace

QList<Stream> madeUpStreams(const QDateTime &now)
{
    QList<Stream> streams{
        stream("orders", latin("ORDERS"), {latin("orders.>")}, 48'201'553, 22'978'207'744, 3, 12, now.addSecs(-2)),
        stream("orders", latin("ORDERS_DLQ"), {latin("orders-dlq.>")}, 1204, 1'887'437, 3, 1, now.addSecs(-4 * 3600)),
        stream("orders", latin("PAYMENTS"), {latin("payments.*.settled")}, 9318, 6'501'171, 3, 4, now),
        stream("telemetry", latin("METRICS"), {latin("metrics.>")}, 812'004, 421'527'552, 1, 9, now),
        stream("telemetry", latin("TRACES"), {latin("traces.>")}, 155'310'220, 15'998'753'178, 3, 3, now),
        stream("edge", latin("DEVICE_EVENTS"), {latin("device.*.event")}, 8'102'331, 1'717'986'918, 3, 22,
            now.addSecs(-1)),
        stream(
            "edge", latin("KV_device-state"), {latin("$KV.device-state.>")}, 61'204, 18'874'368, 3, 0, now.addSecs(-9)),
        stream("default", latin("AUDIT"), {latin("audit.>")}, 0, 0, 5, 0, std::nullopt),
        stream("edge", latin("PLANT"), fortySubjects(), 77, 12'345, 3, 2, now.addSecs(-70)),
        stream("edge", QString(200, QLatin1Char('L')), {latin("long.>")}, 1, 12, 1, 0, now.addDays(-90)),
    };
    streams[4].currentReplicas = 2;
    streams[4].peers[1].isCurrent = false;
    streams[4].peers[1].lag = 20'311;
    streams[4].peers[1].lastSeen = std::chrono::seconds(3);
    streams[7].leader.clear();
    streams[0].config.insert(latin("metadata"),
        QJsonObject{{latin("pennant.app/linked-app"), latin("shop/checkout")}, {latin("team"), latin("orders")},
            {latin("on-call"), latin("https://wiki.example.org/teams/orders/on-call")}});
    streams[0].config.insert(
        latin("republish"), QJsonObject{{latin("src"), latin("orders.paid.>")}, {latin("dest"), latin("copy.paid.>")}});
    streams[0].config.insert(latin("sources"),
        QJsonArray{QJsonObject{{latin("name"), latin("ORDERS_EU")}, {latin("filter_subject"), latin("eu.orders.>")}},
            QJsonObject{{latin("name"), latin("ORDERS_US")}, {latin("opt_start_seq"), 12000},
                {latin("external"), QJsonObject{{latin("api"), latin("$JS.us.API")}}},
                {latin("subject_transforms"),
                    QJsonArray{QJsonObject{
                        {latin("src"), latin("us.orders.*")}, {latin("dest"), latin("orders.us.{{wildcard(1)}}")}}}},
                {latin("consumer"), QJsonObject{{latin("name"), latin("us-feed")}}}}});
    streams[1].config.insert(latin("max_msgs"), 1204);
    streams[1].config.insert(latin("discard"), latin("new"));
    std::sort(
        streams.begin(), streams.end(), [](const Stream &left, const Stream &right) { return left.id < right.id; });
    return streams;
}

QList<Consumer> madeUpConsumers(const QDateTime &now)
{
    const QList<Stream> streams = madeUpStreams(now);
    const auto byName = [&streams](const char *name) {
        return *std::find_if(
            streams.cbegin(), streams.cend(), [name](const Stream &stream) { return stream.id.name == latin(name); });
    };
    QList<Consumer> consumers{
        consumer(byName("ORDERS"), "billing", 12, 4, 2, now.addSecs(-1)),
        consumer(byName("ORDERS"), "shipping", 1'204'331, 0, 0, now.addSecs(-3600)),
        consumer(byName("ORDERS"), "billing-worker-eu-central-10", 7, 0, 0, now.addSecs(-2)),
        consumer(byName("ORDERS"), "billing-worker-eu-central-2", 0, 0, 1, now.addSecs(-2)),
        consumer(byName("ORDERS"), "analytics", 0, 0, 4, now),
        consumer(byName("PAYMENTS"), "ledger", 3011, 1000, 1, now.addSecs(-20)),
        consumer(byName("TRACES"), "sampler", 0, 0, 0, std::nullopt),
    };
    consumers.last().config.insert(latin("deliver_subject"), latin("deliver.sampler"));
    std::sort(consumers.begin(), consumers.end(),
        [](const Consumer &left, const Consumer &right) { return left.id < right.id; });
    return consumers;
}

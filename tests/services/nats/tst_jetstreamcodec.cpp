// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/jetstreamapi.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

#include <limits>

namespace {

QJsonObject parsed(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

QJsonObject errorAnswer(int code, int errCode, const char *description)
{
    return {{QStringLiteral("error"),
        QJsonObject{{QStringLiteral("code"), code}, {QStringLiteral("err_code"), errCode},
            {QStringLiteral("description"), QLatin1String(description)}}}};
}

// nats-server 2.14.9, three servers, shortened
const QByteArray clusteredStream = R"({"config":{"name":"orders","subjects":["orders.>"],"retention":"workqueue",
"storage":"memory","discard":"new","num_replicas":3,"max_age":3600000000000,"description":"All orders",
"some_new_field":7,"metadata":{"pennant.app/linked-app":"shop"}},
"state":{"messages":9007199254740993,"bytes":77,"first_seq":3,"first_ts":"2026-10-25T08:00:01.5Z","last_seq":9,
"last_ts":"2026-11-23T13:09:37.041304564Z","consumer_count":2},
"cluster":{"name":"pennant","leader":"nats-1","replicas":[
{"name":"nats-2","current":false,"offline":true,"active":61743190211,"lag":20311},
{"name":"nats-0","current":true,"active":310877651}]}})";

} // namespace

class JetStreamCodecTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAStream();
    void readsTheCopiesByName();
    void readsWhereMessagesComeFrom();
    void readsTheSameOfFollowersThatStayCurrent();
    void readsAnEmptyStandaloneStream();
    void countsOnlyCopiesThatAreThere();
    void readsAConsumer();
    void readsAccountUsage();
    void survivesAnything();
    void mapsErrors_data();
    void mapsErrors();
    void keepsUnknownErrors();
};

void JetStreamCodecTest::readsAStream()
{
    const Result<Stream> stream = streamFromJson(QStringLiteral("default"), parsed(clusteredStream));
    QVERIFY(stream);
    QCOMPARE(stream->id, (StreamId{QStringLiteral("default"), QStringLiteral("orders")}));
    QCOMPARE(stream->messages, Q_UINT64_C(9007199254740993)); // more than a double holds
    QCOMPARE(stream->bytes.bytes, 77);
    QCOMPARE(stream->firstSequence, 3u);
    QCOMPARE(stream->lastSequence, 9u);
    QCOMPARE(stream->consumerCount, 2);
    QCOMPARE(*stream->lastMessageAt, QDateTime(QDate(2026, 11, 23), QTime(13, 9, 37, 41), Qt::UTC));
    QCOMPARE(*stream->firstMessageAt, QDateTime(QDate(2026, 10, 25), QTime(8, 0, 1, 500), Qt::UTC));
    QCOMPARE(stream->leader, QStringLiteral("nats-1"));
    QCOMPARE(stream->currentReplicas, 2);
    QCOMPARE(stream->replicas(), 3);
    QCOMPARE(stream->retention(), Retention::WorkQueue);
    QCOMPARE(stream->storage(), Storage::Memory);
    QCOMPARE(stream->discard(), Discard::New);
    QCOMPARE(stream->linkedApp(), QStringLiteral("shop"));
    QCOMPARE(stream->config.value(QLatin1String("some_new_field")).toInt(), 7);
}

void JetStreamCodecTest::readsTheCopiesByName()
{
    const Result<Stream> stream = streamFromJson(QStringLiteral("default"), parsed(clusteredStream));
    QCOMPARE(stream->peers.size(), 2);
    QCOMPARE(stream->peers.at(0), (StreamPeer{QStringLiteral("nats-0"), true, false, {}, 0}));
    QCOMPARE(stream->peers.at(1), (StreamPeer{QStringLiteral("nats-2"), false, true, std::chrono::seconds(61), 20311}));
}

void JetStreamCodecTest::readsWhereMessagesComeFrom()
{
    QJsonObject info = parsed(clusteredStream);
    info[QStringLiteral("mirror")] = QJsonObject{{QStringLiteral("name"), QStringLiteral("ORDERS")},
        {QStringLiteral("lag"), 7}, {QStringLiteral("active"), 890'039'412}};
    const QJsonObject error{{QStringLiteral("description"), QStringLiteral("stream not found")}};
    const QJsonObject gone{{QStringLiteral("name"), QStringLiteral("GONE")},
        {QStringLiteral("active"), qint64(40'978'446'645)}, {QStringLiteral("error"), error}};
    const QJsonObject never{{QStringLiteral("name"), QStringLiteral("NEVER")}, {QStringLiteral("active"), -1}};
    info[QStringLiteral("sources")] = QJsonArray{gone, never, 5, QJsonObject{}};
    const Result<Stream> stream = streamFromJson(QStringLiteral("default"), info);
    QVERIFY(stream);
    const QList<StreamFeed> feeds{{QStringLiteral("ORDERS"), true, 7, true, {}, {}},
        {QStringLiteral("GONE"), false, 0, true, std::chrono::seconds(40), QStringLiteral("stream not found")},
        {QStringLiteral("NEVER"), false, 0, false, {}, {}}};
    QCOMPARE(stream->feeds, feeds);
    QVERIFY(!feeds[0].isStill() && feeds[1].isStill() && feeds[2].isStill());
}

/// Ten thousand streams that nobody uses are no new snapshot every two seconds.
void JetStreamCodecTest::readsTheSameOfFollowersThatStayCurrent()
{
    QByteArray later = clusteredStream;
    later.replace("310877651", "907000113");
    QVERIFY(later != clusteredStream);
    QCOMPARE(*streamFromJson(QStringLiteral("a"), parsed(later)),
        *streamFromJson(QStringLiteral("a"), parsed(clusteredStream)));
}

void JetStreamCodecTest::readsAnEmptyStandaloneStream()
{
    const Result<Stream> stream = streamFromJson(QStringLiteral("default"),
        parsed(R"({"config":{"name":"N"},"state":{"messages":0,"first_ts":"0001-01-01T00:00:00Z",
        "last_ts":"0001-01-01T00:00:00Z"}})"));
    QVERIFY(stream);
    QVERIFY(!stream->firstMessageAt);
    QVERIFY(!stream->lastMessageAt);
    QVERIFY(stream->peers.isEmpty());
    QCOMPARE(stream->currentReplicas, 1);
    QCOMPARE(stream->leader, QString());
}

void JetStreamCodecTest::countsOnlyCopiesThatAreThere()
{
    QJsonObject info = parsed(clusteredStream);
    info.insert(QStringLiteral("cluster"), QJsonObject{{QStringLiteral("name"), QStringLiteral("pennant")}});
    QCOMPARE(streamFromJson(QStringLiteral("a"), info)->currentReplicas, 0);
}

void JetStreamCodecTest::readsAConsumer()
{
    const StreamId id{QStringLiteral("default"), QStringLiteral("orders")};
    const Result<Consumer> consumer = consumerFromJson(id, parsed(R"({"stream_name":"orders","name":"worker",
        "config":{"durable_name":"worker","ack_policy":"explicit","deliver_policy":"last","max_ack_pending":1000,
        "filter_subject":"orders.new"},"delivered":{"consumer_seq":7,"last_active":"2026-11-23T13:00:00Z"},
        "ack_floor":{"last_active":"2026-11-23T13:00:05.5Z"},"num_pending":4,"num_ack_pending":5,"num_redelivered":6,
        "num_waiting":7,"push_bound":true,"paused":true})"));
    QVERIFY(consumer);
    QCOMPARE(consumer->id, (ConsumerId{id, QStringLiteral("worker")}));
    QCOMPARE(consumer->pending, 4u);
    QCOMPARE(consumer->ackPending, 5u);
    QCOMPARE(consumer->redelivered, 6u);
    QCOMPARE(consumer->waiting, 7u);
    QVERIFY(consumer->isPushBound);
    QVERIFY(consumer->isPaused);
    QCOMPARE(consumer->lastActivity->time(), QTime(13, 0, 5, 500));
    QCOMPARE(consumer->lastDelivery->time(), QTime(13, 0));
    QCOMPARE(consumer->deliveries, quint64(7));
    QCOMPARE(consumer->deliverPolicy(), DeliverPolicy::Last);
    QCOMPARE(consumer->filterSubjects(), QStringList{QStringLiteral("orders.new")});
}

void JetStreamCodecTest::readsAccountUsage()
{
    const Result<AccountUsage> usage = accountUsageFromJson(parsed(R"({"storage":10,"streams":2,"consumers":3,
        "limits":{"max_storage":-1,"max_streams":5,"max_consumers":-1},"api":{"level":4}})"));
    QVERIFY(usage);
    QCOMPARE(usage->streams, 2);
    QCOMPARE(usage->consumers, 3);
    QCOMPARE(usage->storage.bytes, 10);
    QCOMPARE(usage->maxStreams, std::optional(5));
    QVERIFY(!usage->maxConsumers);
    QVERIFY(!usage->maxStorage);
    QCOMPARE(usage->apiLevel, 4);
    QCOMPARE(accountUsageFromJson({}).error().kind, Error::Kind::Protocol);
}

void JetStreamCodecTest::survivesAnything()
{
    QCOMPARE(streamFromJson(QStringLiteral("a"), {}).error().kind, Error::Kind::Protocol);
    QCOMPARE(consumerFromJson({}, {}).error().kind, Error::Kind::Protocol);
    const QJsonValue hostile[] = {QJsonValue(), QJsonValue(true), QJsonValue(-5), QJsonValue(1e300), QJsonValue(0.5),
        QJsonValue(std::numeric_limits<qint64>::min()), QJsonValue(QString(100000, QLatin1Char('x'))),
        QJsonValue(QJsonArray{1, QJsonArray()}), QJsonValue(QJsonObject{{QStringLiteral("leader"), 1}})};
    for (const QJsonValue &value : hostile) {
        for (const QString &key : parsed(clusteredStream).keys()) {
            QJsonObject info = parsed(clusteredStream);
            info.insert(key, value);
            info.insert(QStringLiteral("name"), value);
            info.insert(QStringLiteral("num_pending"), value);
            const Result<Stream> stream = streamFromJson(QStringLiteral("a"), info);
            QCOMPARE(stream.has_value(), key != QLatin1String("config"));
            const Result<Consumer> consumer = consumerFromJson({}, info);
            QCOMPARE(consumer.has_value(), value.isString());
        }
        for (const char *key : {"messages", "bytes", "first_ts", "last_ts"}) {
            QJsonObject info = parsed(clusteredStream);
            info.insert(QStringLiteral("state"), QJsonObject{{QLatin1String(key), value}});
            QVERIFY(streamFromJson(QStringLiteral("a"), info)->bytes.bytes >= 0);
        }
        for (const char *key : {"name", "current", "offline", "active", "lag"}) {
            QJsonObject info = parsed(clusteredStream);
            const QJsonObject follower{{QLatin1String(key), value}};
            info.insert(
                QStringLiteral("cluster"), QJsonObject{{QStringLiteral("replicas"), QJsonArray{follower, value}}});
            const Result<Stream> stream = streamFromJson(QStringLiteral("a"), info);
            QCOMPARE(stream->peers.size(), value.isObject() ? 2 : 1);
            for (const StreamPeer &peer : stream->peers)
                QVERIFY(peer.lastSeen.count() >= 0);
        }
        QJsonObject info = parsed(clusteredStream);
        info.insert(QStringLiteral("cluster"), QJsonObject{{QStringLiteral("replicas"), value}});
        QVERIFY(streamFromJson(QStringLiteral("a"), info).has_value());
    }
}

void JetStreamCodecTest::mapsErrors_data()
{
    QTest::addColumn<QJsonObject>("answer");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QString>("field");
    const auto row = [](int code, int errCode, const char *description, Error::Kind kind, const char *field) {
        QTest::addRow("%d %s", errCode, description)
            << errorAnswer(code, errCode, description) << kind << QString(QLatin1String(field));
    };
    using Kind = Error::Kind;
    // descriptions as nats-server 2.14.9 sends them
    row(500, 10052, "max age needs to be >= 100ms", Kind::Invalid, "max_age");
    row(500, 10052, "subject \"c.c\" overlaps with \"c.*\"", Kind::Invalid, "subjects");
    row(500, 10052, "capturing all subjects requires no-ack to be true", Kind::Invalid, "subjects");
    row(500, 10052, "something nobody knows", Kind::Invalid, "");
    row(500, 10052, "subject \"counter.a\" overlaps with \"counter.*\"", Kind::Invalid, "subjects");
    row(500, 10052, "counter stream cannot use discard new", Kind::Invalid, "allow_msg_counter");
    row(500, 10052, "message scheduling cannot use discard new", Kind::Invalid, "allow_msg_schedules");
    row(500, 10052, "stream configuration for republish destination forms a cycle", Kind::Invalid, "republish.dest");
    row(500, 10052, "subject delete marker TTL must be at least 1 second", Kind::Invalid, "subject_delete_marker_ttl");
    row(500, 10052, "async persist mode is not supported on replicated streams", Kind::Invalid, "persist_mode");
    row(500, 10052, "detected cycle", Kind::Invalid, "sources");
    row(500, 10069, "change to limits violates consumers: a", Kind::Invalid, "consumer_limits.max_ack_pending");
    row(400, 10005, "no suitable peers for placement, tags not matched ['x']", Kind::Invalid, "placement.tags");
    row(400, 10034, "stream mirrors can not contain subjects", Kind::Invalid, "subjects");
    row(400, 10055, "stream mirror configuration can not be updated", Kind::Invalid, "mirror");
    row(400, 10140, "duplicate source configuration detected", Kind::Invalid, "sources");
    row(400, 10143, "stream mirrors can not have first sequence configured", Kind::Invalid, "first_seq");
    row(400, 10156, "stream transform: invalid mapping destination", Kind::Invalid, "subject_transform.dest");
    row(400, 10187, "stream source can not also schedule messages", Kind::Invalid, "allow_msg_schedules");
    row(500, 10074, "replicas > 1 not supported in non-clustered mode", Kind::Invalid, "num_replicas");
    row(400, 10005, "no suitable peers for placement", Kind::Invalid, "num_replicas");
    row(400, 10005, "no suitable peers for placement, insufficient storage", Kind::Invalid, "max_bytes");
    row(500, 10047, "insufficient storage resources available", Kind::Invalid, "max_bytes");
    row(400, 10065, "subjects overlap with an existing stream", Kind::Invalid, "subjects");
    row(400, 10058, "stream name already in use with a different configuration", Kind::Conflict, "name");
    row(400, 10148, "consumer already exists", Kind::Conflict, "durable_name");
    row(400, 10094, "consumer delivery policy is deliver last per subject, but optional filter subject is not set",
        Kind::Invalid, "filter_subjects");
    row(400, 10094, "consumer delivery policy is deliver by start time, but optional start time is not set",
        Kind::Invalid, "opt_start_time");
    row(400, 10138, "consumer subject filters cannot overlap", Kind::Invalid, "filter_subjects");
    row(400, 10099, "multiple non-filtered consumers not allowed on workqueue stream", Kind::Invalid,
        "filter_subjects");
    row(400, 10101, "consumer must be deliver all on workqueue stream", Kind::Invalid, "deliver_policy");
    row(400, 10084, "consumer in pull mode requires explicit ack policy on workqueue stream", Kind::Invalid,
        "ack_policy");
    row(404, 10059, "stream not found", Kind::NotFound, "");
    row(404, 10014, "consumer not found", Kind::NotFound, "");
    row(503, 10008, "JetStream system temporarily unavailable", Kind::NotReady, "");
    row(503, 10039, "JetStream not enabled for account", Kind::NotReady, "");
}

void JetStreamCodecTest::mapsErrors()
{
    QFETCH(QJsonObject, answer);
    QFETCH(Error::Kind, kind);
    QFETCH(QString, field);
    const std::optional<Error> error = jetStreamError(answer);
    QVERIFY(error);
    QCOMPARE(error->kind, kind);
    QCOMPARE(error->fields.value(0).field, field);
    QVERIFY(!error->summary.isEmpty());
    const QString description =
        answer.value(QLatin1String("error")).toObject().value(QLatin1String("description")).toString();
    QVERIFY(error->detail.contains(description));
}

void JetStreamCodecTest::keepsUnknownErrors()
{
    QVERIFY(!jetStreamError({{QStringLiteral("type"), QStringLiteral("x")}}));
    const std::optional<Error> unknown = jetStreamError(errorAnswer(503, 19999, "a new reason"));
    QCOMPARE(unknown->kind, Error::Kind::NotReady);
    QVERIFY(unknown->summary.contains(QLatin1String("a new reason")));
    QCOMPARE(jetStreamError({{QStringLiteral("error"), 7}})->kind, Error::Kind::Server);
}

QTEST_GUILESS_MAIN(JetStreamCodecTest)
#include "tst_jetstreamcodec.moc"

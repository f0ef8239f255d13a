// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/assetfields.h"
#include "services/messaging/consumerrecreation.h"
#include "services/messaging/jetstreamchanges.h"
#include "services/messaging/jetstreamsource.h"
#include "services/nats/natsconnection.h"
#include "tests/services/nats/plainserver.h"
#include "tests/support/awaited.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>

namespace {

constexpr qint64 second = 1'000'000'000;
constexpr int messages = 100;
/// Of a recreation, by number.
enum Change { KeepingSettings, Deleting, MakingAnew };

QString text(const char *value)
{
    return QLatin1String(value);
}

Flow<void> permitted()
{
    co_return Result<void>();
}

/// Another transport, whose plug can be pulled: a change of a consumer arrives, and its answer never comes.
class CutTransport final : public JetStreamTransport {
public:
    explicit CutTransport(JetStreamTransport &whole)
        : m_whole(whole)
    {
    }

    /// At the change with that number, counted from 0.
    void cutAt(int change) { m_cut = change; }
    bool isCut() const { return m_cut && m_changes > *m_cut; }

    Pending<QByteArray> request(
        const QString &subject, const QByteArray &payload, std::chrono::milliseconds timeout) override
    {
        const bool isChange =
            subject.contains(text(".CONSUMER.CREATE.")) || subject.contains(text(".CONSUMER.DELETE."));
        if (!isChange || m_changes++ != m_cut)
            return m_whole.request(subject, payload, timeout);
        m_sent = m_whole.request(subject, payload, timeout);
        return Pending<QByteArray>::ask([](auto) -> std::function<void()> { return {}; });
    }
    Pending<QByteArray> requestWithHeaders(const QString &subject, const NatsHeaders &headers,
        const QByteArray &payload, std::chrono::milliseconds timeout) override
    {
        return m_whole.requestWithHeaders(subject, headers, payload, timeout);
    }
    Pending<std::shared_ptr<NatsSubscription>> subscribe(qint64 mostBytes) override
    {
        return m_whole.subscribe(mostBytes);
    }
    Pending<void> publish(const QList<NatsMessage> &all) override { return m_whole.publish(all); }

private:
    JetStreamTransport &m_whole;
    Pending<QByteArray> m_sent;
    std::optional<int> m_cut;
    int m_changes = 0;
};

/// One account of one server.
class PlainSource final : public JetStreamSource {
public:
    explicit PlainSource(JetStreamTransport &transport)
        : m_api(std::make_shared<JetStreamApi>(transport, text("default")))
    {
    }

    JetStreamApi &api() { return *m_api; }
    Flow<QList<Stream>> streams() override { co_return QList<Stream>(); }
    Flow<QList<Consumer>> consumers(StreamId) override { co_return QList<Consumer>(); }
    Flow<std::shared_ptr<JetStreamApi>> reachToRead(QString) override { co_return m_api; }
    Flow<std::shared_ptr<JetStreamApi>> reachToChange(QString) override { co_return m_api; }

private:
    std::shared_ptr<JetStreamApi> m_api;
};

/// One workstation.
struct Workstation {
    explicit Workstation(JetStreamTransport &transport)
        : source(transport)
        , changes(clock, permitted)
        , recreation(source, changes)
    {
    }

    SystemClock clock;
    PlainSource source;
    JetStreamChanges changes;
    ConsumerRecreation recreation;
};

/// A worker of another program: who pulls or subscribes, and which sequences it was given.
class Worker final {
public:
    explicit Worker(quint16 port, const QByteArray &listensOn = "_INBOX.worker")
        : m_inbox(listensOn)
        , m_client(port, QString(), SecretString())
    {
        m_said = m_client.subscribe(m_inbox);
    }

    /// Up to `number` of them, in the order in which they came.
    QList<int> pull(const QByteArray &consumer, int number)
    {
        const QByteArray asked = R"({"batch":)" + QByteArray::number(number) + R"(,"expires":5000000000})";
        m_said += m_client.publish("$JS.API.CONSUMER.MSG.NEXT." + consumer, m_inbox, asked);
        return next(number);
    }
    QList<int> next(int number)
    {
        QList<int> sequences;
        const bool isGiven = QTest::qWaitFor(
            [&] {
                m_said += m_client.say({});
                sequences = given();
                return sequences.size() >= number;
            },
            20'000);
        if (!isGiven)
            qWarning("%d came", int(sequences.size()));
        m_last = acknowledgements();
        m_said.clear();
        return sequences;
    }
    /// The first so many of those that came last.
    void acknowledge(int number)
    {
        for (const QString &subject : m_last.mid(0, number))
            m_client.publish(subject.toUtf8(), {}, "+ACK");
    }

private:
    static QRegularExpression pattern()
    {
        return QRegularExpression(text(R"(MSG \S+ \d+ (\$JS\.ACK\.[^. ]+\.[^. ]+\.\d+\.(\d+)\.\S+))"));
    }
    QList<int> given() const
    {
        QList<int> sequences;
        for (auto each = pattern().globalMatch(QString::fromLatin1(m_said)); each.hasNext();)
            sequences.append(each.next().captured(2).toInt());
        return sequences;
    }
    QStringList acknowledgements() const
    {
        QStringList subjects;
        for (auto each = pattern().globalMatch(QString::fromLatin1(m_said)); each.hasNext();)
            subjects.append(each.next().captured(1));
        return subjects;
    }

    QByteArray m_inbox;
    RawNats m_client;
    QByteArray m_said;
    QStringList m_last;
};

QList<int> counting(int from, int to)
{
    QList<int> numbers;
    for (int number = from; number <= to; ++number)
        numbers.append(number);
    return numbers;
}

QJsonObject manyFields(const ServerVersion &server)
{
    QJsonObject fields{{text("description"), text("with much of it")}, {text("deliver_policy"), text("by_start_time")},
        {text("opt_start_time"), text("2026-01-02T03:04:05.000000006Z")}, {text("ack_policy"), text("explicit")},
        {text("ack_wait"), 31 * second}, {text("max_deliver"), 5},
        {text("backoff"), QJsonArray{31 * second, 32 * second + 1}},
        {text("filter_subjects"), QJsonArray{text("orders.a"), text("orders.b.>")}},
        {text("replay_policy"), text("original")}, {text("sample_freq"), text("30%")}, {text("max_waiting"), 99},
        {text("max_ack_pending"), 777}, {text("headers_only"), true}, {text("max_batch"), 155},
        {text("max_expires"), 9 * second + 1}, {text("max_bytes"), 123456}, {text("inactive_threshold"), 3600 * second},
        {text("num_replicas"), 1}, {text("mem_storage"), true},
        {text("metadata"),
            QJsonObject{{text("team"), text("orders")}, {text("_odd key"), QString::fromUtf8("Ünïcode \"quoted\"")}}}};
    if (server >= ServerVersion{2, 11, 0})
        fields[text("pause_until")] = text("2099-01-02T03:04:05Z");
    return fields;
}

} // namespace

/// Consumers that are made anew on real servers of several releases: PENNANT_NATS_SERVERS names a folder of
/// nats-server-2.10.26 and others.
class RecreationTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<PlainServer> m_server;
    std::unique_ptr<NatsConnection> m_connection;
    std::unique_ptr<CutTransport> m_cut;
    std::unique_ptr<Workstation> m_here;
    QString m_release;

    static StreamId orders() { return {text("default"), text("orders")}; }
    static ConsumerId worker() { return {orders(), text("worker")}; }

    /// A server with a stream of a hundred messages and that consumer of it.
    bool start(const QJsonObject &stream, const QJsonObject &consumer)
    {
        QFETCH(QString, program);
        QFETCH(QString, release);
        m_release = release;
        m_server = std::make_unique<PlainServer>(program);
        if (!m_server->open())
            return false;
        NatsConnection::Options options;
        options.port = m_server->port();
        m_connection = std::make_unique<NatsConnection>(options);
        m_connection->open();
        m_cut = std::make_unique<CutTransport>(*m_connection);
        m_here = std::make_unique<Workstation>(*m_cut);
        QJsonObject config = stream;
        config[text("name")] = orders().name;
        config[text("subjects")] = QJsonArray{text("orders.>")};
        config[text("storage")] = text("file");
        return QTest::qWaitFor([this] { return m_connection->state() == NatsConnection::State::Connected; }, 20'000)
            && isTaken(m_server->ask("STREAM.CREATE.orders", config)) && make(consumer) && publish(messages);
    }

    static bool isTaken(const QJsonObject &answer)
    {
        if (answer.contains(text("error")))
            qWarning() << answer[text("error")];
        return !answer.contains(text("error"));
    }

    bool make(QJsonObject config)
    {
        for (const char *field : {"name", "durable_name"})
            config[text(field)] = worker().name;
        return isTaken(m_server->ask("CONSUMER.CREATE.orders.worker",
            {{text("stream_name"), orders().name}, {text("config"), config}, {text("action"), text("create")}}));
    }

    bool publish(int number)
    {
        QList<NatsMessage> all;
        for (int i = 0; i < number; ++i)
            all.append({"orders.a", {}, QByteArray::number(i)});
        const auto before = stored();
        const auto sent = awaited(m_connection->publish(all));
        return sent && QTest::qWaitFor([&] { return stored() == before + number; }, 20'000);
    }

    qint64 stored()
    {
        return m_server->ask("STREAM.INFO.orders")[text("state")].toObject()[text("messages")].toInteger();
    }

    QJsonObject config() { return m_server->ask("CONSUMER.INFO.orders.worker")[text("config")].toObject(); }
    bool isThere() { return !config().isEmpty(); }

    /// As a person sees it now.
    Consumer seen()
    {
        const auto found = awaited(m_here->source.api().consumer(orders().name, worker().name));
        return found ? *found : Consumer();
    }

    Result<Consumer> recreate(quint64 sequence)
    {
        return awaited(m_here->recreation.recreate(seen(), {sequence, ResetManner::Recreation}));
    }

    /// What differs beyond where it begins.
    static QStringList different(const QJsonObject &before, const QJsonObject &after)
    {
        QStringList fields;
        for (const FieldChange &change : changesBetween(before, after)) {
            if (!QStringList{text("deliver_policy"), text("opt_start_seq"), text("opt_start_time")}.contains(
                    change.field))
                fields.append(change.field);
        }
        return fields;
    }

    QStringList names()
    {
        QStringList all;
        for (const QJsonValue &name : m_server->ask("CONSUMER.NAMES.orders")[text("consumers")].toArray())
            all.append(name.toString());
        all.sort();
        return all;
    }

    static void addReleases()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QString>("release");
        PlainServer::eachRelease([](const QString &program, const QString &release) {
            QTest::newRow(qPrintable(release)) << program << release;
        });
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("PENNANT_NATS_SERVERS"))
            QSKIP("PENNANT_NATS_SERVERS names no folder of nats-servers");
    }

    void cleanup()
    {
        m_here.reset();
        m_cut.reset();
        m_connection.reset();
        m_server.reset();
    }

    void cleanupTestCase() { NatsConnection::shutDown(); }

    void keepsEveryField_data() { addReleases(); }
    void keepsEveryField()
    {
        QFETCH(QString, release);
        QVERIFY(start({}, manyFields(*ServerVersion::fromText(release))));
        const QJsonObject before = config();
        const auto made = recreate(20);
        QVERIFY2(made, whyNot(made));
        QCOMPARE(different(before, config()), QStringList());
        QCOMPARE(config()[text("opt_start_seq")].toInt(), 20);
        QCOMPARE(config()[text("metadata")].toObject()[text("team")].toString(), text("orders"));
        QCOMPARE(made->pending, 81u);
        QCOMPARE(made->deliveredUpTo, 19u);
        QCOMPARE(names(), QStringList{worker().name});
        // and where it was made so once, once more, from before
        const auto again = recreate(5);
        QVERIFY2(again, whyNot(again));
        QCOMPARE(different(before, config()), QStringList());
        QCOMPARE(again->pending, 96u);
    }

    void deliversAgainUnderItsName_data() { addReleases(); }
    void deliversAgainUnderItsName()
    {
        QVERIFY(start({}, {{text("ack_policy"), text("explicit")}}));
        Worker puller(m_server->port());
        QCOMPARE(puller.pull("orders.worker", 50), counting(1, 50));
        puller.acknowledge(30);
        const auto made = recreate(20);
        QVERIFY2(made, whyNot(made));
        QCOMPARE(puller.pull("orders.worker", 81), counting(20, 100));
        puller.acknowledge(81);
        QVERIFY(QTest::qWaitFor([this] { return seen().ackFloor == 100; }, 20'000));
    }

    void goesOnWithWhoeverSubscribes_data() { addReleases(); }
    void goesOnWithWhoeverSubscribes()
    {
        QVERIFY(start({},
            {{text("ack_policy"), text("none")}, {text("deliver_subject"), text("deliver.here")},
                {text("deliver_group"), text("workers")}, {text("rate_limit_bps"), 1'000'000'000}}));
        Worker subscriber(m_server->port(), "deliver.here workers");
        QCOMPARE(subscriber.next(messages), counting(1, messages));
        const QJsonObject before = config();
        const auto made = recreate(20);
        QVERIFY2(made, whyNot(made));
        QCOMPARE(different(before, config()), QStringList());
        QCOMPARE(subscriber.next(81), counting(20, messages));
    }

    void dropsNothingThatIsNeeded_data() { addReleases(); }
    /// On a stream that keeps what somebody is interested in, and nobody else is.
    void dropsNothingThatIsNeeded()
    {
        QVERIFY(start({{text("retention"), text("interest")}}, {{text("ack_policy"), text("explicit")}}));
        Worker puller(m_server->port());
        QCOMPARE(puller.pull("orders.worker", 50), counting(1, 50));
        puller.acknowledge(30);
        QVERIFY(QTest::qWaitFor([this] { return stored() == 70; }, 20'000));
        m_cut->cutAt(Deleting);
        auto cut = m_here->recreation.recreate(seen(), {40, ResetManner::Recreation});
        QVERIFY(QTest::qWaitFor([this] { return m_cut->isCut() && !isThere(); }, 20'000));
        cut = Flow<Consumer>();
        QVERIFY(publish(1));
        QTest::qWait(500); // what a server drops it drops in the background
        QCOMPARE(stored(), 71);

        Workstation other(*m_connection);
        const auto all = awaited(other.source.api().consumers(orders().name));
        QVERIFY2(all && all->size() == 1, whyNot(all));
        const auto finished = awaited(other.recreation.finish(all->constFirst()));
        QVERIFY2(finished, whyNot(finished));
        QCOMPARE(names(), QStringList{worker().name});
        QCOMPARE(puller.pull("orders.worker", 62), counting(40, 101));
        QVERIFY(QTest::qWaitFor([this] { return stored() == 62; }, 20'000)); // #31 to #39 nobody wants any more
    }

    void canBeCutAnywhere_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QString>("release");
        QTest::addColumn<int>("change");
        PlainServer::eachRelease([](const QString &program, const QString &release) {
            for (const int change : {KeepingSettings, Deleting, MakingAnew})
                QTest::addRow("%s after change %d", qPrintable(release), change + 1) << program << release << change;
        });
    }

    void canBeCutAnywhere()
    {
        QFETCH(int, change);
        QVERIFY(start({}, {{text("ack_policy"), text("all")}, {text("max_deliver"), 7}}));
        Worker puller(m_server->port());
        QCOMPARE(puller.pull("orders.worker", 50), counting(1, 50));
        const QJsonObject before = config();
        m_cut->cutAt(change);
        auto cut = m_here->recreation.recreate(seen(), {20, ResetManner::Recreation});
        const auto isCarriedOut = [&] {
            return m_cut->isCut() && names().contains(standInName(worker().name)) && isThere() == (change != Deleting)
                && (change != MakingAnew || config().contains(text("opt_start_seq")));
        };
        QVERIFY(QTest::qWaitFor(isCarriedOut, 20'000));
        cut = Flow<Consumer>();

        Workstation other(*m_connection);
        const auto standIn = awaited(other.source.api().consumer(orders().name, standInName(worker().name)));
        QVERIFY2(standIn, whyNot(standIn));
        const auto finished = awaited(other.recreation.finish(*standIn));
        QVERIFY2(finished, whyNot(finished));
        QCOMPARE(names(), QStringList{worker().name});
        QCOMPARE(different(before, config()), QStringList());
        // what was cut before anything was deleted has changed nothing
        const int first = change == KeepingSettings ? 51 : 20;
        QCOMPARE(puller.pull("orders.worker", messages - first + 1), counting(first, messages));
    }

    void judgesAsTheServerDoes_data() { addReleases(); }
    void judgesAsTheServerDoes()
    {
        QFETCH(QString, release);
        // as much metadata as is let through here the server takes of the stand-in
        QVERIFY(start({}, {{text("ack_policy"), text("explicit")}}));
        Stream stream;
        stream.id = orders();
        Consumer consumer = seen();
        const auto isLetThrough = [&](qsizetype length) {
            consumer.config[text("metadata")] = QJsonObject{{text("long"), QString(length, u'v')}};
            return whyNotRecreated(consumer, stream, {}, ServerVersion::fromText(release)).isEmpty();
        };
        qsizetype length = 120 * 1024;
        QVERIFY(isLetThrough(length));
        for (qsizetype step = 8 * 1024; step > 0; step /= 2)
            length += isLetThrough(length + step) ? step : 0;
        QVERIFY(!isLetThrough(length + 1));
        QVERIFY(isLetThrough(length));
        m_server->ask("CONSUMER.DELETE.orders.worker");
        const auto largest =
            awaited(m_here->source.api().createConsumer(orders().name, portableConfig(consumer.config)));
        QVERIFY2(largest, whyNot(largest));
        const auto made = recreate(20);
        QVERIFY2(made, whyNot(made));
        QCOMPARE(seen().config[text("metadata")].toObject()[text("long")].toString().size(), length);
        QCOMPARE(names(), QStringList{worker().name});
    }

    void wouldNotBeKeptOnAWorkQueue_data() { addReleases(); }
    void wouldNotBeKeptOnAWorkQueue()
    {
        QVERIFY(start({{text("retention"), text("workqueue")}}, {{text("ack_policy"), text("explicit")}}));
        const auto failed = recreate(20);
        QVERIFY(!failed);
        QVERIFY2(failed.error().summary.contains(text("Nothing was deleted")), whyNot(failed));
        QCOMPARE(names(), QStringList{worker().name});
        QCOMPARE(stored(), messages);
    }
};

QTEST_GUILESS_MAIN(RecreationTest)
#include "e2e_recreation.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/assetfields.h"
#include "services/nats/consumerfetch.h"
#include "services/nats/jetstreamapi.h"
#include "services/nats/natsconnection.h"
#include "services/nats/streammessages.h"
#include "tests/services/domain/consumerdrafts.h"
#include "tests/services/domain/streamconfigurations.h"
#include "tests/services/domain/streamdrafts.h"
#include "tests/services/nats/natsserver.h"
#include "tests/services/nats/plainserver.h"
#include "tests/support/awaited.h"
#include "tests/support/rawnats.h"

#include <QTest>

using namespace std::chrono_literals;

namespace {

/// Three of one release, which have found a leader.
class PlainCluster final {
public:
    explicit PlainCluster(const QString &program)
    {
        QStringList routes;
        QList<quint16> ports;
        for (int i = 0; i < size; ++i) {
            ports.append(NatsServer::freePort());
            routes.append(QStringLiteral("nats://127.0.0.1:%1").arg(ports.last()));
        }
        for (int i = 0; i < size; ++i)
            m_servers.push_back(std::make_unique<PlainServer>(program,
                QStringList{QStringLiteral("-n"), QStringLiteral("n%1").arg(i), QStringLiteral("--cluster_name"),
                    QStringLiteral("three"), QStringLiteral("--cluster"), routes[i], QStringLiteral("--routes"),
                    routes.join(u',')}));
    }

    bool open()
    {
        const bool areOpen =
            std::all_of(m_servers.cbegin(), m_servers.cend(), [](const auto &each) { return each->open(); });
        return areOpen
            && QTest::qWaitFor(
                [this] {
                    const QJsonObject tried = StreamDrafts::made(ConsumerConfigurations::ofThree).config;
                    const bool isMade = !first().askStream("CREATE", tried).contains(QLatin1String("error"));
                    if (isMade)
                        first().remove(tried);
                    return isMade;
                },
                60'000);
    }
    PlainServer &first() { return *m_servers.front(); }

private:
    static constexpr int size = 3;

    std::vector<std::unique_ptr<PlainServer>> m_servers;
};

/// The server knows all of it: what it doesn't is refused by its release alone.
bool isKnownTo(const ServerVersion &server, const QJsonObject &config)
{
    const QStringList names = config.keys();
    return std::all_of(names.cbegin(), names.cend(), [&server](const QString &name) {
        const AssetField *field = fieldNamed(streamFields(), name);
        return !field || !(server < field->since);
    });
}

bool isRefused(const QJsonObject &answer)
{
    return answer.contains(QLatin1String("error"));
}

QByteArray told(const QJsonObject &answer, const FieldErrors &ours)
{
    const QJsonObject error = answer.value(QLatin1String("error")).toObject();
    return QJsonDocument(error).toJson(QJsonDocument::Compact) + " / "
        + (ours.isEmpty() ? QByteArray("nothing") : ours.constFirst().message.toUtf8());
}

} // namespace

/// What the form takes real servers take, and what it refuses they refuse, from the oldest release to the newest:
/// PENNANT_NATS_SERVERS names a folder of nats-server-2.10.26 and others.
class ServerVersionsTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<PlainServer> m_server;
    QString m_running;

    bool run(const QString &program)
    {
        if (m_running != program)
            m_server = std::make_unique<PlainServer>(program);
        const bool isThere = m_running == program ? m_server->isOpen() : m_server->open();
        m_running = program;
        return isThere;
    }

    /// What the form says of a new consumer, and what `server` does.
    static void compare(const ConsumerConfigurations::Case &each, PlainServer &server, const QString &release)
    {
        const ServerVersion version = *ServerVersion::fromText(release);
        const QJsonObject streamConfig = StreamDrafts::made(each.stream).config;
        const QJsonObject stream = server.askStream("CREATE", streamConfig);
        QVERIFY2(!isRefused(stream), told(stream, {}));
        ConsumerContext context{
            {ConsumerDrafts::stream(stream.value(QLatin1String("config")).toObject())}, {}, 3, version};
        if (*each.other != 0) {
            const QJsonObject other = server.askConsumer(
                "create", QStringLiteral("t"), toConfig(ConsumerDrafts::made(each.other, QStringLiteral("o"))));
            QVERIFY2(!isRefused(other), told(other, {}));
            context.existing = {ConsumerDrafts::consumer(other.value(QLatin1String("config")).toObject())};
        }
        const ConsumerDraft draft = ConsumerDrafts::made(each.config);
        const FieldErrors ours = validate(draft, context);
        const QJsonObject sent = toConfig(draft);
        const QJsonObject answer = server.askConsumer("create", QStringLiteral("t"), sent);
        server.remove(streamConfig);
        if (const ServerVersion needed = ConsumerDrafts::needed(sent); version < needed) {
            QVERIFY2(std::any_of(ours.cbegin(), ours.cend(),
                         [&needed](const FieldError &error) { return error.message.contains(needed.text()); }),
                told(answer, ours));
            return;
        }
        QVERIFY2(ours.isEmpty() ? !isRefused(answer) : isRefused(answer) || *each.stricter != 0, told(answer, ours));
        // it is taken as it was sent, too
        if (ours.isEmpty())
            QCOMPARE(differing(sent, answer), QString());
    }

    /// The fields of `sent` that the server left out or made something else of.
    static QString differing(const QJsonObject &sent, const QJsonObject &answer)
    {
        QStringList fields;
        for (const FieldChange &change : notTaken(sent, answer.value(QLatin1String("config")).toObject()))
            fields.append(change.field);
        return fields.join(u' ');
    }

    template <typename Table> void addRows(const Table &table)
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QString>("release");
        QTest::addColumn<int>("number");
        PlainServer::eachRelease([&table](const QString &program, const QString &release) {
            for (int number = 0; number < int(std::size(table)); ++number)
                QTest::addRow("%s: %s", qPrintable(release), table[number].tag) << program << release << number;
        });
    }

    static StreamContext contextOf(const QString &release)
    {
        StreamContext context;
        context.server = ServerVersion::fromText(release);
        return context;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("PENNANT_NATS_SERVERS"))
            QSKIP("PENNANT_NATS_SERVERS names no folder of nats-servers");
    }

    void cleanupTestCase()
    {
        m_server.reset();
        NatsConnection::shutDown();
    }

    void agreesOnNewOnes_data() { addRows(StreamConfigurations::cases); }

    void agreesOnNewOnes()
    {
        QFETCH(QString, program);
        QFETCH(QString, release);
        QFETCH(int, number);
        const auto &each = StreamConfigurations::cases[number];
        QVERIFY(run(program));
        const StreamDraft draft = StreamDrafts::made(each.config);
        const StreamContext context = contextOf(release);
        const FieldErrors ours = validate(draft, context);
        if (!isKnownTo(*context.server, draft.config)) {
            QVERIFY2(!ours.isEmpty(), "the server is too old for it");
            return;
        }
        const QJsonObject answer = m_server->askStream("CREATE", toConfig(draft, context));
        m_server->remove(draft.config);
        QVERIFY2(ours.isEmpty() ? !isRefused(answer) : isRefused(answer) || each.isStricter, told(answer, ours));
    }

    void agreesOnChanges_data() { addRows(StreamConfigurations::changes); }

    void agreesOnChanges()
    {
        QFETCH(QString, program);
        QFETCH(QString, release);
        QFETCH(int, number);
        const auto &each = StreamConfigurations::changes[number];
        QVERIFY(run(program));
        const StreamContext context = contextOf(release);
        const QJsonObject begun = StreamDrafts::made(each.before).config;
        if (!isKnownTo(*context.server, begun) || !isKnownTo(*context.server, StreamDrafts::made(each.config).config))
            return;
        const QJsonObject made = m_server->askStream("CREATE", begun);
        QVERIFY2(!isRefused(made), told(made, {}));
        Stream seen;
        seen.config = made.value(QLatin1String("config")).toObject();
        seen.id = {QStringLiteral("default"), seen.config.value(QLatin1String("name")).toString()};
        const StreamDraft draft = StreamDrafts::changed(seen, each.config);
        const FieldErrors ours = validate(draft, context);
        const QJsonObject answer = m_server->askStream("UPDATE", toConfig(draft, context));
        m_server->remove(draft.config);
        QVERIFY2(ours.isEmpty() ? !isRefused(answer) : isRefused(answer) || each.isStricter, told(answer, ours));
    }

    void agreesOnNewConsumers_data() { addRows(ConsumerConfigurations::cases); }

    void agreesOnNewConsumers()
    {
        QFETCH(QString, program);
        QFETCH(QString, release);
        QFETCH(int, number);
        QVERIFY(run(program));
        compare(ConsumerConfigurations::cases[number], *m_server, release);
    }

    void agreesOnChangesOfConsumers_data() { addRows(ConsumerConfigurations::changes); }

    void agreesOnChangesOfConsumers()
    {
        QFETCH(QString, program);
        QFETCH(QString, release);
        QFETCH(int, number);
        const auto &each = ConsumerConfigurations::changes[number];
        QVERIFY(run(program));
        const ServerVersion version = *ServerVersion::fromText(release);
        const ConsumerDraft begun = ConsumerDrafts::made(each.before);
        if (version < ConsumerDrafts::needed(begun.config))
            return;
        const QJsonObject streamConfig = StreamDrafts::made("{}").config;
        const QJsonObject stream = m_server->askStream("CREATE", streamConfig);
        const QJsonObject made = m_server->askConsumer("create", QStringLiteral("t"), toConfig(begun));
        QVERIFY2(!isRefused(made), told(made, {}));
        const Consumer seen = ConsumerDrafts::consumer(made.value(QLatin1String("config")).toObject());
        const ConsumerContext context{
            {ConsumerDrafts::stream(stream.value(QLatin1String("config")).toObject())}, {seen}, 1, version};
        const ConsumerDraft draft = ConsumerDrafts::changed(seen, each.config);
        const FieldErrors ours = validate(draft, context);
        const QJsonObject answer = m_server->askConsumer("update", QStringLiteral("t"), toConfig(draft));
        m_server->remove(streamConfig);
        if (const ServerVersion needed = ConsumerDrafts::needed(draft.config); version < needed) {
            QVERIFY2(!ours.isEmpty() && ours.constFirst().message.contains(needed.text()), told(answer, ours));
            return;
        }
        QVERIFY2(ours.isEmpty() ? !isRefused(answer) : isRefused(answer) || *each.stricter != 0, told(answer, ours));
        if (ours.isEmpty())
            QCOMPARE(differing(toConfig(draft), answer), QString());
    }

    void agreesOnCopies_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QString>("release");
        PlainServer::eachRelease([](const QString &program, const QString &release) {
            QTest::newRow(qPrintable(release)) << program << release;
        });
    }

    void agreesOnCopies()
    {
        QFETCH(QString, program);
        QFETCH(QString, release);
        PlainCluster cluster(program);
        QVERIFY(cluster.open());
        for (const auto &each : ConsumerConfigurations::copies) {
            compare(each, cluster.first(), release);
            if (QTest::currentTestFailed())
                qWarning("%s", each.tag);
        }
    }

    /// What Pennant's own API sends arrives, as a client that shares nothing with it reads it back.
    void setsEachField_data() { addRows(ConsumerConfigurations::fields); }

    void setsEachField()
    {
        QFETCH(QString, program);
        QFETCH(QString, release);
        QFETCH(int, number);
        const auto &each = ConsumerConfigurations::fields[number];
        QVERIFY(run(program));
        const ServerVersion version = *ServerVersion::fromText(release);
        const ConsumerDraft draft = ConsumerDrafts::made(each.config);
        const QJsonObject streamConfig = StreamDrafts::made("{}").config;
        const QJsonObject stream = m_server->askStream("CREATE", streamConfig);
        const ConsumerContext context{
            {ConsumerDrafts::stream(stream.value(QLatin1String("config")).toObject())}, {}, 1, version};
        const FieldErrors errors = validate(draft, context);
        const QJsonObject fields = QJsonDocument::fromJson(each.config).object();
        if (version < ConsumerDrafts::needed(draft.config)) {
            for (auto field = fields.begin(); field != fields.end(); ++field) {
                const ServerVersion since = fieldNamed(consumerFields(), field.key())->since;
                const QString why = whyNotSettable(field.key(), std::nullopt, context);
                QCOMPARE(why.contains(since.text()) && why.contains(release), version < since);
                const bool isNamed = std::any_of(errors.cbegin(), errors.cend(),
                    [&](const FieldError &error) { return error.field == field.key() && error.message == why; });
                QCOMPARE(isNamed, version < since);
            }
            m_server->remove(streamConfig);
            return;
        }
        QCOMPARE(errors, FieldErrors());
        NatsConnection::Options options;
        options.port = m_server->port();
        NatsConnection connection(options);
        connection.open();
        QTRY_COMPARE(connection.state(), NatsConnection::State::Connected);
        JetStreamApi api(connection, QStringLiteral("default"));
        const auto made = awaited(api.createConsumer(QStringLiteral("t"), toConfig(draft)));
        QVERIFY2(made, whyNot(made));
        const QJsonObject theirs = m_server->ask("CONSUMER.INFO.t.c");
        m_server->remove(streamConfig);
        QCOMPARE(differing(toConfig(draft), theirs), QString());
        for (auto field = fields.begin(); field != fields.end(); ++field)
            QVERIFY2(theirs.value(QLatin1String("config")).toObject().contains(field.key()), qPrintable(field.key()));
    }

    void fetchesWithoutAcknowledging_data() { agreesOnCopies_data(); }

    /// Messages come with their headers, and a consumer that may deliver no more is answered for all that.
    void fetchesWithoutAcknowledging()
    {
        QFETCH(QString, program);
        QVERIFY(run(program));
        NatsConnection::Options options;
        options.port = m_server->port();
        NatsConnection connection(options);
        connection.open();
        QTRY_COMPARE(connection.state(), NatsConnection::State::Connected);
        const auto api = std::make_shared<JetStreamApi>(connection, QStringLiteral("default"));
        const QString stream = QStringLiteral("FETCHED");
        const QJsonObject config{{QStringLiteral("name"), stream}, {QStringLiteral("subjects"), QJsonArray{stream}},
            {QStringLiteral("num_replicas"), 1}, {QStringLiteral("retention"), QStringLiteral("limits")},
            {QStringLiteral("storage"), QStringLiteral("memory")}};
        QVERIFY(!isRefused(m_server->askStream("CREATE", config)));
        const NatsHeaders headers{{"Trace", "1"}, {"Trace", "2"}, {"Kind", "first"}};
        for (const char *payload : {"a", "b", "c"}) {
            const auto stored = awaited(connection.requestWithHeaders(stream, headers, payload, 5s));
            QVERIFY2(stored, whyNot(stored));
        }
        const auto consumer = [&](const char *name, const char *field, const QJsonValue &value) {
            const QJsonObject wanted{{QStringLiteral("durable_name"), QLatin1String(name)},
                {QStringLiteral("ack_policy"), QStringLiteral("explicit")}, {QLatin1String(field), value}};
            return !isRefused(m_server->askConsumer("", stream, wanted));
        };
        const auto fetch = [&](const char *name, int most) {
            const FetchRequest request{stream, QLatin1String(name), {}, most};
            return awaited(asPending(fetchNext(api, request)));
        };
        QVERIFY(consumer("limited", "max_ack_pending", 2));
        const auto some = fetch("limited", 3);
        QVERIFY2(some, whyNot(some));
        QCOMPARE(some->messages.size(), 2);
        QVERIFY(!some->problem);
        StreamMessages stored(connection, stream);
        const auto second = awaited(stored.at(2));
        QVERIFY(second && *second);
        const StreamMessage &came = some->messages[1].message;
        QCOMPARE(came.timestamp, (*second)->timestamp);
        QCOMPARE(came.time, (*second)->time);
        QCOMPARE(came.subject, (*second)->subject);
        QCOMPARE(came.payload, (*second)->payload);
        QCOMPARE(came.headerBlock, QByteArray("NATS/1.0\r\nKind: first\r\nTrace: 1\r\nTrace: 2\r\n\r\n"));
        const auto none = fetch("limited", 3); // it answers nothing to one that does not expire
        QVERIFY2(none, whyNot(none));
        QVERIFY(none->messages.isEmpty());
        QVERIFY(consumer("bare", "headers_only", true));
        const auto bare = fetch("bare", 3);
        QVERIFY2(bare, whyNot(bare));
        QVERIFY(bare->messages.constFirst().isBodyLeftOut);
        const auto whole = awaited(asPending(withBodies(api, stream, *bare)));
        QVERIFY2(whole, whyNot(whole));
        QCOMPARE(whole->messages.constLast().message.payload, QByteArray("c"));
        m_server->remove(config);
    }

    /// No field is left out of the table above.
    void knowsEachField()
    {
        QStringList set{QStringLiteral("name"), QStringLiteral("durable_name")};
        for (const auto &each : ConsumerConfigurations::fields)
            set += QJsonDocument::fromJson(each.config).object().keys();
        for (const AssetField &field : consumerFields())
            QVERIFY2(set.contains(QLatin1String(field.name)), field.name);
    }
};

QTEST_GUILESS_MAIN(ServerVersionsTest)
#include "e2e_serverversions.moc"

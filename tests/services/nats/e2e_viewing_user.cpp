// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/streamdraft.h"
#include "services/nats/bcrypt.h"
#include "services/nats/jetstreamapi.h"
#include "services/nats/messagepages.h"
#include "services/nats/natsconnection.h"
#include "services/nats/serverconfig.h"
#include "services/nats/streammessages.h"
#include "tests/services/nats/natsserver.h"
#include "tests/support/awaited.h"
#include "tests/support/rawnats.h"

namespace {

constexpr int longWait = 60000;
const QString viewer = QStringLiteral("default-viewer");
const QString admin = QStringLiteral("default-admin");

SecretString passwordOf(const QString &user)
{
    return SecretString(user + QStringLiteral("-password"));
}

ServerUser withPassword(ServerUser user)
{
    user.passwordHash = *bcryptHash(passwordOf(user.name), 4, user.name.toUtf8().leftJustified(16, '.', true));
    return user;
}

ServerConfig configFor(int replicas, bool hasViewer)
{
    ServerConfig config;
    config.clusterName = QStringLiteral("pennant");
    config.spec.replicas = replicas;
    config.spec.storageGibibytes = 1;
    ServerAccount account{QStringLiteral("default"), false,
        {withPassword({QStringLiteral("app"), {}}), withPassword(managementUser(admin, {}))}};
    if (hasViewer)
        account.viewer = withPassword(viewingUser(viewer, {}));
    config.accounts = {{QStringLiteral("SYS"), true, {withPassword({QStringLiteral("sys"), {}})}}, account};
    return config;
}

std::unique_ptr<NatsConnection> connectAs(const NatsServer &server, const QString &user, const QString &inboxPrefix)
{
    NatsConnection::Options options;
    options.port = server.port();
    options.username = user;
    options.password = passwordOf(user);
    options.inboxPrefix = inboxPrefix;
    auto connection = std::make_unique<NatsConnection>(options);
    connection->open();
    const bool isUp =
        QTest::qWaitFor([&connection] { return connection->state() == NatsConnection::State::Connected; }, longWait);
    return isUp ? std::move(connection) : nullptr;
}

StreamDraft orders(int replicas)
{
    StreamDraft draft =
        StreamDraft::of(QStringLiteral("default"), QStringLiteral("orders"), {QStringLiteral("orders.>")});
    draft.config[QStringLiteral("num_replicas")] = replicas;
    return draft;
}

} // namespace

/// The login that may only read, against real nats-servers on this machine: PENNANT_PROGRAMS names their folder.
class ViewingUserTest : public QObject {
    Q_OBJECT

private:
    static QString namesSeen(NatsConnection &connection)
    {
        JetStreamApi api(connection, QStringLiteral("default"));
        const auto streams = awaited(api.streams());
        return streams && streams->size() == 1 ? streams->constFirst().id.name : QString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (NatsServer::program().isEmpty())
            QSKIP("PENNANT_PROGRAMS names no folder with a nats-server");
    }

    void cleanupTestCase() { NatsConnection::shutDown(); }

    /// From every server of a cluster, wherever the stream's leader is.
    void seesStreamsThroughEveryServer()
    {
        const QByteArray config = serverConfigText(configFor(3, true));
        const QList<quint16> routes{NatsServer::freePort(), NatsServer::freePort(), NatsServer::freePort()};
        std::vector<std::unique_ptr<NatsServer>> servers;
        for (int i = 0; i < 3; ++i) {
            servers.push_back(std::make_unique<NatsServer>(config, i, routes));
            QCOMPARE(servers.back()->problem(), QString());
        }
        for (const auto &server : servers)
            QVERIFY(server->start());
        const auto managing = connectAs(*servers[0], admin, managementInboxPrefix());
        QVERIFY(managing);
        JetStreamApi api(*managing, QStringLiteral("default"));
        QVERIFY(QTest::qWaitFor(
            [&api] { return awaited(api.createStream(toConfig(orders(3), {}))).has_value(); }, longWait));
        for (const auto &server : servers) {
            const auto viewing = connectAs(*server, viewer, viewingInboxPrefix());
            QVERIFY(viewing);
            QVERIFY(QTest::qWaitFor([&viewing] { return namesSeen(*viewing) == QLatin1String("orders"); }, longWait));
            JetStreamApi seen(*viewing, QStringLiteral("default"));
            QCOMPARE(awaited(seen.usage())->streams, 1);
        }
    }

    /// By the requests that the messages' window sends.
    void readsMessagesAndDeletesNone()
    {
        NatsServer server(serverConfigText(configFor(1, true)));
        QVERIFY(server.start());
        const auto managing = connectAs(server, admin, managementInboxPrefix());
        JetStreamApi api(*managing, QStringLiteral("default"));
        QVERIFY(awaited(api.createStream(toConfig(orders(1), {}))));
        const auto client = connectAs(server, QStringLiteral("app"), {});
        QVERIFY(client);
        const OutgoingMessage message{QStringLiteral("orders.new"),
            {{QStringLiteral("X-From"), QStringLiteral("grün")}}, QByteArray("\0\xff payload", 10)};
        for (quint64 i = 1; i <= 60; ++i) {
            const auto ack = awaited(StreamMessages::publish(*client, message));
            QVERIFY2(ack, whyNot(ack));
            QCOMPARE(ack->sequence, i);
        }
        const auto viewing = connectAs(server, viewer, viewingInboxPrefix());
        QVERIFY(viewing);
        const auto viewed = std::make_shared<JetStreamApi>(*viewing, QStringLiteral("default"));
        const auto page = awaited(readMessages(viewed, QStringLiteral("orders"), {MessageQuery::From::Last}));
        QVERIFY2(page, whyNot(page));
        QCOMPARE(page->messages.size(), 50);
        QCOMPARE(page->messages.constLast().payload, message.payload);
        QCOMPARE(page->messages.constLast().headers(), message.headers);
        MessageQuery query{MessageQuery::From::Time};
        query.time = page->messages.constFirst().time;
        const auto since = awaited(readMessages(viewed, QStringLiteral("orders"), query));
        QVERIFY2(since, whyNot(since));
        QVERIFY(since->messages.constFirst().time >= query.time);
        QVERIFY(!awaited(StreamMessages(*viewing, QStringLiteral("orders")).remove(60)));
        QVERIFY(!awaited(StreamMessages::publish(*viewing, message)));
        QCOMPARE(awaited(api.stream(QStringLiteral("orders")))->messages, quint64(60));
        QVERIFY(awaited(StreamMessages(*managing, QStringLiteral("orders")).remove(60)));
        QCOMPARE(awaited(api.stream(QStringLiteral("orders")))->messages, quint64(59));
    }

    /// Why a viewing user lives in an account of its own: what an answer is sent to, a server does not check.
    void storesNothingByItsAnswers()
    {
        ServerConfig config = configFor(1, true);
        ServerUser amongThem = withPassword(viewingUser(QStringLiteral("among-them"), {}));
        config.accounts[1].users.append(amongThem);
        NatsServer server(serverConfigText(config));
        QVERIFY(server.start());
        const auto managing = connectAs(server, admin, managementInboxPrefix());
        JetStreamApi api(*managing, QStringLiteral("default"));
        QVERIFY(awaited(api.createStream(toConfig(orders(1), {}))));
        const auto stored = [&] { return awaited(api.stream(QStringLiteral("orders")))->messages; };
        RawNats apart(server.port(), viewer, passwordOf(viewer));
        QVERIFY(apart.isOpen());
        apart.publish("$JS.API.STREAM.INFO.orders", "orders.injected");
        apart.publish("$JS.API.STREAM.NAMES", "orders.injected");
        QTest::qWait(1000);
        QCOMPARE(stored(), quint64(0));
        RawNats among(server.port(), amongThem.name, passwordOf(amongThem.name));
        QVERIFY(among.isOpen());
        among.publish("$JS.API.STREAM.INFO.orders", "orders.injected");
        QVERIFY(QTest::qWaitFor([&] { return stored() == 1; }, longWait));
    }

    /// A server that ran before its configuration had the viewing account: EnableRuntime::reachViewingAccount().
    void isHeardOnceTheConfigurationWasLoadedTwice()
    {
        NatsServer server(serverConfigText(configFor(1, false)));
        QVERIFY(server.start());
        const auto managing = connectAs(server, admin, managementInboxPrefix());
        JetStreamApi api(*managing, QStringLiteral("default"));
        QVERIFY(awaited(api.createStream(toConfig(orders(1), {}))));
        const QByteArray next = serverConfigText(configFor(1, true));
        const auto reloads = [&server] { return server.log().count(QLatin1String("Reloaded server configuration")); };
        server.reload(next);
        QVERIFY(QTest::qWaitFor([&] { return reloads() == 1; }, longWait));
        auto viewing = connectAs(server, viewer, viewingInboxPrefix());
        QVERIFY(viewing);
        JetStreamApi deaf(*viewing, QStringLiteral("default"));
        const auto unanswered = awaited(deaf.usage());
        QVERIFY(!unanswered);
        qInfo("%s", qPrintable(unanswered.error().text()));
        QVERIFY(unanswered.error().isTransient());
        QVERIFY(unanswered.error().kind != Error::Kind::Unauthorized);
        server.reload(next + "# To be loaded once more.\n");
        QVERIFY(QTest::qWaitFor([&] { return reloads() == 2; }, longWait));
        viewing = connectAs(server, viewer, viewingInboxPrefix());
        QVERIFY(viewing);
        QCOMPARE(namesSeen(*viewing), QStringLiteral("orders"));
    }
};

QTEST_GUILESS_MAIN(ViewingUserTest)
#include "e2e_viewing_user.moc"

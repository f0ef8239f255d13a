// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/consumerdraft.h"
#include "services/domain/streamdraft.h"
#include "services/nats/bcrypt.h"
#include "services/nats/jetstreamapi.h"
#include "services/nats/natsconnection.h"
#include "services/nats/serverconfig.h"
#include "tests/services/nats/natsserver.h"
#include "tests/support/awaited.h"

#include <QElapsedTimer>
#include <QJsonArray>

namespace {

using State = NatsConnection::State;

constexpr int longWait = 60000;

SecretString passwordOf(const QString &user)
{
    return SecretString(user + QStringLiteral("-password"));
}

ServerUser withPassword(ServerUser user, const SecretString &password)
{
    user.passwordHash = *bcryptHash(password, 4, user.name.toUtf8().leftJustified(16, '.', true));
    return user;
}

ServerUser withPassword(const ServerUser &user)
{
    return withPassword(user, passwordOf(user.name));
}

ServerUser plainUser(const QString &name)
{
    return withPassword(ServerUser{name, {}});
}

ServerConfig configFor(int replicas, bool webSocket = false)
{
    ServerConfig config;
    config.clusterName = QStringLiteral("pennant");
    config.spec.replicas = replicas;
    config.spec.storageGibibytes = 1;
    config.spec.webSocketEnabled = webSocket;
    config.accounts = {
        {QStringLiteral("SYS"), true, {plainUser(QStringLiteral("sys"))}},
        {QStringLiteral("default"), false,
            {plainUser(QStringLiteral("app 1")), withPassword(managementUser(QStringLiteral("default-admin"), {}))}},
        {QStringLiteral("other"), false, {plainUser(QStringLiteral("other"))}},
    };
    return config;
}

NatsConnection::Options login(const NatsServer &server, const QString &user)
{
    NatsConnection::Options options;
    options.port = server.port();
    options.username = user;
    options.password = passwordOf(user);
    return options;
}

NatsConnection::Options adminLogin(const NatsServer &server)
{
    NatsConnection::Options options = login(server, QStringLiteral("default-admin"));
    options.inboxPrefix = managementInboxPrefix();
    return options;
}

QJsonObject streamConfig(const QString &name, int replicas)
{
    StreamDraft draft = StreamDraft::of(QStringLiteral("default"), name, {name + QStringLiteral(".>")});
    draft.config[QStringLiteral("num_replicas")] = replicas;
    return toConfig(draft, {});
}

QJsonObject consumerConfig(const QString &name)
{
    return toConfig(ConsumerDraft::of({}, name));
}

QStringList namesOfCopies(const Stream &stream)
{
    QStringList names{stream.leader};
    for (const StreamPeer &peer : stream.peers)
        names.append(peer.name);
    names.sort();
    return names;
}

/// For conditions that ask a server each time: a limit in time, where QTRY counts tries.
bool eventually(const std::function<bool()> &condition)
{
    return QTest::qWaitFor(condition, 3 * longWait);
}

/// Three servers that form a cluster.
std::vector<std::unique_ptr<NatsServer>> threeServers()
{
    const QByteArray config = serverConfigText(configFor(3));
    QList<quint16> routes;
    for (int i = 0; i < 3; ++i)
        routes.append(NatsServer::freePort());
    std::vector<std::unique_ptr<NatsServer>> servers;
    for (int i = 0; i < 3; ++i) {
        servers.push_back(std::make_unique<NatsServer>(config, i, routes));
        if (!servers.back()->start())
            qWarning("%s", qPrintable(servers.back()->log()));
    }
    return servers;
}

} // namespace

/// The whole box against real servers.
class NatsServicesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void acceptsTheConfiguration_data();
    void acceptsTheConfiguration();
    void letsUsersIn();
    void refusesAWrongPassword();
    void refusesWhatTheLibraryCannotSend();
    void keepsTheManagementUserFromTheApplication();
    void managesStreamsAndConsumers();
    void answersManyRequestsAtOnce();
    void comesBackAfterTheServerDied();
    void waitsForAServerThatIsNotThereYet();
    void endsWhenThePasswordWasRotated();
    void endsWithoutWaiting();
    void keepsThreeCopies();
    void saysThatThereIsNoLeader();
};

void NatsServicesTest::initTestCase()
{
    if (NatsServer::program().isEmpty())
        QSKIP("PENNANT_PROGRAMS names no folder with a nats-server.");
}

void NatsServicesTest::cleanupTestCase()
{
    NatsConnection::shutDown();
}

void NatsServicesTest::acceptsTheConfiguration_data()
{
    QTest::addColumn<int>("replicas");
    QTest::addColumn<bool>("webSocket");
    for (const int replicas : {1, 3, 5}) {
        for (const bool webSocket : {false, true})
            QTest::addRow("%d replicas%s", replicas, webSocket ? ", WebSocket" : "") << replicas << webSocket;
    }
}

void NatsServicesTest::acceptsTheConfiguration()
{
    QFETCH(int, replicas);
    QFETCH(bool, webSocket);
    NatsServer server(serverConfigText(configFor(replicas, webSocket)));
    QCOMPARE(server.problem(), QString());
}

void NatsServicesTest::letsUsersIn()
{
    NatsServer server(serverConfigText(configFor(1, true)));
    QVERIFY2(server.start(), qPrintable(server.log()));
    for (const QString &user : {QStringLiteral("app 1"), QStringLiteral("default-admin"), QStringLiteral("sys")}) {
        NatsConnection::Options options = login(server, user);
        if (user == QLatin1String("default-admin"))
            options.inboxPrefix = managementInboxPrefix();
        NatsConnection connection(options);
        QCOMPARE(connection.state(), State::Disconnected);
        connection.open();
        QCOMPARE(connection.state(), State::Connecting);
        QTRY_COMPARE_WITH_TIMEOUT(connection.state(), State::Connected, longWait);
    }
    QVERIFY2(!server.log().contains(QLatin1String("Plaintext")), qPrintable(server.log()));
}

void NatsServicesTest::refusesAWrongPassword()
{
    NatsServer server(serverConfigText(configFor(1)));
    QVERIFY(server.start());
    NatsConnection::Options options = login(server, QStringLiteral("other"));
    options.password = SecretString(QStringLiteral("not the password"));
    NatsConnection connection(options);
    connection.open();
    QTRY_COMPARE_WITH_TIMEOUT(connection.state(), State::Closed, longWait);
    QCOMPARE(connection.lastError()->kind, Error::Kind::Unauthorized);
    QVERIFY(!connection.lastError()->text().contains(QLatin1String("not the password")));
    QCOMPARE(awaited(connection.request(QStringLiteral("a"), {}, std::chrono::seconds(1))).error().kind,
        Error::Kind::Unauthorized);
}

void NatsServicesTest::refusesWhatTheLibraryCannotSend()
{
    NatsConnection::Options options;
    options.username = QStringLiteral("app");
    options.password = SecretString(QStringLiteral("quote\"and\\backslash"));
    NatsConnection connection(options);
    connection.open();
    QTRY_COMPARE_WITH_TIMEOUT(connection.state(), State::Closed, longWait);
    QCOMPARE(connection.lastError()->kind, Error::Kind::Local);
}

void NatsServicesTest::keepsTheManagementUserFromTheApplication()
{
    NatsServer server(serverConfigText(configFor(1)));
    QVERIFY(server.start());
    NatsConnection admin(adminLogin(server));
    admin.open();
    QTRY_COMPARE_WITH_TIMEOUT(admin.state(), State::Connected, longWait);
    QCOMPARE(awaited(admin.request(QStringLiteral("orders.ask"), {}, std::chrono::seconds(1))).error().kind,
        Error::Kind::Unauthorized);
    // the API's own subjects are allowed, and say at once that nobody listens
    QCOMPARE(awaited(admin.request(QStringLiteral("$JS.SNAPSHOT.ACK.none"), {}, std::chrono::seconds(5))).error().kind,
        Error::Kind::NotReady);
    QCOMPARE(
        awaited(admin.request(QStringLiteral("a b"), {}, std::chrono::seconds(1))).error().kind, Error::Kind::Invalid);
    QCOMPARE(admin.state(), State::Connected);
}

void NatsServicesTest::managesStreamsAndConsumers()
{
    NatsServer server(serverConfigText(configFor(1)));
    QVERIFY(server.start());
    NatsConnection connection(adminLogin(server));
    NatsConnection application(login(server, QStringLiteral("app 1")));
    connection.open();
    application.open();
    QTRY_COMPARE_WITH_TIMEOUT(connection.state(), State::Connected, longWait);
    QTRY_COMPARE_WITH_TIMEOUT(application.state(), State::Connected, longWait);
    JetStreamApi api(connection, QStringLiteral("default"));

    const Result<Stream> created = awaited(api.createStream(streamConfig(QStringLiteral("orders"), 0)));
    QVERIFY2(created, created ? "" : qPrintable(created.error().text()));
    QCOMPARE(created->subjects(), QStringList{QStringLiteral("orders.>")});
    for (int i = 0; i < 300; ++i)
        QVERIFY(awaited(api.createStream(streamConfig(QStringLiteral("s%1").arg(i), 1))));
    QVERIFY(awaited(application.request(QStringLiteral("orders.new"), "hello", std::chrono::seconds(10))));

    const Result<QList<Stream>> streams = awaited(api.streams());
    QCOMPARE(streams->size(), 301);
    const auto orders = std::find_if(
        streams->cbegin(), streams->cend(), [](const Stream &s) { return s.id.name == QLatin1String("orders"); });
    QCOMPARE(orders->messages, 1u);
    QCOMPARE(orders->currentReplicas, 1);
    QVERIFY(orders->lastMessageAt.has_value());
    QVERIFY(qAbs(orders->lastMessageAt->secsTo(QDateTime::currentDateTimeUtc())) < 600);

    const auto consumer = consumerConfig(QStringLiteral("worker"));
    const Result<Consumer> worker = awaited(api.createConsumer(QStringLiteral("orders"), consumer));
    QVERIFY2(worker, worker ? "" : qPrintable(worker.error().text()));
    QCOMPARE(worker->pending, 1u);
    QVERIFY(worker->created.has_value());
    QVERIFY(worker->heldBackBy(*worker->created).isEmpty());
    QVERIFY(!worker->heldBackBy(worker->created->addSecs(3600)).isEmpty());
    QJsonObject other = consumer;
    other.insert(QStringLiteral("description"), QStringLiteral("another"));
    const Result<Consumer> again = awaited(api.createConsumer(QStringLiteral("orders"), other));
    QVERIFY(!again);
    QCOMPARE(again.error().kind, Error::Kind::Conflict);
    QCOMPARE(awaited(api.consumers(QStringLiteral("orders")))->size(), 1);
    QCOMPARE(awaited(api.consumers(QStringLiteral("none"))).error().kind, Error::Kind::NotFound);
    QCOMPARE(awaited(api.usage())->streams, 301);

    const Result<Stream> tooMany = awaited(api.createStream(streamConfig(QStringLiteral("three"), 3)));
    QCOMPARE(tooMany.error().fields.value(0).field, QStringLiteral("num_replicas"));

    QVERIFY(awaited(api.deleteConsumer(QStringLiteral("orders"), QStringLiteral("worker"))));
    QVERIFY(awaited(api.deleteStream(QStringLiteral("orders"))));
    QCOMPARE(awaited(api.stream(QStringLiteral("orders"))).error().kind, Error::Kind::NotFound);
}

void NatsServicesTest::answersManyRequestsAtOnce()
{
    NatsServer server(serverConfigText(configFor(1)));
    QVERIFY(server.start());
    NatsConnection connection(adminLogin(server));
    connection.open();
    QTRY_COMPARE_WITH_TIMEOUT(connection.state(), State::Connected, longWait);
    std::vector<Pending<QByteArray>> questions;
    int answers = 0;
    for (int i = 0; i < 1000; ++i) {
        auto &question =
            questions.emplace_back(connection.request(QStringLiteral("$JS.API.INFO"), {}, std::chrono::seconds(10)));
        question.then(this, [&answers](const Result<QByteArray> &answer) { answers += answer ? 1 : 0; });
    }
    QTRY_COMPARE_WITH_TIMEOUT(answers, 1000, longWait);
}

void NatsServicesTest::comesBackAfterTheServerDied()
{
    NatsServer server(serverConfigText(configFor(1)));
    QVERIFY(server.start());
    NatsConnection connection(adminLogin(server));
    connection.open();
    QTRY_COMPARE_WITH_TIMEOUT(connection.state(), State::Connected, longWait);
    JetStreamApi api(connection, QStringLiteral("default"));
    QVERIFY(awaited(api.createStream(streamConfig(QStringLiteral("orders"), 1))));

    server.kill();
    QTRY_COMPARE_WITH_TIMEOUT(connection.state(), State::Disconnected, longWait);
    QCOMPARE(connection.lastError()->kind, Error::Kind::Offline);
    QCOMPARE(awaited(api.streams()).error().kind, Error::Kind::Offline);

    QVERIFY(server.start());
    QTRY_COMPARE_WITH_TIMEOUT(connection.state(), State::Connected, longWait);
    QVERIFY(!connection.lastError());
    QVERIFY(eventually([&api] { return awaited(api.streams()).value_or(QList<Stream>()).size() == 1; }));
}

void NatsServicesTest::waitsForAServerThatIsNotThereYet()
{
    NatsServer server(serverConfigText(configFor(1)));
    NatsConnection connection(login(server, QStringLiteral("other")));
    connection.open();
    QTRY_COMPARE_WITH_TIMEOUT(connection.state(), State::Disconnected, longWait);
    QCOMPARE(connection.lastError()->kind, Error::Kind::Offline);
    QVERIFY(server.start());
    QTRY_COMPARE_WITH_TIMEOUT(connection.state(), State::Connected, longWait);
}

void NatsServicesTest::endsWhenThePasswordWasRotated()
{
    ServerConfig config = configFor(1);
    NatsServer server(serverConfigText(config));
    QVERIFY(server.start());
    NatsConnection rotated(login(server, QStringLiteral("other")));
    NatsConnection bystander(adminLogin(server));
    rotated.open();
    bystander.open();
    QTRY_COMPARE_WITH_TIMEOUT(rotated.state(), State::Connected, longWait);
    QTRY_COMPARE_WITH_TIMEOUT(bystander.state(), State::Connected, longWait);
    ServerUser &user = config.accounts[2].users[0];
    user = withPassword(user, SecretString(QStringLiteral("another one")));
    server.reload(serverConfigText(config));
    QTRY_COMPARE_WITH_TIMEOUT(rotated.state(), State::Closed, longWait);
    QCOMPARE(rotated.lastError()->kind, Error::Kind::Unauthorized);
    QCOMPARE(bystander.state(), State::Connected);
}

void NatsServicesTest::endsWithoutWaiting()
{
    NatsServer server(serverConfigText(configFor(1)));
    QVERIFY(server.start());
    auto connection = std::make_unique<NatsConnection>(adminLogin(server));
    connection->open();
    QTRY_COMPARE_WITH_TIMEOUT(connection->state(), State::Connected, longWait);
    // a subject of the API with one word too many: the server says nothing
    auto silence = connection->request(QStringLiteral("$JS.API.STREAM.INFO.a.b"), {}, std::chrono::minutes(10));
    std::optional<Error::Kind> outcome;
    silence.then(this, [&outcome](const Result<QByteArray> &answer) { outcome = answer.error().kind; });
    QTest::qWait(200);
    QVERIFY(!outcome);
    connection.reset();
    QTRY_COMPARE_WITH_TIMEOUT(outcome.value_or(Error::Kind::Local), Error::Kind::Cancelled, longWait);
}

void NatsServicesTest::keepsThreeCopies()
{
    const auto servers = threeServers();
    NatsConnection connection(adminLogin(*servers[0]));
    connection.open();
    QTRY_COMPARE_WITH_TIMEOUT(connection.state(), State::Connected, longWait);
    JetStreamApi api(connection, QStringLiteral("default"));
    const QJsonObject replicated = streamConfig(QStringLiteral("orders"), 3);
    QVERIFY(eventually([&] { return awaited(api.createStream(replicated)).has_value(); }));
    QJsonObject alone = streamConfig(QStringLiteral("alone"), 1);
    alone.insert(
        QStringLiteral("placement"), QJsonObject{{QStringLiteral("tags"), QJsonArray{QStringLiteral("nats-2")}}});
    QVERIFY(awaited(api.createStream(alone)));
    QVERIFY(eventually([&api] { return awaited(api.stream(QStringLiteral("orders")))->currentReplicas == 3; }));
    QVERIFY(awaited(api.stream(QStringLiteral("orders")))->leader.startsWith(QLatin1String("nats-")));
    QCOMPARE(awaited(api.stream(QStringLiteral("alone")))->leader, QStringLiteral("nats-2"));

    NatsConnection application(login(*servers[0], QStringLiteral("app 1")));
    application.open();
    QTRY_COMPARE_WITH_TIMEOUT(application.state(), State::Connected, longWait);
    QVERIFY(awaited(application.request(QStringLiteral("orders.new"), "hello", std::chrono::seconds(10))));
    const Stream orders = *awaited(api.stream(QStringLiteral("orders")));
    QVERIFY(orders.firstMessageAt.has_value());
    QCOMPARE(orders.firstMessageAt, orders.lastMessageAt);
    QCOMPARE(namesOfCopies(orders),
        QStringList({QStringLiteral("nats-0"), QStringLiteral("nats-1"), QStringLiteral("nats-2")}));

    servers[2]->kill();
    const auto stateOf = [&api](const QString &name) {
        const Result<QList<Stream>> streams = awaited(api.streams());
        for (const Stream &stream : streams.value_or(QList<Stream>())) {
            if (stream.id.name == name)
                return stream;
        }
        return Stream();
    };
    QVERIFY(eventually([&] { return stateOf(QStringLiteral("alone")).isOffline; }));
    QVERIFY(eventually([&] { return stateOf(QStringLiteral("orders")).currentReplicas == 2; }));
    QVERIFY(!stateOf(QStringLiteral("orders")).isOffline);
    // that it is offline, and not just behind, the server says minutes later
    const auto isAway = [](const StreamPeer &peer) { return peer.name == QLatin1String("nats-2") && !peer.isCurrent; };
    QVERIFY(eventually([&] {
        const QList<StreamPeer> peers = stateOf(QStringLiteral("orders")).peers;
        return peers.size() == 2 && isAway(peers.last());
    }));
}

/// Whoever asks INFO before a change learns that it would lie about until there is a majority again.
void NatsServicesTest::saysThatThereIsNoLeader()
{
    const auto servers = threeServers();
    NatsConnection connection(adminLogin(*servers[0]));
    connection.open();
    QTRY_COMPARE_WITH_TIMEOUT(connection.state(), State::Connected, longWait);
    JetStreamApi api(connection, QStringLiteral("default"));
    QVERIFY(eventually([&api] { return awaited(api.usage()).has_value(); }));
    QVERIFY(awaited(api.createStream(streamConfig(QStringLiteral("orders"), 3))));

    servers[1]->kill();
    servers[2]->kill();
    QElapsedTimer sinceLoss;
    sinceLoss.start();
    QVERIFY(eventually([&api] {
        const Result<AccountUsage> usage = awaited(api.usage());
        return !usage && usage.error().detail.contains(QLatin1String("10008"));
    }));
    qInfo("known %lld ms after the majority was lost", sinceLoss.elapsed());
    QVERIFY(servers[1]->start());
    QVERIFY(eventually([&api] { return awaited(api.usage()).has_value(); }));
}

QTEST_GUILESS_MAIN(NatsServicesTest)
#include "e2e_nats_services.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/runtimeusage.h"
#include "services/nats/serverconfig.h"

#include <QTest>

namespace {

ServerConfig configOf(int replicas)
{
    ServerConfig config;
    config.clusterName = QStringLiteral("shop");
    config.spec.replicas = replicas;
    config.spec.storageGibibytes = 10;
    config.accounts = {{QStringLiteral("SYS"), true, {{QStringLiteral("sys"), "$2b$04$sys"}}},
        {QStringLiteral("default"), false,
            {{QStringLiteral("app"), "$2b$05$app"}, managementUser(QStringLiteral("default-admin"), "$2b$04$adm")}}};
    return config;
}

} // namespace

/// What the text holds. That servers take it is shown by e2e_nats_services.
class ServerConfigTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isStandaloneWithOneReplica();
    void namesEveryRouteOfACluster();
    void leavesRoomOnTheVolume();
    void listensForWebSocketsOnlyWhenAsked();
    void givesJetStreamToApplicationsOnly();
    void limitsTheManagementUser();
    void keepsWhoMayOnlyReadInAnAccountOfItsOwn();
    void limitsAccounts();
    void limitsUsers();
    void tellsOneConfigurationFromAnother();
    void escapesNamesAndHashes();
    void isPure();
};

void ServerConfigTest::isStandaloneWithOneReplica()
{
    const QByteArray text = serverConfigText(configOf(1));
    QVERIFY(!text.contains("cluster"));
    QVERIFY(!text.contains("6222"));
    // a quoted variable would not be put in
    QVERIFY(text.contains("server_name: $POD_NAME\n"));
    QVERIFY(text.contains("server_tags: [$POD_NAME, \"" + configurationTag(text).toLatin1() + "\"]\n"));
    QVERIFY(text.contains("http_port: 8222\n"));
    QVERIFY(text.contains("pid_file: \"/var/run/nats/nats.pid\"\n"));
    QVERIFY(text.contains("lame_duck_duration: \"30s\"\n"));
}

void ServerConfigTest::namesEveryRouteOfACluster()
{
    const QByteArray text = serverConfigText(configOf(5));
    QVERIFY(text.contains("name: \"shop\"\n"));
    QVERIFY(text.contains("no_advertise: true\n"));
    QCOMPARE(text.count("nats://nats-"), 5);
    QVERIFY(text.contains("\"nats://nats-4.nats-headless:6222\"\n"));
}

void ServerConfigTest::leavesRoomOnTheVolume()
{
    QCOMPARE(maxFileStore(10).bytes, qint64(9126805470));
    QVERIFY(maxFileStore(65536).bytes > 0);
    const QByteArray text = serverConfigText(configOf(1));
    QVERIFY(text.contains("max_file_store: 9126805470\n"));
    QVERIFY(text.contains("max_memory_store: 268435456\n"));
    QVERIFY(text.contains("store_dir: \"/data\"\n"));
}

void ServerConfigTest::listensForWebSocketsOnlyWhenAsked()
{
    ServerConfig config = configOf(3);
    QVERIFY(!serverConfigText(config).contains("websocket"));
    config.spec.webSocketEnabled = true;
    const QByteArray text = serverConfigText(config);
    QVERIFY(text.contains("websocket {\n  port: 8080\n  no_tls: true\n}\n"));
}

void ServerConfigTest::givesJetStreamToApplicationsOnly()
{
    const QByteArray text = serverConfigText(configOf(1));
    QCOMPARE(text.count("jetstream: enabled"), 1);
    QVERIFY(text.contains("system_account: \"SYS\"\n"));
    QVERIFY(text.indexOf("\"SYS\" {") < text.indexOf("\"default\" {"));
    QVERIFY(text.indexOf("jetstream: enabled") > text.indexOf("\"default\" {"));
}

void ServerConfigTest::limitsTheManagementUser()
{
    const QByteArray text = serverConfigText(configOf(1));
    QVERIFY(text.contains("{ user: \"app\", password: \"$2b$05$app\" }\n"));
    QVERIFY(text.contains("publish: { allow: [\"$JS.API.>\", \"$JS.SNAPSHOT.>\"] }"));
    QVERIFY(text.contains("subscribe: { allow: [\"_INBOX_ADM.>\"] }"));
    QCOMPARE(text.count("permissions"), 1);
}

void ServerConfigTest::keepsWhoMayOnlyReadInAnAccountOfItsOwn()
{
    ServerConfig config = configOf(1);
    config.accounts[1].viewer = viewingUser(QStringLiteral("viewer"), "$2b$05$viewer");
    const QByteArray text = serverConfigText(config);
    const QByteArray account = text.mid(text.indexOf("\"VIEW-default\" {"));
    QVERIFY(text.indexOf("\"viewer\"") > text.indexOf("\"VIEW-default\" {"));
    QVERIFY(account.contains("{ service: { account: \"default\", subject: \"$JS.API.STREAM.LIST\" } }"));
    QVERIFY(account.contains("subscribe: { allow: [\"_INBOX_VIEW.>\"] }"));
    QVERIFY(!account.contains("jetstream"));
    for (const char *verb : {"CREATE", "UPDATE", "DELETE", "PURGE", "SNAPSHOT", "RESTORE", "STEPDOWN", "REMOVE",
             "PAUSE", "MSG.NEXT", "\"$JS.API.>\""})
        QVERIFY2(!account.contains(verb), verb);
    QCOMPARE(text.count("{ service: \"$JS.API."), account.count("{ service: { account:"));
}

void ServerConfigTest::limitsAccounts()
{
    ServerConfig config = configOf(1);
    config.accounts[1].limits = {3, std::nullopt, 2};
    const QByteArray text = serverConfigText(config);
    QVERIFY(text.contains("jetstream: { max_streams: 3, max_store: 2147483648 }\n"));
    QVERIFY(!text.contains("max_consumers"));
}

void ServerConfigTest::limitsUsers()
{
    ServerConfig config = configOf(1);
    config.accounts[1].users.append({QStringLiteral("default.worker"), "$2b$05$w",
        {{QStringLiteral("orders.>")}, {QStringLiteral("orders.secret")}, {}, {QStringLiteral("audit.>")}}});
    const QByteArray text = serverConfigText(config);
    QVERIFY(text.contains("{ user: \"default.worker\", password: \"$2b$05$w\", permissions: { publish: { allow: "
                          "[\"orders.>\"], deny: [\"orders.secret\"] }, subscribe: { deny: [\"audit.>\"] } } }\n"));
}

void ServerConfigTest::tellsOneConfigurationFromAnother()
{
    ServerConfig config = configOf(3);
    const QString tag = configurationTag(serverConfigText(config));
    QVERIFY(tag.startsWith(QStringLiteral("configuration:")));
    QCOMPARE(configurationTag(serverConfigText(config)), tag);
    config.accounts[1].limits.maxStreams = 1;
    QVERIFY(configurationTag(serverConfigText(config)) != tag);
    QCOMPARE(configurationTag("port: 4222\n"), QString());
}

void ServerConfigTest::escapesNamesAndHashes()
{
    ServerConfig config = configOf(1);
    config.accounts[1].name = QStringLiteral("de\"fault");
    config.accounts[1].users[0].name = QStringLiteral("a\"b\\c");
    const QByteArray text = serverConfigText(config);
    QVERIFY(text.contains("  'de\"fault' {\n"));
    QVERIFY(text.contains("user: \"a\\\"b\\\\c\""));
}

void ServerConfigTest::isPure()
{
    QCOMPARE(serverConfigText(configOf(3)), serverConfigText(configOf(3)));
}

QTEST_GUILESS_MAIN(ServerConfigTest)
#include "tst_serverconfig.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/networktransport.h"
#include "tests/support/awaited.h"
#include "tests/support/httpserver.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <vector>

namespace {

ApiRequest requestFor(const QByteArray &verb)
{
    ApiRequest request;
    request.verb = verb;
    request.path = QStringLiteral("/x");
    if (verb != "GET")
        request.body = "{}";
    return request;
}

const QByteArray untilLoggedIn = "while [ ! -e \"$0.over\" ]; do sleep 0.02; done;";

} // namespace

/// Credentials that have to be got first, that run out and that are refused, over plain HTTP to a server of the test's.
/// A kubeconfig gives no credentials away like that; the transport does as it is told.
class TransportCredentialsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_transport.reset(); }
    void runsAPluginOnceForAllThatWait();
    void runsItOnceThoughWhatItHandsOutHasExpired();
    void goesOnWithOthersWhereTheServerRefuses_data();
    void goesOnWithOthersWhereTheServerRefuses();
    void goesOnWithAStreamAsWell();
    void asksNoThirdTime();
    void saysWhyThereAreNone();
    void leavesAPluginThatFailsAloneForAWhile();
    void waitsNoLongerWhereATokenComes();
    void sendsNoChangeOnceItsTimeIsOver();
    void sendsNoRefusedChangeAgainOnceItsTimeIsOver();
    void tellsTheServerWhatTimeIsLeftForAChange();
    void asksAgainWhenTheKubeconfigHasChanged();
    void readsATokensFileWhenItIsRefused();
    void actsAsSomebodyElse_data();
    void actsAsSomebodyElse();
    void keepsRoomBesideStreamsOfSeveralGroups();

private:
    /// A plugin that hands out token-1, token-2 and so on.
    void usePlugin(const QByteArray &more = {}, const QByteArray &before = {})
    {
        QFile file(m_folder->filePath(QStringLiteral("login")));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write("#!/bin/sh\nfile=\"$0.runs\"; echo >> \"$file\"; " + before
            + "\nprintf '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",\"status\":"
              "{\"token\":\"token-%s\""
            + more + "}}' \"$(wc -l < \"$file\" | tr -d ' ')\"\n");
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        m_access.exec = ExecPlugin{QStringLiteral("client.authentication.k8s.io/v1"), file.fileName(), {}, {},
            ExecPlugin::Interaction::IfAvailable, {}, {}};
    }
    qsizetype runs() const
    {
        QFile file(m_folder->filePath(QStringLiteral("login.runs")));
        return file.open(QIODevice::ReadOnly) ? file.readAll().count('\n') : 0;
    }
    /// Lets a plugin end that was told to wait for it.
    void logIn()
    {
        QFile file(m_folder->filePath(QStringLiteral("login.over")));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    qsizetype changes() const
    {
        return std::count_if(m_server->requests.cbegin(), m_server->requests.cend(),
            [](const HttpServer::Request &request) { return request.line.startsWith("PATCH"); });
    }
    void connectToServer() { m_transport = std::move(*NetworkTransport::create(m_access)); }
    QByteArrayList tokens() const
    {
        QByteArrayList tokens;
        for (const auto &request : m_server->requests) {
            const auto at = request.headers.indexOf("Bearer ");
            tokens.append(at < 0 ? QByteArray() : request.headers.mid(at + 7).split('\r').first().trimmed());
        }
        return tokens;
    }
    static void refuse(QTcpSocket *socket) { HttpServer::answer(socket, "401 Unauthorized", "{}"); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HttpServer> m_server;
    std::unique_ptr<NetworkTransport> m_transport;
    HttpServer::Handler m_handler;
    ClusterAccess m_access;
};

void TransportCredentialsTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_handler = [](QTcpSocket *socket, const auto &) { HttpServer::answer(socket, "200 OK", "{}"); };
    m_server =
        std::make_unique<HttpServer>([this](QTcpSocket *socket, const auto &request) { m_handler(socket, request); });
    m_access = {};
    m_access.server = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server->port()));
    m_access.userName = QStringLiteral("ana");
}

void TransportCredentialsTest::runsAPluginOnceForAllThatWait()
{
    usePlugin({}, "sleep 0.2;");
    connectToServer();
    QCOMPARE(runs(), 0);
    std::vector<Pending<ApiResponse>> questions;
    int answers = 0;
    QObject context;
    for (int i = 0; i < 5; ++i) {
        questions.push_back(m_transport->send(requestFor(i % 2 ? "GET" : "PATCH")));
        questions.back().then(&context, [&answers](const Result<ApiResponse> &answer) { answers += answer ? 1 : 0; });
    }
    QTRY_COMPARE(answers, 5);
    QVERIFY(awaited(m_transport->send(requestFor("GET"))));
    QCOMPARE(runs(), 1);
    QCOMPARE(tokens().count("token-1"), 6);
}

void TransportCredentialsTest::runsItOnceThoughWhatItHandsOutHasExpired()
{
    usePlugin(",\"expirationTimestamp\":\"2020-01-01T00:00:00Z\"");
    connectToServer();
    QVERIFY(awaited(m_transport->send(requestFor("GET"))));
    QVERIFY(awaited(m_transport->send(requestFor("GET"))));
    QCOMPARE(tokens(), QByteArrayList({"token-1", "token-1"}));
    QVERIFY(!m_transport->warning().isEmpty());
}

void TransportCredentialsTest::goesOnWithOthersWhereTheServerRefuses_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::newRow("reading") << QByteArray("GET");
    QTest::newRow("changing") << QByteArray("PATCH");
}

void TransportCredentialsTest::goesOnWithOthersWhereTheServerRefuses()
{
    QFETCH(QByteArray, verb);
    usePlugin();
    connectToServer();
    QVERIFY(awaited(m_transport->send(requestFor("GET"))));
    m_handler = [](QTcpSocket *socket, const HttpServer::Request &request) {
        if (request.headers.contains("token-1"))
            refuse(socket);
        else
            HttpServer::answer(socket, "200 OK", "{\"a\":1}");
    };
    auto beside = m_transport->send(requestFor(verb)); // refused while the first waits
    const auto answer = awaited(m_transport->send(requestFor(verb)));
    QVERIFY2(answer, whyNot(answer).constData());
    QCOMPARE(answer->body, QByteArray("{\"a\":1}"));
    QVERIFY(awaited(std::move(beside)));
    QCOMPARE(tokens(), QByteArrayList({"token-1", "token-1", "token-1", "token-2", "token-2"}));
    QCOMPARE(m_server->requests.last().line, verb + " /x HTTP/1.1");
}

void TransportCredentialsTest::goesOnWithAStreamAsWell()
{
    usePlugin();
    connectToServer();
    m_handler = [](QTcpSocket *socket, const HttpServer::Request &request) {
        if (request.headers.contains("token-1"))
            refuse(socket);
        else
            HttpServer::answer(socket, "200 OK", "line\n");
    };
    const auto stream = m_transport->stream(requestFor("GET"));
    QSignalSpy data(stream.get(), &ApiStream::dataArrived);
    QSignalSpy ended(stream.get(), &ApiStream::ended);
    QTRY_COMPARE(ended.size(), 1);
    QVERIFY(!ended[0][0].value<std::optional<Error>>());
    QCOMPARE(data.value(0).value(0).toByteArray(), QByteArray("line\n"));
    QCOMPARE(runs(), 2);
}

void TransportCredentialsTest::asksNoThirdTime()
{
    usePlugin();
    connectToServer();
    m_handler = [](QTcpSocket *socket, const auto &) { refuse(socket); };
    for (int i = 0; i < 3; ++i) {
        const auto answer = awaited(m_transport->send(requestFor("GET")));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Error::Kind::Unauthorized);
    }
    QCOMPARE(runs(), 2); // it may open a browser each time
}

void TransportCredentialsTest::saysWhyThereAreNone()
{
    usePlugin({}, "echo the session expired >&2; exit 1;");
    connectToServer();
    const auto answer = awaited(m_transport->send(requestFor("GET")));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, Error::Kind::Unauthorized);
    QVERIFY2(answer.error().summary.contains(QLatin1String("the session expired")), qPrintable(answer.error().summary));
    const auto stream = m_transport->stream(requestFor("GET"));
    QSignalSpy ended(stream.get(), &ApiStream::ended);
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(ended[0][0].value<std::optional<Error>>(), std::optional(answer.error()));
    const auto tunnel = m_transport->tunnel(QStringLiteral("shop"), QStringLiteral("nats-0"), 4222);
    QSignalSpy closed(tunnel.get(), &PodTunnel::closed);
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(closed[0][0].value<std::optional<Error>>(), std::optional(answer.error()));
    QVERIFY(m_server->requests.isEmpty());
}

void TransportCredentialsTest::leavesAPluginThatFailsAloneForAWhile()
{
    usePlugin({}, "exit 1;");
    connectToServer();
    for (int i = 0; i < 3; ++i)
        QVERIFY(!awaited(m_transport->send(requestFor("GET"))));
    QCOMPARE(runs(), 1);
    m_transport->tryAgain(); // as a person asks who has logged in meanwhile
    QVERIFY(!awaited(m_transport->send(requestFor("GET"))));
    QCOMPARE(runs(), 2);
}

void TransportCredentialsTest::waitsNoLongerWhereATokenComes()
{
    usePlugin({}, "sleep 600;");
    connectToServer();
    auto question = m_transport->send(requestFor("GET"));
    QTRY_COMPARE(runs(), 1);
    QVERIFY(!m_transport->waitingFor().isEmpty());
    m_access.exec.reset();
    m_access.token = SecretString(QStringLiteral("token-of-the-kubeconfig"));
    QVERIFY(m_transport->renew(m_access));
    QVERIFY(awaited(std::move(question)));
    QCOMPARE(tokens(), QByteArrayList{"token-of-the-kubeconfig"});
    QVERIFY(m_transport->waitingFor().isEmpty());
}

/// Whoever asked may have lost what allowed it by then: a Lease, or a cluster that was not archived.
void TransportCredentialsTest::sendsNoChangeOnceItsTimeIsOver()
{
    usePlugin({}, untilLoggedIn);
    connectToServer();
    ApiRequest change = requestFor("PATCH");
    change.timeout = std::chrono::milliseconds(200);
    auto question = m_transport->send(requestFor("GET"));
    const auto changed = awaited(m_transport->send(change));
    QVERIFY(!changed);
    QCOMPARE(changed.error().kind, Error::Kind::NotReady);
    QVERIFY(changed.error().summary.startsWith(QLatin1String("Nothing was changed")));
    logIn();
    QVERIFY(awaited(std::move(question)));
    QCOMPARE(changes(), 0);
    QCOMPARE(runs(), 1);
}

void TransportCredentialsTest::sendsNoRefusedChangeAgainOnceItsTimeIsOver()
{
    usePlugin({}, "[ \"$(wc -l < \"$file\")\" -lt 2 ] || " + untilLoggedIn);
    connectToServer();
    QVERIFY(awaited(m_transport->send(requestFor("GET"))));
    m_handler = [](QTcpSocket *socket, const HttpServer::Request &request) {
        if (request.headers.contains("token-1"))
            refuse(socket);
        else
            HttpServer::answer(socket, "200 OK", "{}");
    };
    ApiRequest change = requestFor("PATCH");
    change.timeout = std::chrono::seconds(2);
    const auto changed = awaited(m_transport->send(change));
    QVERIFY(!changed);
    QCOMPARE(changed.error().kind, Error::Kind::NotReady);
    logIn();
    QVERIFY(awaited(m_transport->send(requestFor("GET"))));
    QCOMPARE(changes(), 1);
}

void TransportCredentialsTest::tellsTheServerWhatTimeIsLeftForAChange()
{
    usePlugin({}, "sleep 0.3;");
    connectToServer();
    ApiRequest change = requestFor("PATCH");
    change.query.addQueryItem(QStringLiteral("timeout"), QStringLiteral("15000ms"));
    QVERIFY(awaited(m_transport->send(change)));
    const QByteArray line = m_server->requests.constLast().line;
    const int left = line.mid(line.indexOf("timeout=") + 8).split('m').constFirst().toInt();
    QVERIFY2(left > 0 && left <= 14700, line.constData());
}

void TransportCredentialsTest::asksAgainWhenTheKubeconfigHasChanged()
{
    usePlugin({}, "exit 1;");
    connectToServer();
    QVERIFY(!awaited(m_transport->send(requestFor("GET"))));
    usePlugin();
    m_access.exec->arguments = QStringList{QStringLiteral("--other")};
    QVERIFY(m_transport->renew(m_access));
    QVERIFY(awaited(m_transport->send(requestFor("GET"))));
    QCOMPARE(runs(), 2);
}

void TransportCredentialsTest::readsATokensFileWhenItIsRefused()
{
    QFile file(m_folder->filePath(QStringLiteral("token")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    m_access.tokenFile = file.fileName();
    m_access.token = SecretString(QStringLiteral("token-1"));
    connectToServer();
    m_handler = [](QTcpSocket *socket, const HttpServer::Request &request) {
        if (request.headers.contains("token-1"))
            refuse(socket);
        else
            HttpServer::answer(socket, "200 OK", "{}");
    };
    file.write("token-2\n");
    file.close();
    QVERIFY(awaited(m_transport->send(requestFor("GET"))));
    QCOMPARE(tokens(), QByteArrayList({"token-1", "token-2"}));
    m_handler = [](QTcpSocket *socket, const auto &) { refuse(socket); };
    const auto answer = awaited(m_transport->send(requestFor("GET")));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, Error::Kind::Unauthorized);
    QCOMPARE(m_server->requests.size(), 3);
}

void TransportCredentialsTest::actsAsSomebodyElse_data()
{
    QTest::addColumn<QStringList>("groups");
    QTest::newRow("in a group") << QStringList{QStringLiteral("ops")};
    QTest::newRow("in two") << QStringList{QStringLiteral("ops"), QStringLiteral("dev")};
}

void TransportCredentialsTest::actsAsSomebodyElse()
{
    QFETCH(QStringList, groups);
    m_access.impersonation.user = QStringLiteral("eve");
    m_access.impersonation.groups = groups;
    connectToServer();
    QVERIFY(awaited(m_transport->send(requestFor("GET"))));
    const QByteArrayList lines = m_server->requests[0].headers.split('\n');
    QByteArrayList said;
    for (const QByteArray &line : lines) {
        if (line.startsWith("Impersonate-"))
            said.append(line.trimmed());
    }
    QByteArrayList expected{"Impersonate-User: eve"};
    for (const QString &group : groups)
        expected.append("Impersonate-Group: " + group.toUtf8());
    std::sort(said.begin(), said.end());
    std::sort(expected.begin(), expected.end());
    QCOMPARE(said, expected);
}

void TransportCredentialsTest::keepsRoomBesideStreamsOfSeveralGroups()
{
    m_access.impersonation.user = QStringLiteral("eve");
    m_access.impersonation.groups = {QStringLiteral("ops"), QStringLiteral("dev")};
    connectToServer();
    m_handler = [](QTcpSocket *, const auto &) {};
    std::vector<std::unique_ptr<ApiStream>> streams;
    for (int i = 0; i < 10; ++i)
        streams.push_back(m_transport->stream(requestFor("GET")));
    QTRY_COMPARE(m_server->requests.size(), 10);
    m_handler = [](QTcpSocket *socket, const auto &) { HttpServer::answer(socket, "200 OK", "{}"); };
    QVERIFY(awaited(m_transport->send(requestFor("GET"))));
}

QTEST_GUILESS_MAIN(TransportCredentialsTest)
#include "tst_transportcredentials.moc"

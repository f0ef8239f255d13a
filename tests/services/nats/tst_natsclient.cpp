// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/natsclient.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <future>

namespace {

constexpr qsizetype hugePayload = 32 * 1024 * 1024;

/// Lets everybody in and goes in the middle of the first request, which is larger than what sockets hold.
class BreakingServer final {
public:
    BreakingServer()
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { serve(); });
        m_server.listen(QHostAddress::LocalHost);
    }
    quint16 port() const { return m_server.serverPort(); }

private:
    void serve()
    {
        m_socket = m_server.nextPendingConnection();
        m_server.close();
        m_socket->setReadBufferSize(64 * 1024);
        m_socket->write("INFO {\"server_id\":\"x\",\"version\":\"2.14.9\",\"max_payload\":67108864}\r\n");
        QObject::connect(m_socket, &QTcpSocket::readyRead, &m_server, [this] {
            m_read += m_socket->readAll();
            if (m_read.contains("PUB "))
                m_socket->abort();
            else if (m_read.contains("PING\r\n"))
                m_socket->write("PONG\r\n");
        });
    }

    QTcpServer m_server;
    QTcpSocket *m_socket = nullptr;
    QByteArray m_read;
};

/// What blocks, on a thread of its own.
template <typename Work> auto elsewhere(Work work)
{
    auto result = std::async(std::launch::async, std::move(work));
    while (result.wait_for(std::chrono::milliseconds(0)) != std::future_status::ready)
        QTest::qWait(1);
    return result.get();
}

} // namespace

/// Where there is no server, or one that fails; with a real one the client is tested through NatsConnection.
class NatsClientTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsNoListenerBeyondItsEnd_data();
    void keepsNoListenerBeyondItsEnd();
    void leavesOpenWhatBecameOfARequestHalfSent();
    void cleanupTestCase() { NatsClient::endLibrary(); }
};

void NatsClientTest::keepsNoListenerBeyondItsEnd_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("nobody there") << QStringLiteral("app") << Error::Kind::Offline;
    QTest::newRow("never prepared") << QStringLiteral("a\"b") << Error::Kind::Local;
}

void NatsClientTest::keepsNoListenerBeyondItsEnd()
{
    QFETCH(QString, user);
    NatsConnection::Options options;
    options.host = QStringLiteral("127.0.0.1");
    options.port = 1;
    options.username = user;
    const auto seen = std::make_shared<int>(0);
    {
        NatsClient client(options, [seen](NatsClient::Event, const Error &) { ++*seen; });
        for (int i = 0; i < 2; ++i)
            QTEST(client.connect().error().kind, "kind");
        QCOMPARE(seen.use_count(), 2);
    }
    QCOMPARE(seen.use_count(), 1);
}

void NatsClientTest::leavesOpenWhatBecameOfARequestHalfSent()
{
    BreakingServer server;
    NatsConnection::Options options;
    options.host = QStringLiteral("127.0.0.1");
    options.port = server.port();
    NatsClient client(options, [](NatsClient::Event, const Error &) {});
    QVERIFY(elsewhere([&client] { return client.connect(); }));
    const QByteArray payload(hugePayload, 'x');
    const auto answer =
        elsewhere([&] { return client.request("$JS.API.STREAM.CREATE.orders", payload, std::chrono::minutes(1)); });
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, Error::Kind::Timeout);
    QVERIFY2(answer.error().summary.contains(QLatin1String("broke")), qPrintable(answer.error().text()));
    client.close();
}

QTEST_GUILESS_MAIN(NatsClientTest)
#include "tst_natsclient.moc"

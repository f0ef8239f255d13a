// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/services/network/plainserverfixture.h"
#include "tests/support/awaited.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTimer>

using namespace std::chrono_literals;

/// Over plain HTTP; TLS is in tst_networktransport_tls, HTTP/2 and tunnels in e2e_kubernetes_services.
class NetworkTransportTest : public PlainServerFixture {
    Q_OBJECT

private Q_SLOTS:
    void sendsWhatWasAsked()
    {
        ApiRequest request = requestFor("PATCH", QStringLiteral("/apis/x/namespaces/a b?c/%2F"));
        request.contentType = "application/merge-patch+json";
        request.query.addQueryItem(QStringLiteral("labelSelector"), QStringLiteral("a%3Db%26c"));
        const auto answer = awaited(m_transport->send(request));
        QVERIFY2(answer, whyNot(answer).constData());
        QCOMPARE(answer->body, QByteArray("{\"a\":1}"));
        const HttpServer::Request got = m_server->requests.value(0);
        QCOMPARE(
            got.line, QByteArray("PATCH /prefix/apis/x/namespaces/a%20b%3Fc/%252F?labelSelector=a%3Db%26c HTTP/1.1"));
        QCOMPARE(got.body, QByteArray("{}"));
        QVERIFY(got.headers.contains("Authorization: Bearer top-secret"));
        QVERIFY(got.headers.contains("Content-Type: application/merge-patch+json"));
        QVERIFY(got.headers.contains("Accept: application/json"));
    }

    void asksWithARenewedToken()
    {
        QVERIFY(awaited(m_transport->send(requestFor("GET", QStringLiteral("/x")))));
        m_access.token = SecretString(QStringLiteral("renewed"));
        QVERIFY(m_transport->renew(m_access));
        QVERIFY(awaited(m_transport->send(requestFor("GET", QStringLiteral("/x")))));
        QVERIFY(m_server->requests.value(1).headers.contains("Authorization: Bearer renewed"));
    }

    void keepsTheOldCredentialsWhereNewOnesAreBroken()
    {
        ClusterAccess broken = m_access;
        broken.token = SecretString(QStringLiteral("renewed"));
        broken.clientCertificate = "not a certificate";
        QVERIFY(!m_transport->renew(broken));
        QVERIFY(awaited(m_transport->send(requestFor("GET", QStringLiteral("/x")))));
        QVERIFY(m_server->requests.value(0).headers.contains("Authorization: Bearer top-secret"));
    }

    void mapsRefusals()
    {
        m_handler = [](QTcpSocket *socket, const auto &) {
            HttpServer::answer(
                socket, "429 Too Many Requests", "{\"kind\":\"Status\",\"message\":\"slow\"}", "Retry-After: 3\r\n");
        };
        const auto answer = awaited(m_transport->send(requestFor("GET", QStringLiteral("/x"))));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Error::Kind::Throttled);
        QCOMPARE(answer.error().retryAfter, std::optional<std::chrono::milliseconds>(3s));
    }

    void saysWhoseCredentialsWereRefused()
    {
        m_handler = [](QTcpSocket *socket, const auto &) {
            HttpServer::answer(socket, "401 Unauthorized", "{}", "WWW-Authenticate: Basic realm=\"x\"\r\n");
        };
        const auto answer = awaited(m_transport->send(requestFor("GET", QStringLiteral("/x"))));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Error::Kind::Unauthorized);
        QVERIFY(answer.error().summary.contains(QLatin1String("ana")));
        QVERIFY(!answer.error().text().contains(QLatin1String("top-secret")));
    }

    /// Whether a change was carried out before, nobody can tell.
    void aRefusalEndsWhatIsUnderWay()
    {
        m_handler = [](QTcpSocket *socket, const HttpServer::Request &request) {
            if (request.line.contains("/refused"))
                HttpServer::answer(socket, "401 Unauthorized", "{}");
        };
        auto read = m_transport->send(requestFor("GET", QStringLiteral("/x")));
        auto change = m_transport->send(requestFor("PATCH", QStringLiteral("/x")));
        QTRY_COMPARE(m_server->requests.size(), 2);
        QVERIFY(!awaited(m_transport->send(requestFor("GET", QStringLiteral("/refused")))));
        const auto ofRead = awaited(std::move(read));
        QVERIFY(!ofRead);
        QCOMPARE(ofRead.error().kind, Error::Kind::Unauthorized);
        const auto ofChange = awaited(std::move(change));
        QVERIFY(!ofChange);
        QCOMPARE(ofChange.error().kind, Error::Kind::Timeout);
    }

    void aRefusalOfReplacedCredentialsEndsNothingElse()
    {
        QTcpSocket *old = nullptr;
        QTcpSocket *slow = nullptr;
        m_handler = [&](QTcpSocket *socket, const HttpServer::Request &request) {
            (request.line.contains("/old") ? old : slow) = socket;
        };
        auto refused = m_transport->send(requestFor("GET", QStringLiteral("/old")));
        QTRY_VERIFY(old);
        QTest::qWait(5); // the clock's next tick
        m_access.token = SecretString(QStringLiteral("renewed"));
        QVERIFY(m_transport->renew(m_access));
        auto read = m_transport->send(requestFor("GET", QStringLiteral("/slow")));
        QTRY_VERIFY(slow);
        HttpServer::answer(old, "401 Unauthorized", "{}");
        const auto ofOld = awaited(std::move(refused));
        QVERIFY(!ofOld);
        QCOMPARE(ofOld.error().kind, Error::Kind::Unauthorized);
        HttpServer::answer(slow, "200 OK", "{}");
        const auto ofRead = awaited(std::move(read));
        QVERIFY2(ofRead, whyNot(ofRead).constData());
    }

    void followsNoRedirect()
    {
        int elsewhere = 0;
        HttpServer other([&elsewhere](QTcpSocket *, const auto &) { ++elsewhere; });
        m_handler = [&other](QTcpSocket *socket, const auto &) {
            HttpServer::answer(
                socket, "302 Found", {}, "Location: http://127.0.0.1:" + QByteArray::number(other.port()) + "/\r\n");
        };
        const auto answer = awaited(m_transport->send(requestFor("GET", QStringLiteral("/x"))));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Error::Kind::Protocol);
        QTest::qWait(50);
        QCOMPARE(elsewhere, 0);
    }

    void isOfflineWhereNobodyListens()
    {
        m_server.reset();
        const auto answer = awaited(m_transport->send(requestFor("GET", QStringLiteral("/x"))));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Error::Kind::Offline);
        auto stream = m_transport->stream(requestFor("GET", QStringLiteral("/x")));
        QSignalSpy ended(stream.get(), &ApiStream::ended);
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(endOf(ended)->kind, Error::Kind::Offline);
    }

    void givesUpWhatIsNotAnsweredAndWorksAgain()
    {
        m_handler = [](QTcpSocket *socket, const HttpServer::Request &request) {
            if (request.line.contains("/slow"))
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            else
                HttpServer::answer(socket, "200 OK", "{}");
        };
        const auto answer = awaited(m_transport->send(requestFor("GET", QStringLiteral("/slow"), 200ms)));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Error::Kind::Timeout);
        QVERIFY(awaited(m_transport->send(requestFor("GET", QStringLiteral("/quick")))));
    }

    void readsNoEndlessAnswer()
    {
        m_handler = [](QTcpSocket *socket, const auto &) {
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
            socket->write(QByteArray(70 * 1024 * 1024, 'x'));
        };
        const auto answer = awaited(m_transport->send(requestFor("GET", QStringLiteral("/x"))));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Error::Kind::Protocol);
        QVERIFY(answer.error().summary.contains(QLatin1String("64 MiB")));
    }

    void readsCompressedAnswersAsFarAsItIsBound_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<bool>("isRead");
        QTest::newRow("within") << 3'000'000 << true;
        QTest::newRow("just within") << 64 * 1024 * 1024 << true;
        QTest::newRow("beyond") << 64 * 1024 * 1024 + 1 << false;
    }

    void readsCompressedAnswersAsFarAsItIsBound()
    {
        QFETCH(int, size);
        QFETCH(bool, isRead);
        m_handler = [size](QTcpSocket *socket, const auto &) {
            // what qCompress puts before the zlib stream is its own
            HttpServer::answer(
                socket, "200 OK", qCompress(QByteArray(size, ' ')).mid(4), "Content-Encoding: deflate\r\n");
        };
        const auto answer = awaited(m_transport->send(requestFor("GET", QStringLiteral("/x"), 60s)));
        QCOMPARE(answer.has_value(), isRead);
        if (isRead)
            QCOMPARE(answer->body.size(), size);
        else
            QCOMPARE(answer.error().kind, Error::Kind::Protocol);
    }

    void survivesWhatIsNoHttp()
    {
        m_handler = [](QTcpSocket *socket, const auto &) {
            socket->write("SSH-2.0-OpenSSH_9.2\r\n\r\n");
            socket->disconnectFromHost();
        };
        QVERIFY(!awaited(m_transport->send(requestFor("GET", QStringLiteral("/x")))));
    }

    void abortsReadsThatNobodyWaitsFor()
    {
        m_handler = [](QTcpSocket *, const auto &) {};
        {
            auto pending = m_transport->send(requestFor("GET", QStringLiteral("/x")));
            QTRY_COMPARE(m_server->requests.size(), 1);
        }
        QTRY_COMPARE(m_server->disconnections, 1);
    }

    void letsMutationsRunOn()
    {
        {
            auto pending = m_transport->send(requestFor("POST", QStringLiteral("/x")));
        }
        QTRY_COMPARE(m_server->requests.size(), 1);
    }

    void answersWhatIsUnderWayWhenItEnds()
    {
        m_handler = [](QTcpSocket *, const auto &) {};
        auto pending = m_transport->send(requestFor("GET", QStringLiteral("/x")));
        QTRY_COMPARE(m_server->requests.size(), 1);
        m_transport.reset();
        const auto answer = awaited(std::move(pending));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Error::Kind::Cancelled);
    }

    void streamsUntilTheServerEnds()
    {
        QTcpSocket *peer = nullptr;
        m_handler = [&peer](QTcpSocket *socket, const HttpServer::Request &request) {
            if (request.line.contains("/version")) {
                HttpServer::answer(socket, "200 OK", "{}");
                return;
            }
            peer = socket;
            socket->write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        };
        auto stream = m_transport->stream(requestFor("GET", QStringLiteral("/x")));
        QSignalSpy opened(stream.get(), &ApiStream::opened);
        QSignalSpy ended(stream.get(), &ApiStream::ended);
        QByteArray received;
        connect(stream.get(), &ApiStream::dataArrived, this, [&](const QByteArray &data) {
            QCOMPARE(opened.size(), 1);
            received += data;
        });
        QTRY_COMPARE(opened.size(), 1);
        peer->write("3\r\nabc\r\n2\r\nde\r\n");
        QTRY_COMPARE(received, QByteArray("abcde"));
        QCOMPARE(ended.size(), 0);
        peer->write("1\r\nf\r\n0\r\n\r\n");
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(received, QByteArray("abcdef"));
        QVERIFY(!endOf(ended));
    }

    void inflatesNoStream()
    {
        const QByteArray compressed = qCompress(QByteArray(1'000'000, ' ')).mid(4);
        m_handler = [&compressed](QTcpSocket *socket, const auto &) {
            HttpServer::answer(socket, "200 OK", compressed, "Content-Encoding: deflate\r\n");
        };
        auto stream = m_transport->stream(requestFor("GET", QStringLiteral("/x")));
        QSignalSpy ended(stream.get(), &ApiStream::ended);
        QByteArray received;
        connect(stream.get(), &ApiStream::dataArrived, this, [&](const QByteArray &data) { received += data; });
        QTRY_COMPARE(ended.size(), 1);
        QVERIFY(m_server->requests.value(0).headers.contains("Accept-Encoding: identity"));
        QCOMPARE(received, compressed);
    }

    void saysWhyAStreamIsRefused()
    {
        m_handler = [](QTcpSocket *socket, const auto &) {
            HttpServer::answer(socket, "410 Gone", "{\"kind\":\"Status\",\"code\":410,\"message\":\"too old\"}");
        };
        auto stream = m_transport->stream(requestFor("GET", QStringLiteral("/x")));
        QSignalSpy ended(stream.get(), &ApiStream::ended);
        QSignalSpy data(stream.get(), &ApiStream::dataArrived);
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(endOf(ended)->kind, Error::Kind::Gone);
        QCOMPARE(data.size(), 0);
    }

    void endsStreamsThatNobodyReads()
    {
        m_handler = [](QTcpSocket *socket, const auto &) {
            socket->write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
        };
        auto stream = m_transport->stream(requestFor("GET", QStringLiteral("/x")));
        QSignalSpy opened(stream.get(), &ApiStream::opened);
        QTRY_COMPARE(opened.size(), 1);
        stream.reset();
        QTRY_COMPARE(m_server->disconnections, 1);
    }
};

QTEST_GUILESS_MAIN(NetworkTransportTest)
#include "tst_networktransport.moc"

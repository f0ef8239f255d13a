// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/services/network/plainserverfixture.h"
#include "tests/support/awaited.h"

#include <QThread>
#include <QTimer>

#include <algorithm>

using namespace std::chrono_literals;

/// Whether a connection that says nothing is dead, slow, or was only not listened to, and how it is found again.
class ConnectionLifeTest final : public PlainServerFixture {
    Q_OBJECT

private Q_SLOTS:
    void noticesThatTheServerFroze()
    {
        m_handler = [](QTcpSocket *socket, const HttpServer::Request &request) {
            if (!request.line.contains("/version"))
                socket->write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
        };
        auto stream = m_transport->stream(requestFor("GET", QStringLiteral("/x")));
        QSignalSpy opened(stream.get(), &ApiStream::opened);
        QSignalSpy ended(stream.get(), &ApiStream::ended);
        QTRY_COMPARE(opened.size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 30000);
        QCOMPARE(endOf(ended)->kind, Error::Kind::Timeout);
    }

    /// Every answer takes longer than is given to a line that was never slow.
    void keepsAConnectionThatIsSlow()
    {
        int beats = 0;
        m_handler = [&beats](QTcpSocket *socket, const HttpServer::Request &request) {
            const bool isBeat = request.line.contains("/version");
            beats += isBeat;
            QTimer::singleShot(500ms, socket, [socket, isBeat] {
                if (isBeat)
                    HttpServer::answer(socket, "200 OK", "{}");
                else
                    socket->write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
            });
        };
        m_transport = std::move(*NetworkTransport::create(m_access, {100ms, 200ms, 20s, 20s}));
        auto stream = m_transport->stream(requestFor("GET", QStringLiteral("/x")));
        QSignalSpy ended(stream.get(), &ApiStream::ended);
        QTRY_VERIFY_WITH_TIMEOUT(beats >= 5 || !ended.isEmpty(), 30000);
        QCOMPARE(ended.size(), 0);
    }

    /// Whether they were carried out, their answer may still tell; what only asks is asked anew.
    void keepsChangesAndAsksAnewWhereTheConnectionDies()
    {
        QTcpSocket *ofChange = nullptr;
        QList<QTcpSocket *> ofRead;
        m_handler = [&](QTcpSocket *socket, const HttpServer::Request &request) {
            if (request.line.startsWith("PATCH"))
                ofChange = socket;
            else if (request.line.contains("/read"))
                ofRead.append(socket);
            else if (!request.line.contains("/version"))
                socket->write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
        };
        m_transport = std::move(*NetworkTransport::create(m_access, {100ms, 200ms, 300ms, 400ms}));
        auto stream = m_transport->stream(requestFor("GET", QStringLiteral("/x")));
        QSignalSpy ended(stream.get(), &ApiStream::ended);
        auto change = m_transport->send(requestFor("PATCH", QStringLiteral("/change"), 60s));
        auto read = m_transport->send(requestFor("GET", QStringLiteral("/read"), 60s));
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 30000);
        QCOMPARE(endOf(ended)->kind, Error::Kind::Timeout);
        QTRY_COMPARE(ofRead.size(), 2);
        HttpServer::answer(ofRead.constLast(), "200 OK", "{}");
        HttpServer::answer(ofChange, "200 OK", "{}");
        const auto answerToRead = awaited(std::move(read));
        QVERIFY2(answerToRead, whyNot(answerToRead).constData());
        const auto answerToChange = awaited(std::move(change));
        QVERIFY2(answerToChange, whyNot(answerToChange).constData());
        QCOMPARE(std::count_if(m_server->requests.cbegin(), m_server->requests.cend(),
                     [](const HttpServer::Request &request) { return request.line.startsWith("PATCH"); }),
            1);
    }

    /// Asked by whoever has nothing under way that could tell.
    void tellsWhenSomebodyAnswersAgain()
    {
        const quint16 port = m_server->port();
        m_server.reset();
        m_transport = std::move(*NetworkTransport::create(m_access, {100ms, 200ms, 300ms, 400ms, 50ms}));
        QSignalSpy reached(m_transport.get(), &KubernetesTransport::reached);
        const auto lost = awaited(m_transport->send(requestFor("GET", QStringLiteral("/x"))));
        QVERIFY(!lost);
        QTest::qWait(200);
        QCOMPARE(reached.size(), 0);
        m_server = std::make_unique<HttpServer>(
            [](QTcpSocket *socket, const auto &) { HttpServer::answer(socket, "200 OK", "{}"); },
            std::make_unique<QTcpServer>(), port);
        QTRY_COMPARE(reached.size(), 1);
        const auto asked = m_server->requests.size();
        QTest::qWait(200);
        QCOMPARE(m_server->requests.size(), asked); // that was all there was to find out
    }

    /// Where packets vanished, what set out before the way was mended may be held up for long.
    void isReachedByWhatSetsOutLast()
    {
        bool isLost = false;
        QSet<QTcpSocket *> heldUp;
        m_handler = [&](QTcpSocket *socket, const HttpServer::Request &request) {
            if (isLost)
                heldUp.insert(socket);
            if (heldUp.contains(socket))
                return;
            if (request.line.contains("/stream"))
                socket->write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
            else
                HttpServer::answer(socket, "200 OK", "{}");
        };
        m_transport = std::move(*NetworkTransport::create(m_access, {50ms, 200ms, 400ms, 300s, 50ms}));
        QSignalSpy reached(m_transport.get(), &KubernetesTransport::reached);
        auto stream = m_transport->stream(requestFor("GET", QStringLiteral("/stream")));
        QSignalSpy opened(stream.get(), &ApiStream::opened);
        QSignalSpy ended(stream.get(), &ApiStream::ended);
        QTRY_COMPARE(opened.size(), 1);
        isLost = true;
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 30000);
        auto change = m_transport->send(requestFor("PATCH", QStringLiteral("/change"), 300s));
        auto read = m_transport->send(requestFor("GET", QStringLiteral("/read"), 300s));
        QTRY_VERIFY_WITH_TIMEOUT(heldUp.size() > 8, 30000);
        QCOMPARE(reached.size(), 0);
        isLost = false;
        QTRY_COMPARE_WITH_TIMEOUT(reached.size(), 1, 30000);
        const auto answer = awaited(std::move(read));
        QVERIFY2(answer, whyNot(answer).constData());
        QVERIFY(change.isAsked()); // that one is not sent twice
        QCOMPARE(std::count_if(m_server->requests.cbegin(), m_server->requests.cend(),
                     [](const HttpServer::Request &request) { return request.line.startsWith("PATCH"); }),
            1);
    }

    /// Whoever can't ask whether the server is there must not say so.
    void doesNotTakeSilenceForLifeWhileALoginIsMissing_data()
    {
        QTest::addColumn<QString>("login");
        QTest::newRow("it fails") << QStringLiteral("exit 1");
        QTest::newRow("it goes on") << QStringLiteral("sleep 600");
    }

    void doesNotTakeSilenceForLifeWhileALoginIsMissing()
    {
        QFETCH(QString, login);
        openWithALogin();
        QSignalSpy ended(m_stream.get(), &ApiStream::ended);
        loseTheLogin(login);
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(endOf(ended)->kind, Error::Kind::Timeout);
        QVERIFY2(endOf(ended)->summary.contains(QLatin1String("is logged in")), qPrintable(endOf(ended)->summary));
    }

    void keepsAStreamThatIsHeardWhileALoginIsMissing()
    {
        openWithALogin();
        QSignalSpy ended(m_stream.get(), &ApiStream::ended);
        loseTheLogin(QStringLiteral("sleep 600"));
        QTimer speaking;
        connect(&speaking, &QTimer::timeout, this, [this] { m_speaker->write("1\r\na\r\n"); });
        speaking.start(20ms);
        QTest::qWait(1500);
        QCOMPARE(ended.size(), 0);
    }

    /// As a machine that slept: what went on before is not trusted any more.
    void asksAnewAfterTimeHasPassedUnnoticed()
    {
        m_handler = [](QTcpSocket *socket, const HttpServer::Request &request) {
            if (request.line.contains("/version"))
                HttpServer::answer(socket, "200 OK", "{}");
            else
                socket->write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
        };
        m_transport = std::move(*NetworkTransport::create(m_access, {20ms, 20s, 20s, 20s, 20ms, 300ms}));
        auto stream = m_transport->stream(requestFor("GET", QStringLiteral("/x")));
        QSignalSpy opened(stream.get(), &ApiStream::opened);
        QSignalSpy ended(stream.get(), &ApiStream::ended);
        QTRY_COMPARE(opened.size(), 1);
        QTest::qWait(200);
        QCOMPARE(ended.size(), 0);
        QThread::msleep(500); // nothing of this program runs meanwhile
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(endOf(ended)->kind, Error::Kind::Timeout);
    }

    /// The answer has come meanwhile, and is only not read yet.
    void keepsAConnectionAfterItWasStoppedForAMoment()
    {
        int beats = 0;
        m_handler = [&beats](QTcpSocket *socket, const HttpServer::Request &request) {
            if (!request.line.contains("/version")) {
                socket->write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
                return;
            }
            HttpServer::answer(socket, "200 OK", "{}");
            if (++beats == 3)
                QThread::msleep(1500); // nothing of this program runs meanwhile
        };
        m_transport = std::move(*NetworkTransport::create(m_access, {50ms, 400ms, 20s, 20s, 20ms, 20s}));
        auto stream = m_transport->stream(requestFor("GET", QStringLiteral("/x")));
        QSignalSpy ended(stream.get(), &ApiStream::ended);
        QTRY_VERIFY_WITH_TIMEOUT(beats >= 8 || !ended.isEmpty(), 30000);
        QCOMPARE(ended.size(), 0);
    }

    void cleanup()
    {
        m_stream.reset();
        m_transport.reset();
    }

private:
    static ExecPlugin plugin(const QString &script)
    {
        return {QStringLiteral("client.authentication.k8s.io/v1"), QStringLiteral("sh"), {QStringLiteral("-c"), script},
            {}, ExecPlugin::Interaction::IfAvailable, {}, {}};
    }

    /// m_stream, which m_speaker writes.
    void openWithALogin()
    {
        m_handler = [this](QTcpSocket *socket, const HttpServer::Request &request) {
            if (request.line.contains("/version"))
                return HttpServer::answer(socket, "200 OK", "{}");
            socket->write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
            m_speaker = socket;
        };
        m_access.token = {};
        m_access.exec =
            plugin(QStringLiteral(R"(echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",)"
                                  R"("status":{"token":"a"}}')"));
        m_transport = std::move(*NetworkTransport::create(m_access, {50ms, 400ms, 500ms, 20s}));
        m_stream = m_transport->stream(requestFor("GET", QStringLiteral("/x")));
        QSignalSpy opened(m_stream.get(), &ApiStream::opened);
        QTRY_COMPARE(opened.size(), 1);
    }

    void loseTheLogin(const QString &script)
    {
        m_access.exec = plugin(script);
        QVERIFY(m_transport->renew(m_access));
    }

    std::unique_ptr<ApiStream> m_stream;
    QTcpSocket *m_speaker = nullptr;
};

QTEST_GUILESS_MAIN(ConnectionLifeTest)
#include "tst_connectionlife.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/podhttp.h"

#include "tests/support/awaited.h"
#include "tests/support/fakekubernetes.h"

/// What a pod's HTTP server answers by a tunnel.
class PodHttpTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsTheEnd_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<bool>("isEnded");
        QTest::addColumn<QByteArray>("expected"); // null: not whole yet
        const QByteArray ok = "HTTP/1.1 200 OK\r\n";
        QTest::newRow("length") << ok + "Content-Length: 4\r\n\r\n{\"a\"" << false << QByteArray("{\"a\"");
        QTest::newRow("too short") << ok + "Content-Length: 5\r\n\r\n{\"a\"" << false << QByteArray();
        QTest::newRow("up to the end") << ok + "\r\nabc" << true << QByteArray("abc");
        QTest::newRow("not at the end") << ok + "\r\nabc" << false << QByteArray();
        QTest::newRow("chunks") << ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=1\r\n0123456789\r\n0\r\n\r\n"
                                << false << QByteArray("abc0123456789");
        QTest::newRow("a chunk is missing")
            << ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123" << false << QByteArray();
        QTest::newRow("half a head") << QByteArray("HTTP/1.1 2") << false << QByteArray();
    }

    void findsTheEnd()
    {
        QFETCH(QByteArray, said);
        QFETCH(bool, isEnded);
        HttpAnswer answer;
        answer.add(said.left(20));
        answer.add(said.mid(20));
        const auto body = answer.body(isEnded);
        QTEST(body ? body->value_or("an error") : QByteArray(), "expected");
    }

    void takesNoNonsense_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("an error") << QByteArray("HTTP/1.1 404 Not Found\r\n\r\n");
        QTest::newRow("cut") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
        QTest::newRow("cut in a chunk") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc");
        QTest::newRow("no chunk") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n");
        QTest::newRow("a huge chunk") << QByteArray(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffff\r\n");
        QTest::newRow("less than nothing") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nabc");
        QTest::newRow("a huge head") << QByteArray("HTTP/1.1 200 OK\r\nX: ") + QByteArray(64 * 1024, 'x')
                + "\r\n\r\nabc";
    }

    void takesNoNonsense()
    {
        QFETCH(QByteArray, said);
        HttpAnswer answer;
        answer.add(said);
        const auto body = answer.body(true);
        QVERIFY(body && !*body);
        QCOMPARE(body->error().kind, Error::Kind::Server);
    }

    /// It would be looked through again with each piece, and there might be no end to it.
    void waitsForNoHeadWithoutEnd()
    {
        HttpAnswer answer;
        answer.add("HTTP/1.1 200 OK\r\nX: " + QByteArray(64 * 1024, 'x'));
        const auto body = answer.body(false);
        QVERIFY(body && !*body);
        QCOMPARE(body->error().kind, Error::Kind::Server);
    }

    void asksByATunnel()
    {
        FakeKubernetes cluster;
        Pending<QByteArray> asked = getFromPod(cluster, u"team"_qs, u"bus-0"_qs, 8222, u"/varz"_qs);
        std::optional<Result<QByteArray>> answer;
        asked.then(this, [&answer](const Result<QByteArray> &given) { answer = given; });
        Q_EMIT cluster.lastTunnel()->opened();
        QVERIFY(cluster.lastTunnel()->written.startsWith("GET /varz HTTP/1.1\r\nHost: bus-0\r\n"));
        Q_EMIT cluster.lastTunnel()->dataArrived("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        QTRY_VERIFY(answer);
        QCOMPARE(**answer, "{}");
        QTRY_VERIFY(!cluster.lastTunnel());
    }

    void saysWhyThereIsNoTunnel()
    {
        FakeKubernetes cluster;
        Pending<QByteArray> asked = getFromPod(cluster, u"team"_qs, u"bus-0"_qs, 8222, u"/varz"_qs);
        const Error refused{Error::Kind::Forbidden, u"no"_qs, {}, {}, {}};
        Q_EMIT cluster.lastTunnel()->closed(refused);
        QCOMPARE(awaited(std::move(asked)).error().kind, Error::Kind::Forbidden);
    }
};

QTEST_GUILESS_MAIN(PodHttpTest)
#include "tst_podhttp.moc"

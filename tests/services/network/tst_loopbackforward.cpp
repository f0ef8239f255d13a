// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/loopbackforward.h"
#include "tests/support/fakekubernetes.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

namespace {

constexpr qint64 mebibyte = 1024 * 1024;

} // namespace

class LoopbackForwardTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<FakeKubernetes> m_server;
    std::unique_ptr<PortForward> m_forward;

    /// A connected client and its tunnel.
    FakeTunnel *connectClient(QTcpSocket &client)
    {
        const qsizetype before = m_server->tunnels.size();
        client.connectToHost(QStringLiteral("127.0.0.1"), m_forward->localPort());
        const bool isCarried = QTest::qWaitFor(
            [&] { return m_server->tunnels.size() > before && client.state() == QAbstractSocket::ConnectedState; });
        return isCarried ? m_server->lastTunnel() : nullptr;
    }

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<FakeKubernetes>();
        m_forward =
            std::make_unique<LoopbackForward>(*m_server, QStringLiteral("shop"), QStringLiteral("nats-0"), 4222);
        QCOMPARE(m_forward->localPort(), quint16(0));
        QVERIFY(m_forward->listen());
        QVERIFY(m_forward->localPort() > 0);
        QCOMPARE(m_forward->pod(), QStringLiteral("nats-0"));
    }

    void carriesBothWays()
    {
        QTcpSocket client;
        FakeTunnel *tunnel = connectClient(client);
        QVERIFY(tunnel);
        client.write("early");
        QTest::qWait(20);
        QCOMPARE(tunnel->written, QByteArray());
        tunnel->open();
        QTRY_COMPARE(tunnel->written, QByteArray("early"));
        tunnel->feed("INFO\r\n");
        QTRY_COMPARE(client.bytesAvailable(), 6);
        QCOMPARE(client.readAll(), QByteArray("INFO\r\n"));
    }

    void givesEachConnectionATunnel()
    {
        QTcpSocket first;
        QPointer<FakeTunnel> firstTunnel = connectClient(first);
        QVERIFY(firstTunnel);
        firstTunnel->open();
        first.disconnectFromHost();
        QTRY_VERIFY(!firstTunnel);
        QTcpSocket second;
        FakeTunnel *secondTunnel = connectClient(second);
        QVERIFY(secondTunnel);
        secondTunnel->open();
        second.write("x");
        QTRY_COMPARE(secondTunnel->written, QByteArray("x"));
    }

    void takesTheNextOneWhoseForerunnerHasJustGone()
    {
        QTcpSocket first;
        FakeTunnel *tunnel = connectClient(first);
        QVERIFY(tunnel);
        tunnel->open();
        QTcpSocket second;
        QSignalSpy ended(&second, &QTcpSocket::disconnected);
        // both are there to be seen before anything here has looked
        first.write("last");
        QVERIFY(first.waitForBytesWritten());
        first.abort();
        second.connectToHost(QStringLiteral("127.0.0.1"), m_forward->localPort());
        QVERIFY(second.waitForConnected());
        QTRY_COMPARE(m_server->tunnels.size(), 2);
        QCOMPARE(ended.size(), 0);
        QCOMPARE(second.state(), QAbstractSocket::ConnectedState);
    }

    void turnsAwayASecondOne()
    {
        QTcpSocket first;
        FakeTunnel *tunnel = connectClient(first);
        QVERIFY(tunnel);
        tunnel->open();
        QTcpSocket second;
        QSignalSpy ended(&second, &QTcpSocket::disconnected);
        second.connectToHost(QStringLiteral("127.0.0.1"), m_forward->localPort());
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(m_server->tunnels.size(), 1);
        first.write("x");
        QTRY_COMPARE(tunnel->written, QByteArray("x"));
    }

    void keepsItsPortWhenItHasRetired()
    {
        QTcpSocket client;
        QPointer<FakeTunnel> tunnel = connectClient(client);
        tunnel->open();
        m_forward->retire();
        QVERIFY(!tunnel);
        m_server.reset();
        QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
        QTcpSocket another;
        QSignalSpy ended(&another, &QTcpSocket::disconnected);
        another.connectToHost(QStringLiteral("127.0.0.1"), m_forward->localPort());
        QTRY_COMPARE(ended.size(), 1);
        QTcpServer other;
        QVERIFY(!other.listen(QHostAddress::LocalHost, m_forward->localPort()));
    }

    void readsNoFasterThanTheTunnelTakes()
    {
        QTcpSocket client;
        FakeTunnel *tunnel = connectClient(client);
        tunnel->isStuck = true;
        tunnel->open();
        const QByteArray data(16 * mebibyte, 'x');
        client.write(data);
        QTRY_VERIFY(tunnel->written.size() >= mebibyte);
        QTest::qWait(100);
        QVERIFY(tunnel->written.size() < 2 * mebibyte);
        tunnel->isStuck = false;
        tunnel->drain();
        QTRY_COMPARE(tunnel->written.size(), data.size());
    }

    void givesUpAClientThatDoesNotRead()
    {
        QTcpSocket client;
        client.setReadBufferSize(1024);
        FakeTunnel *tunnel = connectClient(client);
        tunnel->open();
        QSignalSpy broken(m_forward.get(), &PortForward::broken);
        const QPointer<FakeTunnel> guard = tunnel;
        for (int i = 0; i < 100 && broken.isEmpty() && guard; ++i)
            tunnel->feed(QByteArray(mebibyte, 'x'));
        QCOMPARE(broken.size(), 1);
        QCOMPARE(broken.value(0).value(0).value<Error>().kind, Error::Kind::Local);
        QTRY_VERIFY(!guard);
    }

    void passesOnEverythingBeforeTheClientLeft()
    {
        QTcpSocket client;
        FakeTunnel *tunnel = connectClient(client);
        const QPointer<FakeTunnel> guard = tunnel;
        tunnel->isStuck = true;
        tunnel->open();
        const QByteArray data(3 * mebibyte, 'x');
        client.write(data);
        client.disconnectFromHost();
        QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
        for (int i = 0; i < 10 && guard && guard->written.size() < data.size(); ++i) {
            QVERIFY(guard);
            guard->drain();
            QTest::qWait(20);
        }
        QVERIFY(guard);
        QCOMPARE(guard->written.size(), data.size());
        guard->drain();
        QTRY_VERIFY(!guard);
    }

    void handsOverEverythingBeforeThePodLeft()
    {
        QTcpSocket client;
        FakeTunnel *tunnel = connectClient(client);
        tunnel->open();
        QSignalSpy broken(m_forward.get(), &PortForward::broken);
        tunnel->feed(QByteArray(3 * mebibyte, 'x'));
        tunnel->finish();
        QTRY_COMPARE(client.bytesAvailable(), 3 * mebibyte);
        QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(broken.size(), 0);
    }

    void saysWhyATunnelBroke()
    {
        QTcpSocket client;
        FakeTunnel *tunnel = connectClient(client);
        QSignalSpy broken(m_forward.get(), &PortForward::broken);
        tunnel->finish(Error{Error::Kind::Forbidden, QStringLiteral("no permission"), {}, {}, {}});
        QCOMPARE(broken.size(), 1);
        QCOMPARE(broken.value(0).value(0).value<Error>().kind, Error::Kind::Forbidden);
        QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
    }

    void mayBeEndedByWhoeverItTells()
    {
        QTcpSocket client;
        FakeTunnel *tunnel = connectClient(client);
        connect(m_forward.get(), &PortForward::broken, this, [this] { m_forward.reset(); });
        tunnel->finish(Error{Error::Kind::Offline, QStringLiteral("gone"), {}, {}, {}});
        QVERIFY(!m_forward);
        QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
    }
};

QTEST_GUILESS_MAIN(LoopbackForwardTest)
#include "tst_loopbackforward.moc"

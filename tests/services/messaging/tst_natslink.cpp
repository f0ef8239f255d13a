// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/natslink.h"

#include "services/base/clock.h"
#include "tests/support/awaited.h"
#include "tests/support/fakecluster.h"
#include "tests/support/fakenatsserver.h"

#include <QTcpServer>
#include <QTest>

/// A link over a real loopback port, to a server that is none.
class NatsLinkTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsItsPortUntilTheConnectionHasEnded();
    void cleanupTestCase() { NatsConnection::shutDown(); }
};

void NatsLinkTest::keepsItsPortUntilTheConnectionHasEnded()
{
    FakeNatsServer nats;
    auto cluster = std::make_unique<FakeCluster>();
    cluster->carryTunnels(4222, nats.port());
    SystemClock clock;
    auto link = std::make_unique<NatsLink>(
        *cluster, QStringLiteral("shop"), QStringLiteral("nats-0"), Login{QStringLiteral("m"), SecretString()});
    QVERIFY(awaited(link->open(clock, std::chrono::seconds(30))));
    const quint16 port = link->localPort();
    QTcpServer other;
    link.reset();
    // The library's threads may still be at it: the event loop, by which they say that they have ended, has not run.
    QVERIFY(!other.listen(QHostAddress::LocalHost, port));
    cluster.reset();
    QTRY_VERIFY(other.isListening() || other.listen(QHostAddress::LocalHost, port));
}

QTEST_GUILESS_MAIN(NatsLinkTest)
#include "tst_natslink.moc"

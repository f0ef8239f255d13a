// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/natsclient.h"

#include <QTest>

/// Without a server; with one the client is tested through NatsConnection.
class NatsClientTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsNoListenerBeyondItsEnd_data();
    void keepsNoListenerBeyondItsEnd();
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

QTEST_GUILESS_MAIN(NatsClientTest)
#include "tst_natsclient.moc"

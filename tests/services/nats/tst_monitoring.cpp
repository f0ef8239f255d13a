// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/monitoring.h"

#include <QTest>

namespace {

QByteArray stream(const char *name, const char *leader, int messages, const QByteArray &consumers = "[]")
{
    return QByteArray(R"({"name":"%1","created":"2026-01-02T03:04:05Z","cluster":{"name":"nats","leader":"%2"},)"
                      R"("config":{"name":"%1","subjects":["%1.>"]},"state":{"messages":%3,"last_seq":%3},)"
                      R"("consumer_detail":%4})")
        .replace("%1", name)
        .replace("%2", leader)
        .replace("%3", QByteArray::number(messages))
        .replace("%4", consumers);
}

QByteArray consumer(const char *leader, int pending)
{
    return QByteArray(R"({"stream_name":"orders","name":"worker","config":{"durable_name":"worker"},"num_pending":%2,)"
                      R"("cluster":{"leader":"%1"},"delivered":{"consumer_seq":%2}})")
        .replace("%1", leader)
        .replace("%2", QByteArray::number(pending));
}

JszAnswer answer(const char *server, const QByteArray &streams)
{
    return {QLatin1String(server), R"({"account_details":[{"name":"APP","stream_detail":[)" + streams + "]}]}"};
}

} // namespace

/// What several servers tell of JetStream on their monitoring ports, put together.
class MonitoringTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsServerVariables()
    {
        const auto variables =
            serverVariablesFrom(R"({"server_name":"nats-1","version":"2.14.9","cluster":{"name":"c"},"connections":4,)"
                                R"("jetstream":{"config":{"max_memory":1},"stats":{}}})");
        QVERIFY(variables);
        QCOMPARE(*variables, (ServerVariables{u"nats-1"_qs, u"2.14.9"_qs, u"c"_qs, true, 4}));
        QVERIFY(!serverVariablesFrom(R"({"server_name":"a","jetstream":{}})")->isJetStreamOn);
        QCOMPARE(serverVariablesFrom("<html>").error().kind, Error::Kind::Protocol);
    }

    void countsEachOnceFromItsLeader()
    {
        const auto assets =
            assetsFrom({answer("nats-0", stream("orders", "nats-1", 9, '[' + consumer("nats-0", 3) + ']')),
                answer("nats-1",
                    stream("orders", "nats-1", 7, '[' + consumer("nats-0", 8) + ']') + ','
                        + stream("audit", "nats-1", 2))});
        QVERIFY(assets);
        QCOMPARE(assets->accounts, QStringList{u"APP"_qs});
        QCOMPARE(assets->streams.size(), 2);
        QCOMPARE(assets->streams[0].id.name, u"audit"_qs);
        QCOMPARE(assets->streams[1].messages, 7);
        QCOMPARE(assets->streams[1].consumerCount, 1);
        QCOMPARE(assets->consumers.size(), 1);
        QCOMPARE(assets->consumers[0].pending, 3);
    }

    void takesTheFurthestCopyWithoutItsLeader()
    {
        const auto assets = assetsFrom(
            {answer("nats-0", stream("orders", "nats-2", 5)), answer("nats-1", stream("orders", "nats-2", 6))});
        QVERIFY(assets);
        QCOMPARE(assets->streams.size(), 1);
        QCOMPARE(assets->streams[0].messages, 6);
        QCOMPARE(assets->streams[0].leader, u"nats-2"_qs);
    }

    void isEmptyWithoutJetStream()
    {
        const auto assets = assetsFrom({{u"nats-0"_qs, R"({"disabled":true})"}});
        QVERIFY(assets);
        QVERIFY(assets->streams.isEmpty() && assets->consumers.isEmpty() && assets->accounts.isEmpty());
        QVERIFY(!assetsFrom({{u"nats-0"_qs, "no"}}));
    }
};

QTEST_GUILESS_MAIN(MonitoringTest)
#include "tst_monitoring.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/consumerfetch.h"
#include "tests/support/awaited.h"
#include "tests/support/fakejetstream.h"

#include <QJsonDocument>

namespace {

const QString reading = QStringLiteral("$JS.API.STREAM.MSG.GET.ORDERS");
const Error silence{Error::Kind::Timeout, QStringLiteral("nothing came"), {}, {}, {}};
const Error offline{Error::Kind::Offline, QStringLiteral("away"), {}, {}, {}};
const Error overflow{Error::Kind::Local, QStringLiteral("too much came"), {}, {}, {}};

NatsMessage delivered(int sequence, const QByteArray &payload, int deliveries = 1, const NatsHeaders &headers = {})
{
    NatsMessage message{"orders.a",
        "$JS.ACK.ORDERS.billing." + QByteArray::number(deliveries) + '.' + QByteArray::number(sequence)
            + ".1.1764514000500000000.5",
        payload};
    message.headers = headers;
    return message;
}

NatsMessage status(int number, const char *words)
{
    return {"in", {}, {}, number, QString::fromUtf8(words)};
}

QByteArray storedAs(int sequence, const QByteArray &payload)
{
    return "{\"message\":{\"subject\":\"orders.a\",\"seq\":" + QByteArray::number(sequence) + ",\"data\":\""
        + payload.toBase64() + "\",\"time\":\"2025-11-30T14:46:40.5Z\"}}";
}

} // namespace

/// With a server that does as it is told; with a real one see e2e_consumers.
class ConsumerFetchTest final : public QObject {
    Q_OBJECT

private:
    FakeJetStream m_server;
    std::shared_ptr<JetStreamApi> m_api;
    FetchRequest m_request;

    Result<Fetched> fetch() { return awaited(asPending(fetchNext(m_api, m_request))); }
    Result<Fetched> withBodiesOf(const Fetched &fetched)
    {
        return awaited(asPending(withBodies(m_api, m_request.stream, fetched)));
    }

    /// What the server sends for a pull, and how its subscription ends after that.
    void answer(const QList<NatsMessage> &messages, const std::optional<Error> &end = {})
    {
        m_server.whenPublished([this, messages, end](const NatsMessage &) {
            for (const NatsMessage &message : messages)
                m_server.deliver(message);
            if (end)
                m_server.breakSubscription(*end);
        });
    }

    QJsonObject asked() const { return QJsonDocument::fromJson(m_server.published().constLast().payload).object(); }

private Q_SLOTS:
    void init()
    {
        m_api = std::make_shared<JetStreamApi>(m_server, QStringLiteral("default"));
        m_request = {QStringLiteral("ORDERS"), QStringLiteral("billing"), {}, 3};
    }

    void tellsWhatCame_data()
    {
        QTest::addColumn<QList<NatsMessage>>("sent");
        QTest::addColumn<std::optional<Error>>("end");
        QTest::addColumn<int>("came"); // -1: it fails
        QTest::addColumn<QString>("says"); // empty: no problem
        using End = std::optional<Error>;
        const QString gave = QStringLiteral("The server gave none");
        const NatsMessage one = delivered(7, "a");
        const NatsMessage over = status(408, "Request Timeout");
        const NatsMessage large = status(409, "Message Size Exceeds MaxBytes");
        const NatsMessage gone = status(409, "Consumer Deleted");
        QTest::newRow("all") << QList{one, delivered(8, "b"), delivered(9, "c")} << End() << 3 << QString();
        QTest::newRow("fewer") << QList{one, over} << End() << 1 << QString();
        QTest::newRow("none, 404") << QList{status(404, "No Messages")} << End() << 0 << QString();
        QTest::newRow("none, 408") << QList{over} << End() << 0 << QString();
        const NatsMessage complete = status(409, "Batch Completed");
        QTest::newRow("some, and the batch is complete") << QList{one, complete} << End() << 1 << QString();
        QTest::newRow("none, 409") << QList{gone} << End() << -1 << gave;
        QTest::newRow("some, then 409") << QList{one, gone} << End() << 1 << QStringLiteral("The server gave no more");
        QTest::newRow("none, too large") << QList{large} << End() << -1 << QStringLiteral("96.0 MiB");
        QTest::newRow("some, then too large") << QList{one, large} << End() << 1 << QStringLiteral("96.0 MiB");
        QTest::newRow("silence") << QList<NatsMessage>() << End(silence) << -1 << silence.summary;
        QTest::newRow("some, then silence") << QList{one} << End(silence) << 1 << silence.summary;
        QTest::newRow("a break") << QList<NatsMessage>() << End(offline) << -1 << offline.summary;
        QTest::newRow("some, then a break") << QList{one} << End(offline) << 1 << offline.summary;
        QTest::newRow("some, then too much") << QList{one} << End(overflow) << 1 << overflow.summary;
    }

    void tellsWhatCame()
    {
        QFETCH(QList<NatsMessage>, sent);
        QFETCH(std::optional<Error>, end);
        QFETCH(int, came);
        QFETCH(QString, says);
        answer(sent, end);
        const auto fetched = fetch();
        QCOMPARE(fetched ? int(fetched->messages.size()) : -1, came);
        const std::optional<Error> problem = fetched ? fetched->problem : fetched.error();
        QCOMPARE(problem.has_value(), !says.isEmpty());
        if (problem)
            QVERIFY2(problem->summary.contains(says), qPrintable(problem->summary));
        QVERIFY(!m_server.isSubscribed());
        QVERIFY(m_server.requests().isEmpty()); // all that is shown came along
    }

    void showsItAsItCame()
    {
        answer({delivered(7, "a", 2, {{"Trace", "1"}, {"Trace", "2"}}), status(404, "No Messages")});
        const auto fetched = fetch();
        QVERIFY2(fetched, whyNot(fetched));
        const FetchedMessage &first = fetched->messages.constFirst();
        QCOMPARE(first.deliveries, 2u);
        QCOMPARE(first.message.sequence, 7u);
        QCOMPARE(first.message.subject, QStringLiteral("orders.a"));
        QCOMPARE(first.message.payload, QByteArray("a"));
        QCOMPARE(first.message.timestamp, QStringLiteral("2025-11-30T14:46:40.5Z"));
        QCOMPARE(first.message.time.toMSecsSinceEpoch(), 1764514000500);
        QCOMPARE(first.message.headerBlock, QByteArray("NATS/1.0\r\nTrace: 1\r\nTrace: 2\r\n\r\n"));
        QVERIFY(!first.isBodyLeftOut);
    }

    void asksForWhatTheConsumerTakes()
    {
        answer({status(404, "No Messages")});
        QVERIFY(fetch());
        QCOMPARE(m_server.published().constLast().subject, QByteArray("$JS.API.CONSUMER.MSG.NEXT.ORDERS.billing"));
        QCOMPARE(asked(),
            (QJsonObject{{QStringLiteral("batch"), 3}, {QStringLiteral("no_wait"), true},
                {QStringLiteral("max_bytes"), 96 * 1024 * 1024}, {QStringLiteral("expires"), 1'000'000'000}}));
        m_request.group = QStringLiteral("jobs");
        m_request =
            m_request.within({{QStringLiteral("max_bytes"), 5000}, {QStringLiteral("max_expires"), 500'000'000}});
        QVERIFY(fetch());
        QCOMPARE(asked().value(QStringLiteral("group")).toString(), QStringLiteral("jobs"));
        QCOMPARE(asked().value(QStringLiteral("max_bytes")).toInt(), 5000);
        QCOMPARE(asked().value(QStringLiteral("expires")).toInt(), 500'000'000);
    }

    void readsPayloadsThatWereLeftOut()
    {
        const NatsHeaders large{{"Nats-Msg-Size", "5"}};
        answer({delivered(7, {}, 1, large), delivered(8, "b"), delivered(9, {}, 1, large)});
        const auto fetched = fetch();
        QVERIFY2(fetched, whyNot(fetched));
        m_server.expect(reading, storedAs(7, "whole"));
        m_server.expect(reading, storedAs(9, "whole"));
        const auto whole = withBodiesOf(*fetched);
        QVERIFY2(whole, whyNot(whole));
        QVERIFY(!whole->unread);
        QVERIFY(m_server.isComplete());
        QCOMPARE(whole->messages[0].message.payload, QByteArray("whole"));
        QCOMPARE(whole->messages[1].message.payload, QByteArray("b"));
        QVERIFY(!whole->messages[2].isBodyLeftOut);
    }

    void stopsWhereAPayloadCantBeRead()
    {
        const NatsHeaders large{{"Nats-Msg-Size", "5"}};
        answer({delivered(7, {}, 1, large), delivered(8, {}, 1, large), delivered(9, {}, 1, large)});
        const auto fetched = fetch();
        QVERIFY2(fetched, whyNot(fetched));
        m_server.expect(reading, storedAs(7, "whole"));
        m_server.expect(reading, offline);
        const auto whole = withBodiesOf(*fetched);
        QVERIFY2(whole, whyNot(whole));
        QVERIFY(m_server.isComplete()); // and no third one
        QCOMPARE(whole->messages.size(), 3);
        QCOMPARE(whole->messages[0].message.payload, QByteArray("whole"));
        QVERIFY(whole->messages[1].isBodyLeftOut);
        QVERIFY(whole->messages[2].isBodyLeftOut);
        QVERIFY(!whole->problem);
        QVERIFY(whole->unread && whole->unread->kind == Error::Kind::Offline);
    }
};

QTEST_GUILESS_MAIN(ConsumerFetchTest)
#include "tst_consumerfetch.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/jetstreamapi.h"
#include "tests/support/awaited.h"
#include "tests/support/fakejetstream.h"

#include <QJsonArray>

namespace {

QString subject(const char *rest)
{
    return QStringLiteral("$JS.API.") + QLatin1String(rest);
}

QJsonObject streamInfo(const QString &name)
{
    return {{QStringLiteral("config"), QJsonObject{{QStringLiteral("name"), name}}},
        {QStringLiteral("state"), QJsonObject{{QStringLiteral("messages"), 3}}}};
}

QJsonObject page(const char *items, const QJsonArray &list, int total, int limit = 256)
{
    return {{QLatin1String(items), list}, {QStringLiteral("total"), total}, {QStringLiteral("limit"), limit}};
}

QJsonArray infos(int first, int count)
{
    QJsonArray list;
    for (int i = first; i < first + count; ++i)
        list.append(streamInfo(QStringLiteral("s%1").arg(i, 4, 10, QLatin1Char('0'))));
    return list;
}

const QByteArray success = R"({"success":true})";
const Error silence{Error::Kind::Timeout, QStringLiteral("NATS did not answer in time."), {}, {}, {}};

} // namespace

class JetStreamApiTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEveryPage();
    void readsNoPageTwice();
    void endsOnAnEmptyPage();
    void tellsOfOfflineStreams();
    void failsWhenAPageFails();
    void checksNamesBeforeSending();
    void readsWhatItWouldNotCreate();
    void createsAStream();
    void createsAConsumer();
    void deletes();
    void saysThatATimeoutDecidesNothing();
    void speaksOfJetStreamWhenNobodyListens();
    void refusesNonsense();
    void withdrawsReadsButNotMutations();
};

void JetStreamApiTest::readsEveryPage()
{
    FakeJetStream server;
    server.expect(subject("STREAM.LIST"), page("streams", infos(0, 256), 300));
    server.expect(subject("STREAM.LIST"), page("streams", infos(256, 44), 300));
    JetStreamApi api(server, QStringLiteral("default"));
    const Result<QList<Stream>> streams = awaited(api.streams());
    QVERIFY(streams);
    QCOMPARE(streams->size(), 300);
    QCOMPARE(streams->first().id, (StreamId{QStringLiteral("default"), QStringLiteral("s0000")}));
    QCOMPARE(server.requests().at(1).body.value(QLatin1String("offset")).toInt(), 256);
    QVERIFY(server.isComplete());
}

void JetStreamApiTest::readsNoPageTwice()
{
    FakeJetStream server;
    // one was deleted between the pages: the second begins with what the first ended with
    server.expect(subject("STREAM.LIST"), page("streams", infos(0, 256), 258));
    server.expect(subject("STREAM.LIST"), page("streams", infos(255, 2), 257));
    JetStreamApi api(server, QStringLiteral("default"));
    QCOMPARE(awaited(api.streams())->size(), 257);
    QVERIFY(server.isComplete());
}

void JetStreamApiTest::endsOnAnEmptyPage()
{
    FakeJetStream server;
    server.expect(subject("STREAM.LIST"), page("streams", {}, 1000, 0));
    JetStreamApi api(server, QStringLiteral("default"));
    QCOMPARE(awaited(api.streams())->size(), 0);
    QVERIFY(server.isComplete());
}

void JetStreamApiTest::tellsOfOfflineStreams()
{
    FakeJetStream server;
    QJsonObject answer = page("streams",
        QJsonArray{streamInfo(QStringLiteral("here")), streamInfo(QStringLiteral("away")), 7, QJsonObject()}, 4);
    answer.insert(QStringLiteral("missing"), QJsonArray{QStringLiteral("away"), 5});
    answer.insert(
        QStringLiteral("offline"), QJsonObject{{QStringLiteral("newer"), QStringLiteral("unsupported api level")}});
    server.expect(subject("STREAM.LIST"), answer);
    JetStreamApi api(server, QStringLiteral("default"));
    const Result<QList<Stream>> streams = awaited(api.streams());
    QVERIFY(streams);
    QCOMPARE(streams->size(), 3);
    QCOMPARE(streams->at(0).id.name, QStringLiteral("away"));
    QVERIFY(streams->at(0).isOffline);
    QVERIFY(!streams->at(1).isOffline);
    QCOMPARE(streams->at(2).id.name, QStringLiteral("newer"));
    QVERIFY(streams->at(2).isOffline);
}

void JetStreamApiTest::failsWhenAPageFails()
{
    FakeJetStream server;
    server.expect(subject("CONSUMER.LIST.orders"),
        page("consumers", QJsonArray{QJsonObject{{QStringLiteral("name"), QStringLiteral("c")}}}, 300));
    server.expect(subject("CONSUMER.LIST.orders"), silence);
    JetStreamApi api(server, QStringLiteral("default"));
    QCOMPARE(awaited(api.consumers(QStringLiteral("orders"))).error().kind, Error::Kind::Timeout);
}

void JetStreamApiTest::checksNamesBeforeSending()
{
    FakeJetStream server;
    JetStreamApi api(server, QStringLiteral("default"));
    const QString bad = QStringLiteral("a b");
    const QString good = QStringLiteral("good");
    QCOMPARE(awaited(api.stream(bad)).error().kind, Error::Kind::Invalid);
    QCOMPARE(awaited(api.createStream({{QStringLiteral("name"), QStringLiteral("a.b")}})).error().fields.at(0).field,
        QStringLiteral("name"));
    QCOMPARE(awaited(api.createStream({{QStringLiteral("name"), 5}})).error().kind, Error::Kind::Invalid);
    QCOMPARE(awaited(api.deleteStream(QStringLiteral(">"))).error().kind, Error::Kind::Invalid);
    QCOMPARE(awaited(api.consumers(QString())).error().kind, Error::Kind::Invalid);
    QCOMPARE(awaited(api.createConsumer(good, {{QStringLiteral("durable_name"), bad}})).error().fields.at(0).field,
        QStringLiteral("durable_name"));
    QCOMPARE(awaited(api.createConsumer(bad, {{QStringLiteral("durable_name"), good}})).error().fields.at(0).field,
        QStringLiteral("stream"));
    QCOMPARE(awaited(api.deleteConsumer(good, bad)).error().kind, Error::Kind::Invalid);
    QCOMPARE(awaited(api.deleteConsumer(bad, good)).error().kind, Error::Kind::Invalid);
    QVERIFY(server.requests().isEmpty());
}

void JetStreamApiTest::readsWhatItWouldNotCreate()
{
    FakeJetStream server;
    JetStreamApi api(server, QStringLiteral("default"));
    for (const QString &name : {QStringLiteral("a\u00a0b"), QStringLiteral("a\u0001b"), QStringLiteral("a/b")}) {
        server.expect(QStringLiteral("$JS.API.STREAM.INFO.") + name, streamInfo(name));
        server.expect(QStringLiteral("$JS.API.CONSUMER.LIST.") + name, page("consumers", {}, 0));
        const Result<Stream> stream = awaited(api.stream(name));
        QVERIFY(stream);
        QCOMPARE(stream->id.name, name);
        QVERIFY(awaited(api.consumers(name)));
        QCOMPARE(awaited(api.createStream({{QStringLiteral("name"), name}})).error().kind, Error::Kind::Invalid);
    }
    QVERIFY(server.isComplete());
    for (const QChar breaking : QStringLiteral(" \t\n\v\f\r.*>") + QChar(QChar::Null))
        QCOMPARE(awaited(api.consumers(QStringLiteral("a") + breaking)).error().kind, Error::Kind::Invalid);
}

void JetStreamApiTest::createsAStream()
{
    FakeJetStream server;
    server.expect(subject("STREAM.CREATE.orders"), streamInfo(QStringLiteral("orders")));
    JetStreamApi api(server, QStringLiteral("default"));
    const QJsonObject config{{QStringLiteral("name"), QStringLiteral("orders")}, {QStringLiteral("max_msgs"), 5}};
    const Result<Stream> stream = awaited(api.createStream(config));
    QVERIFY(stream);
    QCOMPARE(stream->messages, 3u);
    QCOMPARE(server.requests().at(0).body, config);
}

void JetStreamApiTest::createsAConsumer()
{
    FakeJetStream server;
    server.expect(
        subject("CONSUMER.CREATE.orders.worker"), QJsonObject{{QStringLiteral("name"), QStringLiteral("worker")}});
    server.expect(subject("CONSUMER.CREATE.orders.worker"),
        QByteArray(R"({"error":{"code":400,"err_code":10148,"description":"consumer already exists"}})"));
    JetStreamApi api(server, QStringLiteral("default"));
    const QJsonObject config{{QStringLiteral("durable_name"), QStringLiteral("worker")}};
    const Result<Consumer> consumer = awaited(api.createConsumer(QStringLiteral("orders"), config));
    QVERIFY(consumer);
    QCOMPARE(consumer->id.stream, (StreamId{QStringLiteral("default"), QStringLiteral("orders")}));
    const QJsonObject body = server.requests().at(0).body;
    QCOMPARE(body.value(QLatin1String("action")).toString(), QStringLiteral("create"));
    QCOMPARE(body.value(QLatin1String("stream_name")).toString(), QStringLiteral("orders"));
    QCOMPARE(body.value(QLatin1String("config")).toObject(), config);

    const Result<Consumer> again = awaited(api.createConsumer(QStringLiteral("orders"), config));
    QCOMPARE(again.error().kind, Error::Kind::Conflict);
    QCOMPARE(again.error().fields.at(0).field, QStringLiteral("durable_name"));
}

void JetStreamApiTest::deletes()
{
    FakeJetStream server;
    server.expect(subject("STREAM.DELETE.orders"), success);
    server.expect(subject("CONSUMER.DELETE.orders.worker"), success);
    server.expect(subject("STREAM.DELETE.orders"), QByteArray("{}"));
    JetStreamApi api(server, QStringLiteral("default"));
    QVERIFY(awaited(api.deleteStream(QStringLiteral("orders"))));
    QVERIFY(awaited(api.deleteConsumer(QStringLiteral("orders"), QStringLiteral("worker"))));
    QCOMPARE(awaited(api.deleteStream(QStringLiteral("orders"))).error().kind, Error::Kind::Protocol);
}

void JetStreamApiTest::saysThatATimeoutDecidesNothing()
{
    FakeJetStream server;
    server.expect(subject("STREAM.DELETE.orders"), silence);
    server.expect(subject("STREAM.INFO.orders"), silence);
    JetStreamApi api(server, QStringLiteral("default"));
    const Result<void> deleted = awaited(api.deleteStream(QStringLiteral("orders")));
    QCOMPARE(deleted.error().kind, Error::Kind::Timeout);
    QVERIFY(deleted.error().summary.contains(QLatin1String("not known yet")));
    // a question changes nothing, so it has nothing to be unsure of
    QCOMPARE(awaited(api.stream(QStringLiteral("orders"))).error(), silence);
}

void JetStreamApiTest::speaksOfJetStreamWhenNobodyListens()
{
    FakeJetStream server;
    server.expect(subject("INFO"), Error{Error::Kind::NotReady, QStringLiteral("Nobody answers."), {}, {}, {}});
    JetStreamApi api(server, QStringLiteral("default"));
    const Result<AccountUsage> usage = awaited(api.usage());
    QCOMPARE(usage.error().kind, Error::Kind::NotReady);
    QVERIFY(usage.error().summary.contains(QLatin1String("JetStream")));
}

void JetStreamApiTest::refusesNonsense()
{
    FakeJetStream server;
    for (const QByteArray &answer : {QByteArray(), QByteArray("<html>"), QByteArray("[1]"), QByteArray("{}")})
        server.expect(subject("STREAM.INFO.orders"), answer);
    JetStreamApi api(server, QStringLiteral("default"));
    for (int i = 0; i < 4; ++i)
        QCOMPARE(awaited(api.stream(QStringLiteral("orders"))).error().kind, Error::Kind::Protocol);
    QVERIFY(server.isComplete());
}

void JetStreamApiTest::withdrawsReadsButNotMutations()
{
    FakeJetStream server;
    server.expectHanging(subject("STREAM.INFO.orders"));
    server.expectHanging(subject("STREAM.LIST"));
    server.expectHanging(subject("STREAM.DELETE.orders"));
    JetStreamApi api(server, QStringLiteral("default"));
    api.stream(QStringLiteral("orders")).drop();
    QCOMPARE(server.withdrawn(), 1);
    api.streams().drop();
    QCOMPARE(server.withdrawn(), 2);
    api.deleteStream(QStringLiteral("orders")).drop();
    QCOMPARE(server.withdrawn(), 2);
    QVERIFY(server.isComplete());
    // the answers of those that were dropped come to nobody
    for (int i = 0; i < 3; ++i)
        server.answerHanging(success);
    QCoreApplication::processEvents();
}

QTEST_GUILESS_MAIN(JetStreamApiTest)
#include "tst_jetstreamapi.moc"

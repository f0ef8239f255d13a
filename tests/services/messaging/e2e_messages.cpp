// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/messageexport.h"
#include "services/messaging/messageservice.h"
#include "services/messaging/messagetail.h"
#include "services/messaging/streamservice.h"
#include "tests/support/awaited.h"
#include "tests/support/enabledruntime.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>

using From = MessageQuery::From;

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

StreamId idOf(const char *stream)
{
    return {text("default"), text(stream)};
}

QList<quint64> sequencesOf(const QList<StreamMessage> &messages)
{
    QList<quint64> sequences;
    for (const StreamMessage &message : messages)
        sequences.append(message.sequence);
    return sequences;
}

} // namespace

/// The messages of streams on a real server, where an independent client publishes, consumes, and looks what was done.
class MessagesTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<EnabledRuntime> m_runtime;

    static bool eventually(const std::function<bool()> &condition) { return EnabledRuntime::eventually(condition); }
    MessageService &messages() { return m_runtime->messaging().messages(); }
    StreamService &streams() { return m_runtime->messaging().streams(); }
    QJsonObject ask(const QString &subject, const QJsonObject &body = {}) const
    {
        return m_runtime->ask(subject, body);
    }

    bool makeStream(const char *name, const QJsonObject &more = {})
    {
        QJsonObject config{{text("name"), text(name)}, {text("subjects"), QJsonArray{text(name) + text(".>")}},
            {text("storage"), text("file")}, {text("num_replicas"), 1}, {text("retention"), text("limits")}};
        for (auto field = more.begin(); field != more.end(); ++field)
            config[field.key()] = field.value();
        const QJsonObject made = ask(text("$JS.API.STREAM.CREATE.") + text(name), config);
        streams().refresh();
        return made.contains(text("config"))
            && eventually([this, name] { return messages().stream(idOf(name)).has_value(); });
    }

    QJsonObject state(const char *stream) const
    {
        return ask(text("$JS.API.STREAM.INFO.") + text(stream))[text("state")].toObject();
    }

    bool knows(const char *stream, quint64 last)
    {
        streams().refresh();
        return eventually([=, this] { return messages().stream(idOf(stream))->lastSequence == last; });
    }

    QList<quint64> read(const char *stream, const MessageQuery &query)
    {
        const auto page = awaited(messages().read(idOf(stream), query));
        return page ? sequencesOf(page->messages) : QList<quint64>{0};
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("PENNANT_KUBECONFIG_ADMIN"))
            QSKIP("PENNANT_KUBECONFIG_ADMIN names no kubeconfig");
        m_runtime = std::make_unique<EnabledRuntime>();
        const QString problem = m_runtime->start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void cleanupTestCase() { m_runtime.reset(); }

    void readsByEachWay()
    {
        QVERIFY(makeStream("orders"));
        for (int i = 1; i <= 200; ++i)
            QVERIFY(m_runtime->publish(i % 50 == 0 ? "orders.rare" : "orders.often", QByteArray::number(i)));
        QVERIFY(eventually([this] { return state("orders")[text("last_seq")].toInt() == 200; }));
        for (int i = 60; i <= 120; ++i)
            ask(text("$JS.API.STREAM.MSG.DELETE.orders"), {{text("seq"), i}});
        QCOMPARE(state("orders")[text("messages")].toInt(), 139);
        QVERIFY(knows("orders", 200));
        QCOMPARE(read("orders", {From::First, 0, {}, {}, 3}), (QList<quint64>{1, 2, 3}));
        QCOMPARE(read("orders", {From::Last, 0, {}, {}, 3}), (QList<quint64>{198, 199, 200}));
        QCOMPARE(read("orders", {From::Sequence, 59, {}, {}, 3}), (QList<quint64>{59, 121, 122}));
        QCOMPARE(read("orders", {From::Before, 122, {}, {}, 3}), (QList<quint64>{58, 59, 121}));
        QCOMPARE(read("orders", {From::Last, 0, {}, text("orders.rare")}), (QList<quint64>{50, 150, 200}));
        QCOMPARE(read("orders", {From::First, 0, {}, text("*.rare"), 2}), (QList<quint64>{50, 150}));
        const auto page = awaited(messages().read(idOf("orders"), {From::Sequence, 150, {}, {}, 1}));
        QCOMPARE(page->messages.constFirst().payload, QByteArray("150"));
        const QList<quint64> since = read("orders", {From::Time, 0, page->messages.constFirst().time, {}, 500});
        QVERIFY(since.contains(150)); // those of the same millisecond come before it
        QVERIFY(since.constFirst() > 100);
    }

    void findsAPlaceInTime()
    {
        QVERIFY(makeStream("clocked"));
        m_runtime->publish("clocked.a");
        QTest::qWait(1500);
        const QDateTime between =
            awaited(messages().read(idOf("clocked"), {From::First}))->messages.constFirst().time.addMSecs(700);
        m_runtime->publish("clocked.b");
        m_runtime->publish("clocked.a");
        QVERIFY(eventually([this] { return state("clocked")[text("last_seq")].toInt() == 3; }));
        QCOMPARE(read("clocked", {From::Time, 0, between}), (QList<quint64>{2, 3}));
        QCOMPARE(read("clocked", {From::Time, 0, between, text("clocked.a")}), (QList<quint64>{3}));
        QVERIFY(read("clocked", {From::Time, 0, between.addDays(1)}).isEmpty());
    }

    void takesNothingFromAnybody_data()
    {
        QTest::addColumn<QString>("retention");
        QTest::newRow("interest") << text("interest");
        QTest::newRow("workqueue") << text("workqueue");
    }

    /// Neither from streams whose messages go once they are dealt with, nor from who deals with them.
    void takesNothingFromAnybody()
    {
        QFETCH(QString, retention);
        const QByteArray name = retention.toLatin1();
        QVERIFY(makeStream(name, {{text("retention"), retention}}));
        const QJsonObject consumer{{text("durable_name"), text("worker")}, {text("ack_policy"), text("explicit")}};
        const QString at = text("$JS.API.CONSUMER.CREATE.") + retention + text(".worker");
        const QJsonObject made = ask(at, {{text("stream_name"), retention}, {text("config"), consumer}});
        QVERIFY(made.contains(text("config")));
        for (int i = 0; i < 20; ++i)
            m_runtime->publish(name + ".job");
        QVERIFY(eventually([&] { return state(name)[text("messages")].toInt() == 20; }));
        const auto consumerNow = [&] {
            QJsonObject info = ask(text("$JS.API.CONSUMER.INFO.") + retention + text(".worker"));
            info.remove(text("ts"));
            return info;
        };
        const QJsonObject before = state(name);
        const QJsonObject consumerBefore = consumerNow();
        QVERIFY(knows(name, 20));
        for (const From from : {From::First, From::Last, From::Sequence, From::Before, From::Time})
            QVERIFY(!read(name, {from, 10, QDateTime::currentDateTimeUtc().addSecs(-3600)}).isEmpty());
        const auto tail = messages().follow(idOf(name), {}, 0);
        QVERIFY(eventually([&] { return tail->messages().size() == 20; }));
        QCOMPARE(state(name), before);
        QCOMPARE(consumerNow(), consumerBefore);
        QCOMPARE(ask(text("$JS.API.CONSUMER.NAMES.") + retention)[text("consumers")].toArray().size(), 1);
    }

    void publishesWhatAnotherClientReads()
    {
        QVERIFY(eventually([this] {
            const auto stream = messages().stream(idOf("orders"));
            return stream && messages().publishAccess(*stream).allowed;
        }));
        const Stream orders = *messages().stream(idOf("orders"));
        const QByteArray payload("\0\xff binary \xe2\x82\xac", 12);
        const OutgoingMessage message{text("orders.made"),
            {{messageIdHeader(), text("made-1")}, {text("X-From"), QStringLiteral("Pennant, grün")}}, payload};
        const auto ack = awaited(messages().publish(orders, message));
        QVERIFY2(ack, whyNot(ack));
        QCOMPARE(ack->stream, text("orders"));
        QCOMPARE(ack->sequence, 201u);
        QVERIFY(!ack->isDuplicate);
        const QJsonObject read = ask(text("$JS.API.STREAM.MSG.GET.orders"), {{text("seq"), 201}});
        const QJsonValue stored = read[text("message")];
        QCOMPARE(QByteArray::fromBase64(stored[text("data")].toString().toLatin1()), payload);
        const QByteArray headers = QByteArray::fromBase64(stored[text("hdrs")].toString().toLatin1());
        QVERIFY2(headers.contains("Nats-Msg-Id: made-1\r\n"), headers.constData());
        QVERIFY(headersIn(headers).contains(MessageHeader{text("X-From"), QStringLiteral("Pennant, grün")}));
        // sent once more it is the same one
        const auto again = awaited(messages().publish(orders, message));
        QVERIFY2(again, whyNot(again));
        QVERIFY(again->isDuplicate);
        QCOMPARE(again->sequence, 201u);
        QCOMPARE(state("orders")[text("last_seq")].toInt(), 201);
    }

    void tellsWhatTheServerRefuses()
    {
        const Stream orders = *messages().stream(idOf("orders"));
        const auto late = awaited(
            messages().publish(orders, {text("orders.made"), {{text("Nats-Expected-Last-Sequence"), text("7")}}, "x"}));
        QVERIFY(!late);
        QCOMPARE(late.error().kind, Error::Kind::Conflict);
        QVERIFY2(late.error().detail.contains(text("201")), qPrintable(late.error().text()));
        QVERIFY(makeStream("full", {{text("max_msgs"), 1}, {text("discard"), text("new")}}));
        const Stream full = *messages().stream(idOf("full"));
        QVERIFY(awaited(messages().publish(full, {text("full.a"), {}, "x"})));
        const auto refused = awaited(messages().publish(full, {text("full.a"), {}, "x"}));
        QVERIFY(!refused);
        QVERIFY2(refused.error().summary.contains(text("full")), qPrintable(refused.error().text()));
    }

    void followsWhatOthersPublish()
    {
        QVERIFY(makeStream("live"));
        m_runtime->publish("live.before");
        const auto tail = messages().follow(idOf("live"), text("live.wanted"), 1);
        for (int i = 0; i < 10; ++i)
            m_runtime->publish(i % 2 ? "live.wanted" : "live.other", QByteArray::number(i));
        QVERIFY(eventually([&] { return tail->messages().size() == 5; }));
        QCOMPARE(sequencesOf(tail->messages()), (QList<quint64>{3, 5, 7, 9, 11}));
        QCOMPARE(tail->messages().constLast().payload, QByteArray("9"));
        QCOMPARE(ask(text("$JS.API.CONSUMER.NAMES.live"))[text("total")].toInt(), 0);
    }

    void exportsAll()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(text("orders.ndjson"));
        const auto exporting = messages().exportOf(idOf("orders"));
        QSignalSpy ended(exporting.get(), &MessageExport::ended);
        exporting->start({{}, 1, 201}, path);
        QVERIFY(eventually([&] { return !ended.isEmpty(); }));
        const auto problem = ended.first().first().value<std::optional<Error>>();
        QVERIFY2(!problem, qPrintable(problem ? problem->text() : QString()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QList<int> sequences;
        while (!file.atEnd())
            sequences.append(QJsonDocument::fromJson(file.readLine())[text("seq")].toInt());
        QList<int> expected;
        for (int i = 1; i <= 201; ++i) {
            if (i < 60 || i > 120)
                expected.append(i);
        }
        QCOMPARE(sequences, expected);
    }

    void deletesOne()
    {
        const Stream orders = *messages().stream(idOf("orders"));
        const auto page = awaited(messages().read(idOf("orders"), {From::Sequence, 150, {}, {}, 1}));
        QVERIFY2(page, whyNot(page));
        const auto removed = awaited(messages().remove(orders, page->messages.constFirst()));
        QVERIFY2(removed, whyNot(removed));
        const QJsonObject gone = ask(text("$JS.API.STREAM.MSG.GET.orders"), {{text("seq"), 150}});
        QCOMPARE(gone[text("error")][text("err_code")].toInt(), 10037);
        QVERIFY(ask(text("$JS.API.STREAM.MSG.GET.orders"), {{text("seq"), 151}}).contains(text("message")));
        QVERIFY(makeStream("keeps", {{text("deny_delete"), true}}));
        QVERIFY(!messages().deleteAccess(*messages().stream(idOf("keeps"))));
    }

    /// Megabytes come as whole as bytes do.
    void readsWhatIsLarge()
    {
        QVERIFY(makeStream("large"));
        QByteArray payload(900'000, 'x');
        payload[450'000] = '\0';
        for (int i = 0; i < 20; ++i)
            QVERIFY(m_runtime->publish("large.a", payload));
        QVERIFY(eventually([this] { return state("large")[text("last_seq")].toInt() == 20; }));
        const auto page = awaited(messages().read(idOf("large"), {From::Last}));
        QVERIFY2(page, whyNot(page));
        QVERIFY(page->messages.size() >= 7 && page->messages.size() < 20);
        QCOMPARE(page->messages.constLast().sequence, 20u);
        QCOMPARE(page->messages.constLast().payload, payload);
    }
};

QTEST_MAIN(MessagesTest)
#include "e2e_messages.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/standin.h"

#include "services/domain/assetfields.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <functional>

namespace {

const StreamId orders{QStringLiteral("default"), QStringLiteral("orders")};

QString text(const char *value)
{
    return QLatin1String(value);
}

/// With fields that this program knows, and with such that it doesn't.
QJsonObject config()
{
    return {{text("durable_name"), text("worker")}, {text("name"), text("worker")},
        {text("ack_policy"), text("explicit")}, {text("deliver_policy"), text("by_start_time")},
        {text("opt_start_time"), text("2026-01-02T03:04:05Z")}, {text("ack_wait"), qint64(31'000'000'007)},
        {text("max_deliver"), -1}, {text("filter_subjects"), QJsonArray{text("orders.a"), text("orders.b")}},
        {text("of_tomorrow"), QJsonObject{{text("deep"), QJsonArray{1, text("ü\"\\")}}}},
        {text("large"), qint64(9'007'199'254'740'993)},
        {text("metadata"),
            QJsonObject{{text("team"), QString::fromUtf8("Ünï \"quoted\"")}, {text("_nats.ver"), text("2.12.8")}}}};
}

Consumer worker()
{
    Consumer consumer;
    consumer.id = {orders, text("worker")};
    consumer.config = config();
    consumer.deliveredUpTo = 50;
    consumer.ackFloor = 30;
    consumer.ackPending = 20;
    return consumer;
}

Consumer standInFor(const Consumer &consumer, quint64 sequence)
{
    Consumer standIn;
    standIn.id = {consumer.id.stream, standInName(consumer.id.name)};
    standIn.config = standInConfig(consumer, recreatedConfig(consumer.config, sequence));
    return standIn;
}

Stream stream(const QJsonObject &fields = {})
{
    Stream stream;
    stream.id = orders;
    stream.config = fields;
    stream.config[text("name")] = orders.name;
    stream.consumerCount = 1;
    return stream;
}

ConsumerReset fromSequence(quint64 sequence)
{
    return {sequence, ResetManner::Recreation};
}

} // namespace

class StandInTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsTheWholeDocument()
    {
        QJsonObject expected = config();
        expected.remove(text("opt_start_time"));
        expected[text("deliver_policy")] = text("by_start_sequence");
        expected[text("opt_start_seq")] = 20;
        expected[text("metadata")] = QJsonObject{{text("team"), config()[text("metadata")].toObject()[text("team")]}};
        // as a server tells of it: with what it writes into metadata itself
        Consumer standIn = standInFor(worker(), 20);
        QJsonObject metadata = standIn.config[text("metadata")].toObject();
        metadata[text("_nats.ver")] = text("2.12.8");
        standIn.config[text("metadata")] = metadata;
        const auto kept = standInOf(standIn);
        QVERIFY(kept);
        QCOMPARE(kept->consumer, worker().id);
        QCOMPARE(kept->config, expected);
        QCOMPARE(standIn.standsInFor(), text("worker"));
        QVERIFY(standIn.heldBackBy({}).contains(text("stands in for worker")));
    }

    void namesOneOfAnOldClient()
    {
        QJsonObject old = config();
        old.remove(text("name"));
        QCOMPARE(recreatedConfig(old, 1)[text("name")].toString(), text("worker"));
    }

    void isInterestedInAllThatMayStillBeDelivered()
    {
        const auto startOf = [](const Consumer &standIn) { return standIn.config[text("opt_start_seq")].toInt(); };
        QCOMPARE(startOf(standInFor(worker(), 20)), 20);
        QCOMPARE(startOf(standInFor(worker(), 45)), 31); // what was not acknowledged is still needed until it is done
        const Consumer standIn = standInFor(worker(), 20);
        QCOMPARE(standIn.filterSubjects(), worker().filterSubjects());
        QCOMPARE(standIn.mode(), DeliveryMode::Pull);
        QCOMPARE(standIn.ackPolicy(), AckPolicy::Explicit);
        QVERIFY(!standIn.config.contains(text("inactive_threshold")));
    }

    void knowsNoneInWhatIsNone_data()
    {
        QTest::addColumn<std::function<void(Consumer &)>>("change");
        const auto row = [](const char *tag, std::function<void(Consumer &)> change) {
            QTest::newRow(tag) << std::move(change);
        };
        const auto document = [](const QJsonValue &value) {
            return [value](Consumer &standIn) {
                QJsonObject metadata = standIn.config[text("metadata")].toObject();
                metadata[text("pennant.app/consumer")] = value;
                standIn.config[text("metadata")] = metadata;
            };
        };
        row("no metadata", [](Consumer &standIn) { standIn.config.remove(text("metadata")); });
        row("metadata of another kind", [](Consumer &standIn) { standIn.config[text("metadata")] = 5; });
        row("no document", document(QJsonValue::Undefined));
        row("no JSON", document(text("{")));
        row("a list", document(text("[1]")));
        row("no config", document(text(R"({"stream_name":"orders"})")));
        row("another's", document(text(R"({"stream_name":"orders","config":{"durable_name":"other"}})")));
        row("of another stream", [](Consumer &standIn) { standIn.id.stream.name = text("bills"); });
        row("under another name", [](Consumer &standIn) { standIn.id.name = text("copy"); });
    }

    void knowsNoneInWhatIsNone()
    {
        QFETCH(std::function<void(Consumer &)>, change);
        Consumer standIn = standInFor(worker(), 20);
        QVERIFY(standInOf(standIn));
        change(standIn);
        QVERIFY(!standInOf(standIn));
    }

    void saysWhyNot_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<Consumer>("consumer");
        QTest::addColumn<Stream>("stream");
        QTest::addColumn<QString>("server");
        const auto row = [](const char *tag, const char *words, const Consumer &consumer, const Stream &stream,
                             const char *server = "2.12.8") {
            QTest::newRow(tag) << text(words) << consumer << stream << text(server);
        };
        row("as usual", "", worker(), stream());
        row("of the oldest", "", worker(), stream(), "2.10.0");
        row("an older server", "2.10", worker(), stream(), "2.9.25");
        row("an interest stream", "", worker(), stream({{text("retention"), text("interest")}}));
        row("a work queue", "work queue", worker(), stream({{text("retention"), text("workqueue")}}));
        row("a stream that cleans up", "inactive_threshold", worker(),
            stream({{text("consumer_limits"), QJsonObject{{text("inactive_threshold"), qint64(5'000'000'000)}}}}));
        row("a full stream", "has them all", worker(), stream({{text("max_consumers"), 1}}));
        row("room for one more", "", worker(), stream({{text("max_consumers"), 2}}));
        Consumer changed = worker();
        changed.config.remove(text("durable_name"));
        row("an ephemeral one", "ephemeral", changed, stream());
        changed = worker();
        changed.isOffline = true;
        row("one that is away", "offline", changed, stream());
        changed = worker();
        changed.id.name = QString(250, u'n');
        changed.config[text("durable_name")] = changed.id.name;
        row("a long name", "no name", changed, stream());
        changed = worker();
        changed.config[text("metadata")] = QJsonObject{{text("long"), QString(128 * 1024 - 1024, u'v')}};
        row("much metadata", "128 KiB", changed, stream());
        changed.config[text("metadata")] = QJsonObject{{text("long"), QString(120 * 1024, u'v')}};
        row("metadata that fits", "", changed, stream());
        row("a stand-in", "finish that first", standInFor(worker(), 20), stream());
    }

    void saysWhyNot()
    {
        QFETCH(QString, words);
        QFETCH(Consumer, consumer);
        QFETCH(Stream, stream);
        QFETCH(QString, server);
        const QString why = whyNotRecreated(consumer, stream, {}, ServerVersion::fromText(server));
        QVERIFY2(why.contains(words) && why.isEmpty() == words.isEmpty(), qPrintable(why));
    }

    void begunIsToBeFinishedFirst()
    {
        QVERIFY(whyNotRecreated(worker(), stream(), standInFor(worker(), 20), {}).contains(text("already")));
        Consumer other = standInFor(worker(), 20);
        other.config.remove(text("metadata"));
        QVERIFY(whyNotRecreated(worker(), stream(), other, {}).contains(text("has the name")));
        QVERIFY(whyNotRecreated(worker(), {}, {}, {}).contains(text("not there")));
    }

    void saysWhatIsDoneAndLost()
    {
        const QStringList plain = recreationSteps(worker(), stream());
        QCOMPARE(plain.size(), 4);
        QVERIFY(!plain.constFirst().contains(text("messages")));
        QVERIFY(recreationSteps(worker(), stream({{text("retention"), text("interest")}}))
                    .constFirst()
                    .contains(text("messages")));
        QVERIFY(plain.at(1).contains(text("pull")));
        Consumer push = worker();
        push.config[text("deliver_subject")] = text("deliver.here");
        QVERIFY(recreationSteps(push, stream()).at(1).contains(text("deliver.here")));

        const auto losses = [](const Consumer &consumer, quint64 sequence) {
            return recreationLosses(consumer, stream(), fromSequence(sequence)).size();
        };
        QCOMPARE(losses(worker(), 20), 2);
        QCOMPARE(losses(worker(), 40), 3); // passes over #31 to #39
        Consumer begun = worker();
        begun.config = recreatedConfig(begun.config, 20);
        QCOMPARE(losses(begun, 20), 1); // and begins as before
    }

    void beginsWhereItIsTold()
    {
        const ConsumerReset unacknowledged{std::nullopt, ResetManner::Recreation};
        Consumer consumer = worker();
        QCOMPARE(firstAgain(unacknowledged, consumer), 31u);
        QCOMPARE(validate(unacknowledged, consumer), FieldErrors());
        // where servers don't tell where it began
        consumer.ackFloor = 0;
        QVERIFY(!validate(unacknowledged, consumer).isEmpty());
        QCOMPARE(validate(fromSequence(7), consumer), FieldErrors());
        consumer.config = recreatedConfig(config(), 20);
        QCOMPARE(firstAgain(unacknowledged, consumer), 20u);
        QCOMPARE(validate(unacknowledged, consumer), FieldErrors());
        // before where it began, which a request can't
        QCOMPARE(validate(fromSequence(7), consumer), FieldErrors());
        QVERIFY(!validate(ConsumerReset{7}, consumer).isEmpty());
        QVERIFY(!validate(fromSequence(0), consumer).isEmpty());
        QVERIFY(!validate(fromSequence(52), consumer).isEmpty()); // it would skip #51
    }

    void saysWhatIsLeftToDo()
    {
        Consumer standIn = standInFor(worker(), 20);
        standIn.created = QDateTime(QDate(2026, 3, 4), QTime(5, 0), Qt::UTC);
        const StandIn kept = *standInOf(standIn);
        QVERIFY(unfinishedText(standIn, kept, {}).contains(text("#20")));
        Consumer present = worker();
        present.created = standIn.created->addSecs(-60);
        QVERIFY(unfinishedText(standIn, kept, present).contains(text("was not deleted")));
        present.created = standIn.created->addSecs(1);
        QVERIFY(unfinishedText(standIn, kept, present).contains(text("deliver_policy")));
        present.config = kept.config;
        QVERIFY(unfinishedText(standIn, kept, present).contains(text("made anew as it is kept")));
    }
};

QTEST_GUILESS_MAIN(StandInTest)
#include "tst_standin.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/copyablerow.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/factgrid.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/meter.h"
#include "widgets/streams/streamdetail.h"

#include <QJsonArray>
#include <QLabel>
#include <QTest>

namespace {

QDateTime noon()
{
    return {QDate(2026, 11, 23), QTime(12, 0), Qt::UTC};
}

Stream orders()
{
    Stream stream;
    stream.id = {QStringLiteral("shop"), QStringLiteral("ORDERS")};
    stream.config = {{QStringLiteral("num_replicas"), 3}};
    stream.messages = 7;
    stream.firstSequence = 1;
    stream.lastSequence = 7;
    stream.firstMessageAt = noon().addDays(-3);
    stream.lastMessageAt = noon().addSecs(-2);
    stream.currentReplicas = 2;
    stream.leader = QStringLiteral("nats-1");
    stream.peers = {{QStringLiteral("nats-0"), true, false, {}, 0},
        {QStringLiteral("nats-2"), false, true, std::chrono::seconds(90), 1200}};
    return stream;
}

/// What stands in each line of the copies, from the top.
QStringList linesOf(const StreamDetail &detail, const char *lineName)
{
    QStringList lines;
    const auto all = detail.findChildren<QWidget *>(QLatin1String(lineName));
    for (const QWidget *line : all) {
        QStringList texts{line->findChild<ElidingLabel *>()->accessibleName()};
        const auto labels = line->findChildren<QLabel *>();
        for (const QLabel *label : labels)
            texts.append(label->text());
        texts.removeAll(QString());
        lines.append(texts.join(QStringLiteral(", ")));
    }
    return lines;
}

QStringList replicaLines(const StreamDetail &detail)
{
    return linesOf(detail, "streamReplicaLine");
}

} // namespace

class StreamDetailTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void saysWhatLivesOnItAndWhoseItIs()
    {
        StreamDetail detail;
        detail.setObject(orders(), noon());
        const auto *note = detail.findChild<InlineMessage *>(QStringLiteral("streamBucketNote"));
        const auto *facts = detail.findChild<FactGrid *>(QStringLiteral("streamFacts"));
        QVERIFY(note->isHidden());
        QCOMPARE(facts->value(QStringLiteral("Linked app")), QString());
        Stream bucket = orders();
        bucket.id.name = QStringLiteral("KV_state");
        bucket.config[QStringLiteral("subjects")] = QJsonArray{QStringLiteral("$KV.state.>")};
        bucket.config[QStringLiteral("metadata")] =
            QJsonObject{{QStringLiteral("pennant.app/linked-app"), QStringLiteral("shop/checkout")}};
        detail.setObject(bucket, noon());
        QVERIFY(!note->isHidden());
        QCOMPARE(note->title(), QStringLiteral("KV bucket state"));
        QCOMPARE(facts->value(QStringLiteral("Linked app")), QStringLiteral("shop/checkout"));
    }

    /// What is current in the shell that it is copied to may be another cluster.
    void editsWhatNackKeepsOnTheClusterOnScreen()
    {
        StreamDetail detail;
        detail.setKubectl({QStringLiteral("prod"), {}});
        Stream kept = orders();
        kept.owner = Owner{Owner::Tool::Nack, QStringLiteral("Stream"), QStringLiteral("o"), QStringLiteral("shop")};
        detail.setObject(kept, noon());
        QCOMPARE(detail.findChild<CopyableRow *>(QStringLiteral("ownerCommandRow"))->value(),
            QStringLiteral("kubectl --context prod -n shop edit streams.jetstream.nats.io o"));
    }

    void showsEachCopy()
    {
        StreamDetail detail;
        detail.setObject(orders(), noon());
        QCOMPARE(replicaLines(detail),
            QStringList({QStringLiteral("nats-1, leader"), QStringLiteral("nats-0, current"),
                QStringLiteral("nats-2, offline, 1,200 behind · seen 1 min ago")}));
    }

    void followsWhatBecomesOfThem()
    {
        StreamDetail detail;
        Stream stream = orders();
        detail.setObject(stream, noon());
        stream.peers[1] = {QStringLiteral("nats-2"), false, false, {}, 3};
        detail.setObject(stream, noon());
        QCOMPARE(replicaLines(detail).value(2), QStringLiteral("nats-2, catching up, 3 behind"));
        stream.peers.clear();
        stream.leader.clear();
        detail.setObject(stream, noon());
        QVERIFY(replicaLines(detail).isEmpty());
    }

    void tellsWhereMessagesComeFrom()
    {
        Stream stream = orders();
        StreamDetail detail;
        detail.setObject(stream, noon());
        QVERIFY(linesOf(detail, "streamFeedLine").isEmpty());
        stream.feeds = {{QStringLiteral("EAST"), false, 0, true, {}, {}},
            {QStringLiteral("WEST"), false, 1200, true, {}, {}},
            {QStringLiteral("GONE"), false, 0, true, std::chrono::seconds(120), QStringLiteral("stream not found")},
            {QStringLiteral("NEVER"), false, 0, false, {}, {}}};
        detail.setObject(stream, noon());
        QCOMPARE(linesOf(detail, "streamFeedLine"),
            QStringList({QStringLiteral("EAST, up to date"), QStringLiteral("WEST, 1,200 behind"),
                QStringLiteral("GONE, nothing comes · heard of 2 min ago · stream not found"),
                QStringLiteral("NEVER, nothing has come so far")}));
    }

    void tellsThatItIsFull()
    {
        Stream stream = orders();
        stream.currentReplicas = 3;
        stream.messages = 100;
        stream.bytes = ByteCount::mebibytes(1);
        stream.config = {{QStringLiteral("num_replicas"), 3}, {QStringLiteral("max_msgs"), 100},
            {QStringLiteral("max_bytes"), ByteCount::mebibytes(4).bytes},
            {QStringLiteral("discard"), QStringLiteral("new")}};
        StreamDetail detail;
        detail.setObject(stream, noon());
        const auto *facts = detail.findChild<FactGrid *>(QStringLiteral("streamFacts"));
        QCOMPARE(facts->value(QStringLiteral("Messages")), QStringLiteral("100 of 100"));
        QCOMPARE(facts->value(QStringLiteral("Bytes")), QStringLiteral("1.0 MiB of 4.0 MiB"));
        QCOMPARE(facts->value(QStringLiteral("State")), QStringLiteral("Full"));
        const auto *message = detail.findChild<InlineMessage *>(QStringLiteral("streamFullMessage"));
        QVERIFY(!message->isHidden());
        QCOMPARE(message->title(), QStringLiteral("Full: new messages are refused"));
        const auto *meter = detail.findChild<Meter *>(QStringLiteral("streamFillMeter"));
        QCOMPARE(meter->value(), 1.0);
        QCOMPARE(meter->tone(), Tone::Warning);
        QCOMPARE(detail.findChild<QLabel *>(QStringLiteral("streamFillLabel"))->text(),
            QStringLiteral("100 % of the messages allowed"));

        stream.config.insert(QStringLiteral("discard"), QStringLiteral("old"));
        detail.setObject(stream, noon());
        QCOMPARE(facts->value(QStringLiteral("State")), QStringLiteral("Ready"));
        QVERIFY(message->isHidden());
        QCOMPARE(meter->tone(), Tone::Accent);
    }

    void announcesThatItIsFullOnlyWhereItIs()
    {
        Stream stream = orders();
        StreamDetail detail;
        auto *message = detail.findChild<InlineMessage *>(QStringLiteral("streamFullMessage"));
        detail.setObject(stream, noon());
        // What announces a message names it as well.
        QCOMPARE(message->accessibleName(), QString());
        stream.config = {{QStringLiteral("max_msgs"), 7}, {QStringLiteral("discard"), QStringLiteral("new")}};
        detail.setObject(stream, noon());
        QCOMPARE(message->accessibleName(), QStringLiteral("Full: new messages are refused"));
        message->setAccessibleName(QStringLiteral("heard"));
        stream.consumerCount = 3;
        detail.setObject(stream, noon());
        QCOMPARE(message->accessibleName(), QStringLiteral("heard"));
    }

    void tellsHowOldTheOldestMessageIs()
    {
        StreamDetail detail;
        detail.setObject(orders(), noon());
        const auto *facts = detail.findChild<FactGrid *>(QStringLiteral("streamFacts"));
        QCOMPARE(facts->value(QStringLiteral("First")), QStringLiteral("#1 · 3 d ago"));
    }
};

QTEST_MAIN(StreamDetailTest)
#include "tst_streamdetail.moc"

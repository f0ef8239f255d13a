// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/outgoingmessage.h"

#include <QJsonArray>
#include <QTest>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

Stream streamOf(const QJsonObject &more = {})
{
    Stream stream;
    stream.id = {text("default"), text("orders")};
    stream.config = {{text("name"), text("orders")}, {text("subjects"), QJsonArray{text("orders.>"), text("audit")}}};
    for (auto field = more.begin(); field != more.end(); ++field)
        stream.config[field.key()] = field.value();
    return stream;
}

QStringList wrong(const OutgoingMessage &message, const Stream &stream = streamOf())
{
    QStringList fields;
    for (const FieldError &error : validate(message, stream))
        fields.append(error.field);
    return fields;
}

} // namespace

class OutgoingMessageTest final : public QObject {
    Q_OBJECT

private slots:
    void tellsWhatAMessageDoes();
    void takesASubjectOfTheStream_data();
    void takesASubjectOfTheStream();
    void takesHeadersOfTheProtocol_data();
    void takesHeadersOfTheProtocol();
    void countsHeadersIntoTheSize();
    void saysWhichStreamsTakeNothing();
    void makesAnIdAnew();
};

void OutgoingMessageTest::tellsWhatAMessageDoes()
{
    using RollUp = PublishEffect::RollUp;
    const auto effect = [](const char *subject, const QList<MessageHeader> &headers = {}) {
        return effectOf({text(subject), headers, {}});
    };
    QVERIFY(effect("orders.new", {{text("Nats-Msg-Id"), text("1")}, {text("X"), text("all")}}).isNone());
    QCOMPARE(effect("orders.new", {{text("Nats-Rollup"), text("sub")}}).rollUp, RollUp::Subject);
    QCOMPARE(effect("orders.new", {{text("nats-rollup"), text(" ALL ")}}).rollUp, RollUp::Stream);
    QCOMPARE(
        effect("a", {{text("Nats-Rollup"), text("all")}, {text("Nats-Rollup"), text("sub")}}).rollUp, RollUp::Stream);
    QVERIFY(effect("$KV.devices.a").bucket.contains(text("devices")));
    QVERIFY(effect("$O.files.M.a").bucket.contains(text("files")));
    QVERIFY(effect("$KVx.devices.a").isNone());
    const OutgoingMessage all{text("orders.new"), {{text("Nats-Rollup"), text("all")}}, {}};
    QVERIFY(effectText(effectOf(all), all, 1234).contains(QLocale().toString(1234)));
    const OutgoingMessage one{text("orders.new"), {{text("Nats-Rollup"), text("sub")}}, {}};
    QVERIFY(effectText(effectOf(one), one, 7).contains(text("7 messages")));
    QVERIFY(effectText(effectOf(one), one, std::nullopt).contains(text("orders.new")));
}

void OutgoingMessageTest::takesASubjectOfTheStream_data()
{
    QTest::addColumn<QString>("subject");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("of the stream") << text("orders.new") << true;
    QTest::newRow("exactly") << text("audit") << true;
    QTest::newRow("none") << QString() << false;
    QTest::newRow("of another") << text("billing.new") << false;
    QTest::newRow("a wildcard") << text("orders.*") << false;
    QTest::newRow("the stream's own wildcard") << text("orders.>") << false;
    QTest::newRow("too short") << text("orders") << false;
    QTest::newRow("a blank") << text("orders.a b") << false;
    QTest::newRow("an empty word") << text("orders..a") << false;
}

void OutgoingMessageTest::takesASubjectOfTheStream()
{
    QFETCH(QString, subject);
    QFETCH(bool, isTaken);
    QCOMPARE(wrong({subject, {}, {}}), isTaken ? QStringList() : QStringList{text("subject")});
}

void OutgoingMessageTest::takesHeadersOfTheProtocol_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("any") << text("X-Trace") << text("a: b") << true;
    QTest::newRow("UTF-8") << text("x") << QStringLiteral("grün") << true;
    QTest::newRow("no name") << QString() << text("a") << false;
    QTest::newRow("a blank") << text("a b") << text("a") << false;
    QTest::newRow("a colon") << text("a:b") << text("a") << false;
    QTest::newRow("no ASCII") << QStringLiteral("grün") << text("a") << false;
    QTest::newRow("two lines") << text("a") << text("b\r\nNats-Rollup: all") << false;
    QTest::newRow("a sequence") << text("Nats-Expected-Last-Sequence") << text("12") << true;
    QTest::newRow("no sequence") << text("Nats-Expected-Last-Sequence") << text("twelve") << false;
    QTest::newRow("no sequence of a subject") << text("Nats-Expected-Last-Subject-Sequence") << text("-1") << false;
    QTest::newRow("a roll-up") << text("Nats-Rollup") << text("sub") << true;
    QTest::newRow("no roll-up") << text("Nats-Rollup") << text("some") << false;
}

void OutgoingMessageTest::takesHeadersOfTheProtocol()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(bool, isTaken);
    const OutgoingMessage message{text("audit"), {{text("first"), text("1")}, {name, value}}, {}};
    QCOMPARE(wrong(message), isTaken ? QStringList() : QStringList{text("headers/1")});
}

void OutgoingMessageTest::countsHeadersIntoTheSize()
{
    const Stream small = streamOf({{text("max_msg_size"), 40}});
    QCOMPARE(wrong({text("audit"), {}, QByteArray(40, 'x')}, small), QStringList());
    QCOMPARE(wrong({text("audit"), {}, QByteArray(41, 'x')}, small), QStringList{text("payload")});
    QCOMPARE(
        wrong({text("audit"), {{text("a"), text("b")}}, QByteArray(30, 'x')}, small), QStringList{text("payload")});
}

void OutgoingMessageTest::saysWhichStreamsTakeNothing()
{
    QCOMPARE(publishProblem(streamOf()), QString());
    QVERIFY(!publishProblem(streamOf({{text("sealed"), true}})).isEmpty());
    QVERIFY(!publishProblem(streamOf({{text("no_ack"), true}})).isEmpty());
    QVERIFY(!publishProblem(streamOf({{text("subjects"), QJsonArray()}})).isEmpty());
    QVERIFY(!publishProblem(streamOf({{text("mirror"), QJsonObject{{text("name"), text("a")}}}})).isEmpty());
}

void OutgoingMessageTest::makesAnIdAnew()
{
    QVERIFY(newMessageId() != newMessageId());
    const OutgoingMessage message{text("audit"), {{messageIdHeader(), newMessageId()}}, {}};
    QCOMPARE(wrong(message), QStringList());
    QCOMPARE(message.header(messageIdHeader()), message.headers.constFirst().value);
}

QTEST_GUILESS_MAIN(OutgoingMessageTest)
#include "tst_outgoingmessage.moc"

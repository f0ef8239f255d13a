// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/streammessage.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace {

StreamMessage message(const QByteArray &headers, const QByteArray &payload)
{
    return {7, QStringLiteral("orders.new"), {}, QStringLiteral("2026-01-02T03:04:05.123456789Z"), headers, payload};
}

QJsonObject lineOf(const StreamMessage &message)
{
    const QByteArray line = toJsonLine(message);
    return line.count('\n') == 1 && line.endsWith('\n') ? QJsonDocument::fromJson(line).object() : QJsonObject();
}

} // namespace

class StreamMessageTest final : public QObject {
    Q_OBJECT

private slots:
    void readsHeadersInTheirOrder();
    void survivesHeadersThatAreNone();
    void writesALineThatHoldsAll();
    void writesWhatIsNoTextAsBase64();
};

void StreamMessageTest::readsHeadersInTheirOrder()
{
    const QList<MessageHeader> expected{{QStringLiteral("Nats-Msg-Id"), QStringLiteral("a:b")},
        {QStringLiteral("x"), QStringLiteral("1")}, {QStringLiteral("x"), QString()}};
    QCOMPARE(headersIn("NATS/1.0\r\nNats-Msg-Id: a:b\r\nx:1\r\nx:\r\n\r\n"), expected);
}

void StreamMessageTest::survivesHeadersThatAreNone()
{
    QVERIFY(headersIn({}).isEmpty());
    QVERIFY(headersIn("NATS/1.0 503\r\n\r\n").isEmpty());
    QVERIFY(headersIn("NATS/1.0\r\nno colon\r\n: no name\r\n").isEmpty());
    QCOMPARE(headersIn(QByteArray("NATS/1.0\r\n\xff\0:v\r\n", 16)).size(), 1);
}

void StreamMessageTest::writesALineThatHoldsAll()
{
    const QJsonObject line = lineOf(message("NATS/1.0\r\nk: 1\r\nk: 2\r\n\r\n", "two\nlines \xe2\x82\xac"));
    QCOMPARE(line[QStringLiteral("seq")].toInt(), 7);
    QCOMPARE(line[QStringLiteral("subject")].toString(), QStringLiteral("orders.new"));
    QCOMPARE(line[QStringLiteral("time")].toString(), QStringLiteral("2026-01-02T03:04:05.123456789Z"));
    QCOMPARE(line[QStringLiteral("payload")].toString(), QStringLiteral("two\nlines €"));
    QCOMPARE(line[QStringLiteral("headers")][QStringLiteral("k")][1].toString(), QStringLiteral("2"));
    QVERIFY(!lineOf(message({}, "x")).contains(QStringLiteral("headers")));
    QCOMPARE(lineOf(message({}, QByteArray("a\0b", 3)))[QStringLiteral("payload")].toString().toUtf8(),
        QByteArray("a\0b", 3));
}

void StreamMessageTest::writesWhatIsNoTextAsBase64()
{
    const QJsonObject marked = lineOf(message({}, "\xef\xbb\xbfhi")); // Qt drops a byte order mark
    QCOMPARE(QByteArray::fromBase64(marked[QStringLiteral("payload_base64")].toString().toLatin1()),
        QByteArray("\xef\xbb\xbfhi"));
    const QJsonObject line = lineOf(message("NATS/1.0\r\nk: \xff\r\n\r\n", "\xff\x00"));
    QVERIFY(!line.contains(QStringLiteral("payload")));
    QCOMPARE(QByteArray::fromBase64(line[QStringLiteral("payload_base64")].toString().toLatin1()), QByteArray("\xff"));
    QCOMPARE(QByteArray::fromBase64(line[QStringLiteral("headers_base64")].toString().toLatin1()),
        QByteArray("NATS/1.0\r\nk: \xff\r\n\r\n"));
}

QTEST_GUILESS_MAIN(StreamMessageTest)
#include "tst_streammessage.moc"

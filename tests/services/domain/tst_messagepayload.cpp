// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/messagepayload.h"

#include <QTest>

class MessagePayloadTest final : public QObject {
    Q_OBJECT

private slots:
    void seesWhatAPayloadLooksLike_data();
    void seesWhatAPayloadLooksLike();
    void laysOutJsonWithoutTouchingIt();
    void showsNoControlCharacterAsOne();
    void replacesWhatIsNoUtf8();
    void showsABeginningOnly_data();
    void showsABeginningOnly();
    void cutsNoCharacterInTwo();
    void isNotOverrunByADeepDocument();
    void saysWhatIsNoJson();
    void showsBytesAsHexadecimal();
    void previewsInOneLine();
};

void MessagePayloadTest::seesWhatAPayloadLooksLike_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<PayloadFace>("face");
    QTest::newRow("empty") << QByteArray() << PayloadFace::Text;
    QTest::newRow("text") << QByteArray("hello\tthere\r\n") << PayloadFace::Text;
    QTest::newRow("object") << QByteArray(" {\"a\": [1, 2]}\n") << PayloadFace::Json;
    QTest::newRow("array") << QByteArray("[]") << PayloadFace::Json;
    QTest::newRow("a number is text") << QByteArray("42") << PayloadFace::Text;
    QTest::newRow("begins as JSON") << QByteArray("{not json}") << PayloadFace::Text;
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << PayloadFace::Hex;
    QTest::newRow("no UTF-8") << QByteArray("\xff\xfe\x01") << PayloadFace::Hex;
    QTest::newRow("umlauts") << QByteArray("Gr\xc3\xbc\xc3\x9f") << PayloadFace::Text;
}

void MessagePayloadTest::seesWhatAPayloadLooksLike()
{
    QFETCH(QByteArray, payload);
    QFETCH(PayloadFace, face);
    QCOMPARE(likelyFaceOf(payload), face);
}

void MessagePayloadTest::laysOutJsonWithoutTouchingIt()
{
    const QByteArray json = R"({"z":12345678901234567890.10,"a":[ ],"b":{},"s":"a \"{,}\" : b","z":[1,{"k":null}]})";
    const QString expected = QStringLiteral("{\n  \"z\": 12345678901234567890.10,\n  \"a\": [],\n  \"b\": {},\n"
                                            "  \"s\": \"a \\\"{,}\\\" : b\",\n  \"z\": [\n    1,\n    {\n"
                                            "      \"k\": null\n    }\n  ]\n}");
    const PayloadText shown = payloadText(json, PayloadFace::Json);
    QCOMPARE(shown.text, expected);
    QCOMPARE(shown.shown, json.size());
    QVERIFY(shown.isAsAsked);
}

void MessagePayloadTest::showsNoControlCharacterAsOne()
{
    const QString shown = payloadText(QByteArray("a\0b\x1b[31m\x7f\r\nc\rd\n", 16), PayloadFace::Text).text;
    for (const QChar character : shown)
        QVERIFY(character == u'\n' || character.category() != QChar::Other_Control);
    QVERIFY(shown.startsWith(QStringLiteral("a\u2400b\u241b[31m\u2421\nc\u240dd")));
    // what would turn the text around
    const QString turned = payloadText(QStringLiteral("x\u202Ey\u2066z\u200B").toUtf8(), PayloadFace::Text).text;
    QCOMPARE(turned, QStringLiteral("x\uFFFDy\uFFFDz\uFFFD"));
}

void MessagePayloadTest::replacesWhatIsNoUtf8()
{
    QCOMPARE(payloadText("a\xff\xc3", PayloadFace::Text).text.left(2), QStringLiteral("a\uFFFD"));
}

void MessagePayloadTest::showsABeginningOnly_data()
{
    QTest::addColumn<PayloadFace>("face");
    QTest::newRow("text") << PayloadFace::Text;
    QTest::newRow("json") << PayloadFace::Json;
    QTest::newRow("hex") << PayloadFace::Hex;
}

void MessagePayloadTest::showsABeginningOnly()
{
    QFETCH(PayloadFace, face);
    const QByteArray payload = "[\"" + QByteArray(8 * 1024 * 1024, 'x') + "\"]";
    const PayloadText shown = payloadText(payload, face);
    QVERIFY(shown.shown > 1000);
    QVERIFY(shown.shown <= 64 * 1024);
    QVERIFY(shown.text.size() <= 128 * 1024);
}

void MessagePayloadTest::cutsNoCharacterInTwo()
{
    QByteArray payload = "x";
    while (payload.size() < 70'000)
        payload += "\xe2\x82\xac"; // €
    const PayloadText shown = payloadText(payload, PayloadFace::Text);
    QVERIFY(!shown.text.contains(QChar(QChar::ReplacementCharacter)));
    QCOMPARE(shown.shown % 3, 1);
}

void MessagePayloadTest::isNotOverrunByADeepDocument()
{
    QByteArray deep(500, '[');
    for (int i = 0; i < 100'000; ++i)
        deep += "1,";
    deep += "1" + QByteArray(500, ']');
    const PayloadText shown = payloadText(deep, PayloadFace::Json);
    QVERIFY(shown.isAsAsked);
    QVERIFY(shown.text.size() <= 64 * 1024);
    QVERIFY(shown.shown < deep.size());
}

void MessagePayloadTest::saysWhatIsNoJson()
{
    const PayloadText shown = payloadText("{broken", PayloadFace::Json);
    QVERIFY(!shown.isAsAsked);
    QCOMPARE(shown.text, QStringLiteral("{broken"));
}

void MessagePayloadTest::showsBytesAsHexadecimal()
{
    const QString shown = payloadText(QByteArray("01234567\0\xff", 10), PayloadFace::Hex).text;
    const QStringList lines = shown.split(u'\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines[0].startsWith(QStringLiteral("00000000  30 31 32")));
    QVERIFY(lines[0].endsWith(QStringLiteral("01234567")));
    QVERIFY(lines[1].startsWith(QStringLiteral("00000008  00 ff")));
    QVERIFY(lines[1].endsWith(QStringLiteral("..")));
}

void MessagePayloadTest::previewsInOneLine()
{
    QCOMPARE(payloadPreview(" {\n  \"a\": 1\n}"), QStringLiteral("{ \"a\": 1 }"));
    QCOMPARE(payloadPreview(QByteArray(10'000, 'x'), 20).size(), 20);
    QVERIFY(!payloadPreview(QByteArray(100, '\0')).contains(QChar(QChar::Null)));
}

QTEST_GUILESS_MAIN(MessagePayloadTest)
#include "tst_messagepayload.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/logs/loglinelayout.h"

#include <QFontDatabase>
#include <QImage>
#include <QPainter>
#include <QRandomGenerator>
#include <QTest>

namespace {

constexpr double cell = 8;

LogLineLayout layoutOf(const QByteArray &bytes)
{
    return LogLineLayout(bytes, QFontDatabase::systemFont(QFontDatabase::FixedFont), cell);
}

} // namespace

class TestLogLineLayout final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void measuresCells();
    void copiesWhatCame();
    void findsTheColumnAgain_data();
    void findsTheColumnAgain();
    void countsColumnsBeforeAByte();
    void paintsAnyBytes_data();
    void paintsAnyBytes();
    void paintsRandomBytes();
};

void TestLogLineLayout::measuresCells()
{
    const QByteArray line("0123456789");
    const LogLineLayout layout = layoutOf(line);
    QCOMPARE(layout.length(), 10);
    QCOMPARE(layout.width(), 10 * cell);
    QCOMPARE(layout.xOf(3), 3 * cell);
    QCOMPARE(layout.xOf(99), 10 * cell);
    QCOMPARE(layout.columnAt(-5), 0);
    QCOMPARE(layout.columnAt(3 * cell + 1), 3);
    QCOMPARE(layout.columnAt(1e9), 10);
}

void TestLogLineLayout::copiesWhatCame()
{
    const QByteArray line("a\tb\x1b[0m");
    QCOMPARE(layoutOf(line).text(0, 99), QString::fromLatin1(line));
    QCOMPARE(layoutOf(line).text(1, 2), u"\t"_qs);
    const QByteArray umlauts("gr\xc3\xbc\xc3\x9f");
    QCOMPARE(layoutOf(umlauts).text(2, 4), u"üß"_qs);
}

void TestLogLineLayout::findsTheColumnAgain_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("ascii") << QByteArray("[1] Server is ready");
    QTest::newRow("wide") << QByteArray("\xe6\x97\xa5\xe6\x9c\xac nats");
    QTest::newRow("long and wide") << QByteArray("\xc3\xbc").repeated(5000);
}

void TestLogLineLayout::findsTheColumnAgain()
{
    QFETCH(QByteArray, line);
    const LogLineLayout layout = layoutOf(line);
    for (qsizetype column = 0; column <= layout.length(); column += 1 + layout.length() / 50)
        QCOMPARE(layout.columnAt(layout.xOf(column)), column);
}

void TestLogLineLayout::countsColumnsBeforeAByte()
{
    const QByteArray ascii("ab[INF]");
    QCOMPARE(layoutOf(ascii).columnOfByte(2), 2);
    const QByteArray umlaut("\xc3\xbc[INF]");
    QCOMPARE(layoutOf(umlaut).columnOfByte(2), 1);
}

void TestLogLineLayout::paintsAnyBytes_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("control characters") << QByteArray("\x01\x02\x1b[31m\x7f\t\r", 9);
    QTest::newRow("NUL") << QByteArray("a\0b", 3);
    QTest::newRow("invalid UTF-8") << QByteArray("\xff\xfe\xc3 cut \xe6\x97");
    QTest::newRow("turned around") << QByteArray("\xe2\x80\xae evil");
    QTest::newRow("emoji") << QByteArray("\xf0\x9f\x9a\x80 up");
    QTest::newRow("a megabyte") << QByteArray(1 << 20, 'x');
    QTest::newRow("a megabyte beyond ASCII") << QByteArray("\xc3\xbc").repeated(1 << 19);
}

void TestLogLineLayout::paintsAnyBytes()
{
    QFETCH(QByteArray, line);
    const LogLineLayout layout = layoutOf(line);
    QImage image(400, 30, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    layout.paint(painter, {}, 0, 400, Qt::black, {{0, 3, Qt::red, true}, {100, 100000, Qt::blue, false}});
    painter.end();
    const bool isBlank = line.isEmpty();
    QImage blank(image.size(), image.format());
    blank.fill(Qt::white);
    QCOMPARE(image == blank, isBlank);
}

void TestLogLineLayout::paintsRandomBytes()
{
    QRandomGenerator random(1);
    QImage image(300, 30, QImage::Format_RGB32);
    QPainter painter(&image);
    for (int i = 0; i < 500; ++i) {
        QByteArray line(random.bounded(300), Qt::Uninitialized);
        for (char &byte : line)
            byte = char(random.bounded(256));
        const LogLineLayout layout = layoutOf(line);
        layout.paint(painter, {}, random.bounded(500), 300 + random.bounded(500), Qt::black, {{2, 5, Qt::red, true}});
        QCOMPARE(layout.text(0, layout.length()), QString::fromUtf8(line));
        QVERIFY(layout.xOf(layout.length()) >= 0);
    }
}

QTEST_MAIN(TestLogLineLayout)
#include "tst_loglinelayout.moc"

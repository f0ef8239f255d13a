// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logbuffer.h"

#include <QRandomGenerator>
#include <QTest>

class TestLogBuffer final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsSeverity_data();
    void readsSeverity();
    void keepsBytesAsTheyCame();
    void agreesWithAPlainList();
    void dropsTheOldestBeyondTheLimit();
    void keepsALineLongerThanTheLimit();
    void knowsMarkers();
    void clearsButGoesOnCounting();
    void sharesItsBytesWithWhoeverDownloads();
};

void TestLogBuffer::readsSeverity_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<LogSeverity>("severity");
    QTest::newRow("info") << QByteArray("[1] 2026/11/23 09:41:10.000000 [INF] Server is ready") << LogSeverity::Info;
    QTest::newRow("warning") << QByteArray("[1] 2026/11/23 09:41:10.000000 [WRN] x") << LogSeverity::Warning;
    QTest::newRow("error") << QByteArray("[4194304] 2026/11/23 09:41:10.000000 [ERR] x") << LogSeverity::Error;
    QTest::newRow("fatal") << QByteArray("[1] 2026/11/23 09:41:10.000000 [FTL] x") << LogSeverity::Fatal;
    QTest::newRow("debug") << QByteArray("[DBG] x") << LogSeverity::Debug;
    QTest::newRow("trace") << QByteArray("[TRC] x") << LogSeverity::Trace;
    QTest::newRow("three-digit process") << QByteArray("[123] 2026/11/23 [WRN] x") << LogSeverity::Warning;
    QTest::newRow("none") << QByteArray("panic: runtime error") << LogSeverity::Unknown;
    QTest::newRow("empty") << QByteArray() << LogSeverity::Unknown;
    QTest::newRow("cut off") << QByteArray("[ER") << LogSeverity::Unknown;
    QTest::newRow("cut before the bracket") << QByteArray("[ERR") << LogSeverity::Unknown;
    QTest::newRow("in the text") << QByteArray(200, 'x') + "[ERR]" << LogSeverity::Unknown;
}

void TestLogBuffer::readsSeverity()
{
    QFETCH(QByteArray, line);
    QFETCH(LogSeverity, severity);
    const LogMark mark = markOf(line);
    QCOMPARE(mark.severity, severity);
    if (severity != LogSeverity::Unknown)
        QCOMPARE(line.at(mark.position), '[');
}

void TestLogBuffer::keepsBytesAsTheyCame()
{
    const QByteArrayList lines{"", QByteArray("a\0b", 3), "\xff\xfe", "\x1b[31mred\x1b[0m", QByteArray(1 << 20, 'x')};
    LogBuffer buffer;
    buffer.append(lines);
    QCOMPARE(buffer.lineCount(), qint64(lines.size()));
    for (qsizetype i = 0; i < lines.size(); ++i)
        QCOMPARE(buffer.line(i).toByteArray(), lines[i]);
    QCOMPARE(buffer.longestLine(), qsizetype(1 << 20));
    QVERIFY(buffer.line(-1).isNull());
    QVERIFY(buffer.line(lines.size()).isNull());
}

void TestLogBuffer::agreesWithAPlainList()
{
    QRandomGenerator random(20261123);
    LogBuffer buffer(3 * 1024 * 1024);
    QByteArrayList reference;
    for (int round = 0; round < 300; ++round) {
        QByteArrayList batch;
        for (int i = random.bounded(200); i > 0; --i)
            batch.append(QByteArray(random.bounded(random.bounded(20) == 0 ? 60'000 : 200), char('a' + i % 26)));
        buffer.append(batch);
        reference.append(batch);

        QCOMPARE(buffer.endLine(), qint64(reference.size()));
        QCOMPARE(buffer.firstLine(), buffer.droppedLines());
        QVERIFY(buffer.byteCount() <= 3 * 1024 * 1024);
        for (int probe = 0; probe < 20 && buffer.lineCount() > 0; ++probe) {
            const qint64 number = buffer.firstLine() + random.bounded(buffer.lineCount());
            QCOMPARE(buffer.line(number).toByteArray(), reference[number]);
            const qint64 end = number + random.bounded(buffer.endLine() - number + 1);
            QByteArray between = reference.mid(number, end - number).join('\n');
            if (end > number)
                between += '\n';
            QCOMPARE(buffer.blocks(number, end).join(), between);
        }
    }
    QVERIFY(buffer.droppedLines() > 0);
    QCOMPARE(buffer.blocks().join(), reference.mid(buffer.firstLine()).join('\n') + '\n');
    QCOMPARE(buffer.byteCount(), buffer.blocks().join().size());
}

void TestLogBuffer::dropsTheOldestBeyondTheLimit()
{
    LogBuffer buffer(1000);
    for (int i = 0; i < 100; ++i)
        buffer.append({QByteArray(99, 'x')});
    QVERIFY(buffer.byteCount() <= 1000);
    QVERIFY(buffer.lineCount() > 0);
    QCOMPARE(buffer.droppedLines() + buffer.lineCount(), 100);
    QVERIFY(buffer.line(0).isNull());
}

void TestLogBuffer::keepsALineLongerThanTheLimit()
{
    LogBuffer buffer(10);
    buffer.append({"short", QByteArray(1000, 'x')});
    QCOMPARE(buffer.lineCount(), 1);
    QCOMPARE(buffer.line(1).size(), 1000);
    QCOMPARE(buffer.droppedLines(), 1);
}

void TestLogBuffer::knowsMarkers()
{
    LogBuffer buffer;
    buffer.append({"a"});
    buffer.appendMarker("restarted");
    buffer.append({"b"});
    QVERIFY(!buffer.isMarker(0));
    QVERIFY(buffer.isMarker(1));
    QVERIFY(!buffer.isMarker(2));
    QCOMPARE(buffer.line(1).toByteArray(), QByteArray("restarted"));
}

void TestLogBuffer::clearsButGoesOnCounting()
{
    LogBuffer buffer;
    buffer.append({"a", "b"});
    buffer.clear();
    QCOMPARE(buffer.lineCount(), 0);
    QCOMPARE(buffer.byteCount(), 0);
    QCOMPARE(buffer.droppedLines(), 0);
    buffer.append({"c"});
    QCOMPARE(buffer.firstLine(), 2);
    QCOMPARE(buffer.line(2).toByteArray(), QByteArray("c"));
}

void TestLogBuffer::sharesItsBytesWithWhoeverDownloads()
{
    LogBuffer buffer;
    buffer.append({"a", "b"});
    const QByteArrayList blocks = buffer.blocks();
    buffer.append({"c"});
    QCOMPARE(blocks.join(), QByteArray("a\nb\n"));
    QCOMPARE(buffer.blocks().join(), QByteArray("a\nb\nc\n"));
}

QTEST_APPLESS_MAIN(TestLogBuffer)
#include "tst_logbuffer.moc"

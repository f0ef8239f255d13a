// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/s2stream.h"

#include <QRandomGenerator>
#include <QTest>

namespace {

const uchar *bytesOf(const QByteArray &bytes)
{
    return reinterpret_cast<const uchar *>(bytes.constData());
}

QByteArray littleEndian(quint32 value, int bytes)
{
    QByteArray made;
    for (int i = 0; i < bytes; ++i)
        made.append(char(value >> (8 * i)));
    return made;
}

QByteArray frame(char type, const QByteArray &content)
{
    return type + littleEndian(quint32(content.size()), 3) + content;
}

QByteArray checksum(const QByteArray &plain)
{
    const quint32 crc = crc32c(bytesOf(plain), plain.size());
    return littleEndian(((crc >> 15) | (crc << 17)) + 0xa282ead8U, 4);
}

const QByteArray head = frame('\xff', "S2sTwO");

QByteArray plainFrame(const QByteArray &plain)
{
    return frame('\x01', checksum(plain) + plain);
}

/// "abc" as a literal, copied in the three ways there are, and repeated: as klauspost/compress writes them.
const QByteArray compressed = QByteArray("\x1b\x08"
                                         "abc"
                                         "\x01\x03"
                                         "\x0e\x03\x00"
                                         "\x0f\x03\x00\x00\x00"
                                         "\x15\x00\x04",
    18);
const QByteArray plainOfIt = QByteArray("abc").repeated(9);

} // namespace

class S2StreamTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsAsEverybodyElse()
    {
        QCOMPARE(crc32c(bytesOf("123456789"), 9), 0xe3069283U);
        QCOMPARE(crc32c(bytesOf(""), 0), 0U);
    }

    void decompresses()
    {
        QByteArray plain;
        QVERIFY(decompressS2(bytesOf(compressed), compressed.size(), plain));
        QCOMPARE(plain, plainOfIt);
    }

    void refusesWhatReachesOutside()
    {
        const QByteArrayList hostile{"", "\xff\xff\xff\xff\xff\x01", QByteArray("\x05\x01\x03", 3),
            QByteArray("\x05\x08"
                       "ab",
                4),
            QByteArray("\x02\x08"
                       "abc",
                5),
            QByteArray("\x04\x08"
                       "abc",
                5),
            QByteArray("\x09\x08"
                       "abc"
                       "\x0a\x04\x00",
                8),
            QByteArray("\x09\x08"
                       "abc"
                       "\x1d\x00\xff\xff\xff",
                10),
            QByteArray("\x09\xf0", 2), QByteArray("\x05\x15\x00", 3)};
        for (const QByteArray &block : hostile) {
            QByteArray plain;
            QVERIFY2(!decompressS2(bytesOf(block), block.size(), plain), block.toHex());
        }
    }

    void readsAStreamInAnyPieces()
    {
        const QByteArray whole = head + frame('\x00', checksum(plainOfIt) + compressed) + frame('\xfe', "padding")
            + plainFrame("more") + head + plainFrame("");
        for (const qsizetype size : {qsizetype(1), qsizetype(3), qsizetype(7), whole.size()}) {
            S2Stream stream;
            for (qsizetype at = 0; at < whole.size(); at += size)
                QVERIFY(stream.feed(whole.mid(at, size)));
            QVERIFY(stream.finish());
            QCOMPARE(stream.uncompressedBytes(), plainOfIt.size() + 4);
            QCOMPARE(stream.beginning(), plainOfIt.left(16));
        }
    }

    void noticesEachBrokenByte()
    {
        const QByteArray whole = head + frame('\x00', checksum(plainOfIt) + compressed) + plainFrame("more");
        for (qsizetype at = 0; at < whole.size(); ++at) {
            QByteArray changed = whole;
            changed[at] = char(changed[at] ^ 0x04);
            S2Stream stream;
            const bool isTaken = stream.feed(changed) && stream.finish();
            QVERIFY2(!isTaken, qPrintable(QString::number(at)));
        }
    }

    void noticesAnEarlyEnd()
    {
        const QByteArray whole = head + plainFrame("more");
        for (qsizetype size = 0; size < whole.size(); ++size) {
            S2Stream stream;
            QVERIFY(stream.feed(whole.left(size)));
            QCOMPARE(bool(stream.finish()), size == head.size());
        }
    }

    void survivesNoise()
    {
        QRandomGenerator random(7);
        for (int i = 0; i < 3000; ++i) {
            QByteArray block(random.bounded(60), Qt::Uninitialized);
            for (char &byte : block)
                byte = char(random.bounded(256));
            block.prepend(char(random.bounded(120)));
            QByteArray plain;
            decompressS2(bytesOf(block), block.size(), plain);
            S2Stream stream;
            QVERIFY(stream.feed(head));
            (void)stream.feed(frame('\x00', block));
        }
    }
};

QTEST_APPLESS_MAIN(S2StreamTest)
#include "tst_s2stream.moc"

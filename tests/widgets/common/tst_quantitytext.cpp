// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/quantitytext.h"

#include <QLocale>
#include <QTest>

#include <limits>

namespace {

constexpr qint64 second = 1'000'000'000;
constexpr qint64 hour = 3600 * second;
constexpr qint64 mebibyte = 1024 * 1024;
constexpr QuantityUnit hours{QuantityUnit::Kind::Duration, hour, 1000 * hour};
constexpr QuantityUnit mebibytes{
    QuantityUnit::Kind::Bytes, mebibyte, std::numeric_limits<qint64>::max() / mebibyte *mebibyte};

} // namespace

class QuantityTextTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void readsDurations_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("value"); // -1: refused
        QTest::newRow("plain") << "2" << 2 * hour;
        QTest::newRow("minutes") << "90m" << hour + hour / 2;
        QTest::newRow("min") << "90 min" << hour + hour / 2;
        QTest::newRow("two parts") << "1h30m" << hour + hour / 2;
        QTest::newRow("days") << "7 d" << 168 * hour;
        QTest::newRow("a fraction of the unit") << "1.5" << hour + hour / 2;
        QTest::newRow("a fraction") << "1.5h" << hour + hour / 2;
        QTest::newRow("milliseconds") << "250ms" << second / 4;
        QTest::newRow("microseconds") << QStringLiteral("1µs") << qint64(1000);
        QTest::newRow("negative") << "-7" << -7 * hour;
        QTest::newRow("no such unit") << "3 weeks" << qint64(-1);
        QTest::newRow("no number") << "h" << qint64(-1);
        QTest::newRow("something after") << "3h!" << qint64(-1);
        QTest::newRow("words") << "long" << qint64(-1);
        QTest::newRow("too long") << "1001" << qint64(-1);
        QTest::newRow("too long with a unit") << "999999999999999d" << qint64(-1);
        QTest::newRow("two numbers") << "1 2" << qint64(-1);
        QTest::newRow("exponent") << "1e3" << qint64(-1);
    }

    void readsDurations()
    {
        QFETCH(QString, text);
        QFETCH(qint64, value);
        const TypedNumber read = readQuantity(text, hours, true);
        QCOMPARE(read.value.has_value(), value != -1);
        QCOMPARE(read.problem.isEmpty(), value != -1);
        if (read.value)
            QCOMPARE(*read.value, value);
    }

    void readsSizes()
    {
        for (const auto &[text, bytes] :
            std::initializer_list<std::pair<const char *, qint64>>{{"512", 512 * mebibyte}, {"2 GB", 2048 * mebibyte},
                {"2GiB", 2048 * mebibyte}, {"64k", 65536}, {"100 b", 100}, {"1.5 GB", 1536 * mebibyte}})
            QCOMPARE(readQuantity(QLatin1String(text), mebibytes, true).value, std::optional(bytes));
        for (const char *text : {"2 XB", "two GB", "8796093022208", "9000000 TB"})
            QVERIFY2(!readQuantity(QLatin1String(text), mebibytes, true).value, text);
    }

    void isNothingWhereNothingStands()
    {
        const TypedNumber read = readQuantity(QStringLiteral("  "), hours, true);
        QVERIFY(!read.value && read.problem.isEmpty());
    }

    /// What is shown is read as what it was, to the nanosecond and to the byte.
    void writesWhatItReads_data()
    {
        QTest::addColumn<qint64>("value");
        QTest::addColumn<QString>("duration");
        QTest::newRow("whole") << 48 * hour << "48";
        QTest::newRow("half") << hour / 2 << "30m";
        QTest::newRow("mixed") << hour + hour / 2 << "1h30m";
        QTest::newRow("tiny") << qint64(100'000'000) << "100ms";
        QTest::newRow("odd") << hour + 1 << "1h1ns";
    }

    void writesWhatItReads()
    {
        QFETCH(qint64, value);
        QFETCH(QString, duration);
        QCOMPARE(quantityText(value, hours), duration);
        QCOMPARE(readQuantity(duration, hours, true).value, std::optional(value));
        const QString size = quantityText(value, mebibytes);
        QCOMPARE(readQuantity(size, mebibytes, true).value, std::optional(value));
    }
};

QTEST_APPLESS_MAIN(QuantityTextTest)
#include "tst_quantitytext.moc"

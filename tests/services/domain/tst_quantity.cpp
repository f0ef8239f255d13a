// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/quantity.h"

#include <QTest>

class TestQuantity : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysHowManyBytes_data();
    void saysHowManyBytes();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
};

void TestQuantity::saysHowManyBytes_data()
{
    QTest::addColumn<QString>("quantity");
    QTest::addColumn<qint64>("bytes");
    const auto row = [](const char *quantity, qint64 bytes) {
        QTest::newRow(quantity) << QString::fromLatin1(quantity) << bytes;
    };
    const qint64 gibibyte = 1073741824;
    row("0", 0);
    row("123", 123);
    row("+5", 5);
    row("1Ki", 1024);
    row("512Mi", gibibyte / 2);
    row("1024Gi", 1024 * gibibyte);
    row("1Ti", 1024 * gibibyte);
    row("1048576Mi", 1024 * gibibyte);
    row("1099511627776", 1024 * gibibyte);
    row("64Ti", 65536 * gibibyte);
    row("1.5Gi", gibibyte + gibibyte / 2);
    row(".5Gi", gibibyte / 2);
    row("2.Gi", 2 * gibibyte);
    row("7Ei", 7 * gibibyte * gibibyte);
    row("1k", 1000);
    row("1.5M", 1500000);
    row("2G", 2000000000);
    row("3E", 3000000000000000000);
    row("12e6", 12000000);
    row("12E6", 12000000);
    row("1.25e+2", 125);
    row("5000e-3", 5);
    row("2000m", 2);
    row("1m", 1); // rounded up, as the API server does
    row("1001u", 1);
    row("3000000001n", 4);
    row("0.1Ki", 103);
    row("9223372036854775807", 9223372036854775807);
}

void TestQuantity::saysHowManyBytes()
{
    QFETCH(QString, quantity);
    QFETCH(qint64, bytes);
    const auto found = bytesOfQuantity(quantity);
    QVERIFY(found);
    QCOMPARE(found->bytes, bytes);
}

void TestQuantity::refusesWhatIsNone_data()
{
    QTest::addColumn<QString>("quantity");
    for (const char *quantity : {"", ".", "Gi", "-1Gi", "1 Gi", "1GiB", "1gi", "1K", "1ki", "1Gi2", "1e", "1ee3",
             "1e99", "0x10", "8Ei", "9223372036854775808", "10E", "1Gi\n", "1,5Gi"})
        QTest::newRow(quantity) << QString::fromLatin1(quantity);
}

void TestQuantity::refusesWhatIsNone()
{
    QFETCH(QString, quantity);
    QVERIFY(!bytesOfQuantity(quantity));
}

QTEST_APPLESS_MAIN(TestQuantity)
#include "tst_quantity.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/fetchedmessage.h"

#include <QJsonArray>
#include <QTest>

class FetchedMessageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhereADeliveryStands_data()
    {
        QTest::addColumn<QByteArray>("subject");
        QTest::addColumn<quint64>("deliveries"); // 0: it is none
        QTest::addColumn<quint64>("sequence");
        const auto row = [](const char *tag, const char *subject, quint64 deliveries, quint64 sequence) {
            QTest::newRow(tag) << QByteArray(subject) << deliveries << sequence;
        };
        row("nine tokens", "$JS.ACK.ORDERS.billing.2.10.1.1764514000000000000.5", 2, 10);
        row("with a domain", "$JS.ACK._.ACCHASH.ORDERS.billing.3.11.1.1764514000000000000.5", 3, 11);
        row("with more to come", "$JS.ACK.hub.ACCHASH.ORDERS.billing.3.11.1.1764514000000000000.5.random", 3, 11);
        row("ten tokens", "$JS.ACK.a.ORDERS.billing.3.11.1.1764514000000000000.5", 0, 0);
        row("no numbers", "$JS.ACK.ORDERS.billing.x.y.1.1.5", 0, 0);
        row("another", "_INBOX.a.b.c.1.2.3.4.5", 0, 0);
        row("nothing", "", 0, 0);
    }

    void readsWhereADeliveryStands()
    {
        QFETCH(QByteArray, subject);
        QFETCH(quint64, deliveries);
        QFETCH(quint64, sequence);
        const std::optional<AckSubject> found = ackSubjectFrom(subject);
        QCOMPARE(found.has_value(), deliveries > 0);
        if (found)
            QCOMPARE(*found, (AckSubject{deliveries, sequence, 1764514000000000000}));
    }

    void writesTimesAsServersDo()
    {
        QCOMPARE(timestampFrom(1764514000000000000), QStringLiteral("2025-11-30T14:46:40Z"));
        QCOMPARE(timestampFrom(1764514000500000000), QStringLiteral("2025-11-30T14:46:40.5Z"));
        QCOMPARE(timestampFrom(1764514000000000012), QStringLiteral("2025-11-30T14:46:40.000000012Z"));
    }

    void waitsAsTheBackoffSays()
    {
        using namespace std::chrono_literals;
        const QJsonObject plain{{QStringLiteral("ack_wait"), 30'000'000'000LL}};
        QCOMPARE(ackWaitAfter(plain, 1), std::chrono::nanoseconds(30s));
        QCOMPARE(ackWaitAfter(plain, 9), std::chrono::nanoseconds(30s));
        QJsonObject growing = plain;
        growing.insert(QStringLiteral("backoff"), QJsonArray{1'000'000'000, 60'000'000'000LL});
        QCOMPARE(ackWaitAfter(growing, 1), std::chrono::nanoseconds(1s));
        QCOMPARE(ackWaitAfter(growing, 2), std::chrono::nanoseconds(60s));
        QCOMPARE(ackWaitAfter(growing, 3), std::chrono::nanoseconds(60s));
    }

    void knowsTheLastDelivery()
    {
        const QJsonObject limited{{QStringLiteral("max_deliver"), 3}};
        QVERIFY(!isLastDelivery(limited, 2));
        QVERIFY(isLastDelivery(limited, 3));
        QVERIFY(!isLastDelivery({{QStringLiteral("max_deliver"), -1}}, 3));
        QVERIFY(!isLastDelivery({}, 3));
    }
};

QTEST_GUILESS_MAIN(FetchedMessageTest)
#include "tst_fetchedmessage.moc"

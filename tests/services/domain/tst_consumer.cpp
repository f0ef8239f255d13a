// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/consumer.h"

#include <QJsonArray>
#include <QTest>

#include <functional>

namespace {

QDateTime now()
{
    return {QDate(2026, 11, 23), QTime(12, 0), Qt::UTC};
}

} // namespace

class ConsumerTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAnythingFromConfig();
    void saysWhatHoldsItBack_data();
    void saysWhatHoldsItBack();
};

void ConsumerTest::readsAnythingFromConfig()
{
    Consumer consumer;
    consumer.config = {{QStringLiteral("ack_policy"), 5}, {QStringLiteral("deliver_policy"), QStringLiteral("never")},
        {QStringLiteral("deliver_subject"), QJsonArray()}, {QStringLiteral("filter_subjects"), true}};
    QCOMPARE(consumer.deliverPolicy(), DeliverPolicy::All);
    QCOMPARE(consumer.mode(), DeliveryMode::Pull);
    QCOMPARE(consumer.filterSubjects(), QStringList());
    QCOMPARE(consumer.heldBackBy(now()), QString());
}

void ConsumerTest::saysWhatHoldsItBack_data()
{
    QTest::addColumn<Consumer>("consumer");
    QTest::addColumn<QString>("word");
    const auto row = [](const char *name, const char *word, const std::function<void(Consumer &)> &change) {
        Consumer consumer;
        consumer.config = {{QStringLiteral("max_ack_pending"), 10}};
        consumer.waiting = 1;
        change(consumer);
        QTest::addRow("%s", name) << consumer << QString(QLatin1String(word));
    };
    row("nothing", "", [](Consumer &) {});
    row("work and somebody pulls", "", [](Consumer &c) { c.pending = 5; });
    row("nothing to pull", "", [](Consumer &c) { c.waiting = 0; });
    row("paused", "Paused", [](Consumer &c) {
        c.isPaused = true;
        c.pending = 5;
        c.waiting = 0;
    });
    row("a worker rests between batches", "", [](Consumer &c) {
        c.pending = 5;
        c.waiting = 0;
        c.created = now().addDays(-1);
        c.lastDelivery = now().addSecs(-2);
    });
    row("nobody pulls any more", "pulls", [](Consumer &c) {
        c.pending = 5;
        c.waiting = 0;
        c.lastDelivery = now().addSecs(-600);
    });
    row("nobody ever pulled", "No worker has pulled", [](Consumer &c) {
        c.pending = 5;
        c.waiting = 0;
        c.created = now().addSecs(-600);
    });
    row("a new one", "", [](Consumer &c) {
        c.pending = 5;
        c.waiting = 0;
        c.created = now();
    });
    row("nothing to deliver for long", "", [](Consumer &c) {
        c.waiting = 0;
        c.lastDelivery = now().addDays(-3);
    });
    row("too few acknowledgements", "10", [](Consumer &c) { c.ackPending = 10; });
    row("acknowledgements without limit", "", [](Consumer &c) {
        c.ackPending = 10;
        c.config.insert(QStringLiteral("max_ack_pending"), -1);
    });
    row("nobody subscribes", "deliver.here",
        [](Consumer &c) { c.config.insert(QStringLiteral("deliver_subject"), QStringLiteral("deliver.here")); });
    row("offline", "Offline", [](Consumer &c) { c.isOffline = true; });
    row("no leader", "No leader", [](Consumer &c) { c.hasCluster = true; });
    row("paused for a while", "until", [](Consumer &c) {
        c.isPaused = true;
        c.config.insert(QStringLiteral("pause_until"), QStringLiteral("2026-11-24T00:00:00Z"));
    });
    row("given up", "3 messages", [](Consumer &c) {
        c.config.insert(QStringLiteral("max_deliver"), 5);
        c.redelivered = 4;
        c.ackPending = 1;
    });
    row("redelivered without limit", "", [](Consumer &c) { c.redelivered = 4; });
    row("push and bound", "", [](Consumer &c) {
        c.config.insert(QStringLiteral("deliver_subject"), QStringLiteral("deliver.here"));
        c.isPushBound = true;
        c.pending = 5;
        c.waiting = 0;
    });
}

void ConsumerTest::saysWhatHoldsItBack()
{
    QFETCH(Consumer, consumer);
    QFETCH(QString, word);
    QCOMPARE(consumer.heldBackBy(now()).isEmpty(), word.isEmpty());
    QVERIFY(consumer.heldBackBy(now()).contains(word));
}

QTEST_GUILESS_MAIN(ConsumerTest)
#include "tst_consumer.moc"

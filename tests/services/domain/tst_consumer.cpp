// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/consumer.h"

#include <QJsonArray>
#include <QTest>

#include <functional>

namespace {

const StreamId orders{QStringLiteral("default"), QStringLiteral("orders")};

Stream stream(Retention retention = Retention::Limits, int maxConsumers = -1)
{
    Stream result;
    result.id = orders;
    result.config = {{QStringLiteral("subjects"), QJsonArray{QStringLiteral("orders.>")}},
        {QStringLiteral("retention"), toWire(retention)}, {QStringLiteral("max_consumers"), maxConsumers}};
    return result;
}

Consumer existing(const QString &name, const QStringList &filters = {})
{
    Consumer consumer;
    consumer.id = {orders, name};
    consumer.config = {{QStringLiteral("filter_subjects"), QJsonArray::fromStringList(filters)}};
    return consumer;
}

ConsumerDraft goodDraft()
{
    ConsumerDraft draft;
    draft.stream = orders;
    draft.name = QStringLiteral("worker");
    return draft;
}

QStringList fieldsOf(const FieldErrors &errors)
{
    QStringList fields;
    for (const FieldError &error : errors)
        fields.append(error.field);
    return fields;
}

QDateTime now()
{
    return {QDate(2026, 11, 23), QTime(12, 0), Qt::UTC};
}

} // namespace

class ConsumerTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void acceptsAGoodDraft();
    void namesTheField_data();
    void namesTheField();
    void advisesNoWildcardWhereNoneMayStand();
    void knowsWhatIsTaken();
    void keepsWorkQueuesDisjoint();
    void writesTheConfig();
    void leavesOutWhatWasNotAsked();
    void readsAnythingFromConfig();
    void saysWhatHoldsItBack_data();
    void saysWhatHoldsItBack();
};

void ConsumerTest::acceptsAGoodDraft()
{
    QCOMPARE(validate(goodDraft(), {{stream()}, {}}), FieldErrors());
    ConsumerDraft draft = goodDraft();
    draft.filterSubjects = {QStringLiteral("orders.new"), QStringLiteral("orders.paid.*")};
    draft.deliverPolicy = DeliverPolicy::LastPerSubject;
    draft.mode = DeliveryMode::Push;
    draft.deliverSubject = QStringLiteral("deliver.orders");
    draft.maxDeliver = 1;
    draft.maxAckPending = 1;
    draft.ackWait = std::chrono::seconds(1);
    QCOMPARE(validate(draft, {{stream()}, {existing(QStringLiteral("other"))}}), FieldErrors());
}

void ConsumerTest::namesTheField_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<ConsumerDraft>("draft");
    QTest::addColumn<bool>("isWorkQueue");
    const auto row = [](const char *field, const char *why, const std::function<void(ConsumerDraft &)> &spoil,
                         bool isWorkQueue = false) {
        ConsumerDraft draft = goodDraft();
        spoil(draft);
        QTest::addRow("%s: %s", field, why) << QString(QLatin1String(field)) << draft << isWorkQueue;
    };
    row("stream", "none", [](ConsumerDraft &d) { d.stream = {}; });
    row("stream", "gone", [](ConsumerDraft &d) { d.stream.name = QStringLiteral("gone"); });
    row("durable_name", "dot", [](ConsumerDraft &d) { d.name = QStringLiteral("a.b"); });
    row("description", "long", [](ConsumerDraft &d) { d.description = QString(4097, QLatin1Char('x')); });
    row("filter_subjects", "blank", [](ConsumerDraft &d) { d.filterSubjects = {QStringLiteral("orders. x")}; });
    row("filter_subjects", "outside", [](ConsumerDraft &d) { d.filterSubjects = {QStringLiteral("billing.>")}; });
    row("filter_subjects", "overlap", [](ConsumerDraft &d) {
        d.filterSubjects = {QStringLiteral("orders.a"), QStringLiteral("orders.*")};
    });
    row("filter_subjects", "missing", [](ConsumerDraft &d) { d.deliverPolicy = DeliverPolicy::LastPerSubject; });
    row("opt_start_seq", "zero", [](ConsumerDraft &d) { d.deliverPolicy = DeliverPolicy::ByStartSequence; });
    row("opt_start_time", "invalid", [](ConsumerDraft &d) { d.deliverPolicy = DeliverPolicy::ByStartTime; });
    row("ack_wait", "zero", [](ConsumerDraft &d) { d.ackWait = std::chrono::seconds(0); });
    row("max_ack_pending", "zero", [](ConsumerDraft &d) { d.maxAckPending = 0; });
    row("max_deliver", "zero", [](ConsumerDraft &d) { d.maxDeliver = 0; });
    row("deliver_subject", "missing", [](ConsumerDraft &d) { d.mode = DeliveryMode::Push; });
    for (const char *subject : {"a b", "deliver.*", "deliver.>", "orders.back"}) {
        row("deliver_subject", subject, [subject](ConsumerDraft &d) {
            d.mode = DeliveryMode::Push;
            d.deliverSubject = QLatin1String(subject);
        });
    }
    row(
        "ack_policy", "work queue", [](ConsumerDraft &d) { d.ackPolicy = AckPolicy::All; }, true);
    row(
        "deliver_policy", "work queue", [](ConsumerDraft &d) { d.deliverPolicy = DeliverPolicy::New; }, true);
}

void ConsumerTest::namesTheField()
{
    QFETCH(QString, field);
    QFETCH(ConsumerDraft, draft);
    QFETCH(bool, isWorkQueue);
    const ConsumerContext context{{stream(isWorkQueue ? Retention::WorkQueue : Retention::Limits)}, {}};
    const FieldErrors errors = validate(draft, context);
    QCOMPARE(fieldsOf(errors), QStringList{field});
    QVERIFY(!errors.first().message.isEmpty());
}

/// What is wrong with a subject in general is told with wildcards for examples.
void ConsumerTest::advisesNoWildcardWhereNoneMayStand()
{
    ConsumerDraft draft = goodDraft();
    draft.mode = DeliveryMode::Push;
    draft.deliverSubject = QStringLiteral("deliver.*");
    const FieldErrors refusal = validate(draft, {{stream()}, {}});
    for (const char *subject : {"deliver.a*", "deliver.>.a", "deliver.>a"}) {
        draft.deliverSubject = QLatin1String(subject);
        QCOMPARE(validate(draft, {{stream()}, {}}), refusal);
    }
}

void ConsumerTest::knowsWhatIsTaken()
{
    QCOMPARE(fieldsOf(validate(goodDraft(), {{stream()}, {existing(QStringLiteral("worker"))}})),
        QStringList{QStringLiteral("durable_name")});
    Consumer elsewhere = existing(QStringLiteral("worker"));
    elsewhere.id.stream.name = QStringLiteral("billing");
    QCOMPARE(validate(goodDraft(), {{stream()}, {elsewhere}}), FieldErrors());
    QCOMPARE(fieldsOf(validate(goodDraft(), {{stream(Retention::Limits, 1)}, {existing(QStringLiteral("other"))}})),
        QStringList{QStringLiteral("stream")});
}

void ConsumerTest::keepsWorkQueuesDisjoint()
{
    const QList<Stream> queue{stream(Retention::WorkQueue)};
    const QStringList refused{QStringLiteral("filter_subjects")};
    ConsumerDraft draft = goodDraft();
    QCOMPARE(validate(draft, {queue, {}}), FieldErrors());
    QCOMPARE(fieldsOf(validate(draft, {queue, {existing(QStringLiteral("o"))}})), refused);
    const Consumer filtered = existing(QStringLiteral("o"), {QStringLiteral("orders.a.*")});
    QCOMPARE(fieldsOf(validate(draft, {queue, {filtered}})), refused);
    draft.filterSubjects = {QStringLiteral("orders.a.>")};
    QCOMPARE(fieldsOf(validate(draft, {queue, {filtered}})), refused);
    draft.filterSubjects = {QStringLiteral("orders.b.>")};
    QCOMPARE(validate(draft, {queue, {filtered}}), FieldErrors());
}

void ConsumerTest::writesTheConfig()
{
    ConsumerDraft draft = goodDraft();
    draft.description = QStringLiteral("Pays");
    draft.filterSubjects = {QStringLiteral("orders.a"), QStringLiteral("orders.b")};
    draft.ackPolicy = AckPolicy::All;
    draft.ackWait = std::chrono::seconds(5);
    draft.maxDeliver = 4;
    draft.maxAckPending = 9;
    draft.deliverPolicy = DeliverPolicy::ByStartSequence;
    draft.startSequence = 77;
    draft.mode = DeliveryMode::Push;
    draft.deliverSubject = QStringLiteral("deliver");
    const QJsonObject expected{{QStringLiteral("name"), QStringLiteral("worker")},
        {QStringLiteral("durable_name"), QStringLiteral("worker")},
        {QStringLiteral("description"), QStringLiteral("Pays")},
        {QStringLiteral("filter_subjects"), QJsonArray{QStringLiteral("orders.a"), QStringLiteral("orders.b")}},
        {QStringLiteral("ack_policy"), QStringLiteral("all")}, {QStringLiteral("ack_wait"), Q_INT64_C(5000000000)},
        {QStringLiteral("max_deliver"), 4}, {QStringLiteral("max_ack_pending"), 9},
        {QStringLiteral("deliver_policy"), QStringLiteral("by_start_sequence")}, {QStringLiteral("opt_start_seq"), 77},
        {QStringLiteral("replay_policy"), QStringLiteral("instant")},
        {QStringLiteral("deliver_subject"), QStringLiteral("deliver")}};
    QCOMPARE(toConfig(draft), expected);

    draft.deliverPolicy = DeliverPolicy::ByStartTime;
    draft.startTime = QDateTime(QDate(2026, 2, 3), QTime(4, 5, 6), Qt::OffsetFromUTC, 3600);
    QCOMPARE(
        toConfig(draft).value(QLatin1String("opt_start_time")).toString(), QStringLiteral("2026-02-03T03:05:06.000Z"));
    QVERIFY(!toConfig(draft).contains(QLatin1String("opt_start_seq")));
}

void ConsumerTest::leavesOutWhatWasNotAsked()
{
    ConsumerDraft draft = goodDraft();
    draft.deliverSubject = QStringLiteral("typed before pull was chosen");
    draft.startSequence = 5;
    draft.filterSubjects = {QStringLiteral("orders.a")};
    const QJsonObject config = toConfig(draft);
    QCOMPARE(config.value(QLatin1String("filter_subject")).toString(), QStringLiteral("orders.a"));
    for (const char *key : {"filter_subjects", "ack_wait", "max_ack_pending", "deliver_subject", "opt_start_seq",
             "opt_start_time", "description"})
        QVERIFY2(!config.contains(QLatin1String(key)), key);

    // a push consumer without acknowledgements and with a limit on them is refused
    draft.ackPolicy = AckPolicy::None;
    draft.maxAckPending = 5;
    draft.ackWait = std::chrono::seconds(5);
    QVERIFY(!toConfig(draft).contains(QLatin1String("max_ack_pending")));
    QVERIFY(!toConfig(draft).contains(QLatin1String("ack_wait")));
}

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
        c.createdAt = now().addDays(-1);
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
        c.createdAt = now().addSecs(-600);
    });
    row("a new one", "", [](Consumer &c) {
        c.pending = 5;
        c.waiting = 0;
        c.createdAt = now();
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

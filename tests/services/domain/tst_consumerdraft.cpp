// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/consumerdraft.h"

#include "services/domain/consumerreset.h"
#include "tests/services/domain/consumerdrafts.h"

#include <QJsonArray>
#include <QTest>

namespace {

const StreamId orders{QStringLiteral("default"), QStringLiteral("orders")};
constexpr qint64 second = 1'000'000'000;

QString text(const char *value)
{
    return QLatin1String(value);
}

Stream stream(Retention retention = Retention::Limits, const QJsonObject &more = {})
{
    Stream result;
    result.id = orders;
    result.config = {{text("subjects"), QJsonArray{text("orders.>")}}, {text("retention"), toWire(retention)},
        {text("num_replicas"), 3}};
    for (auto field = more.begin(); field != more.end(); ++field)
        result.config.insert(field.key(), field.value());
    result.firstSequence = 1;
    result.lastSequence = 100;
    result.messages = 100;
    return result;
}

Consumer existing(const QString &name, const QStringList &filters = {})
{
    Consumer consumer;
    consumer.id = {orders, name};
    consumer.config = {{text("durable_name"), name}, {text("ack_policy"), text("explicit")},
        {text("deliver_policy"), text("all")}, {text("replay_policy"), text("instant")}, {text("max_deliver"), 5},
        {text("max_ack_pending"), 1000}, {text("ack_wait"), 30 * second}, {text("max_waiting"), 512},
        {text("of_tomorrow"), QJsonObject{{text("a"), 1}}}};
    consumer.config = withFilters(consumer.config, filters);
    consumer.deliveredUpTo = 40;
    consumer.ackFloor = 30;
    consumer.ackPending = 10;
    return consumer;
}

ConsumerDraft good(const QJsonObject &fields = {}, const QStringList &filters = {})
{
    ConsumerDraft draft = ConsumerDraft::of(orders, text("worker"), filters);
    for (auto field = fields.begin(); field != fields.end(); ++field)
        draft.config.insert(field.key(), field.value());
    return draft;
}

ConsumerDraft changed(const QJsonObject &fields, const Consumer &seen = existing(text("worker")))
{
    ConsumerDraft draft{orders, seen.config, seen};
    for (auto field = fields.begin(); field != fields.end(); ++field)
        draft.config.insert(field.key(), field.value());
    return draft;
}

ConsumerContext at(const Stream &of = stream(), const QList<Consumer> &others = {})
{
    return {{of}, others, 3, ServerVersion{2, 14, 6}};
}

QStringList fieldsOf(const FieldErrors &errors)
{
    QStringList fields;
    for (const FieldError &error : errors)
        fields.append(error.field);
    return fields;
}

} // namespace

class ConsumerDraftTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void acceptsWhatServersAccept()
    {
        QCOMPARE(validate(good(), at()), FieldErrors());
        const QJsonObject push{{text("deliver_subject"), text("deliver.orders")}, {text("deliver_group"), text("g")},
            {text("idle_heartbeat"), 5 * second}, {text("flow_control"), true}, {text("max_deliver"), 3},
            {text("backoff"), QJsonArray{second, 5 * second}}, {text("num_replicas"), 1},
            {text("sample_freq"), text("30%")}, {text("inactive_threshold"), 60 * second},
            {text("deliver_policy"), text("last_per_subject")}};
        QCOMPARE(
            validate(good(push, {text("orders.new"), text("orders.paid.*")}), at(stream(), {existing(text("other"))})),
            FieldErrors());
        const QJsonObject pull{{text("max_waiting"), 5}, {text("max_batch"), 10}, {text("max_expires"), second},
            {text("max_bytes"), 1000}, {text("max_ack_pending"), -1}, {text("priority_policy"), text("pinned_client")},
            {text("priority_groups"), QJsonArray{text("A-1/x"), text("b_=")}}, {text("priority_timeout"), second}};
        QCOMPARE(validate(good(pull), at()), FieldErrors());
    }

    void namesTheField_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<ConsumerDraft>("draft");
        QTest::addColumn<ConsumerContext>("context");
        const auto row = [](const char *tag, const char *field, const QJsonObject &fields,
                             const QStringList &filters = {}, const ConsumerContext &context = at()) {
            QTest::newRow(tag) << text(field) << good(fields, filters) << context;
        };
        const QJsonObject push{{text("deliver_subject"), text("deliver")}};
        const auto pushing = [&push](const char *field, const QJsonValue &value) {
            QJsonObject fields = push;
            fields[text(field)] = value;
            return fields;
        };
        row("a dot in the name", "durable_name", {{text("durable_name"), text("a.b")}});
        row("a long description", "description", {{text("description"), QString(4097, u'x')}});
        row("a broken filter", "filter_subjects", {}, {text("orders. x")});
        row("a filter outside", "filter_subjects", {}, {text("billing.>")});
        row("filters that overlap", "filter_subjects", {}, {text("orders.a"), text("orders.*")});
        row("no filter", "filter_subjects", {{text("deliver_policy"), text("last_per_subject")}});
        row("no sequence", "opt_start_seq", {{text("deliver_policy"), text("by_start_sequence")}});
        row("no time", "opt_start_time", {{text("deliver_policy"), text("by_start_time")}});
        row("no wait", "ack_wait", {{text("ack_wait"), 0}});
        row("fewer than no ack pending", "max_ack_pending", {{text("max_ack_pending"), -2}});
        row("fewer deliveries than waits", "backoff",
            {{text("backoff"), QJsonArray{1, 2, 3}}, {text("max_deliver"), 2}});
        row("a wait before now", "backoff", {{text("backoff"), QJsonArray{-1}}});
        row("no deliver subject", "deliver_subject", {{text("deliver_subject"), QString()}});
        for (const char *subject : {"a b", "deliver.*", "deliver.>", "orders.back"})
            row(subject, "deliver_subject", {{text("deliver_subject"), text(subject)}});
        row("a group of two words", "deliver_group", pushing("deliver_group", text("a b")));
        row("a short heartbeat", "idle_heartbeat", pushing("idle_heartbeat", 1000));
        row("flow control alone", "idle_heartbeat", pushing("flow_control", true));
        row("short expiry", "max_expires", {{text("max_expires"), 1000}});
        row("fewer than no batch", "max_batch", {{text("max_batch"), -5}});
        row("more copies than the stream", "num_replicas", {{text("num_replicas"), 5}});
        row("other copies than an interest stream", "num_replicas", {{text("num_replicas"), 1}}, {},
            at(stream(Retention::Interest)));
        row("sampling", "sample_freq", {{text("sample_freq"), text("often")}});
        row("a work queue acknowledges each", "ack_policy", {{text("ack_policy"), text("all")}}, {},
            at(stream(Retention::WorkQueue)));
        row("a work queue begins with all", "deliver_policy", {{text("deliver_policy"), text("new")}}, {},
            at(stream(Retention::WorkQueue)));
        const QJsonObject limits{{text("consumer_limits"),
            QJsonObject{{text("max_ack_pending"), 50}, {text("inactive_threshold"), 10 * second}}}};
        row("more than the stream allows", "max_ack_pending", {{text("max_ack_pending"), 51}}, {},
            at(stream(Retention::Limits, limits)));
        row("longer than the stream allows", "inactive_threshold", {{text("inactive_threshold"), 11 * second}}, {},
            at(stream(Retention::Limits, limits)));
        const QString overflow = text("overflow");
        row("a priority policy alone", "priority_groups", {{text("priority_policy"), overflow}});
        for (const char *group : {"", "a.b", "a b", "seventeen_letters", "a\n"})
            row(group, "priority_groups",
                {{text("priority_policy"), overflow}, {text("priority_groups"), QJsonArray{text("a"), text(group)}}});
        row("priority groups alone", "priority_policy", {{text("priority_groups"), QJsonArray{text("a")}}});
        row("a pinned TTL alone", "priority_timeout", {{text("priority_timeout"), second}});
        ConsumerContext old = at();
        old.server = ServerVersion{2, 11, 11};
        const QJsonObject prioritized{
            {text("priority_policy"), text("prioritized")}, {text("priority_groups"), QJsonArray{text("a")}}};
        row("priorities before 2.12", "priority_policy", prioritized, {}, old);
        old.server = ServerVersion{2, 9, 25};
        row("several filters before 2.10", "filter_subjects", {}, {text("orders.a"), text("orders.b")}, old);
        row("metadata before 2.10", "metadata", {{text("metadata"), QJsonObject{{text("a"), text("b")}}}}, {}, old);
    }

    void namesTheField()
    {
        QFETCH(QString, field);
        QFETCH(ConsumerDraft, draft);
        QFETCH(ConsumerContext, context);
        const FieldErrors errors = validate(draft, context);
        QCOMPARE(fieldsOf(errors), QStringList{field});
        QVERIFY(!errors.first().message.isEmpty());
    }

    /// The servers' part of it is e2e_serverversions.
    void judgesAsServersDo_data()
    {
        QTest::addColumn<int>("number");
        for (int number = 0; number < int(std::size(ConsumerConfigurations::cases)); ++number)
            QTest::newRow(ConsumerConfigurations::cases[number].tag) << number;
    }

    void judgesAsServersDo()
    {
        QFETCH(int, number);
        const auto &each = ConsumerConfigurations::cases[number];
        ConsumerContext context{
            {ConsumerDrafts::stream(StreamDrafts::made(each.stream).config)}, {}, 3, ServerVersion{2, 15, 1}};
        if (*each.other != 0)
            context.existing = {ConsumerDrafts::consumer(toConfig(ConsumerDrafts::made(each.other, text("o"))))};
        const QStringList expected = *each.field == 0 ? QStringList() : QStringList{text(each.field)};
        QCOMPARE(fieldsOf(validate(ConsumerDrafts::made(each.config), context)), expected);
    }

    void judgesChangesAsServersDo_data()
    {
        QTest::addColumn<int>("number");
        for (int number = 0; number < int(std::size(ConsumerConfigurations::changes)); ++number)
            QTest::newRow(ConsumerConfigurations::changes[number].tag) << number;
    }

    void judgesChangesAsServersDo()
    {
        QFETCH(int, number);
        const auto &each = ConsumerConfigurations::changes[number];
        const Consumer seen = ConsumerDrafts::consumer(toConfig(ConsumerDrafts::made(each.before)));
        const ConsumerContext context{
            {ConsumerDrafts::stream(StreamDrafts::made("{}").config)}, {seen}, 3, ServerVersion{2, 15, 1}};
        const QStringList expected = *each.field == 0 ? QStringList() : QStringList{text(each.field)};
        QCOMPARE(fieldsOf(validate(ConsumerDrafts::changed(seen, each.config), context)), expected);
    }

    void knowsSinceWhenAWordIs()
    {
        ConsumerContext old{{ConsumerDrafts::stream(StreamDrafts::made("{}").config)}, {}, 1, ServerVersion{2, 11, 11}};
        const ConsumerDraft prioritized = ConsumerDrafts::made(ConsumerConfigurations::prioritized);
        QCOMPARE(fieldsOf(validate(prioritized, old)), QStringList{text("priority_policy")});
        QVERIFY(validate(prioritized, old).constFirst().message.contains(text("2.12")));
        const ConsumerDraft byFlow = ConsumerDrafts::made(ConsumerConfigurations::byFlowControl);
        QVERIFY(validate(byFlow, old).constFirst().message.contains(text("2.14")));
        old.server.reset();
        QCOMPARE(validate(prioritized, old), FieldErrors());
        QCOMPARE(validate(byFlow, old), FieldErrors());
    }

    void needsAStream()
    {
        ConsumerDraft draft = good();
        draft.stream = {};
        QCOMPARE(fieldsOf(validate(draft, at())), QStringList{text("stream")});
        draft.stream = {text("default"), text("gone")};
        QCOMPARE(fieldsOf(validate(draft, at())), QStringList{text("stream")});
    }

    /// What is wrong with a subject in general is told with wildcards for examples.
    void advisesNoWildcardWhereNoneMayStand()
    {
        const auto refusal = [](const char *subject) {
            return validate(good({{text("deliver_subject"), text(subject)}}), at());
        };
        for (const char *subject : {"deliver.a*", "deliver.>.a", "deliver.>a"})
            QCOMPARE(refusal(subject), refusal("deliver.*"));
    }

    void knowsWhatIsTaken()
    {
        QCOMPARE(
            fieldsOf(validate(good(), at(stream(), {existing(text("worker"))}))), QStringList{text("durable_name")});
        Consumer elsewhere = existing(text("worker"));
        elsewhere.id.stream.name = text("billing");
        QCOMPARE(validate(good(), at(stream(), {elsewhere})), FieldErrors());
        const Stream full = stream(Retention::Limits, {{text("max_consumers"), 1}});
        QCOMPARE(fieldsOf(validate(good(), at(full, {existing(text("other"))}))), QStringList{text("stream")});
    }

    void keepsWorkQueuesDisjoint()
    {
        const Stream queue = stream(Retention::WorkQueue);
        const QStringList refused{text("filter_subjects")};
        QCOMPARE(validate(good(), at(queue)), FieldErrors());
        QCOMPARE(fieldsOf(validate(good(), at(queue, {existing(text("o"))}))), refused);
        const Consumer filtered = existing(text("o"), {text("orders.a.*")});
        QCOMPARE(fieldsOf(validate(good(), at(queue, {filtered}))), refused);
        QCOMPARE(fieldsOf(validate(good({}, {text("orders.a.>")}), at(queue, {filtered}))), refused);
        QCOMPARE(validate(good({}, {text("orders.b.>")}), at(queue, {filtered})), FieldErrors());
    }

    void writesOneFilterAsOne()
    {
        const QJsonObject one = toConfig(good({}, {text("orders.a")}));
        QCOMPARE(one[text("filter_subject")].toString(), text("orders.a"));
        QVERIFY(!one.contains(text("filter_subjects")));
        const QJsonObject two = toConfig(good({}, {text("orders.a"), text("orders.b")}));
        QVERIFY(!two.contains(text("filter_subject")));
        QCOMPARE(filtersIn(two), (QStringList{text("orders.a"), text("orders.b")}));
    }

    void leavesOutWhatHasNoUse()
    {
        const QJsonObject typed{{text("idle_heartbeat"), second}, {text("flow_control"), true},
            {text("opt_start_seq"), 5}, {text("opt_start_time"), text("2026-01-01T00:00:00Z")},
            {text("ack_policy"), text("none")}, {text("ack_wait"), second}, {text("max_ack_pending"), 5},
            {text("of_tomorrow"), 1}, {text("max_batch"), 3}};
        const QJsonObject expected{{text("name"), text("worker")}, {text("durable_name"), text("worker")},
            {text("ack_policy"), text("none")}, {text("deliver_policy"), text("all")},
            {text("replay_policy"), text("instant")}, {text("max_deliver"), -1}, {text("of_tomorrow"), 1},
            {text("max_batch"), 3}};
        QCOMPARE(toConfig(good(typed)), expected);
        QJsonObject push = typed;
        push[text("deliver_subject")] = text("deliver");
        QVERIFY(!toConfig(good(push)).contains(text("max_batch")));
        QVERIFY(toConfig(good(push)).contains(text("flow_control")));
    }

    void takesTheFirstWaitForAll()
    {
        const ConsumerDraft draft = good({{text("backoff"), QJsonArray{second, 5 * second}}, {text("ack_wait"), 9}});
        QCOMPARE(toConfig(draft)[text("ack_wait")].toInteger(), second);
    }

    void filtersWhatComesFromElsewhere()
    {
        const Stream gathers = stream(Retention::Limits, {{text("sources"), QJsonArray{QJsonObject()}}});
        QCOMPARE(validate(good({}, {text("billing.>")}), at(gathers)), FieldErrors());
    }

    void judgesOnlyWhatDiffers()
    {
        Consumer odd = existing(text("worker"));
        odd.config[text("sample_freq")] = text("often"); // no client may ask for it: it was there
        QCOMPARE(validate(changed({{text("description"), text("x")}}, odd), at()), FieldErrors());
        const ConsumerDraft draft = changed({{text("max_deliver"), 7}});
        QJsonObject expected = existing(text("worker")).config;
        expected[text("max_deliver")] = 7;
        QCOMPARE(toConfig(draft), expected);
    }

    void refusesWhatCannotChange()
    {
        for (const auto &[field, value] : std::initializer_list<std::pair<const char *, QJsonValue>>{
                 {"ack_policy", text("all")}, {"deliver_policy", text("new")}, {"replay_policy", text("original")},
                 {"max_waiting", 5}, {"mem_storage", true}, {"deliver_subject", text("deliver")}})
            QVERIFY2(fieldsOf(validate(changed({{text(field), value}}), at())).contains(text(field)), field);
        Consumer bound = existing(text("worker"));
        bound.config[text("deliver_subject")] = text("deliver.a");
        const ConsumerDraft moved = changed({{text("deliver_subject"), text("deliver.b")}}, bound);
        QCOMPARE(validate(moved, at()), FieldErrors());
        bound.isPushBound = true;
        QCOMPARE(fieldsOf(validate(changed({{text("deliver_subject"), text("deliver.b")}}, bound), at())),
            QStringList{text("deliver_subject")});
    }

    void saysWhatAChangeDoesAtOnce()
    {
        const auto said = [](const QJsonObject &fields) { return fieldsOf(consequences(changed(fields))); };
        QCOMPARE(said({{text("description"), text("x")}}), QStringList());
        QCOMPARE(said({{text("filter_subject"), text("orders.a")}}), QStringList{text("filter_subjects")});
        QCOMPARE(said({{text("ack_wait"), second}}), QStringList{text("ack_wait")});
        QCOMPARE(said({{text("ack_wait"), 60 * second}}), QStringList());
        QCOMPARE(said({{text("max_deliver"), 2}}), QStringList{text("max_deliver")});
        QCOMPARE(said({{text("max_deliver"), -1}}), QStringList());
        QCOMPARE(said({{text("max_ack_pending"), 10}}), QStringList{text("max_ack_pending")});
        QCOMPARE(said({{text("headers_only"), true}}), QStringList{text("headers_only")});
        QCOMPARE(said({{text("inactive_threshold"), second}}), QStringList{text("inactive_threshold")});
        QCOMPARE(fieldsOf(consequences(good({{text("inactive_threshold"), second}}))),
            QStringList{text("inactive_threshold")});
    }

    void sendsBackOnlyWhereServersDo()
    {
        const Consumer fromAll = existing(text("worker"));
        Consumer fromTen = fromAll;
        fromTen.config[text("deliver_policy")] = text("by_start_sequence");
        fromTen.config[text("opt_start_seq")] = 10;
        Consumer fromNew = fromAll;
        fromNew.config[text("deliver_policy")] = text("new");
        QCOMPARE(validate(ConsumerReset{1}, fromAll), FieldErrors());
        QVERIFY(!validate(ConsumerReset{0}, fromAll).isEmpty());
        QCOMPARE(validate(ConsumerReset{41}, fromAll), FieldErrors());
        QVERIFY(!validate(ConsumerReset{42}, fromAll).isEmpty()); // it would skip #41
        QVERIFY(!validate(ConsumerReset{9}, fromTen).isEmpty());
        QCOMPARE(validate(ConsumerReset{10}, fromTen), FieldErrors());
        QVERIFY(!validate(ConsumerReset{50}, fromNew).isEmpty());
        QCOMPARE(validate(ConsumerReset{}, fromNew), FieldErrors());
        QCOMPARE(deliveredAgain({}, fromAll, stream()), 10u);
        // servers would go on behind what was given up after max deliver
        QCOMPARE(sequenceToAsk({}, fromAll), std::optional<quint64>(31));
        QCOMPARE(sequenceToAsk({7}, fromAll), std::optional<quint64>(7));
        QCOMPARE(sequenceToAsk({}, fromNew), std::nullopt);
        Consumer unlimited = fromAll;
        unlimited.config.remove(text("max_deliver"));
        QCOMPARE(sequenceToAsk({}, unlimited), std::nullopt);
        QCOMPARE(deliveredAgain({1}, fromAll, stream()), 40u);
        QCOMPARE(deliveredAgain({41}, fromAll, stream()), 0u);
    }
};

QTEST_GUILESS_MAIN(ConsumerDraftTest)
#include "tst_consumerdraft.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/assetfields.h"
#include "services/messaging/consumerservice.h"
#include "services/messaging/streamservice.h"
#include "tests/services/domain/consumerdrafts.h"
#include "tests/support/awaited.h"
#include "tests/support/enabledruntime.h"

#include <QJsonArray>
#include <QTest>

namespace {

constexpr qint64 second = 1'000'000'000;
const StreamId orders{QStringLiteral("default"), QStringLiteral("orders")};
const StreamId jobs{QStringLiteral("default"), QStringLiteral("jobs")};

QString text(const char *value)
{
    return QLatin1String(value);
}

/// What an independent client asks for: as many of the fields as go together.
QJsonObject everyPullField()
{
    return {{text("durable_name"), text("every")}, {text("name"), text("every")},
        {text("description"), text("with all of it")}, {text("deliver_policy"), text("by_start_sequence")},
        {text("opt_start_seq"), 3}, {text("ack_policy"), text("explicit")}, {text("ack_wait"), 31 * second + 7},
        {text("max_deliver"), 5}, {text("backoff"), QJsonArray{second, 2 * second + 1, 3 * second}},
        {text("filter_subjects"), QJsonArray{text("orders.a"), text("orders.b.>")}},
        {text("replay_policy"), text("original")}, {text("sample_freq"), text("30%")}, {text("max_waiting"), 99},
        {text("max_ack_pending"), 77}, {text("headers_only"), true}, {text("max_batch"), 55},
        {text("max_expires"), 9 * second + 1}, {text("max_bytes"), 12345}, {text("inactive_threshold"), 3600 * second},
        {text("num_replicas"), 1}, {text("mem_storage"), true}, {text("priority_groups"), QJsonArray{text("A")}},
        {text("priority_policy"), text("overflow")},
        {text("metadata"),
            QJsonObject{{text("team"), text("orders")}, {text("_odd key"), text("Ünïcode \"quoted\"")}}}};
}

QJsonObject everyPushField()
{
    return {{text("durable_name"), text("pushed")}, {text("name"), text("pushed")},
        {text("deliver_subject"), text("deliver.pushed")}, {text("deliver_group"), text("workers")},
        {text("deliver_policy"), text("by_start_time")},
        {text("opt_start_time"), text("2026-01-02T03:04:05.000000006Z")}, {text("ack_policy"), text("all")},
        {text("idle_heartbeat"), 5 * second + 1}, {text("flow_control"), true}, {text("rate_limit_bps"), 1'000'000},
        {text("filter_subject"), text("orders.a")}};
}

} // namespace

/// Consumers on a real server, made by an independent client with all that JetStream offers, and changed here.
class ConsumersTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<EnabledRuntime> m_runtime;

    ConsumerService &consumers() { return m_runtime->messaging().consumers(); }
    static bool eventually(const std::function<bool()> &condition) { return EnabledRuntime::eventually(condition); }

    QJsonObject info(const QString &consumer, const char *stream = "orders")
    {
        return m_runtime->ask(text("$JS.API.CONSUMER.INFO.") + text(stream) + u'.' + consumer);
    }
    QJsonObject config(const QString &consumer) { return info(consumer)[text("config")].toObject(); }

    std::optional<Consumer> find(const QString &name)
    {
        for (const Consumer &consumer : consumers().consumers()) {
            if (consumer.id.name == name)
                return consumer;
        }
        return std::nullopt;
    }

    bool make(const StreamId &stream, const QStringList &subjects, const char *retention)
    {
        StreamDraft draft = StreamDraft::of(stream.account, stream.name, subjects);
        draft.config[text("retention")] = text(retention);
        StreamService &streams = m_runtime->messaging().streams();
        return awaited(streams.create(draft)) && eventually([&] {
            const QList<Stream> all = streams.streams();
            return std::any_of(all.cbegin(), all.cend(), [&](const Stream &each) { return each.id == stream; });
        });
    }

    bool makeByOthers(const QJsonObject &config)
    {
        const QString name = config[text("durable_name")].toString();
        const QJsonObject answer = m_runtime->ask(text("$JS.API.CONSUMER.CREATE.orders.") + name,
            {{text("stream_name"), text("orders")}, {text("config"), config}, {text("action"), text("create")}});
        if (answer.contains(text("error")))
            qWarning() << answer[text("error")];
        return !answer.contains(text("error"));
    }

    static QString different(const QJsonObject &asked, const QJsonObject &told)
    {
        QStringList fields;
        for (const FieldChange &change : notTaken(asked, told))
            fields.append(change.field);
        return fields.join(u' ');
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("PENNANT_KUBECONFIG_ADMIN"))
            QSKIP("PENNANT_KUBECONFIG_ADMIN names no kubeconfig");
        m_runtime = std::make_unique<EnabledRuntime>();
        const QString problem = m_runtime->start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        QVERIFY(make(orders, {text("orders.>")}, "limits"));
        QVERIFY(make(jobs, {text("jobs.>")}, "workqueue"));
        QVERIFY(eventually([this] { return consumers().createAccess().allowed; }));
        for (int i = 0; i < 20; ++i)
            QVERIFY(m_runtime->publish("orders.a", QByteArray::number(i)));
    }

    void cleanupTestCase() { m_runtime.reset(); }

    void makesWhatEachFieldSays_data()
    {
        QTest::addColumn<QJsonObject>("asked");
        const auto row = [](const char *tag, QJsonObject fields) {
            fields[text("durable_name")] = QString(text("made-%1")).arg(text(tag));
            QTest::newRow(tag) << fields;
        };
        QJsonObject pull = everyPullField();
        pull.remove(text("name"));
        row("pull", pull);
        QJsonObject push = everyPushField();
        push.remove(text("name"));
        push[text("deliver_subject")] = text("deliver.made");
        row("push", push);
        for (const char *policy : {"all", "new", "last"})
            row(policy, {{text("deliver_policy"), text(policy)}});
        row("last-per-subject",
            {{text("deliver_policy"), text("last_per_subject")}, {text("filter_subject"), text("orders.>")}});
        row("ack-none", {{text("ack_policy"), text("none")}, {text("ack_wait"), second}});
        row("unlimited", {{text("max_ack_pending"), -1}, {text("max_deliver"), -1}});
    }

    void makesWhatEachFieldSays()
    {
        QFETCH(QJsonObject, asked);
        const ConsumerDraft draft{orders, asked};
        const auto made = awaited(consumers().create(draft));
        QVERIFY2(made, whyNot(made));
        const QString name = asked[text("durable_name")].toString();
        QCOMPARE(different(toConfig(draft), config(name)), QString());
    }

    void changesOneFieldAndNoOther_data()
    {
        QTest::addColumn<QJsonObject>("consumer"); // empty: the one before
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QJsonValue>("value");
        const auto row = [](const char *name, const char *field, const QJsonValue &value,
                             const QJsonObject &made = {}) {
            QTest::addRow("%s of %s", field, name) << made << text(name) << text(field) << value;
        };
        row("every", "description", text("another"), everyPullField());
        row("every", "max_deliver", 9);
        row("every", "max_ack_pending", 50);
        row("every", "backoff", QJsonArray{4 * second, 5 * second});
        row("every", "filter_subjects", QJsonArray{text("orders.a"), text("orders.c")});
        row("every", "headers_only", false);
        row("every", "max_batch", 5);
        row("every", "max_expires", second);
        row("every", "max_bytes", 500);
        row("every", "inactive_threshold", 7200 * second);
        row("every", "sample_freq", text("10%"));
        row("every", "priority_groups", QJsonArray{text("B"), text("C")});
        row("every", "priority_policy", text("prioritized"));
        row("every", "priority_timeout", 30 * second);
        row("pushed", "description", text("another"), everyPushField());
        row("pushed", "ack_wait", 40 * second);
        row("pushed", "rate_limit_bps", 5000);
        row("pushed", "deliver_subject", text("deliver.elsewhere"));
        row("pushed", "filter_subject", text("orders.b"));
    }

    void changesOneFieldAndNoOther()
    {
        QFETCH(QJsonObject, consumer);
        QFETCH(QString, name);
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        if (!consumer.isEmpty())
            QVERIFY(makeByOthers(consumer));
        const QJsonObject before = config(name);
        QVERIFY(eventually([&] {
            const auto seen = find(name);
            return seen && changesBetween(before, seen->config).isEmpty();
        }));
        const Consumer seen = *find(name);
        ConsumerDraft draft{orders, seen.config, seen};
        draft.config[field] = value;
        const auto changed = awaited(consumers().change(draft));
        QVERIFY2(changed, whyNot(changed));
        QStringList others;
        for (const FieldChange &change : changesBetween(before, config(name)))
            others.append(change.field);
        if (field == text("backoff")) // ack wait is the first of them
            QCOMPARE(others, (QStringList{text("ack_wait"), text("backoff")}));
        else
            QCOMPARE(others, QStringList{field});
    }

    void noticesAForeignChange()
    {
        QVERIFY(eventually([this] { return find(text("every")).has_value(); }));
        const Consumer seen = *find(text("every"));
        QJsonObject theirs = config(text("every"));
        theirs[text("max_deliver")] = 44;
        const QJsonObject taken = m_runtime->ask(text("$JS.API.CONSUMER.CREATE.orders.every"),
            {{text("stream_name"), text("orders")}, {text("config"), theirs}, {text("action"), text("update")}});
        QVERIFY(!taken.contains(text("error")));
        ConsumerDraft draft{orders, seen.config, seen};
        draft.config[text("description")] = text("over theirs");
        const auto changed = awaited(consumers().change(draft));
        QVERIFY(!changed);
        QCOMPARE(changed.error().kind, Error::Kind::Conflict);
        QCOMPARE(config(text("every"))[text("max_deliver")].toInt(), 44);
    }

    /// What the form refuses the server of the runtime refuses as well, and the reverse; that of other releases is
    /// e2e_serverversions.
    void judgesAsTheServerDoes_data()
    {
        QTest::addColumn<int>("number");
        for (int number = 0; number < int(std::size(ConsumerConfigurations::cases)); ++number)
            QTest::newRow(ConsumerConfigurations::cases[number].tag) << number;
    }

    void judgesAsTheServerDoes()
    {
        QFETCH(int, number);
        const auto &each = ConsumerConfigurations::cases[number];
        const auto create = [this](const QJsonObject &config) {
            // a name that is no word of a subject can be asked for only so
            const QString name = config[text("durable_name")].toString();
            const bool isWord = !name.contains(u'.') && !name.contains(u' ');
            return m_runtime->ask(text("$JS.API.CONSUMER.CREATE.t") + (isWord ? u'.' + name : QString()),
                {{text("stream_name"), text("t")}, {text("config"), config}, {text("action"), text("create")}});
        };
        ConsumerContext context = consumers().context();
        const QJsonObject stream =
            m_runtime->ask(text("$JS.API.STREAM.CREATE.t"), StreamDrafts::made(each.stream).config);
        context.streams = {ConsumerDrafts::stream(stream[text("config")].toObject())};
        context.existing.clear();
        if (*each.other != 0) {
            const QJsonObject other = create(toConfig(ConsumerDrafts::made(each.other, text("o"))));
            context.existing = {ConsumerDrafts::consumer(other[text("config")].toObject())};
        }
        const ConsumerDraft draft = ConsumerDrafts::made(each.config);
        const bool isTaken = validate(draft, context).isEmpty();
        const QJsonObject answer = create(toConfig(draft));
        const QString refusal = answer[text("error")].toObject()[text("description")].toString();
        m_runtime->ask(text("$JS.API.STREAM.DELETE.t"));
        QVERIFY2(isTaken ? refusal.isEmpty() : !refusal.isEmpty() || *each.stricter != 0, qPrintable(refusal));
    }

    void pausesAndSendsBack()
    {
        const ConsumerDraft draft = ConsumerDraft::of(orders, text("again"));
        const auto made = awaited(consumers().create(draft));
        QVERIFY2(made, whyNot(made));
        m_runtime->ask(text("$JS.API.CONSUMER.MSG.NEXT.orders.again"), {{text("batch"), 1}});
        QVERIFY(eventually([this] {
            const auto found = find(text("again"));
            return found && found->deliveredUpTo == 1;
        }));
        const Consumer seen = *find(text("again"));
        const QDateTime until = QDateTime::fromSecsSinceEpoch(QDateTime::currentSecsSinceEpoch() + 3600, Qt::UTC);
        const auto paused = awaited(consumers().pause(seen, until));
        QVERIFY2(paused, whyNot(paused));
        QCOMPARE(info(text("again"))[text("paused")].toBool(), true);
        QVERIFY(eventually([&] { return find(text("again"))->pausedUntil() == until; }));
        const auto resumed = awaited(consumers().pause(seen, std::nullopt));
        QVERIFY2(resumed, whyNot(resumed));
        QCOMPARE(info(text("again"))[text("paused")].toBool(), false);
        QCOMPARE(info(text("again"))[text("num_pending")].toInt(), 19);
        const auto sentBack = awaited(consumers().reset(seen, {1}));
        QVERIFY2(sentBack, whyNot(sentBack));
        QCOMPARE(info(text("again"))[text("num_pending")].toInt(), 20);
    }

    void fetchesWithoutAcknowledging()
    {
        const QJsonObject fields{{text("durable_name"), text("looked-at")}, {text("ack_wait"), second}};
        const auto made = awaited(consumers().create({orders, fields}));
        QVERIFY2(made, whyNot(made));
        QVERIFY(eventually([this] { return find(text("looked-at")).has_value(); }));
        const Consumer seen = *find(text("looked-at"));
        const auto fetched = awaited(consumers().fetch(seen, 3));
        QVERIFY2(fetched, whyNot(fetched));
        QCOMPARE(fetched->messages.size(), 3);
        QCOMPARE(fetched->messages.constFirst().message.sequence, 1u);
        QCOMPARE(fetched->messages.constFirst().message.payload, QByteArray("0"));
        QCOMPARE(fetched->messages.constFirst().deliveries, 1u);
        const QJsonObject after = info(text("looked-at"));
        QCOMPARE(after[text("num_ack_pending")].toInt(), 3);
        QCOMPARE(after[text("ack_floor")].toObject()[text("stream_seq")].toInt(), 0);
        const auto comeAgain = [&] {
            const auto again = awaited(consumers().fetch(seen, 1));
            return again && !again->messages.isEmpty() && again->messages.constFirst().message.sequence == 1
                && again->messages.constFirst().deliveries > 1;
        };
        QVERIFY(eventually(comeAgain));
        // and where there is nothing to deliver it says so at once
        const auto none = awaited(consumers().create(
            {orders, {{text("durable_name"), text("late")}, {text("deliver_policy"), text("new")}}}));
        QVERIFY2(none, whyNot(none));
        QVERIFY(eventually([this] { return find(text("late")).has_value(); }));
        const auto nothing = awaited(consumers().fetch(*find(text("late")), 5));
        QVERIFY2(nothing, whyNot(nothing));
        QVERIFY(nothing->messages.isEmpty());
    }

    void saysWhatWasGivenUp()
    {
        QJsonObject fields{{text("durable_name"), text("tried")}, {text("max_deliver"), 2},
            {text("ack_wait"), second / 5}, {text("filter_subject"), text("orders.a")}};
        const auto made = awaited(consumers().create({orders, fields}));
        QVERIFY2(made, whyNot(made));
        const auto isTold = [this] {
            m_runtime->ask(
                text("$JS.API.CONSUMER.MSG.NEXT.orders.tried"), {{text("batch"), 1}, {text("expires"), second / 10}});
            const auto found = find(text("tried"));
            return found && found->givenUp() > 0;
        };
        QVERIFY(eventually(isTold));
    }
};

QTEST_MAIN(ConsumersTest)
#include "e2e_consumers.moc"

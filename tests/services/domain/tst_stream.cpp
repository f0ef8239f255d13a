// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/streamdraft.h"

#include <QJsonArray>
#include <QTest>

namespace {

constexpr qint64 hour = 3'600'000'000'000;

void set(StreamDraft &draft, const char *field, const QJsonValue &value)
{
    draft.config.insert(QLatin1String(field), value);
}

StreamDraft goodDraft()
{
    return StreamDraft::of(QStringLiteral("default"), QStringLiteral("orders"), {QStringLiteral("orders.>")});
}

Stream existing(const QString &account, const QString &name, const QStringList &subjects)
{
    Stream stream;
    stream.id = {account, name};
    stream.config = {
        {QStringLiteral("name"), name}, {QStringLiteral("subjects"), QJsonArray::fromStringList(subjects)}};
    return stream;
}

QStringList fieldsOf(const FieldErrors &errors)
{
    QStringList fields;
    for (const FieldError &error : errors)
        fields.append(error.field);
    return fields;
}

} // namespace

class StreamTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void acceptsAGoodDraft();
    void namesTheField_data();
    void namesTheField();
    void judgesSubjects_data();
    void judgesSubjects();
    void seesOtherStreamsOfTheAccountOnly();
    void limitsCopiesToTheServers_data();
    void limitsCopiesToTheServers();
    void writesTheConfig();
    void choosesCopiesByTheCluster();
    void knowsWhenItIsFull_data();
    void knowsWhenItIsFull();
    void readsAnythingFromConfig();
};

void StreamTest::acceptsAGoodDraft()
{
    QCOMPARE(validate(goodDraft(), {}), FieldErrors());
    StreamDraft draft = goodDraft();
    draft.config.remove(QStringLiteral("subjects")); // the server takes the name
    set(draft, "max_age", hour);
    set(draft, "max_msgs", 1);
    set(draft, "max_bytes", 1);
    QCOMPARE(validate(draft, {}), FieldErrors());
}

void StreamTest::namesTheField_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<StreamDraft>("draft");
    const auto row = [](const char *field, const std::function<void(StreamDraft &)> &spoil) {
        StreamDraft draft = goodDraft();
        spoil(draft);
        QTest::addRow("%s", field) << QString(QLatin1String(field)) << draft;
    };
    row("account", [](StreamDraft &draft) { draft.account.clear(); });
    row("name", [](StreamDraft &draft) { set(draft, "name", QStringLiteral("a.b")); });
    row("description", [](StreamDraft &draft) { set(draft, "description", QString(4097, QLatin1Char('x'))); });
    row("num_replicas", [](StreamDraft &draft) { set(draft, "num_replicas", -1); });
    row("max_age", [](StreamDraft &draft) { set(draft, "max_age", 5); });
    row("max_age", [](StreamDraft &draft) { set(draft, "max_age", hour * 2'000'000); });
    row("max_msgs", [](StreamDraft &draft) { set(draft, "max_msgs", 0); });
    row("max_bytes", [](StreamDraft &draft) { set(draft, "max_bytes", -2); });
}

void StreamTest::namesTheField()
{
    QFETCH(QString, field);
    QFETCH(StreamDraft, draft);
    const FieldErrors errors = validate(draft, {});
    QCOMPARE(fieldsOf(errors), QStringList{field});
    QVERIFY(!errors.first().message.isEmpty());
}

void StreamTest::judgesSubjects_data()
{
    QTest::addColumn<QStringList>("subjects");
    QTest::addColumn<bool>("isGood");
    const auto row = [](const QStringList &subjects, bool isGood) {
        QTest::addRow("%s", qPrintable(subjects.join(QLatin1Char(' ')))) << subjects << isGood;
    };
    // as nats-server 2.14.9 judged them, but for the spaces of key-value and object stores
    row({QStringLiteral("*")}, true);
    row({QStringLiteral("a.*"), QStringLiteral("b")}, true);
    row({QStringLiteral("$JS.EVENT.ADVISORY.>")}, true);
    row({QStringLiteral(">")}, false);
    row({QStringLiteral("*.x")}, false);
    row({QStringLiteral("*.>")}, false);
    row({QStringLiteral("$JS.foo")}, false);
    row({QStringLiteral("$JSC.foo")}, false);
    row({QStringLiteral("$SYS.foo")}, false);
    row({QStringLiteral("$KV.bucket.>")}, false);
    row({QStringLiteral("$O.bucket.C.>")}, false);
    row({QStringLiteral("c.c"), QStringLiteral("c.*")}, false);
    row({QStringLiteral("d"), QStringLiteral("d")}, false);
    row({QStringLiteral("good"), QStringLiteral("not good")}, false);
}

void StreamTest::judgesSubjects()
{
    QFETCH(QStringList, subjects);
    QFETCH(bool, isGood);
    StreamDraft draft = goodDraft();
    set(draft, "subjects", QJsonArray::fromStringList(subjects));
    QCOMPARE(fieldsOf(validate(draft, {})), isGood ? QStringList() : QStringList{QStringLiteral("subjects")});
}

void StreamTest::seesOtherStreamsOfTheAccountOnly()
{
    StreamContext context;
    context.existing =
        subjectsOf({existing(QStringLiteral("other"), QStringLiteral("orders"), {QStringLiteral("orders.>")})});
    QCOMPARE(validate(goodDraft(), context), FieldErrors());

    context.existing =
        subjectsOf({existing(QStringLiteral("default"), QStringLiteral("all"), {QStringLiteral("*.new")})});
    FieldErrors errors = validate(goodDraft(), context);
    QCOMPARE(fieldsOf(errors), QStringList{QStringLiteral("subjects")});
    QVERIFY(errors.first().message.contains(QLatin1String("all")));

    context.existing =
        subjectsOf({existing(QStringLiteral("default"), QStringLiteral("orders"), {QStringLiteral("else")})});
    QCOMPARE(fieldsOf(validate(goodDraft(), context)), QStringList{QStringLiteral("name")});

    StreamDraft bare = goodDraft();
    bare.config.remove(QStringLiteral("subjects"));
    context.existing =
        subjectsOf({existing(QStringLiteral("default"), QStringLiteral("all"), {QStringLiteral("orders")})});
    QCOMPARE(fieldsOf(validate(bare, context)), QStringList{QStringLiteral("subjects")});
}

void StreamTest::limitsCopiesToTheServers_data()
{
    QTest::addColumn<int>("servers");
    QTest::addColumn<int>("copies");
    QTest::addColumn<bool>("isGood");
    QTest::addRow("default alone") << 1 << 0 << true;
    QTest::addRow("one alone") << 1 << 1 << true;
    QTest::addRow("three alone") << 1 << 3 << false;
    QTest::addRow("three of three") << 3 << 3 << true;
    QTest::addRow("five of three") << 3 << 5 << false;
    QTest::addRow("five of five") << 5 << 5 << true;
    QTest::addRow("six of five") << 5 << 6 << false;
}

void StreamTest::limitsCopiesToTheServers()
{
    QFETCH(int, servers);
    QFETCH(int, copies);
    QFETCH(bool, isGood);
    StreamDraft draft = goodDraft();
    set(draft, "num_replicas", copies);
    const FieldErrors errors = validate(draft, {{}, servers});
    QCOMPARE(fieldsOf(errors), isGood ? QStringList() : QStringList{QStringLiteral("num_replicas")});
}

void StreamTest::writesTheConfig()
{
    StreamDraft draft = goodDraft();
    set(draft, "description", QStringLiteral("All orders"));
    set(draft, "retention", QStringLiteral("workqueue"));
    set(draft, "storage", QStringLiteral("memory"));
    set(draft, "discard", QStringLiteral("new"));
    set(draft, "num_replicas", 3);
    set(draft, "max_age", 2 * hour);
    set(draft, "max_msgs", 7);
    set(draft, "max_bytes", 1048576);
    const QJsonObject expected{{QStringLiteral("name"), QStringLiteral("orders")},
        {QStringLiteral("description"), QStringLiteral("All orders")},
        {QStringLiteral("subjects"), QJsonArray{QStringLiteral("orders.>")}},
        {QStringLiteral("retention"), QStringLiteral("workqueue")},
        {QStringLiteral("storage"), QStringLiteral("memory")}, {QStringLiteral("discard"), QStringLiteral("new")},
        {QStringLiteral("num_replicas"), 3}, {QStringLiteral("max_age"), Q_INT64_C(7200000000000)},
        {QStringLiteral("max_msgs"), 7}, {QStringLiteral("max_bytes"), 1048576}};
    QCOMPARE(toConfig(draft, {{}, 3}), expected);

    const QJsonObject unlimited = toConfig(goodDraft(), {});
    QCOMPARE(unlimited.value(QLatin1String("max_age")).toInteger(-5), 0);
    QCOMPARE(unlimited.value(QLatin1String("max_msgs")).toInteger(-5), -1);
    QCOMPARE(unlimited.value(QLatin1String("max_bytes")).toInteger(-5), -1);
}

void StreamTest::choosesCopiesByTheCluster()
{
    for (const auto &[servers, copies] : {std::pair(0, 1), std::pair(1, 1), std::pair(3, 3), std::pair(5, 3)})
        QCOMPARE(toConfig(goodDraft(), {{}, servers}).value(QLatin1String("num_replicas")).toInt(), copies);
}

void StreamTest::knowsWhenItIsFull_data()
{
    QTest::addColumn<int>("messages");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<QJsonObject>("config");
    QTest::addColumn<bool>("isFull");
    const QJsonObject hundred{{QStringLiteral("max_msgs"), 100}, {QStringLiteral("max_bytes"), -1}};
    const QJsonObject kilobyte{{QStringLiteral("max_bytes"), 1000}};
    QTest::newRow("no limits") << 100 << 5000 << QJsonObject() << false;
    QTest::newRow("room for a message") << 99 << 5000 << hundred << false;
    QTest::newRow("all messages") << 100 << 5000 << hundred << true;
    QTest::newRow("room for bytes of a message") << 9 << 900 << kilobyte << false;
    QTest::newRow("fewer bytes left than a message has") << 9 << 950 << kilobyte << true;
    QTest::newRow("empty") << 0 << 0 << kilobyte << false;
}

void StreamTest::knowsWhenItIsFull()
{
    QFETCH(int, messages);
    QFETCH(int, bytes);
    QFETCH(QJsonObject, config);
    Stream stream;
    stream.config = config;
    stream.messages = quint64(messages);
    stream.bytes = {bytes};
    QTEST(stream.isFull(), "isFull");
}

void StreamTest::readsAnythingFromConfig()
{
    Stream stream;
    QCOMPARE(stream.retention(), Retention::Limits);
    QCOMPARE(stream.replicas(), 1);
    stream.config = {{QStringLiteral("retention"), 4}, {QStringLiteral("subjects"), QStringLiteral("no list")},
        {QStringLiteral("num_replicas"), QStringLiteral("3")}, {QStringLiteral("metadata"), QJsonArray()},
        {QStringLiteral("storage"), QStringLiteral("tape")}};
    QCOMPARE(stream.retention(), Retention::Limits);
    QCOMPARE(stream.storage(), Storage::File);
    QCOMPARE(stream.discard(), Discard::Old);
    QCOMPARE(stream.subjects(), QStringList());
    QCOMPARE(stream.replicas(), 1);
    QCOMPARE(stream.linkedApp(), QString());
    QCOMPARE(stream.description(), QString());
}

QTEST_GUILESS_MAIN(StreamTest)
#include "tst_stream.moc"

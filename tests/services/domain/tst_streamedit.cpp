// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/streamdraft.h"

#include <QJsonArray>
#include <QTest>

namespace {

constexpr qint64 hour = 3'600'000'000'000;

QDateTime noon()
{
    return QDateTime(QDate(2026, 11, 30), QTime(12, 0), Qt::UTC);
}

/// As a server tells of it.
Stream orders()
{
    Stream stream;
    stream.id = {QStringLiteral("default"), QStringLiteral("orders")};
    stream.config = {{QStringLiteral("name"), stream.id.name},
        {QStringLiteral("subjects"), QJsonArray{QStringLiteral("orders.>"), QStringLiteral("returns")}},
        {QStringLiteral("retention"), QStringLiteral("limits")}, {QStringLiteral("storage"), QStringLiteral("file")},
        {QStringLiteral("discard"), QStringLiteral("old")}, {QStringLiteral("num_replicas"), 1},
        {QStringLiteral("max_age"), 5}, // no client may ask for so little: it was there
        {QStringLiteral("max_msgs"), -1}, {QStringLiteral("max_bytes"), -1}, {QStringLiteral("max_consumers"), -1},
        {QStringLiteral("deny_delete"), true}, {QStringLiteral("of_tomorrow"), QJsonObject{{QStringLiteral("a"), 1}}}};
    stream.messages = 1000;
    stream.bytes = {1'000'000};
    stream.firstMessageAt = noon().addDays(-3);
    stream.consumerCount = 2;
    return stream;
}

StreamDraft changed(const char *field, const QJsonValue &value, const Stream &seen = orders())
{
    StreamDraft draft{seen.id.account, seen.config, seen};
    draft.config.insert(QLatin1String(field), value);
    return draft;
}

StreamContext at(const ServerVersion &server)
{
    StreamContext context;
    context.existing = {{orders().id, orders().subjects()},
        {{QStringLiteral("default"), QStringLiteral("bills")}, {QStringLiteral("bills.>")}}};
    context.serverReplicas = 3;
    context.server = server;
    return context;
}

QStringList fieldsOf(const FieldErrors &errors)
{
    QStringList fields;
    for (const FieldError &error : errors)
        fields.append(error.field);
    return fields;
}

} // namespace

class StreamEditTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void judgesOnlyWhatDiffers()
    {
        QCOMPARE(validate(changed("description", QStringLiteral("of the shop")), at({2, 14, 9})), FieldErrors());
        QCOMPARE(fieldsOf(validate(changed("max_age", 6), at({2, 14, 9}))), QStringList{QStringLiteral("max_age")});
    }

    void sendsBackWhatItDoesNotKnow()
    {
        const StreamDraft draft = changed("max_msgs", 500);
        QJsonObject expected = orders().config;
        expected[QStringLiteral("max_msgs")] = 500;
        QCOMPARE(toConfig(draft, at({2, 14, 9})), expected);
    }

    void refusesWhatServersRefuse_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<StreamDraft>("draft");
        QTest::addColumn<ServerVersion>("server");
        const auto row = [](const char *tag, const char *field, const QJsonValue &value,
                             const ServerVersion &server = {2, 14, 9}) {
            QTest::newRow(tag) << QString(QLatin1String(field)) << changed(field, value) << server;
        };
        row("another storage", "storage", QStringLiteral("memory"));
        row("a work queue", "retention", QStringLiteral("workqueue"));
        row("interest before 2.10", "retention", QStringLiteral("interest"), {2, 9, 25});
        row("a delete that is denied", "deny_delete", false);
        row("consumers before 2.12.5", "max_consumers", 5, {2, 12, 4});
        row("compression before 2.10", "compression", QStringLiteral("s2"), {2, 9, 25});
        row("TTL before 2.11", "allow_msg_ttl", true, {2, 10, 27});
        row("a first sequence", "first_seq", 100);
        row("somebody else's subjects", "subjects", QJsonArray{QStringLiteral("bills.new")});
        row("more copies than servers", "num_replicas", 5);
        row("a window longer than the age", "duplicate_window", hour);
        row("a huge message", "max_msg_size", Q_INT64_C(3000000000));
        row("discard for each subject alone", "discard_new_per_subject", true);
        row("a mirror with subjects", "mirror", QJsonObject{{QStringLiteral("name"), QStringLiteral("o")}});
    }

    void refusesWhatServersRefuse()
    {
        QFETCH(QString, field);
        QFETCH(StreamDraft, draft);
        QFETCH(ServerVersion, server);
        const QStringList wrong = fieldsOf(validate(draft, at(server)));
        QVERIFY2(wrong.contains(field), qPrintable(wrong.join(u' ')));
    }

    void allowsWhatServersAllow()
    {
        for (const auto &[field, value] : std::initializer_list<std::pair<const char *, QJsonValue>>{
                 {"retention", QStringLiteral("interest")}, {"max_consumers", 5}, {"compression", QStringLiteral("s2")},
                 {"allow_msg_ttl", true}, {"num_replicas", 3}, {"max_msg_size", -1}, {"deny_purge", true},
                 {"max_msgs", -1}, {"subjects", QJsonArray{QStringLiteral("orders.>")}}})
            QCOMPARE(fieldsOf(validate(changed(field, value), at({2, 14, 9}))), QStringList());
        // where the release isn't known nothing is refused for it
        StreamContext unknown = at({});
        unknown.server.reset();
        QCOMPARE(validate(changed("allow_msg_ttl", true), unknown), FieldErrors());
    }

    void saysWhatAChangeDoesAtOnce_data()
    {
        QTest::addColumn<StreamDraft>("draft");
        QTest::addColumn<QString>("field"); // empty: nothing is said
        QTest::addColumn<QString>("words");
        const auto row = [](const char *tag, const StreamDraft &draft, const char *field, const char *words) {
            QTest::newRow(tag) << draft << QString(QLatin1String(field)) << QString(QLatin1String(words));
        };
        row("fewer messages", changed("max_msgs", 400), "max_msgs", "600");
        row("room enough", changed("max_msgs", 1000), "", "");
        row("fewer bytes", changed("max_bytes", 500'000), "max_bytes", "dropped");
        row("an age", changed("max_age", 24 * hour), "max_age", "dropped");
        row("an age that all have", changed("max_age", 240 * hour), "", "");
        row("fewer of each subject", changed("max_msgs_per_subject", 1), "max_msgs_per_subject", "dropped");
        row("interest", changed("retention", QStringLiteral("interest")), "retention", "acknowledged");
        row("a subject less", changed("subjects", QJsonArray{QStringLiteral("orders.>")}), "subjects", "returns");
        row("a wider subject", changed("subjects", QJsonArray{QStringLiteral("orders.>"), QStringLiteral("*")}), "",
            "");
        row("for good", changed("deny_purge", true), "deny_purge", "switched off");
        row("no subject at all", changed("subjects", QJsonArray()), "subjects", "name for one");
        row("a description", changed("description", QStringLiteral("x")), "", "");
        Stream refusing = orders();
        refusing.config[QStringLiteral("discard")] = QStringLiteral("new");
        row("discard new keeps all", changed("max_msgs", 400, refusing), "", "");
        refusing.config[QStringLiteral("max_msgs")] = 400;
        row("discard old lets go what is too much", changed("discard", QStringLiteral("old"), refusing), "max_msgs",
            "600");
        Stream lonely = orders();
        lonely.consumerCount = 0;
        row("interest of nobody", changed("retention", QStringLiteral("interest"), lonely), "retention", "all 1");
    }

    void saysWhatAChangeDoesAtOnce()
    {
        QFETCH(StreamDraft, draft);
        QFETCH(QString, field);
        QFETCH(QString, words);
        const FieldErrors said = consequences(draft, noon());
        QCOMPARE(fieldsOf(said), field.isEmpty() ? QStringList() : QStringList{field});
        if (!said.isEmpty())
            QVERIFY2(said.constFirst().message.contains(words), qPrintable(said.constFirst().message));
    }

    void saysWhyAFieldIsLocked()
    {
        QVERIFY(!whyNotSettable(QStringLiteral("storage"), orders(), at({2, 14, 9})).isEmpty());
        QVERIFY(whyNotSettable(QStringLiteral("storage"), {}, at({2, 14, 9})).isEmpty());
        const QString old = whyNotSettable(QStringLiteral("compression"), {}, at({2, 9, 25}));
        QVERIFY2(old.contains(QStringLiteral("2.10")) && old.contains(QStringLiteral("2.9.25")), qPrintable(old));
        QVERIFY(whyNotSettable(QStringLiteral("of_tomorrow"), orders(), at({2, 14, 9})).isEmpty());
    }
};

QTEST_GUILESS_MAIN(StreamEditTest)
#include "tst_streamedit.moc"

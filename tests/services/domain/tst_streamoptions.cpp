// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/streamoptionrules.h"
#include "tests/services/domain/streamconfigurations.h"
#include "tests/services/domain/streamdrafts.h"

#include <QTest>

namespace {

StreamContext newest()
{
    StreamContext context;
    context.server = ServerVersion{2, 14, 9};
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

/// The rules of nats-server for what a stream is set to; that real servers have the same is e2e_serverversions.
class StreamOptionsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void judgesNewOnes_data()
    {
        QTest::addColumn<QString>("config");
        QTest::addColumn<QString>("field");
        for (const auto &each : StreamConfigurations::cases)
            QTest::newRow(each.tag) << QString::fromUtf8(each.config) << QString::fromUtf8(each.field);
    }

    void judgesNewOnes()
    {
        QFETCH(QString, config);
        QFETCH(QString, field);
        const FieldErrors errors = validate(StreamDrafts::made(config.toUtf8()), newest());
        const QStringList fields = fieldsOf(errors);
        QVERIFY2(field.isEmpty() ? fields.isEmpty() : fields.contains(field),
            qPrintable(fields.join(u' ') + (errors.isEmpty() ? QString() : errors.constFirst().message)));
    }

    void judgesChanges_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("config");
        QTest::addColumn<QString>("field");
        for (const auto &each : StreamConfigurations::changes)
            QTest::newRow(each.tag) << QString::fromUtf8(each.before) << QString::fromUtf8(each.config)
                                    << QString::fromUtf8(each.field);
    }

    void judgesChanges()
    {
        QFETCH(QString, before);
        QFETCH(QString, config);
        QFETCH(QString, field);
        Stream seen;
        seen.config = StreamDrafts::made(before.toUtf8()).config;
        seen.id = {QStringLiteral("default"), QStringLiteral("t")};
        const FieldErrors errors = validate(StreamDrafts::changed(seen, config.toUtf8()), newest());
        const QStringList fields = fieldsOf(errors);
        QVERIFY2(field.isEmpty() ? fields.isEmpty() : fields.contains(field), qPrintable(fields.join(u' ')));
    }

    /// What stands together on a server was taken by it, whatever its release.
    void leavesAloneWhatIsNotTouched()
    {
        Stream seen;
        seen.id = {QStringLiteral("default"), QStringLiteral("t")};
        seen.config = StreamDrafts::made(R"({"allow_msg_schedules":true,"discard":"new"})").config;
        QCOMPARE(validate(StreamDrafts::changed(seen, R"({"description":"x"})"), newest()), FieldErrors());
        QCOMPARE(fieldsOf(validate(StreamDrafts::changed(seen, R"({"sources":[{"name":"o"}]})"), newest())),
            QStringList{QStringLiteral("allow_msg_schedules")});
    }

    void mirrorsStayMirrorsBeforePromotion()
    {
        Stream seen;
        seen.id = {QStringLiteral("default"), QStringLiteral("t")};
        seen.config = StreamDrafts::made(R"({"subjects":null,"mirror":{"name":"o"}})").config;
        StreamContext old = newest();
        old.server = ServerVersion{2, 11, 11};
        const FieldErrors errors = validate(StreamDrafts::changed(seen, R"({"mirror":null})"), old);
        QCOMPARE(fieldsOf(errors), QStringList{QStringLiteral("mirror")});
        QVERIFY(errors.constFirst().message.contains(QStringLiteral("2.12")));
    }

    void asyncTakesOneCopy()
    {
        StreamContext three = newest();
        three.serverReplicas = 3;
        const QByteArray async = R"({"persist_mode":"async"})";
        QCOMPARE(fieldsOf(validate(StreamDrafts::made(async), three)), QStringList{QStringLiteral("persist_mode")});
        const QByteArray one = R"({"persist_mode":"async","num_replicas":1})";
        QCOMPARE(validate(StreamDrafts::made(one), three), FieldErrors());
    }

    void switchesOnWhatOptionsTake()
    {
        const QJsonObject marked = withWhatOptionsImply({{QStringLiteral("subject_delete_marker_ttl"), 1}});
        QVERIFY(marked[QStringLiteral("allow_msg_ttl")].toBool());
        QVERIFY(marked[QStringLiteral("allow_rollup_hdrs")].toBool());
        const QJsonObject scheduled = withWhatOptionsImply({{QStringLiteral("allow_msg_schedules"), true}});
        QVERIFY(!scheduled.contains(QStringLiteral("allow_msg_ttl")));
        QVERIFY(scheduled[QStringLiteral("allow_rollup_hdrs")].toBool());
        QCOMPARE(withWhatOptionsImply({}), QJsonObject());
    }

    /// What a bucket's stream had before may stay, though its space is not for everybody.
    void leavesABucketItsSubjects()
    {
        Stream seen;
        seen.id = {QStringLiteral("default"), QStringLiteral("odd")};
        seen.config = StreamDrafts::made(R"({"name":"odd","subjects":["$KV.x.>"]})").config;
        QCOMPARE(validate(StreamDrafts::changed(seen, R"({"subjects":["$KV.x.>","own"]})"), newest()), FieldErrors());
        QCOMPARE(fieldsOf(validate(StreamDrafts::changed(seen, R"({"subjects":["$KV.y.>"]})"), newest())),
            QStringList{QStringLiteral("subjects")});
    }

    void limitsNoConsumerThatIsThere_data()
    {
        QTest::addColumn<QString>("limits");
        QTest::addColumn<QString>("field");
        const auto row = [](const char *tag, const char *limits, const char *field) {
            QTest::newRow(tag) << QString::fromUtf8(limits) << QString::fromUtf8(field);
        };
        row("room enough", R"({"consumer_limits":{"max_ack_pending":1000}})", "");
        row("fewer acks", R"({"consumer_limits":{"max_ack_pending":999}})", "consumer_limits.max_ack_pending");
        row("less idling", R"({"consumer_limits":{"inactive_threshold":4999999999}})",
            "consumer_limits.inactive_threshold");
        row("no limit", R"({"consumer_limits":{"max_ack_pending":0}})", "");
    }

    void limitsNoConsumerThatIsThere()
    {
        QFETCH(QString, limits);
        QFETCH(QString, field);
        Stream seen;
        seen.id = {QStringLiteral("default"), QStringLiteral("t")};
        seen.config = StreamDrafts::made({}).config;
        Consumer consumer;
        consumer.id = {seen.id, QStringLiteral("bills")};
        consumer.config = {
            {QStringLiteral("max_ack_pending"), 1000}, {QStringLiteral("inactive_threshold"), Q_INT64_C(5000000000)}};
        StreamContext context = newest();
        context.consumers = {consumer};
        const FieldErrors errors = validate(StreamDrafts::changed(seen, limits.toUtf8()), context);
        QCOMPARE(fieldsOf(errors), field.isEmpty() ? QStringList() : QStringList{field});
        if (!field.isEmpty())
            QVERIFY(errors.constFirst().message.contains(QStringLiteral("bills")));
    }

    void saysWhatAMirrorBecomes()
    {
        Stream seen;
        seen.id = {QStringLiteral("default"), QStringLiteral("t")};
        seen.config = StreamDrafts::made(R"({"subjects":null,"mirror":{"name":"o"}})").config;
        const FieldErrors said =
            consequences(StreamDrafts::changed(seen, R"({"mirror":null})"), QDateTime::currentDateTimeUtc());
        QCOMPARE(fieldsOf(said), QStringList{QStringLiteral("mirror")});
    }
};

QTEST_GUILESS_MAIN(StreamOptionsTest)
#include "tst_streamoptions.moc"

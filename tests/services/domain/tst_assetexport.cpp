// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/assetexport.h"
#include "services/domain/assetfields.h"
#include "services/domain/goduration.h"
#include "services/domain/nackresource.h"
#include "services/domain/shellquote.h"
#include "services/domain/yamltext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace {

using namespace std::chrono_literals;

/// `nats stream add --help` and `nats consumer add --help` of natscli 0.5.1; "[no-]" where a flag can be denied.
const char *const streamHelp =
    "config validate output subjects description storage compression replicas tag cluster [no-]ack retention discard "
    "[no-]discard-per-subject first-sequence max-age max-bytes max-consumers max-msg-size max-msgs "
    "max-msgs-per-subject dupe-window mirror source [no-]allow-batch [no-]allow-fast allow-counter [no-]allow-rollup "
    "[no-]deny-delete [no-]deny-purge [no-]allow-direct [no-]allow-mirror-direct allow-msg-ttl [no-]allow-schedules "
    "subject-del-markers-ttl transform-source transform-destination metadata republish-source republish-destination "
    "republish-headers limit-consumer-inactive limit-consumer-max-pending persist-mode json defaults";
const char *const consumerHelp =
    "config validate output ack bps backoff backoff-steps backoff-min backoff-max deliver deliver-group description "
    "ephemeral filter flow-control heartbeat [no-]headers-only max-deliver max-pending max-waiting max-pull-batch "
    "max-pull-expire max-pull-bytes pull replay sample target wait inactive-threshold memory replicas metadata pause "
    "pinned-groups pinned-ttl overflow-groups prioritized-groups defaults";

QSet<QString> flagsIn(const char *help)
{
    QSet<QString> flags;
    const QStringList words = QString::fromLatin1(help).split(QLatin1Char(' '));
    for (QString word : words) {
        const bool canBeDenied = word.startsWith(QLatin1String("[no-]"));
        const QString plain = word.remove(QLatin1String("[no-]"));
        flags.insert(plain);
        if (canBeDenied)
            flags.insert(QLatin1String("no-") + plain);
    }
    return flags;
}

QSet<QString> flagsUsedBy(const QString &command)
{
    static const QRegularExpression flag(QStringLiteral("(?<=\\s)--([a-z-]+)"));
    QSet<QString> used;
    for (auto found = flag.globalMatch(command); found.hasNext();)
        used.insert(found.next().captured(1));
    return used;
}

QJsonObject sourceOf(const char *name)
{
    return {{QStringLiteral("name"), QLatin1String(name)}, {QStringLiteral("opt_start_seq"), 7},
        {QStringLiteral("filter_subject"), QStringLiteral("a.>")},
        {QStringLiteral("external"),
            QJsonObject{{QStringLiteral("api"), QStringLiteral("$JS.hub.API")},
                {QStringLiteral("deliver"), QStringLiteral("hub.deliver")}}},
        {QStringLiteral("subject_transforms"),
            QJsonArray{QJsonObject{
                {QStringLiteral("src"), QStringLiteral("a.*")}, {QStringLiteral("dest"), QStringLiteral("b.$1")}}}}};
}

/// Something other than the default for each field.
QJsonValue sample(const AssetField &field)
{
    const QLatin1String name(field.name);
    const auto object = [](const char *json) { return QJsonDocument::fromJson(QByteArray(json)).object(); };
    if (name == QLatin1String("placement"))
        return object("{\"cluster\":\"east\",\"tags\":[\"ssd\",\"it's\"]}");
    if (name == QLatin1String("mirror"))
        return sourceOf("UP");
    if (name == QLatin1String("sources"))
        return QJsonArray{sourceOf("A"), sourceOf("B")};
    if (name == QLatin1String("republish"))
        return object("{\"src\":\"a.>\",\"dest\":\"b.>\",\"headers_only\":true}");
    if (name == QLatin1String("subject_transform"))
        return object("{\"src\":\"a.*\",\"dest\":\"b.$1\"}");
    if (name == QLatin1String("consumer_limits"))
        return object("{\"inactive_threshold\":3600000000000,\"max_ack_pending\":77}");
    if (name == QLatin1String("metadata"))
        return object("{\"team\":\"it's $HOME\",\"pennant.app/linked-app\":\"Deployment/shop\"}");
    if (name == QLatin1String("backoff"))
        return QJsonArray{qint64(1000000000), qint64(5000000000)};
    if (name == QLatin1String("priority_groups"))
        return QJsonArray{QStringLiteral("g1")};
    if (name == QLatin1String("opt_start_time") || name == QLatin1String("pause_until"))
        return QStringLiteral("2031-05-06T07:08:09Z");
    if (name == QLatin1String("sample_freq"))
        return QStringLiteral("30%");
    const QHash<QString, QString> words{{QStringLiteral("retention"), QStringLiteral("workqueue")},
        {QStringLiteral("storage"), QStringLiteral("memory")}, {QStringLiteral("discard"), QStringLiteral("new")},
        {QStringLiteral("compression"), QStringLiteral("s2")},
        {QStringLiteral("persist_mode"), QStringLiteral("async")},
        {QStringLiteral("ack_policy"), QStringLiteral("all")},
        {QStringLiteral("deliver_policy"), QStringLiteral("last_per_subject")},
        {QStringLiteral("replay_policy"), QStringLiteral("original")},
        {QStringLiteral("priority_policy"), QStringLiteral("pinned_client")}};
    switch (field.value) {
    case AssetField::Value::Word:
        return words.value(name);
    case AssetField::Value::Subjects:
        return QJsonArray{QStringLiteral("one.*"), QStringLiteral("two.>")};
    case AssetField::Value::Flag:
        return true;
    case AssetField::Value::Duration:
        return qint64(5400000000001);
    case AssetField::Value::Count:
    case AssetField::Value::Bytes:
        return 42;
    case AssetField::Value::Text:
        return QStringLiteral("it's \"x\" $y");
    case AssetField::Value::Document:
        break;
    }
    return {};
}

/// A pull consumer, or a push one where the field needs that.
QJsonObject consumerWith(const AssetField &field)
{
    QJsonObject config{{QStringLiteral("durable_name"), QStringLiteral("work")}};
    const QStringList ofPush{QStringLiteral("deliver_group"), QStringLiteral("flow_control"),
        QStringLiteral("idle_heartbeat"), QStringLiteral("rate_limit_bps")};
    if (ofPush.contains(QLatin1String(field.name)))
        config.insert(QStringLiteral("deliver_subject"), QStringLiteral("to.me"));
    config.insert(QLatin1String(field.name), sample(field));
    if (qstrcmp(field.name, "priority_groups") == 0)
        config.insert(QStringLiteral("priority_policy"), QStringLiteral("pinned_client"));
    return config;
}

QJsonObject streamWith(const AssetField &field)
{
    QJsonObject config{{QStringLiteral("name"), QStringLiteral("S")}};
    config.insert(QLatin1String(field.name), sample(field));
    return config;
}

/// What is left of a text without its comments.
QString withoutComments(const QString &text)
{
    QStringList lines = text.split(QLatin1Char('\n'));
    lines.removeIf([](const QString &line) { return line.startsWith(QLatin1Char('#')); });
    return lines.join(QLatin1Char('\n'));
}

} // namespace

class AssetExportTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesGosDurations()
    {
        QCOMPARE(goDuration(0s), QStringLiteral("0s"));
        QCOMPARE(goDuration(90min), QStringLiteral("1h30m"));
        QCOMPARE(goDuration(90min + 1ns), QStringLiteral("1h30m1ns"));
        QCOMPARE(goDuration(100ms), QStringLiteral("100ms"));
        QCOMPARE(goDuration(-1s), QStringLiteral("-1s"));
        for (const auto duration : {0ns, 1ns, 1'500'000'000ns, std::chrono::nanoseconds(24h * 365 * 200)})
            QCOMPARE(fromGoDuration(goDuration(duration)), std::optional(duration));
        QCOMPARE(fromGoDuration(QStringLiteral("1.5h")), std::optional(std::chrono::nanoseconds(90min)));
        QCOMPARE(
            fromGoDuration(QStringLiteral("2562047h47m16.854775807s")), std::optional(std::chrono::nanoseconds::max()));
        for (const char *nonsense : {"", "1", "h", "1d", "1 h", "--1s", "9999999h", "99999999999999999999h", "1h1"})
            QVERIFY2(!fromGoDuration(QLatin1String(nonsense)), nonsense);
    }

    void writesYaml()
    {
        const QJsonObject document{
            {QStringLiteral("list"),
                QJsonArray{1, QStringLiteral("no"),
                    QJsonObject{{QStringLiteral("a"), true}, {QStringLiteral("b"), QStringLiteral("x: y")}}}},
            {QStringLiteral("empty"), QJsonArray()},
            {QStringLiteral("deep"), QJsonObject{{QStringLiteral("a/b"), QStringLiteral("plain")}}}};
        QCOMPARE(toYaml(document),
            QStringLiteral("deep:\n  a/b: plain\nempty: []\nlist:\n  - 1\n  - \"no\"\n  - a: true\n    b: \"x: y\"\n"));
    }

    void holdsEachStreamField()
    {
        for (const AssetField &field : streamFields()) {
            const QJsonObject config = streamWith(field);
            const ExportedAsset json = exportStream(config, AssetForm::Json);
            QCOMPARE(QJsonDocument::fromJson(json.text.toUtf8()).object(), config);
            const NackResource nack = nackStream(config);
            QVERIFY2(nack.missing.isEmpty(), field.name);
            QCOMPARE(streamFromNack(nack.document).config, config);
            QCOMPARE(streamFromNack(nack.document).unknown, QStringList());
            const ExportedAsset command = exportStream(config, AssetForm::Command);
            const bool isMissing = qstrcmp(field.name, "sealed") == 0;
            QCOMPARE(!command.missing.isEmpty(), isMissing);
            const QSet<QString> unknown = flagsUsedBy(withoutComments(command.text)) - flagsIn(streamHelp);
            QVERIFY2(unknown.isEmpty(), field.name);
            QVERIFY2(isMissing || qstrcmp(field.name, "name") == 0
                    || command.text != streamCommand({{QStringLiteral("name"), QStringLiteral("S")}}).text,
                field.name);
        }
    }

    void holdsEachConsumerField()
    {
        const QStringList withoutFlag{QStringLiteral("backoff"), QStringLiteral("opt_start_seq"),
            QStringLiteral("opt_start_time"), QStringLiteral("priority_timeout")};
        for (const AssetField &field : consumerFields()) {
            const QJsonObject config = consumerWith(field);
            const ExportedAsset json = exportConsumer(QStringLiteral("S"), config, AssetForm::Json);
            QCOMPARE(QJsonDocument::fromJson(json.text.toUtf8()).object(), config);
            const NackResource nack = nackConsumer(QStringLiteral("S"), config);
            QCOMPARE(nack.missing.isEmpty(), qstrcmp(field.name, "name") != 0);
            QJsonObject held = config;
            held.remove(QStringLiteral("name"));
            QVERIFY(isNackConsumer(nack.document));
            const FromNack back = consumerFromNack(nack.document);
            QCOMPARE(back.config, held);
            QCOMPARE(back.stream, QStringLiteral("S"));
            QCOMPARE(back.unknown, QStringList());
            const ExportedAsset command = exportConsumer(QStringLiteral("S"), config, AssetForm::Command);
            QCOMPARE(!command.missing.isEmpty(), withoutFlag.contains(QLatin1String(field.name)));
            const QSet<QString> unknown = flagsUsedBy(withoutComments(command.text)) - flagsIn(consumerHelp);
            QVERIFY2(unknown.isEmpty(), field.name);
        }
    }

    void saysWhatAFormCantHold()
    {
        const QJsonObject config{{QStringLiteral("name"), QStringLiteral("it's")}, {QStringLiteral("sealed"), true},
            {QStringLiteral("of_tomorrow"), 5}, {QStringLiteral("max_bytes"), qint64(5'000'000'001)},
            {QStringLiteral("metadata"),
                QJsonObject{{QStringLiteral("a:b"), QStringLiteral("c")},
                    {QStringLiteral("_nats.ver"), QStringLiteral("2.14")}}}};
        const ExportedAsset command = exportStream(config, AssetForm::Command);
        QCOMPARE(command.missing,
            (QStringList{QStringLiteral("max_bytes"), QStringLiteral("metadata.a:b"), QStringLiteral("of_tomorrow"),
                QStringLiteral("sealed")}));
        QVERIFY2(command.text.contains(QLatin1String("nats stream add 'it'\\''s' --config='it'\\''s.json'")),
            qPrintable(command.text));
        const ExportedAsset nack = exportStream(config, AssetForm::Nack);
        QCOMPARE(nack.missing, QStringList{QStringLiteral("of_tomorrow")});
        QVERIFY(nack.text.startsWith(QLatin1String("# ")));
        QVERIFY(nack.text.contains(QLatin1String("  name: it-s\n")));
        QVERIFY(!nack.text.contains(QLatin1String("_nats")));
    }

    /// Servers take any key, and any client of an account that may administer it sets one.
    void keepsCommentsOnTheirLines()
    {
        for (const char16_t end : {u'\n', u'\r', u'\u0085', u'\u2028', u'\u2029'}) {
            const QString evil =
                QStringLiteral("a=") + QChar(end) + QStringLiteral("touch /tmp/x") + QChar(end) + QStringLiteral("#\"");
            const QJsonObject config{{QStringLiteral("name"), QStringLiteral("S")}, {evil, 5},
                {QStringLiteral("metadata"), QJsonObject{{evil, QStringLiteral("v")}}}};
            const ExportedAsset command = exportStream(config, AssetForm::Command);
            QCOMPARE(command.missing, (QStringList{QStringLiteral("metadata.") + evil, evil}));
            QVERIFY2(
                !command.text.section(QLatin1String("\nnats "), 0, 0).contains(QChar(end) + QLatin1String("touch")),
                qPrintable(command.text));
            QVERIFY(!withoutComments(command.text).contains(QLatin1String("touch")));
            const ExportedAsset nack = exportStream(config, AssetForm::Nack);
            const QString comments = nack.text.section(QLatin1String("\napiVersion"), 0, 0);
            QVERIFY2(comments.contains(QLatin1String("touch")), qPrintable(nack.text));
            QVERIFY2(!comments.contains(QChar(end) + QLatin1String("touch")), qPrintable(nack.text));
        }
        const QJsonObject named{
            {QStringLiteral("name"), QStringLiteral("S\ntouch x")}, {QStringLiteral("sealed"), true}};
        QVERIFY(streamCommand(named).text.section(QLatin1String("\nnats "), 0, 0).count(QLatin1Char('\n')) == 2);
    }

    /// "$" of a regular expression stands also before a newline at the end.
    void quotesWhatEndsInANewline()
    {
        QCOMPARE(shellQuoted(QStringLiteral("foo")), QStringLiteral("foo"));
        QCOMPARE(shellQuoted(QStringLiteral("foo\n")), QStringLiteral("'foo\n'"));
        QCOMPARE(toYaml({{QStringLiteral("a"), QStringLiteral("foo\n")}}), QStringLiteral("a: \"foo\\n\"\n"));
        QVERIFY(!fromGoDuration(QStringLiteral("1s\n")));
    }

    void writesBytesAsTheCliReadsThem()
    {
        const auto flag = [](qint64 bytes) {
            return streamCommand({{QStringLiteral("name"), QStringLiteral("S")}, {QStringLiteral("max_bytes"), bytes}})
                .text;
        };
        QVERIFY(flag(2'147'483'647).contains(QLatin1String("--max-bytes=2147483647 ")));
        QVERIFY(flag(10'737'418'240).contains(QLatin1String("--max-bytes=10485760K ")));
        QVERIFY(!flag(-1).contains(QLatin1String("--max-bytes")));
    }

    void startsWhereTheConsumerDoes()
    {
        const auto command = [](const char *policy, const QJsonObject &rest = {}) {
            QJsonObject config = rest;
            config.insert(QStringLiteral("durable_name"), QStringLiteral("work"));
            config.insert(QStringLiteral("deliver_policy"), QLatin1String(policy));
            return consumerCommand(QStringLiteral("S"), config);
        };
        QVERIFY(command("last_per_subject").text.contains(QLatin1String("--deliver=subject ")));
        QVERIFY(command("new").text.contains(QLatin1String("--deliver=new ")));
        QVERIFY(command("by_start_sequence",
            {{QStringLiteral("opt_start_seq"),
                9}}).text.contains(QLatin1String("--deliver=9 ")));
        QCOMPARE(command("by_start_time", {{QStringLiteral("opt_start_time"), QStringLiteral("2031-05-06T07:08:09Z")}})
                     .missing.size(),
            2);
    }
};

QTEST_GUILESS_MAIN(AssetExportTest)
#include "tst_assetexport.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/assetexport.h"
#include "services/domain/assetfields.h"
#include "services/domain/consumerdraft.h"
#include "services/messaging/consumerimport.h"
#include "tests/support/awaited.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

namespace {

QString text(const char *value)
{
    return QString::fromUtf8(value);
}

QByteArray inJson(const char *json)
{
    return QByteArray(json).replace('\'', '"');
}

QByteArray inJson(const QJsonObject &object)
{
    return QJsonDocument(object).toJson();
}

QJsonObject objectOf(const char *json)
{
    return QJsonDocument::fromJson(inJson(json)).object();
}

/// The two have every field between them.
QJsonObject pulled()
{
    return objectOf("{'name':'work','durable_name':'work','description':'what it is for','filter_subjects':['a.*','b'],"
                    "'ack_policy':'all','ack_wait':1000000000,'max_deliver':5,'max_ack_pending':77,"
                    "'deliver_policy':'by_start_time','opt_start_time':'2029-05-06T07:08:09Z',"
                    "'replay_policy':'original','max_waiting':9,'max_batch':10,'max_expires':5400000000001,"
                    "'max_bytes':4096,'backoff':[1000000000,5000000000],'inactive_threshold':3600000000000,"
                    "'headers_only':true,'sample_freq':'30%','num_replicas':3,'mem_storage':true,"
                    "'metadata':{'team':'yes'},'pause_until':'2031-05-06T07:08:09Z','priority_groups':['g'],"
                    "'priority_policy':'pinned_client','priority_timeout':60000000000}");
}

QJsonObject pushed()
{
    return objectOf("{'name':'push','durable_name':'push','filter_subject':'a.>','ack_policy':'none',"
                    "'deliver_policy':'by_start_sequence','opt_start_seq':42,'deliver_subject':'to.me',"
                    "'deliver_group':'g','flow_control':true,'idle_heartbeat':5000000000,'rate_limit_bps':1024}");
}

QJsonObject without(QJsonObject config, const QStringList &fields)
{
    for (const QString &field : fields)
        config.remove(field);
    return config;
}

/// As it is imported.
QJsonObject ofForm(const QJsonObject &config)
{
    return without(config, {text("name")});
}

QJsonObject withServersMetadata(QJsonObject config)
{
    QJsonObject metadata = config.value(text("metadata")).toObject();
    metadata.insert(text("_nats.ver"), text("2.14.9"));
    config.insert(text("metadata"), metadata);
    return config;
}

QDateTime now()
{
    return QDateTime::fromString(text("2030-01-01T00:00:00Z"), Qt::ISODate);
}

} // namespace

class ConsumerImportTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesEachKindOfDocument_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("stream");
        const QJsonObject info{{text("type"), text("io.nats.jetstream.api.v1.consumer_info_response")},
            {text("stream_name"), text("S")}, {text("name"), text("work")},
            {text("config"), withServersMetadata(pulled())}, {text("num_pending"), 5}};
        QTest::newRow("configuration") << inJson(pulled()) << QString();
        QTest::newRow("with what a server wrote") << inJson(withServersMetadata(pulled())) << QString();
        QTest::newRow("with what means nothing") << inJson([] {
            QJsonObject config = pulled();
            config.insert(text("deliver_subject"), QJsonValue::Null);
            config.insert(text("of_tomorrow"), false);
            return config;
        }()) << QString();
        QTest::newRow("CONSUMER.INFO") << inJson(info) << text("S");
        QTest::newRow("CONSUMER.LIST") << inJson({{text("consumers"), QJsonArray{info}}}) << text("S");
        QTest::newRow("CONSUMER.CREATE") << inJson(
            {{text("stream_name"), text("S")}, {text("config"), pulled()}, {text("action"), text("create")}})
                                         << text("S");
        QTest::newRow("list") << QJsonDocument(QJsonArray{info}).toJson() << text("S");
        QTest::newRow("list of one with a list")
            << QJsonDocument(QJsonArray{QJsonObject{{text("consumers"), QJsonArray{info}}}}).toJson() << text("S");
    }
    void takesEachKindOfDocument()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, stream);
        const auto consumers = awaited(consumersIn(content, now()));
        QVERIFY2(consumers, whyNot(consumers));
        QCOMPARE(consumers->size(), 1);
        QCOMPARE(consumers->first().stream, stream);
        QCOMPARE(consumers->first().config, ofForm(pulled()));
        QCOMPARE(consumers->first().unknown, QStringList());
        QVERIFY(!consumers->first().wasEphemeral);
    }

    void comesBackAsItWasExported_data()
    {
        QTest::addColumn<QJsonObject>("config");
        QTest::newRow("pull") << pulled();
        QTest::newRow("push") << pushed();
        for (const AssetField &field : consumerFields())
            QVERIFY2(pulled().contains(QLatin1String(field.name)) || pushed().contains(QLatin1String(field.name)),
                field.name);
    }
    void comesBackAsItWasExported()
    {
        QFETCH(QJsonObject, config);
        for (const AssetForm form : {AssetForm::Json, AssetForm::Nack}) {
            const ExportedAsset exported = exportConsumer(text("S"), withServersMetadata(config), form);
            QCOMPARE(exported.missing, QStringList());
            const auto consumers = consumersInText(exported.text.toUtf8(), now());
            QVERIFY2(consumers, whyNot(consumers));
            const ImportedConsumer back = consumers->first();
            QCOMPARE(
                back, (ImportedConsumer{form == AssetForm::Nack ? text("S") : QString(), ofForm(config), {}, false}));
            const QJsonObject asked = toConfig({{text("default"), text("S")}, back.config});
            QCOMPARE(notTaken(config, asked).size(), 0); // nothing of it is lost on its way to a server
        }
    }

    void takesYaml()
    {
        const QByteArray yaml(
            "stream_name: S\nconfig: {durable_name: work, ack_policy: explicit, max_deliver: 5}\n---\n"
            "- {durable_name: other, ack_wait: 1000000000}\n");
        const auto consumers = consumersInText(yaml, now());
        QVERIFY2(consumers, whyNot(consumers));
        QCOMPARE(consumers->size(), 2);
        QCOMPARE(consumers->first().config.value(text("max_deliver")).toInt(), 5);
        QCOMPARE(consumers->last().name(), text("other"));
    }

    void takesAListOfNacksResources()
    {
        const QByteArray one(
            "{'apiVersion':'jetstream.nats.io/v1beta2','kind':'Consumer','metadata':{'name':'s-w'},"
            "'spec':{'streamName':'S','durableName':'w','account':'a','preventDelete':true,"
            "'deliverPolicy':'lastPerSubject','ackWait':'1.5h','backoff':['1s','soon'],'ofTomorrow':5}}");
        const QByteArray list = "{'apiVersion':'v1','kind':'List','items':[" + one + "," + one + "]}";
        const auto consumers = consumersInText(inJson(list.constData()), now());
        QVERIFY2(consumers, whyNot(consumers));
        QCOMPARE(consumers->size(), 2);
        const QJsonObject config =
            objectOf("{'durable_name':'w','deliver_policy':'last_per_subject','ack_wait':5400000000000}");
        QCOMPARE(
            consumers->last(), (ImportedConsumer{text("S"), config, {text("backoff"), text("ofTomorrow")}, false}));
    }

    void leavesOutWhatServersRefuse()
    {
        QJsonObject config = pulled();
        config.insert(text("of_tomorrow"), QJsonArray{1, text("x")});
        config.insert(text("subjects"), QJsonArray{text("a")});
        config.insert(text("name"), text("another"));
        const auto consumers = consumersInText(inJson(config), now());
        QVERIFY2(consumers, whyNot(consumers));
        QCOMPARE(consumers->first().config, ofForm(pulled()));
        QCOMPARE(consumers->first().unknown, (QStringList{text("of_tomorrow"), text("subjects"), text("name")}));
    }

    void leavesOutAPauseThatIsOver()
    {
        for (const char *past : {"2030-01-01T00:00:00Z", "2029-12-31T23:59:59.999999999Z", "0001-01-01T00:00:00Z", "",
                 "2030-01-01T01:00:00+02:00"}) {
            QJsonObject config = pulled();
            config.insert(text("pause_until"), text(past));
            const auto consumers = consumersInText(inJson(config), now());
            QVERIFY2(consumers, whyNot(consumers));
            QCOMPARE(consumers->first().config, without(ofForm(pulled()), {text("pause_until")}));
            QCOMPARE(consumers->first().unknown, QStringList());
        }
    }

    void makesADurableOneOfOthers()
    {
        const auto named = consumersInText(inJson("{'name':'once','ack_policy':'explicit'}"), now());
        QVERIFY2(named, whyNot(named));
        QVERIFY(named->first().wasEphemeral);
        QCOMPARE(named->first().config, objectOf("{'durable_name':'once','ack_policy':'explicit'}"));
        const auto given =
            consumersInText(inJson("{'stream_name':'S','name':'x7','config':{'ack_policy':'explicit'}}"), now());
        QVERIFY2(given, whyNot(given));
        QCOMPARE(given->first().name(), text("x7"));
        const auto nameless = consumersInText(inJson("{'ack_policy':'explicit','durable_name':''}"), now());
        QVERIFY2(nameless, whyNot(nameless));
        QCOMPARE(nameless->first().config, objectOf("{'ack_policy':'explicit'}"));
    }

    void refusesAnythingElse_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *tag, const QByteArray &content, const char *says) {
            QTest::newRow(tag) << inJson(content.constData()) << text(says);
        };
        row("nothing", "", "empty");
        row("a word", "hello", "no consumer");
        row("broken JSON", "{'durable_name': 'c'", "no JSON");
        row("an empty object", "{}", "neither a durable_name nor an ack_policy");
        row("an empty list", "[]", "no consumer");
        row("no consumers", "{'consumers':[]}", "no consumer");
        row("a list of numbers", "[1,2]", "no consumer");
        row("a name alone", "{'name':'c'}", "neither a durable_name nor an ack_policy");
        row("a stream", "{'name':'S','subjects':['a']}", "This is a stream");
        row("a stream's info", "{'config':{'name':'S','retention':'limits'},'state':{'messages':5}}",
            "This is a stream");
        row("STREAM.LIST", "{'streams':[{'config':{'name':'S'}}]}", "These are streams");
        row("a stream of NACK", "apiVersion: jetstream.nats.io/v1beta2\nkind: Stream\nspec: {name: S}\n",
            "This is a stream");
        row("another resource", "apiVersion: v1\nkind: Secret\ndata: {a: b}\n", "no consumer of NACK");
        row("a name that is a number", "{'durable_name':5}", "durable_name is no text");
        row("a limit that is text", "{'durable_name':'c','max_deliver':'many'}",
            "consumer c can't be read: max_deliver is no whole number");
        row("a limit with a fraction", "{'durable_name':'c','max_deliver':1.5}", "max_deliver is no whole number");
        row("a wait that is text", "{'name':'c','ack_wait':'30s'}",
            "consumer c can't be read: ack_wait is no whole number of nanoseconds");
        row("a flag that is text", "{'durable_name':'c','headers_only':'yes'}", "neither true nor false");
        row("filters that are text", "{'durable_name':'c','filter_subjects':'a'}", "filter_subjects is no list");
        row("waits that are text", "{'durable_name':'c','backoff':['1s']}", "backoff is no list of whole numbers");
        row("groups that are numbers", "{'durable_name':'c','priority_groups':[1]}", "priority_groups is no list");
        row("metadata that is a list", "{'durable_name':'c','metadata':[]}", "metadata is no object");
        row("a start that is no time", "{'durable_name':'c','opt_start_time':'soon'}", "opt_start_time is no time");
        row("a pause that is no time", "{'durable_name':'c','pause_until':'soon'}", "pause_until is no time");
        row("one bad of two", "[{'durable_name':'a'},{'durable_name':'b','max_deliver':[]}]", "consumer b");
        row("a consumer and a stream", "[{'durable_name':'a'},{'name':'S','subjects':['a']}]", "This is a stream");
        row("lists in lists", "[[[[[[{'durable_name':'c'}]]]]]]", "more than is read");
        row("9 MiB", "{'durable_name':'" + QByteArray(9 * 1024 * 1024, 'x') + "'}", "8 MiB");
    }
    void refusesAnythingElse()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, says);
        const auto consumers = consumersInText(content, now());
        QVERIFY(!consumers);
        QCOMPARE(consumers.error().kind, Error::Kind::Invalid);
        QVERIFY2(consumers.error().summary.contains(says), qPrintable(consumers.error().text()));
    }

    void readsFiles()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(text("a.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(inJson(pulled()));
        file.close();
        const auto consumers = awaited(consumersInFile(file.fileName(), now()));
        QVERIFY2(consumers, whyNot(consumers));
        QCOMPARE(consumers->first().name(), text("work"));
        const auto unread = awaited(consumersInFile(folder.path(), now()));
        QVERIFY(!unread);
        QCOMPARE(unread.error().kind, Error::Kind::Local);
    }
};

QTEST_GUILESS_MAIN(ConsumerImportTest)
#include "tst_consumerimport.moc"

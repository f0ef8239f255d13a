// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/assetexport.h"
#include "services/domain/streamdraft.h"
#include "services/messaging/streamimport.h"
#include "tests/support/awaited.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

namespace {

const QJsonObject orders{{QStringLiteral("name"), QStringLiteral("ORDERS")},
    {QStringLiteral("subjects"), QJsonArray{QStringLiteral("orders.>")}},
    {QStringLiteral("max_age"), qint64(5400000000001)}, {QStringLiteral("max_msgs"), -1},
    {QStringLiteral("of_tomorrow"), QJsonArray{1, QStringLiteral("x")}}};

QByteArray inJson(const QJsonObject &object)
{
    return QJsonDocument(object).toJson();
}

QJsonObject withServersMetadata(QJsonObject config)
{
    config[QStringLiteral("metadata")] = QJsonObject{
        {QStringLiteral("_nats.ver"), QStringLiteral("2.14.9")}, {QStringLiteral("_nats.level"), QStringLiteral("0")}};
    return config;
}

} // namespace

class StreamImportTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesEachKindOfDocument_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("configuration") << inJson(orders);
        QTest::newRow("with what a server wrote") << inJson(withServersMetadata(orders));
        QTest::newRow("STREAM.INFO") << inJson(
            {{QStringLiteral("type"), QStringLiteral("io.nats.jetstream.api.v1.stream_info_response")},
                {QStringLiteral("config"), withServersMetadata(orders)},
                {QStringLiteral("state"), QJsonObject{{QStringLiteral("messages"), 5}}}});
        QTest::newRow("list") << QJsonDocument(QJsonArray{orders}).toJson();
        QTest::newRow("STREAM.LIST") << inJson(
            {{QStringLiteral("streams"), QJsonArray{QJsonObject{{QStringLiteral("config"), orders}}}}});
        QTest::newRow("YAML of the same") << QByteArray(
            "name: ORDERS\nsubjects: [orders.>]\nmax_age: 5400000000001\nmax_msgs: -1\nof_tomorrow: [1, x]\n");
    }
    void takesEachKindOfDocument()
    {
        QFETCH(QByteArray, content);
        const auto streams = awaited(streamsIn(content));
        QVERIFY2(streams, whyNot(streams));
        QJsonObject known = orders;
        known.remove(QStringLiteral("of_tomorrow"));
        QCOMPARE(*streams, QList<ImportedStream>({{known, {QStringLiteral("of_tomorrow")}}}));
    }

    void takesAResourceOfNack()
    {
        QJsonObject known = orders;
        known.remove(QStringLiteral("of_tomorrow"));
        QByteArray yaml = exportStream(orders, AssetForm::Nack).text.toUtf8();
        const auto streams = streamsInText(yaml);
        QVERIFY2(streams, whyNot(streams));
        QCOMPARE(streams->first().config, known);
        yaml += "  preventDelete: true\n  ofTomorrow: 5\n---\n# nothing\n---\n" + yaml;
        const auto both = streamsInText(yaml);
        QVERIFY2(both, whyNot(both));
        QCOMPARE(both->size(), 2);
        QCOMPARE(both->first().unknown, QStringList{QStringLiteral("ofTomorrow")});
    }

    /// As `kubectl get stream orders -o yaml` prints it: with all that the schema fills in.
    void takesAResourceAsKubectlPrintsIt()
    {
        const QByteArray printed = "apiVersion: jetstream.nats.io/v1beta2\n"
                                   "kind: Stream\n"
                                   "metadata:\n"
                                   "  annotations:\n"
                                   "    kubectl.kubernetes.io/last-applied-configuration: |\n"
                                   "      {\"apiVersion\":\"jetstream.nats.io/v1beta2\",\"kind\":\"Stream\"}\n"
                                   "  creationTimestamp: \"2026-05-06T07:08:09Z\"\n"
                                   "  finalizers:\n"
                                   "  - jetstream.nats.io/stream\n"
                                   "  generation: 1\n"
                                   "  name: orders\n"
                                   "  namespace: default\n"
                                   "  resourceVersion: \"1234\"\n"
                                   "  uid: 0c0e1c7e-5f0b-4d6e-9a38-6f4a0a1d1b0c\n"
                                   "spec:\n"
                                   "  allowDirect: false\n"
                                   "  allowRollup: false\n"
                                   "  denyDelete: false\n"
                                   "  discard: old\n"
                                   "  discardPerSubject: false\n"
                                   "  maxAge: \"\"\n"
                                   "  maxBytes: -1\n"
                                   "  maxConsumers: 0\n"
                                   "  maxMsgSize: -1\n"
                                   "  maxMsgs: -1\n"
                                   "  maxMsgsPerSubject: 0\n"
                                   "  name: ORDERS\n"
                                   "  noAck: false\n"
                                   "  preventDelete: false\n"
                                   "  preventUpdate: false\n"
                                   "  replicas: 1\n"
                                   "  retention: limits\n"
                                   "  storage: file\n"
                                   "  subjects:\n"
                                   "  - orders.>\n"
                                   "status:\n"
                                   "  conditions:\n"
                                   "  - lastTransitionTime: \"2026-05-06T07:08:09Z\"\n"
                                   "    status: \"True\"\n"
                                   "    type: Ready\n"
                                   "  observedGeneration: 1\n";
        const auto streams = streamsInText(printed);
        QVERIFY2(streams, whyNot(streams));
        QCOMPARE(streams->size(), 1);
        const ImportedStream stream = streams->first();
        QCOMPARE(stream.unknown, QStringList());
        for (const char *limit : {"max_msgs", "max_bytes", "max_msg_size", "max_msgs_per_subject", "max_consumers"})
            QCOMPARE(stream.config.value(QLatin1String(limit)).toInteger(5), -1);
        const FieldErrors wrong = validate(StreamDraft{QStringLiteral("default"), stream.config}, {});
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.isEmpty() ? QString() : wrong.first().field));
        // and a configuration in JSON, which servers take so
        const auto json = streamsInText("{\"name\":\"A\",\"subjects\":[\"a\"],\"max_consumers\":0,\"max_bytes\":7}");
        QVERIFY2(json, whyNot(json));
        QCOMPARE(json->first().config.value(QStringLiteral("max_consumers")).toInteger(), -1);
        QCOMPARE(json->first().config.value(QStringLiteral("max_bytes")).toInteger(), 7);
    }

    void refusesAnythingElse_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *tag, const QByteArray &content, const char *says) {
            QTest::newRow(tag) << content << QString::fromLatin1(says);
        };
        row("nothing", "", "empty");
        row("blanks", " \n\t ", "empty");
        row("a word", "hello", "no stream");
        row("a number", "5", "no stream");
        row("null", "null", "no stream");
        row("broken JSON", "{\"name\": \"ORDERS\"", "no JSON");
        row("broken YAML", "name: [unclosed", "neither JSON nor YAML");
        row("binary",
            QByteArray("\x7f"
                       "ELF\x02\x01\x01\0\0\0",
                10),
            "");
        row("an empty object", "{}", "neither a name nor subjects");
        row("an empty list", "[]", "no stream");
        row("a list of numbers", "[1,2]", "no stream");
        row("another document", "{\"hello\":\"world\"}", "neither a name nor subjects");
        row("a consumer", "{\"durable_name\":\"c\",\"ack_policy\":\"explicit\"}", "a consumer");
        row("a consumer's info", "{\"stream_name\":\"S\",\"name\":\"c\",\"config\":{\"durable_name\":\"c\"}}",
            "a consumer");
        row("a name that is a number", "{\"name\":5,\"subjects\":[\"a\"]}", "name is no text");
        row("subjects that are text", "{\"name\":\"S\",\"subjects\":\"a\"}", "subjects is no list");
        row("a limit that is text", "{\"name\":\"S\",\"max_msgs\":\"many\"}", "max_msgs is no whole number");
        row("a limit with a fraction", "{\"name\":\"S\",\"max_msgs\":1.5}", "max_msgs is no whole number");
        row("an age that is text", "{\"name\":\"S\",\"max_age\":\"1h\"}", "nanoseconds");
        row("a flag that is text", "{\"name\":\"S\",\"deny_delete\":\"yes\"}", "neither true nor false");
        row("sources that are one", "{\"name\":\"S\",\"sources\":{}}", "sources is no object");
        row("one bad of two", "[{\"name\":\"A\"},{\"name\":\"B\",\"max_msgs\":[]}]", "stream B");
        row("another resource", "apiVersion: v1\nkind: Secret\ndata: {a: b}\n", "no stream of NACK");
        row("nested deep", QByteArray(100'000, '['), "no JSON");
        row("nested deep in YAML", "a: " + QByteArray(5'000, '[') + QByteArray(5'000, ']'), "");
        row("lists in lists", "[[[[[[{\"name\":\"S\"}]]]]]]", "more than is read");
        row("aliases of aliases",
            "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c "
            "[*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e "
            "[*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n",
            "more than is read");
        row("9 MiB", "{\"name\":\"" + QByteArray(9 * 1024 * 1024, 'x') + "\"}", "8 MiB");
    }
    void refusesAnythingElse()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, says);
        const auto streams = streamsInText(content);
        QVERIFY(!streams);
        QCOMPARE(streams.error().kind, Error::Kind::Invalid);
        QVERIFY2(streams.error().summary.contains(says), qPrintable(streams.error().text()));
    }

    void readsFiles()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("a.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(inJson(orders));
        file.close();
        const auto streams = awaited(streamsInFile(file.fileName()));
        QVERIFY2(streams, whyNot(streams));
        QCOMPARE(streams->first().name(), QStringLiteral("ORDERS"));
        for (const QString &other :
            {folder.path(), folder.filePath(QStringLiteral("b.json")), QStringLiteral("/dev/zero")}) {
            const auto unread = awaited(streamsInFile(other));
            QVERIFY(!unread);
            QCOMPARE(unread.error().kind, Error::Kind::Local);
        }
        QVERIFY(file.resize(100 * 1024 * 1024));
        const auto large = awaited(streamsInFile(file.fileName()));
        QVERIFY(!large);
        QCOMPARE(large.error().kind, Error::Kind::Invalid);
    }
};

QTEST_GUILESS_MAIN(StreamImportTest)
#include "tst_streamimport.moc"

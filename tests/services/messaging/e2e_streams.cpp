// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/clock.h"
#include "services/domain/assetfields.h"
#include "services/kubernetes/clusteraccess.h"
#include "services/kubernetes/portforward.h"
#include "services/messaging/backupservice.h"
#include "services/messaging/messaging.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/streamservice.h"
#include "services/nats/natsconnection.h"
#include "tests/services/messaging/streamsofothers.h"
#include "tests/support/awaited.h"
#include "tests/support/rawnats.h"
#include "tests/support/realcluster.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

namespace {

constexpr int longWait = 240'000;
const QString nameSpace = QStringLiteral("pennant-messaging");
const SecretString password(QByteArray("correct horse battery"));

QString text(const char *value)
{
    return QLatin1String(value);
}

} // namespace

/// Streams on a real server, made by an independent client with all that JetStream offers, and changed here.
class StreamsTest : public QObject {
    Q_OBJECT

private:
    SystemClock m_clock;
    std::unique_ptr<NetworkTransport> m_transport;
    std::unique_ptr<Messaging> m_messaging;
    std::unique_ptr<PortForward> m_forward;
    std::unique_ptr<RawNats> m_nats;

    static bool eventually(const std::function<bool()> &condition) { return QTest::qWaitFor(condition, longWait); }

    QByteArray ask(const QString &subject, const QByteArray &payload = {}) const
    {
        return m_nats->ask(subject.toLatin1(), "_INBOX.test", payload);
    }

    /// The server's own document, as the independent client reads it.
    QJsonObject config(const char *stream) const
    {
        const QByteArray answer = ask(text("$JS.API.STREAM.INFO.") + text(stream));
        const auto begin = answer.indexOf('{');
        const auto end = answer.lastIndexOf('}');
        return QJsonDocument::fromJson(answer.mid(begin, end - begin + 1)).object()[text("config")].toObject();
    }

    StreamService &streams() { return m_messaging->streams(); }
    std::optional<Stream> find(const char *name)
    {
        for (const Stream &stream : streams().streams()) {
            if (stream.id.name == text(name))
                return stream;
        }
        return std::nullopt;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("PENNANT_KUBECONFIG_ADMIN"))
            QSKIP("PENNANT_KUBECONFIG_ADMIN names no kubeconfig");
        m_transport = connectAs("PENNANT_KUBECONFIG_ADMIN");
        auto own = connectAs("PENNANT_KUBECONFIG_ADMIN");
        QVERIFY(m_transport && own);
        Messaging::Options options;
        options.workstation = text("ana@laptop");
        m_messaging = std::make_unique<Messaging>(std::move(own), m_clock, options);
        m_messaging->start();
        m_messaging->setInSight(true);
        RuntimeService &runtime = m_messaging->runtime();
        EnableRequest request;
        request.spec.storageClass = text("standard");
        request.spec.storageGibibytes = 1;
        request.spec.replicas = 1;
        request.clientPassword = password;
        QVERIFY(eventually([&runtime] { return runtime.enableAccess().allowed; }));
        const auto asked = awaited(runtime.enable(request));
        QVERIFY2(asked, whyNot(asked));
        QVERIFY(eventually([&runtime] { return runtime.status().phase == RuntimePhase::Ready; }));
        QVERIFY(eventually([this] { return streams().freshness().state == Freshness::State::Live; }));
        QVERIFY(eventually([this] { return streams().createAccess().allowed; }));
        m_forward = m_transport->forward(nameSpace, text("nats-0"), 4222);
        QVERIFY(m_forward->listen());
        m_nats = std::make_unique<RawNats>(m_forward->localPort(), text("default"), password);
        QVERIFY(m_nats->isOpen());
        m_nats->subscribe("_INBOX.test");
    }

    void cleanupTestCase()
    {
        m_nats.reset();
        m_forward.reset();
        m_messaging.reset();
        NatsConnection::shutDown();
    }

    void knowsTheServersRelease()
    {
        QVERIFY(eventually([this] { return streams().context().server.has_value(); }));
        QVERIFY((*streams().context().server >= ServerVersion{2, 14, 0}));
    }

    void changesOneFieldAndNoOther_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("description") << QByteArray(StreamsOfOthers::everything) << "every"
                                     << "description" << QJsonValue(text("another"));
        QTest::newRow("max_msgs") << QByteArray() << "every"
                                  << "max_msgs" << QJsonValue(99'999);
        QTest::newRow("max_age") << QByteArray() << "every"
                                 << "max_age" << QJsonValue(Q_INT64_C(5400000000007));
        QTest::newRow("subjects") << QByteArray() << "every"
                                  << "subjects" << QJsonValue(QJsonArray{text("every.>"), text("more")});
        QTest::newRow("compression") << QByteArray() << "every"
                                     << "compression" << QJsonValue(text("none"));
        QTest::newRow("allow_direct") << QByteArray() << "every"
                                      << "allow_direct" << QJsonValue(false);
        const auto object = [](const char *json) { return QJsonValue(QJsonDocument::fromJson(json).object()); };
        const auto row = [](const char *field, const QJsonValue &value) {
            QTest::newRow(field) << QByteArray() << "every" << field << value;
        };
        row("republish", object(R"({"src":"every.c.>","dest":"copied.c.>","headers_only":true})"));
        row("subject_transform", object(R"({"src":"every.in.*","dest":"every.to.$1"})"));
        row("consumer_limits", object(R"({"inactive_threshold":8000000000,"max_ack_pending":34})"));
        row("subject_delete_marker_ttl", Q_INT64_C(3000000000));
        row("allow_batched", false);
        row("allow_atomic", false);
        row("metadata", object(R"({"team":"orders","pennant.app/linked-app":"shop/checkout","pager":"7"})"));
        QTest::newRow("deny_purge of a gathering one") << QByteArray(StreamsOfOthers::gathering) << "gathers"
                                                       << "deny_purge" << QJsonValue(true);
        QTest::newRow("max_bytes of a mirror") << QByteArray(StreamsOfOthers::mirroring) << "mirrors"
                                               << "max_bytes" << QJsonValue(1'000'000);
    }

    void changesOneFieldAndNoOther()
    {
        QFETCH(QByteArray, stream);
        QFETCH(QString, name);
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        const QByteArray known = name.toLatin1();
        if (!stream.isEmpty()) {
            const QByteArray made = ask(text("$JS.API.STREAM.CREATE.") + name, stream);
            QVERIFY2(made.contains("\"did_create\":true"), made.constData());
        }
        const QJsonObject before = config(known);
        QVERIFY(!before.isEmpty());
        QVERIFY(eventually([&] {
            const auto found = find(known);
            return found && changesBetween(found->config, before).isEmpty();
        }));
        const Stream seen = *find(known);
        StreamDraft draft{seen.id.account, seen.config, seen};
        draft.config[field] = value;
        const auto changed = awaited(streams().change(draft));
        QVERIFY2(changed, whyNot(changed));
        QVERIFY(notTaken(draft.config, changed->config).isEmpty());
        QJsonObject expected = before;
        expected[field] = value;
        const QList<FieldChange> others = changesBetween(expected, config(known));
        QVERIFY2(others.isEmpty(), qPrintable(others.isEmpty() ? QString() : others.constFirst().field));
        QCOMPARE(config(known)[text("metadata")].toObject()[text("team")],
            before[text("metadata")].toObject()[text("team")]);
    }

    void changesOneSourceOfSeveral()
    {
        const QJsonObject before = config("gathers");
        const Stream seen = *find("gathers");
        StreamDraft draft{seen.id.account, seen.config, seen};
        QJsonArray sources = seen.config[text("sources")].toArray();
        QJsonObject first = sources.first().toObject();
        first[text("filter_subject")] = text("every.d.>");
        sources.replace(0, first);
        draft.config[text("sources")] = sources;
        const auto changed = awaited(streams().change(draft));
        QVERIFY2(changed, whyNot(changed));
        QVERIFY(notTaken(draft.config, changed->config).isEmpty());
        const QJsonObject after = config("gathers");
        QCOMPARE(after[text("sources")].toArray().first().toObject()[text("filter_subject")], text("every.d.>"));
        QCOMPARE(after[text("sources")].toArray().last(), before[text("sources")].toArray().last());
    }

    void makesAStreamOfAMirror()
    {
        const Stream seen = *find("mirrors");
        StreamDraft draft{seen.id.account, seen.config, seen};
        draft.config.remove(text("mirror"));
        const auto changed = awaited(streams().change(draft));
        QVERIFY2(changed, whyNot(changed));
        QVERIFY(!config("mirrors").contains(text("mirror")));
        QCOMPARE(config("mirrors")[text("max_bytes")].toInt(), 1'000'000);
    }

    void makesWhatIsSet_data()
    {
        QTest::addColumn<QByteArray>("fields");
        for (const auto &each : StreamsOfOthers::made)
            QTest::newRow(each.tag) << QByteArray(each.fields);
    }

    void makesWhatIsSet()
    {
        QFETCH(QByteArray, fields);
        const QByteArray name = "set-" + QByteArray(QTest::currentDataTag()).replace(' ', '-');
        StreamDraft draft = StreamDraft::of(text("default"), text(name));
        const QJsonObject wanted = QJsonDocument::fromJson(fields).object();
        for (auto field = wanted.begin(); field != wanted.end(); ++field)
            draft.config[field.key()] = field.value();
        draft.config[text("num_replicas")] = 1;
        const auto made = awaited(streams().create(draft));
        QVERIFY2(made, whyNot(made));
        QVERIFY(notTaken(draft.config, made->config).isEmpty());
        const QJsonObject told = config(name);
        for (auto field = wanted.begin(); field != wanted.end(); ++field) {
            const QJsonObject asked{{field.key(), field.value()}};
            QVERIFY2(notTaken(asked, {{field.key(), told[field.key()]}}).isEmpty(), qPrintable(field.key()));
            QVERIFY2(told.contains(field.key()), qPrintable(field.key()));
        }
        QVERIFY(awaited(streams().remove(*made)));
    }

    /// The form knows it before; who asks all the same is told by the server, on the field.
    void limitsNoConsumerThatIsThere()
    {
        const StreamDraft draft = StreamDraft::of(text("default"), text("limited"), {text("limited")});
        const auto made = awaited(streams().create(draft));
        QVERIFY2(made, whyNot(made));
        const QJsonObject consumer{{text("durable_name"), text("worker")}, {text("ack_policy"), text("explicit")}};
        const QJsonObject request{{text("stream_name"), text("limited")}, {text("config"), consumer}};
        const QByteArray answer = ask(text("$JS.API.CONSUMER.DURABLE.CREATE.limited.worker"),
            QJsonDocument(request).toJson(QJsonDocument::Compact));
        QVERIFY2(!answer.contains("error"), answer.constData());
        StreamDraft change{made->id.account, made->config, *made};
        change.config[text("consumer_limits")] = QJsonObject{{text("max_ack_pending"), 10}};
        const auto changed = awaited(streams().change(change));
        QVERIFY(!changed);
        QCOMPARE(changed.error().fields.value(0).field, text("consumer_limits.max_ack_pending"));
        QVERIFY2(changed.error().text().contains(text("worker")), qPrintable(changed.error().text()));
    }

    void changesABucketAndLeavesItsSubjects()
    {
        const QByteArray answer = ask(text("$JS.API.STREAM.CREATE.KV_state"), StreamsOfOthers::bucket);
        QVERIFY2(answer.contains("\"did_create\":true"), answer.constData());
        QVERIFY(eventually([this] { return find("KV_state").has_value(); }));
        const Stream seen = *find("KV_state");
        QCOMPARE(seen.bucket()->name, text("state"));
        const QJsonObject before = config("KV_state");
        StreamDraft draft{seen.id.account, seen.config, seen};
        draft.config[text("max_bytes")] = 1'000'000;
        const auto changed = awaited(streams().change(draft));
        QVERIFY2(changed, whyNot(changed));
        QJsonObject expected = before;
        expected[text("max_bytes")] = 1'000'000;
        QVERIFY(changesBetween(expected, config("KV_state")).isEmpty());
    }

    void sealsForGood()
    {
        const StreamDraft draft = StreamDraft::of(text("default"), text("ends"), {text("ends")});
        const auto made = awaited(streams().create(draft));
        QVERIFY2(made, whyNot(made));
        QVERIFY(!m_nats->publish("ends").contains("-ERR"));
        const auto sealed = awaited(streams().seal(*made));
        QVERIFY2(sealed, whyNot(sealed));
        const QJsonObject told = config("ends");
        for (const char *field : {"sealed", "deny_delete", "deny_purge"})
            QVERIFY2(told[text(field)].toBool(), field);
        QVERIFY(ask(text("ends"), "more").contains("error"));
        QVERIFY(!streams().purgeAccess(*sealed));
        QVERIFY(!streams().sealAccess(*sealed));
    }

    void noticesAChangeThatSomebodyElseMade()
    {
        const Stream seen = *find("every");
        QJsonObject theirs = config("every");
        theirs[text("max_msgs")] = 88'888;
        const QByteArray updated =
            ask(text("$JS.API.STREAM.UPDATE.every"), QJsonDocument(theirs).toJson(QJsonDocument::Compact));
        QVERIFY2(updated.contains("88888"), updated.constData());
        StreamDraft draft{seen.id.account, seen.config, seen};
        draft.config[text("description")] = text("over theirs");
        const auto changed = awaited(streams().change(draft));
        QVERIFY(!changed);
        QCOMPARE(changed.error().kind, Error::Kind::Conflict);
        QVERIFY2(changed.error().summary.contains(text("max_msgs")), qPrintable(changed.error().summary));
        QCOMPARE(config("every")[text("max_msgs")].toInt(), 88'888);
    }

    /// What the form leaves to the server is refused in its words, on the field where that is known.
    void tellsTheServersWords()
    {
        StreamDraft draft = StreamDraft::of(text("default"), text("thirsty"), {text("thirsty")});
        draft.config[text("max_bytes")] = Q_INT64_C(1) << 50;
        const auto made = awaited(streams().create(draft));
        QVERIFY(!made);
        QVERIFY2(!made.error().summary.isEmpty(), qPrintable(made.error().text()));
        QVERIFY(!find("thirsty"));
    }

    void makesWhatEachFieldSays()
    {
        StreamDraft draft = StreamDraft::of(text("default"), text("made"), {text("made.>")});
        const QJsonObject fields{{text("description"), text("made here")}, {text("max_age"), Q_INT64_C(3600000000000)},
            {text("max_msgs"), 10}, {text("max_bytes"), 100'000}, {text("max_msg_size"), 500},
            {text("duplicate_window"), Q_INT64_C(30000000000)}, {text("compression"), text("s2")},
            {text("allow_direct"), true}, {text("deny_delete"), true}, {text("deny_purge"), true},
            {text("max_msgs_per_subject"), 3}, {text("discard"), text("new")}, {text("discard_new_per_subject"), true},
            {text("max_consumers"), 4}, {text("first_seq"), 7}, {text("allow_msg_ttl"), true}, {text("no_ack"), false},
            {text("num_replicas"), 1}};
        for (auto field = fields.begin(); field != fields.end(); ++field)
            draft.config[field.key()] = field.value();
        const auto made = awaited(streams().create(draft));
        QVERIFY2(made, whyNot(made));
        const QJsonObject told = config("made");
        for (auto field = fields.begin(); field != fields.end(); ++field) {
            const QList<FieldChange> others =
                changesBetween({{field.key(), field.value()}}, {{field.key(), told[field.key()]}});
            QVERIFY2(others.isEmpty(), qPrintable(field.key()));
        }
    }

    void purgesWhatItSays()
    {
        const StreamDraft draft = StreamDraft::of(text("default"), text("events"), {text("events.*")});
        const auto made = awaited(streams().create(draft));
        QVERIFY2(made, whyNot(made));
        for (int i = 0; i < 30; ++i)
            QVERIFY(!m_nats->publish(i % 3 == 0 ? "events.a" : "events.b").contains("-ERR"));
        QVERIFY(eventually([this] {
            const auto found = find("events");
            return found && found->messages == 30;
        }));
        const auto counted = awaited(streams().messagesOn({text("default"), text("events")}, text("events.a")));
        QVERIFY2(counted, whyNot(counted));
        QCOMPARE(*counted, 10u);
        const auto purges = [this](const StreamPurge &purge, quint64 ofSubject) {
            const Stream seen = *find("events");
            const quint64 said = countOf(purge, seen, ofSubject).messages;
            const auto purged = awaited(streams().purge(seen, purge));
            const quint64 left = seen.messages - purged.value_or(0);
            return purged && *purged == said && eventually([&] { return find("events")->messages == left; });
        };
        QVERIFY(purges({text("events.a"), {}, 4}, 10)); // 6 of 10
        QVERIFY(purges({{}, find("events")->firstSequence, {}}, 0)); // nothing
        QVERIFY(purges({{}, {}, 7}, 0));
        QVERIFY(purges({{}, {}, {}}, 0));
        QCOMPARE(find("events")->messages, 0u);
        const auto denied = awaited(streams().purge(*find("made"), {}));
        QVERIFY(!denied && denied.error().kind == Error::Kind::Forbidden);
    }

    /// Through the API server's tunnel, as the hidden user; e2e_backup has the rest.
    void comesBackOutOfABackup()
    {
        const auto made = awaited(streams().create(StreamDraft::of(text("default"), text("kept"), {text("kept.>")})));
        QVERIFY2(made, whyNot(made));
        QByteArray lines;
        for (int i = 0; i < 20'000; ++i) {
            const QByteArray payload = QByteArray::number(i).repeated(20);
            lines += "PUB kept.x " + QByteArray::number(payload.size()) + "\r\n" + payload + "\r\n";
        }
        m_nats->say(lines);
        QVERIFY(eventually([this] { return find("kept")->messages == 20'000; }));
        const QTemporaryDir folder;
        const QString path = folder.filePath(text("kept"));
        const auto outcomeOf = [](const std::shared_ptr<BackupJob> &job) {
            return eventually([&job] { return job->outcome().has_value(); })
                ? *job->outcome()
                : Result<BackupJob::Outcome>(fail(Error::Kind::Timeout, text("the test waited in vain")));
        };
        QVERIFY(streams().backups().backupAccess(*find("kept")));
        const auto backedUp = outcomeOf(streams().backups().backUp(*find("kept"), path));
        QVERIFY2(backedUp, whyNot(backedUp));
        const auto removed = awaited(streams().remove(*find("kept")));
        QVERIFY2(removed, whyNot(removed));
        const auto restored = outcomeOf(streams().backups().restore(text("default"), *openBackup(path)));
        QVERIFY2(restored, whyNot(restored));
        QCOMPARE(restored->found, restored->said);
        QCOMPARE(restored->found.messages, 20'000U);
        QVERIFY(eventually([this] { return find("kept").has_value(); }));
        const auto again = outcomeOf(streams().backups().restore(text("default"), *openBackup(path)));
        QVERIFY(!again && again.error().kind == Error::Kind::Conflict);
    }
};

QTEST_MAIN(StreamsTest)
#include "e2e_streams.moc"

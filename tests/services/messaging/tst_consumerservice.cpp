// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/consumerservice.h"

#include "services/messaging/streamservice.h"
#include "tests/support/awaited.h"
#include "tests/support/jetstreamfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

QString subject(const char *rest)
{
    return text("$JS.API.") + text(rest);
}

const StreamId orders{QStringLiteral("default"), QStringLiteral("orders")};
const ConsumerId worker{orders, QStringLiteral("worker")};
const Error silence{Error::Kind::Timeout, QStringLiteral("NATS did not answer in time."), {}, {}, {}};

/// It as a person sees it in the table.
Consumer seen(const std::optional<QDateTime> &created = {})
{
    Consumer consumer;
    consumer.id = worker;
    consumer.created = created;
    consumer.deliveredUpTo = 9;
    return consumer;
}

/// It with a second copy, led by that pod.
Consumer led(const char *leader)
{
    Consumer consumer = seen();
    consumer.hasCluster = true;
    consumer.leader = text(leader);
    consumer.peers = {StreamPeer{text("nats-2"), true}};
    return consumer;
}

ConsumerDraft draft()
{
    return ConsumerDraft::of(orders, worker.name);
}

} // namespace

class ConsumerServiceTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<JetStreamFixture> m_fixture;
    std::unique_ptr<StreamService> m_streams;
    std::unique_ptr<ConsumerService> m_service;

    FakeJetStream &server() { return m_fixture->server(); }

    bool becomes(qsizetype count)
    {
        return m_fixture->passTimeUntil([&] { return m_service->consumers().size() == count; });
    }

    bool hasState(Freshness::State state)
    {
        return m_fixture->passTimeUntil([&] { return m_service->freshness().state == state; });
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<JetStreamFixture>();
        m_streams = std::make_unique<StreamService>(m_fixture->runtime, *m_fixture->connections, m_fixture->clock);
        m_service = std::make_unique<ConsumerService>(
            m_fixture->runtime, *m_streams, *m_fixture->connections, m_fixture->clock);
        m_fixture->holdStreams({text("orders"), text("bills")}, 2);
        m_streams->refresh();
        m_service->refresh();
        QVERIFY(m_fixture->start());
        QVERIFY(becomes(4));
        QVERIFY(hasState(Freshness::State::Live));
    }

    void cleanup()
    {
        m_service.reset();
        m_streams.reset();
        m_fixture.reset();
    }

    void readsEveryPageInOrder()
    {
        QCOMPARE(m_service->consumers().constFirst().id.stream.name, text("bills"));
        m_fixture->holdStreams({text("orders")}, 300);
        QVERIFY(becomes(300));
        QCOMPARE(m_service->consumers().constFirst().id, (ConsumerId{orders, text("c0")}));
        QSignalSpy changed(m_service.get(), &ConsumerService::snapshotChanged);
        m_fixture->passTime(6s);
        QCOMPARE(changed.size(), 0);
    }

    void askNothingOfStreamsWithoutConsumers()
    {
        m_fixture->holdStreams({text("empty")});
        QVERIFY(becomes(0));
        QCOMPARE(server().count(subject("CONSUMER.LIST.empty")), 0);
    }

    void keepsWhatItKnewOfAStreamThatCannotBeRead()
    {
        server().stand(
            subject("CONSUMER.LIST.bills"), JetStreamFixture::refusal(503, 10118, text("stream is offline")));
        QVERIFY(hasState(Freshness::State::Stale));
        QCOMPARE(m_service->consumers().size(), 4);
        QCOMPARE(m_service->consumers().constFirst().id.stream.name, text("bills"));
        QVERIFY(m_service->freshness().why.contains(text("offline")));
    }

    /// The servers list such a stream as missing, and answer nothing of its consumers.
    void showsThemAsOfflineWithTheirStream()
    {
        QJsonObject page = JetStreamFixture::page("streams", {JetStreamFixture::streamInfo(text("orders"), 2)}, 0);
        page[text("missing")] = QJsonArray{text("bills")};
        server().stand(subject("STREAM.LIST"), page);
        QVERIFY(m_fixture->passTimeUntil([this] {
            const QList<Consumer> &all = m_service->consumers();
            return all.size() == 4 && all[0].isOffline && all[1].isOffline && !all[2].isOffline && !all[3].isOffline;
        }));
        QCOMPARE(m_service->consumers().constFirst().id.stream.name, text("bills"));
    }

    void showsWhatHasComeOfTheFirstReading()
    {
        JetStreamFixture fixture;
        StreamService streams(fixture.runtime, *fixture.connections, fixture.clock);
        ConsumerService consumers(fixture.runtime, streams, *fixture.connections, fixture.clock);
        fixture.holdStreams({text("a"), text("b"), text("c"), text("slow")}, 2);
        fixture.server().expectHanging(subject("CONSUMER.LIST.slow"));
        streams.refresh();
        consumers.refresh();
        QVERIFY(fixture.start());
        QVERIFY(fixture.passTimeUntil([&] { return consumers.consumers().size() == 6; }));
        QCOMPARE(consumers.freshness().state, Freshness::State::Syncing);
        fixture.server().answerHanging(QJsonDocument(JetStreamFixture::page("consumers", {}, 0)).toJson());
        QVERIFY(fixture.passTimeUntil([&] { return consumers.freshness().state == Freshness::State::Live; }));
    }

    /// Else a table would compare 100,000 rows by itself, and what came later could be taken away again.
    void showsEachPartAsItFollowsFromTheOneBefore()
    {
        JetStreamFixture fixture;
        StreamService streams(fixture.runtime, *fixture.connections, fixture.clock);
        ConsumerService consumers(fixture.runtime, streams, *fixture.connections, fixture.clock);
        QStringList names;
        for (int number = 0; number < 40; ++number)
            names.append(text("s%1").arg(number));
        fixture.holdStreams(names, 20);
        QList<Consumer> shown;
        int strangers = 0;
        connect(&consumers, &ConsumerService::snapshotChanged, &consumers, [&] {
            const bool isNext = consumers.step().before.isSharedWith(shown);
            strangers += isNext && consumers.consumers().size() >= shown.size() ? 0 : 1;
            shown = consumers.consumers();
        });
        streams.refresh();
        consumers.refresh();
        QVERIFY(fixture.start());
        QVERIFY(fixture.passTimeUntil([&] { return consumers.freshness().state == Freshness::State::Live; }));
        QCOMPARE(consumers.consumers().size(), 800);
        QCOMPARE(strangers, 0);
    }

    void forgetsAStreamThatWentMeanwhile()
    {
        server().stand(subject("CONSUMER.LIST.bills"), JetStreamFixture::refusal(404, 10059, text("stream not found")));
        QVERIFY(becomes(2));
        QCOMPARE(m_service->freshness().state, Freshness::State::Live);
    }

    void isStaleWithItsStreams()
    {
        m_fixture->breakLinks(text("the pod went"));
        QVERIFY(hasState(Freshness::State::Stale));
        QVERIFY(m_fixture->passTimeUntil([this] { return m_service->freshness().why == text("the pod went"); }));
        QCOMPARE(m_service->consumers().size(), 4);
        m_fixture->mendLinks();
        QVERIFY(hasState(Freshness::State::Live));
    }

    void losesItsConsumersWithTheRuntime()
    {
        m_fixture->cluster.eraseRuntime();
        QVERIFY(becomes(0));
        QVERIFY(hasState(Freshness::State::Syncing));
    }

    void needsAStream()
    {
        QVERIFY(m_service->createAccess().allowed);
        m_fixture->holdStreams({});
        QVERIFY(m_fixture->passTimeUntil([this] { return !m_service->createAccess().allowed; }));
        QVERIFY(m_service->createAccess().reason.contains(text("create one first")));
    }

    void createsAndDeletes()
    {
        server().stand(subject("CONSUMER.CREATE.orders.worker"), JetStreamFixture::consumerInfo(worker.name));
        const auto created = m_fixture->outcomeOf(m_service->create(draft()));
        QVERIFY2(created, whyNot(created));
        QCOMPARE(created->id, worker);
        server().stand(subject("CONSUMER.DELETE.orders.worker"), {{text("success"), true}});
        const auto removed = m_fixture->outcomeOf(m_service->remove(seen()));
        QVERIFY2(removed, whyNot(removed));
    }

    void deletesOnlyTheOneThatWasConfirmed()
    {
        const QDateTime created(QDate(2026, 3, 4), QTime(5, 6, 7, 123), Qt::UTC);
        server().stand(subject("CONSUMER.DELETE.orders.worker"), {{text("success"), true}});
        QJsonObject found = JetStreamFixture::consumerInfo(worker.name);
        found[text("created")] = text("2026-03-04T05:06:08.123456789Z");
        server().stand(subject("CONSUMER.INFO.orders.worker"), found);
        QCOMPARE(m_fixture->outcomeOf(m_service->remove(seen(created))).error().kind, Error::Kind::Conflict);
        QCOMPARE(server().count(subject("CONSUMER.DELETE.orders.worker")), 0);
        found[text("created")] = text("2026-03-04T05:06:07.123456789Z");
        server().stand(subject("CONSUMER.INFO.orders.worker"), found);
        QVERIFY(m_fixture->outcomeOf(m_service->remove(seen(created))));
        QCOMPARE(server().count(subject("CONSUMER.DELETE.orders.worker")), 1);
    }

    void changesOnlyWhatWasSeen()
    {
        QJsonObject found = JetStreamFixture::consumerInfo(worker.name);
        found[text("config")] = QJsonObject{{text("durable_name"), worker.name}, {text("max_deliver"), 5},
            {text("of_tomorrow"), 7}, {text("filter_subject"), text("orders.a")}};
        server().stand(subject("CONSUMER.INFO.orders.worker"), found);
        QJsonObject sent;
        server().stand(subject("CONSUMER.CREATE.orders.worker"), [&](const QJsonObject &asked) -> Result<QByteArray> {
            sent = asked;
            QJsonObject answer = found;
            answer[text("config")] = asked[text("config")];
            return QJsonDocument(answer).toJson();
        });
        Consumer before = seen();
        before.config = found[text("config")].toObject();
        ConsumerDraft change{orders, before.config, before};
        change.config[text("max_deliver")] = 9;
        const auto changed = m_fixture->outcomeOf(m_service->change(change));
        QVERIFY2(changed, whyNot(changed));
        QCOMPARE(sent[text("action")].toString(), text("update"));
        QCOMPARE(sent[text("config")].toObject(), change.config);

        before.config[text("max_deliver")] = 4; // as it was seen, not as it is
        const auto overtaken = m_fixture->outcomeOf(m_service->change({orders, change.config, before}));
        QCOMPARE(overtaken.error().kind, Error::Kind::Conflict);
        QVERIFY2(overtaken.error().summary.contains(text("max_deliver")), qPrintable(overtaken.error().summary));
        QCOMPARE(server().count(subject("CONSUMER.CREATE.orders.worker")), 1);
    }

    void pausesAndSendsBack()
    {
        const QDateTime until(QDate(2030, 1, 2), QTime(3, 4, 5), Qt::UTC);
        server().stand(subject("CONSUMER.PAUSE.orders.worker"),
            QJsonObject{{text("paused"), true}, {text("pause_until"), text("2030-01-02T03:04:05Z")}});
        server().stand(subject("CONSUMER.RESET.orders.worker"), JetStreamFixture::consumerInfo(worker.name));
        server().stand(subject("CONSUMER.INFO.orders.worker"), JetStreamFixture::consumerInfo(worker.name));
        const auto paused = m_fixture->outcomeOf(m_service->pause(seen(), until));
        QVERIFY2(paused, whyNot(paused));
        QCOMPARE(*paused, std::optional(until));
        QVERIFY(m_fixture->outcomeOf(m_service->reset(seen(), {7})));
        QCOMPARE(m_fixture->outcomeOf(m_service->reset(seen(), {0})).error().kind, Error::Kind::Invalid);
        QCOMPARE(server().count(subject("CONSUMER.RESET.orders.worker")), 1);
        QJsonObject limited = JetStreamFixture::consumerInfo(worker.name);
        QJsonObject config = limited[text("config")].toObject();
        config[text("max_deliver")] = 2;
        limited[text("config")] = config;
        limited[text("ack_floor")] = QJsonObject{{text("stream_seq"), 30}};
        limited[text("delivered")] = QJsonObject{{text("stream_seq"), 90}};
        server().stand(subject("CONSUMER.INFO.orders.worker"), limited);
        QJsonObject asked;
        server().stand(subject("CONSUMER.RESET.orders.worker"), [&asked, &limited](const QJsonObject &body) {
            asked = body;
            return QJsonDocument(limited).toJson();
        });
        QVERIFY(m_fixture->outcomeOf(m_service->reset(seen(), {})));
        QCOMPARE(asked, (QJsonObject{{text("seq"), 31}})); // of what is there now, not of what was seen
    }

    void letsAnotherCopyLead()
    {
        QString leader = text("nats-1");
        server().stand(subject("CONSUMER.INFO.orders.worker"), [&leader](const QJsonObject &) -> Result<QByteArray> {
            QJsonObject info = JetStreamFixture::consumerInfo(worker.name);
            info[text("cluster")] = QJsonObject{{text("leader"), leader}};
            return QJsonDocument(info).toJson();
        });
        server().stand(
            subject("CONSUMER.LEADER.STEPDOWN.orders.worker"), [&leader](const QJsonObject &) -> Result<QByteArray> {
                leader = text("nats-2");
                return QByteArray(R"({"success":true})");
            });
        const auto next = m_fixture->outcomeOf(m_service->stepDown(led("nats-1")));
        QVERIFY2(next, whyNot(next));
        QCOMPARE(*next, text("nats-2"));
        const auto late = m_fixture->outcomeOf(m_service->stepDown(led("nats-1")));
        QCOMPARE(late.error().kind, Error::Kind::Conflict);
        QVERIFY2(
            late.error().summary.contains(text("consumer worker of stream orders")), qPrintable(late.error().summary));
        QCOMPARE(server().count(subject("CONSUMER.LEADER.STEPDOWN.orders.worker")), 1);
    }

    void saysThatNobodyLeadsSoFar()
    {
        QString leader = text("nats-1");
        server().stand(subject("CONSUMER.INFO.orders.worker"), [&leader](const QJsonObject &) -> Result<QByteArray> {
            QJsonObject info = JetStreamFixture::consumerInfo(worker.name);
            info[text("cluster")] = QJsonObject{{text("leader"), leader}};
            return QJsonDocument(info).toJson();
        });
        server().stand(
            subject("CONSUMER.LEADER.STEPDOWN.orders.worker"), [&leader](const QJsonObject &) -> Result<QByteArray> {
                leader.clear();
                return QByteArray(R"({"success":true})");
            });
        const auto next = m_fixture->outcomeOf(m_service->stepDown(led("nats-1")));
        QCOMPARE(next.error().kind, Error::Kind::Timeout);
    }

    void asksNoLonelyCopyToStepDown()
    {
        QVERIFY(m_service->stepDownAccess(led("nats-1")));
        Consumer lonely = led("nats-1");
        lonely.peers.clear();
        QVERIFY(m_service->stepDownAccess(lonely).reason.contains(text("one copy")));
        QCOMPARE(m_fixture->outcomeOf(m_service->stepDown(lonely)).error().kind, Error::Kind::Forbidden);
        QVERIFY(m_service->stepDownAccess(led("")).reason.contains(text("no leader")));
        Consumer behind = led("nats-1");
        behind.peers[0].isCurrent = false;
        QVERIFY(m_service->stepDownAccess(behind).reason.contains(text("caught up")));
        Consumer offline = led("nats-1");
        offline.peers[0].isOffline = true;
        QVERIFY(!m_service->stepDownAccess(offline));
        QCOMPARE(server().count(subject("CONSUMER.LEADER.STEPDOWN.orders.worker")), 0);
    }

    void fetchesNothingThatWorkersWouldLose_data()
    {
        QTest::addColumn<QJsonObject>("config");
        QTest::addColumn<int>("ackPending");
        QTest::addColumn<int>("redelivered");
        QTest::addColumn<QString>("says"); // empty: it may be fetched
        const auto row = [](const char *tag, const QJsonObject &config, int ackPending, int redelivered,
                             const char *says) {
            QTest::newRow(tag) << config << ackPending << redelivered << text(says);
        };
        const QJsonObject twice{{text("max_deliver"), 2}};
        const QJsonObject thrice{{text("max_deliver"), 3}};
        const QJsonObject atWill{{text("max_deliver"), -1}};
        row("pushed", {{text("deliver_subject"), text("x")}}, 0, 0, "pushes");
        row("not acknowledged", {{text("ack_policy"), text("none")}}, 0, 0, "Nothing is acknowledged");
        row("acknowledged up to one", {{text("ack_policy"), text("all")}}, 0, 0, "ack_policy: all");
        row("delivered once", {{text("max_deliver"), 1}}, 0, 0, "delivered once");
        row("twice, one was", twice, 1, 0, "at most 2 times");
        row("twice, none was", twice, 0, 0, "");
        row("thrice, one was", thrice, 1, 0, "");
        row("thrice, one was twice", thrice, 1, 1, "at most 3 times");
        row("thrice, all were given up", thrice, 0, 4, "");
        row("at will, one was often", atWill, 1, 1, "");
    }
    void fetchesNothingThatWorkersWouldLose()
    {
        QFETCH(QJsonObject, config);
        QFETCH(int, ackPending);
        QFETCH(int, redelivered);
        QFETCH(QString, says);
        if (!config.contains(text("ack_policy")))
            config.insert(text("ack_policy"), text("explicit"));
        Consumer consumer = seen();
        consumer.config = config;
        consumer.ackPending = quint64(ackPending);
        consumer.redelivered = quint64(redelivered);
        const Access access = m_service->fetchAccess(consumer);
        QCOMPARE(access.allowed, says.isEmpty());
        QVERIFY2(access.reason.contains(says), qPrintable(access.reason));
        // and what has become of it since it was seen is looked at before
        consumer.config = {{text("ack_policy"), text("explicit")}};
        consumer.ackPending = 0;
        consumer.redelivered = 0;
        QJsonObject info = JetStreamFixture::consumerInfo(worker.name);
        info[text("config")] = config;
        info[text("num_ack_pending")] = ackPending;
        info[text("num_redelivered")] = redelivered;
        server().stand(subject("CONSUMER.INFO.orders.worker"), info);
        server().whenPublished([this](const NatsMessage &) {
            server().deliver({"in", {}, {}, 404, text("No Messages")});
        });
        const auto fetched = m_fixture->outcomeOf(m_service->fetch(consumer, 1));
        QCOMPARE(fetched.has_value(), says.isEmpty());
        QCOMPARE(server().published().size(), says.isEmpty() ? 1 : 0);
        if (!fetched)
            QVERIFY2(fetched.error().summary.contains(says), qPrintable(fetched.error().summary));
    }

    void saysWhyNothingCame()
    {
        QJsonObject info = JetStreamFixture::consumerInfo(worker.name);
        info[text("config")] = QJsonObject{{text("ack_policy"), text("explicit")}, {text("max_ack_pending"), 2}};
        info[text("num_pending")] = 5;
        info[text("num_ack_pending")] = 2;
        server().stand(subject("CONSUMER.INFO.orders.worker"), info);
        Consumer consumer = seen();
        consumer.config = info[text("config")].toObject();
        server().whenPublished([this](const NatsMessage &) {
            server().deliver({"in", {}, {}, 408, text("Request Timeout")});
        });
        const auto nothing = m_fixture->outcomeOf(m_service->fetch(consumer, 1));
        QVERIFY2(nothing, whyNot(nothing));
        QVERIFY(nothing->messages.isEmpty());
        QVERIFY2(nothing->heldBack.contains(text("which is the limit")), qPrintable(nothing->heldBack));
        server().whenPublished([this](const NatsMessage &) { server().breakSubscription(silence); });
        const auto silent = m_fixture->outcomeOf(m_service->fetch(consumer, 1));
        QVERIFY(!silent);
        QCOMPARE(silent.error().kind, Error::Kind::Timeout);
        QVERIFY2(silent.error().summary.contains(text("which is the limit")), qPrintable(silent.error().summary));
        // one that only has no worker at this moment is not held back
        info[text("num_ack_pending")] = 0;
        server().stand(subject("CONSUMER.INFO.orders.worker"), info);
        server().whenPublished([this](const NatsMessage &) {
            server().deliver({"in", {}, {}, 408, text("Request Timeout")});
        });
        const auto idle = m_fixture->outcomeOf(m_service->fetch(consumer, 1));
        QVERIFY2(idle, whyNot(idle));
        QCOMPARE(idle->heldBack, QString());
    }

    void tellsOfOneWhoseLeaderIsAway()
    {
        QJsonObject page = JetStreamFixture::page("consumers", {JetStreamFixture::consumerInfo(text("c0"))}, 0);
        page[text("missing")] = QJsonArray{text("lost")};
        server().stand(subject("CONSUMER.LIST.orders"), page);
        const auto lost = [this] {
            for (const Consumer &consumer : m_service->consumers()) {
                if (consumer.id == ConsumerId{orders, text("lost")})
                    return consumer.isOffline;
            }
            return false;
        };
        QVERIFY(m_fixture->passTimeUntil(lost));
    }

    void sendsNothingWithoutALeader()
    {
        server().stand(subject("INFO"), JetStreamFixture::refusal(503, 10008, text("unavailable")));
        QCOMPARE(m_fixture->outcomeOf(m_service->create(draft())).error().kind, Error::Kind::NotReady);
        QCOMPARE(m_fixture->outcomeOf(m_service->remove(seen())).error().kind, Error::Kind::NotReady);
        QCOMPARE(server().count(subject("CONSUMER.CREATE.orders.worker")), 0);
        QCOMPARE(server().count(subject("CONSUMER.DELETE.orders.worker")), 0);
    }

    void looksAgainAfterNoAnswer()
    {
        const auto unanswered = [](const QJsonObject &) { return fail(silence); };
        const QJsonObject absent = JetStreamFixture::refusal(404, 10014, text("consumer not found"));
        server().stand(subject("CONSUMER.CREATE.orders.worker"), unanswered);
        server().stand(subject("CONSUMER.DELETE.orders.worker"), unanswered);

        server().stand(subject("CONSUMER.INFO.orders.worker"), absent);
        const auto open = m_fixture->outcomeOf(m_service->create(draft()));
        QCOMPARE(open.error().kind, Error::Kind::Timeout);
        QVERIFY2(open.error().summary.contains(text("may still be created")), qPrintable(open.error().summary));
        QVERIFY(m_fixture->outcomeOf(m_service->remove(seen())));

        QJsonObject there = JetStreamFixture::consumerInfo(worker.name);
        there[text("config")] = toConfig(draft());
        server().stand(subject("CONSUMER.INFO.orders.worker"), there);
        QVERIFY(m_fixture->outcomeOf(m_service->create(draft())));
        const auto left = m_fixture->outcomeOf(m_service->remove(seen()));
        QCOMPARE(left.error().kind, Error::Kind::Timeout);
        QVERIFY2(left.error().summary.contains(text("may still be deleted")), qPrintable(left.error().summary));
    }

    void endsInTheMiddle()
    {
        server().expectHanging(subject("CONSUMER.DELETE.orders.worker"));
        auto removing = m_service->remove(seen());
        QVERIFY(
            m_fixture->passTimeUntil([this] { return server().count(subject("CONSUMER.DELETE.orders.worker")) == 1; }));
        QCOMPARE(m_fixture->outcomeOf(m_service->create(draft())).error().kind, Error::Kind::Conflict);
        m_service->refresh();
        m_service.reset();
        server().answerHanging(QByteArray(R"({"success":true})"));
        m_fixture->passTime(5s);
    }
};

QTEST_GUILESS_MAIN(ConsumerServiceTest)
#include "tst_consumerservice.moc"

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
        const auto paused = m_fixture->outcomeOf(m_service->pause(seen(), until));
        QVERIFY2(paused, whyNot(paused));
        QCOMPARE(*paused, std::optional(until));
        QVERIFY(m_fixture->outcomeOf(m_service->reset(seen(), {7})));
        QCOMPARE(m_fixture->outcomeOf(m_service->reset(seen(), {0})).error().kind, Error::Kind::Invalid);
        QCOMPARE(server().count(subject("CONSUMER.RESET.orders.worker")), 1);
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

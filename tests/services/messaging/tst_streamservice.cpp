// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/streamservice.h"

#include "services/messaging/runtimenames.h"
#include "services/messaging/storedmark.h"
#include "tests/support/awaited.h"
#include "tests/support/heldbackground.h"
#include "tests/support/jetstreamfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>
#include <QTranslator>

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

QStringList numbered(int count)
{
    QStringList names;
    for (int i = 0; i < count; ++i)
        names.append(QStringLiteral("s%1").arg(i, 5, 10, QLatin1Char('0')));
    return names;
}

StreamDraft draft(const char *name = "orders")
{
    StreamDraft draft = StreamDraft::of(text("default"), text(name), {text(name) + text(".>")});
    return draft;
}

const StreamId orders{QStringLiteral("default"), QStringLiteral("orders")};
/// It as a person sees it in the table; without `created` as it is while offline.
Stream seen(const std::optional<QDateTime> &created = {})
{
    Stream stream;
    stream.id = orders;
    stream.created = created;
    return stream;
}

/// With a field that no release so far has, and a number that no double holds.
Stream ofTomorrow()
{
    Stream stream = seen();
    stream.config = {{QStringLiteral("name"), orders.name}, {QStringLiteral("max_msgs"), 1000},
        {QStringLiteral("of_tomorrow"), QJsonObject{{QStringLiteral("a"), Q_INT64_C(9007199254740993)}}}};
    return stream;
}

QJsonObject infoOf(const QJsonObject &config)
{
    QJsonObject info = JetStreamFixture::streamInfo(orders.name);
    info[QStringLiteral("config")] = config;
    return info;
}

/// With a second copy, which is current.
Stream led(const char *leader)
{
    Stream stream = ofTomorrow();
    stream.config[QStringLiteral("num_replicas")] = 2;
    stream.leader = text(leader);
    stream.peers = {{QStringLiteral("nats-2"), true, false, {}, 0}};
    return stream;
}

const Error silence{Error::Kind::Timeout, QStringLiteral("NATS did not answer in time."), {}, {}, {}};
const QByteArray success = R"({"success":true})";

} // namespace

class StreamServiceTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<JetStreamFixture> m_fixture;
    std::unique_ptr<StreamService> m_service;

    bool open(int replicas = 1)
    {
        m_service.reset();
        m_fixture = std::make_unique<JetStreamFixture>(replicas);
        m_service = std::make_unique<StreamService>(m_fixture->runtime, *m_fixture->connections, m_fixture->clock);
        m_service->refresh();
        return m_fixture->start() && m_fixture->passTimeUntil([this] { return isLive(); });
    }

    bool isLive() const { return m_service->freshness().state == Freshness::State::Live; }
    FakeJetStream &server() { return m_fixture->server(); }

    bool becomes(qsizetype count)
    {
        return m_fixture->passTimeUntil([&] { return m_service->streams().size() == count; });
    }

private Q_SLOTS:
    void cleanup()
    {
        m_service.reset();
        m_fixture.reset();
    }

    /// What was asked of a pod that is gone is asked of the one in its place, however long an answer may take.
    void asksThePodThatTakesThePlaceOfAnother()
    {
        QVERIFY(open());
        server().expectHanging(subject("STREAM.LIST"));
        const auto hangs = [this] { return server().isComplete(); };
        QVERIFY(m_fixture->passTimeUntil(hangs));
        m_fixture->cluster.cluster.erase({text("v1"), text("Pod"), MessagingFixture::nameSpace, text("nats-0")});
        m_fixture->cluster.cluster.put(MessagingFixture::pod(text("nats-0"), true));
        m_fixture->holdStreams({text("orders")});
        QVERIFY(becomes(1));
        QVERIFY(isLive());
    }

    void showsPagesWhileTheyCome()
    {
        m_fixture = std::make_unique<JetStreamFixture>();
        m_service = std::make_unique<StreamService>(m_fixture->runtime, *m_fixture->connections, m_fixture->clock);
        QJsonArray all;
        for (const QString &name : numbered(300))
            all.append(JetStreamFixture::streamInfo(name));
        server().expect(subject("STREAM.LIST"), JetStreamFixture::page("streams", all, 0));
        server().expectHanging(subject("STREAM.LIST"));
        m_service->refresh();
        QVERIFY(m_fixture->start());
        QVERIFY(becomes(256));
        QCOMPARE(m_service->freshness().state, Freshness::State::Syncing);
        server().answerHanging(QJsonDocument(JetStreamFixture::page("streams", all, 256)).toJson());
        QVERIFY(becomes(300));
        QVERIFY(m_fixture->passTimeUntil([this] { return isLive(); }));
    }

    void readsEveryPageOfEveryAccount()
    {
        QVERIFY(open());
        m_fixture->holdStreams(numbered(600));
        m_fixture->cluster.putAccount(text("a-shop"));
        m_fixture->holdStreams({text("orders")}, 0, text("a-shop"));
        QVERIFY(becomes(601));
        QCOMPARE(m_service->streams().constFirst().id, (StreamId{text("a-shop"), text("orders")}));
        QCOMPARE(m_service->streams().at(1).id.name, text("s00000"));
        QCOMPARE(m_service->streams().constLast().id.name, text("s00599"));
        QCOMPARE(m_service->streams().constLast().messages, 3u);
    }

    void sendsNothingToAClusterThatWasArchivedAMomentAgo()
    {
        QVERIFY(open());
        m_fixture->cluster.cluster.put(toConfigMap({}, MessagingFixture::nameSpace));
        QVERIFY(m_service->createAccess().allowed); // nobody has seen it so far
        Pending<Stream> creation = m_service->create(draft());
        const auto created = m_fixture->outcomeOf(std::move(creation));
        QVERIFY(!created);
        QCOMPARE(created.error().kind, Error::Kind::Forbidden);
        QCOMPARE(created.error().summary, m_service->createAccess().reason);
        QCOMPARE(server().count(subject("STREAM.CREATE.orders")), 0);
    }

    void saysThatNothingWasSentWhereNobodySaysWhetherItIsArchived()
    {
        QVERIFY(open());
        m_fixture->cluster.cluster.failNext(1000, silence, "GET", text("/api/v1/configmaps"));
        Pending<Stream> creation = m_service->create(draft());
        const auto created = m_fixture->outcomeOf(std::move(creation));
        QVERIFY(!created);
        QCOMPARE(created.error().kind, Error::Kind::NotReady);
        QVERIFY(created.error().summary.contains(text("did not say whether this cluster is archived")));
        QCOMPARE(server().count(subject("STREAM.CREATE.orders")), 0);
    }

    void tellsOnlyOfWhatIsNew()
    {
        QVERIFY(open());
        m_fixture->holdStreams(numbered(3));
        QVERIFY(becomes(3));
        QSignalSpy changed(m_service.get(), &StreamService::snapshotChanged);
        const int before = server().count(subject("STREAM.LIST"));
        m_fixture->passTime(10s);
        QVERIFY(server().count(subject("STREAM.LIST")) >= before + 4);
        QCOMPARE(changed.size(), 0);
        m_fixture->holdStreams(numbered(2));
        QVERIFY(becomes(2));
        QCOMPARE(changed.size(), 1);
    }

    void keepsWhatItKnewWhileTheLinkIsAway()
    {
        QVERIFY(open());
        m_fixture->holdStreams(numbered(3));
        QVERIFY(becomes(3));
        m_fixture->breakLinks(text("the pod went"));
        QVERIFY(m_fixture->passTimeUntil([this] { return !isLive(); }));
        QCOMPARE(m_service->freshness().state, Freshness::State::Stale);
        QVERIFY(m_fixture->passTimeUntil([this] { return m_service->freshness().why == text("the pod went"); }));
        QCOMPARE(m_service->streams().size(), 3);

        m_fixture->holdStreams(numbered(4));
        m_fixture->mendLinks();
        QVERIFY(becomes(4));
        QVERIFY(isLive());
        QVERIFY(m_service->freshness().why.isEmpty());
    }

    void isStaleWhereAPageIsMissing()
    {
        QVERIFY(open());
        m_fixture->holdStreams(numbered(300));
        QVERIFY(becomes(300));
        server().stand(subject("STREAM.LIST"), [](const QJsonObject &body) -> Result<QByteArray> {
            if (body[text("offset")].toInt() > 0)
                return fail(silence);
            return QByteArray(R"({"streams":[],"total":300,"limit":256})");
        });
        QVERIFY(m_fixture->passTimeUntil([this] { return !isLive(); }));
        QCOMPARE(m_service->freshness().why, silence.summary);
        QCOMPARE(m_service->streams().size(), 300);
    }

    void losesItsStreamsWithTheRuntime()
    {
        QVERIFY(open());
        m_fixture->holdStreams(numbered(3));
        QVERIFY(becomes(3));
        m_fixture->cluster.eraseRuntime();
        QVERIFY(becomes(0));
        QVERIFY(m_fixture->passTimeUntil([this] { return m_service->freshness().state == Freshness::State::Syncing; }));
    }

    /// Ten thousand streams are 8 MB of JSON: not for the thread that draws.
    void takesListsApartInTheBackground()
    {
        QVERIFY(open());
        {
            const HeldBackground held;
            m_fixture->holdStreams(numbered(3));
            const int before = server().count(subject("STREAM.LIST"));
            m_fixture->passTime(6s);
            QVERIFY(server().count(subject("STREAM.LIST")) > before);
            QVERIFY(m_service->streams().isEmpty());
        }
        QVERIFY(becomes(3));
    }

    void saysWhyNothingMayBeChanged()
    {
        QVERIFY(open(3));
        QVERIFY(m_service->createAccess().allowed);
        QSignalSpy accessChanged(m_service.get(), &StreamService::accessChanged);
        m_fixture->cluster.cluster.put(MessagingFixture::pod(text("nats-0"), false));
        m_fixture->passTime(1s);
        QVERIFY(m_service->createAccess().allowed); // two of three decide
        m_fixture->cluster.cluster.put(MessagingFixture::pod(text("nats-1"), false));
        QVERIFY(m_fixture->passTimeUntil([this] { return !m_service->createAccess().allowed; }));
        QVERIFY(m_service->createAccess().reason.contains(text("1 of 3 pods")));
        QVERIFY(accessChanged.size() > 0);
        QCOMPARE(m_fixture->outcomeOf(m_service->create(draft())).error().kind, Error::Kind::Forbidden);
        QCOMPARE(m_fixture->outcomeOf(m_service->remove(seen())).error().kind, Error::Kind::Forbidden);
        QCOMPARE(server().count(subject("STREAM.CREATE.orders")), 0);
    }

    void aViewerChangesNothing()
    {
        QVERIFY(open());
        m_fixture->cluster.cluster.isAllowed = [](const Permission &wanted) {
            return wanted.verb == text("list") || wanted.verb == text("get") || wanted.verb == text("watch");
        };
        m_fixture->clock.advance(10min); // asked anew
        QVERIFY(m_fixture->passTimeUntil([this] { return !m_service->createAccess().allowed; }));
        QCOMPARE(m_fixture->outcomeOf(m_service->create(draft())).error().kind, Error::Kind::Forbidden);
    }

    void pointsAtWhatIsWrongInADraft()
    {
        QVERIFY(open());
        const auto refused = m_fixture->outcomeOf(m_service->create(draft("a b")));
        QCOMPARE(refused.error().kind, Error::Kind::Invalid);
        QCOMPARE(refused.error().fields.value(0).field, text("name"));
    }

    void createsAndDeletes()
    {
        QVERIFY(open());
        server().stand(subject("STREAM.CREATE.orders"), JetStreamFixture::streamInfo(text("orders")));
        auto creating = m_service->create(draft());
        m_fixture->holdStreams({text("orders")});
        const auto created = m_fixture->outcomeOf(std::move(creating));
        QVERIFY2(created, whyNot(created));
        QCOMPARE(created->id, orders);
        QVERIFY(becomes(1));
        server().stand(subject("STREAM.DELETE.orders"), {{text("success"), true}});
        m_fixture->holdStreams({});
        const auto removed = m_fixture->outcomeOf(m_service->remove(seen()));
        QVERIFY2(removed, whyNot(removed));
        QVERIFY(becomes(0));
    }

    /// What is sent without a majority is carried out whenever that is back.
    void sendsNothingWithoutALeader_data()
    {
        QTest::addColumn<bool>("isAnswered");
        QTest::newRow("10008") << true;
        QTest::newRow("no answer") << false;
    }

    void sendsNothingWithoutALeader()
    {
        QFETCH(bool, isAnswered);
        QVERIFY(open(3));
        if (isAnswered)
            server().stand(subject("INFO"),
                JetStreamFixture::refusal(503, 10008, text("JetStream system temporarily unavailable")));
        else
            server().stand(subject("INFO"), [](const QJsonObject &) { return fail(silence); });
        const auto created = m_fixture->outcomeOf(m_service->create(draft()));
        QCOMPARE(created.error().kind, Error::Kind::NotReady);
        const auto removed = m_fixture->outcomeOf(m_service->remove(seen()));
        QCOMPARE(removed.error().kind, Error::Kind::NotReady);
        QCOMPARE(server().count(subject("STREAM.CREATE.orders")), 0);
        QCOMPARE(server().count(subject("STREAM.DELETE.orders")), 0);
    }

    /// The whole document goes back, with one field another.
    void changesOneFieldOfMany()
    {
        QVERIFY(open());
        const Stream before = ofTomorrow();
        StreamDraft change{before.id.account, before.config, before};
        change.config[text("max_msgs")] = 500;
        QJsonObject sent;
        server().stand(subject("STREAM.INFO.orders"), infoOf(before.config));
        server().stand(subject("STREAM.UPDATE.orders"), [&sent](const QJsonObject &body) {
            sent = body;
            return QJsonDocument(infoOf(body)).toJson();
        });
        const auto changed = m_fixture->outcomeOf(m_service->change(change));
        QVERIFY2(changed, changed ? "" : qPrintable(changed.error().text()));
        QCOMPARE(sent, change.config);
        QCOMPARE(sent[text("of_tomorrow")].toObject()[text("a")].toInteger(), Q_INT64_C(9007199254740993));
        QCOMPARE(changed->config[text("max_msgs")].toInt(), 500);
    }

    void sendsNoChangeOfWhatIsAnotherByNow()
    {
        QVERIFY(open());
        const Stream before = ofTomorrow();
        StreamDraft change{before.id.account, before.config, before};
        change.config[text("max_msgs")] = 500;
        QJsonObject now = before.config;
        now[text("max_age")] = Q_INT64_C(7000000000);
        server().stand(subject("STREAM.INFO.orders"), infoOf(now));
        server().stand(subject("STREAM.UPDATE.orders"), infoOf(change.config));
        const auto changed = m_fixture->outcomeOf(m_service->change(change));
        QCOMPARE(changed.error().kind, Error::Kind::Conflict);
        QVERIFY2(changed.error().summary.contains(text("max_age")), qPrintable(changed.error().summary));
        QCOMPARE(server().count(subject("STREAM.UPDATE.orders")), 0);
    }

    /// All of it goes back, and what else a sealed stream is set to is the server's to say.
    void sealsForGood_data()
    {
        QTest::addColumn<bool>("isAnswered");
        QTest::newRow("answered") << true;
        QTest::newRow("sealed without an answer") << false;
    }

    void sealsForGood()
    {
        QFETCH(bool, isAnswered);
        QVERIFY(open());
        const Stream before = ofTomorrow();
        QJsonObject config = before.config;
        server().stand(
            subject("STREAM.INFO.orders"), [&](const QJsonObject &) { return QJsonDocument(infoOf(config)).toJson(); });
        server().stand(subject("STREAM.UPDATE.orders"), [&](const QJsonObject &body) -> Result<QByteArray> {
            config = body;
            config[text("discard")] = text("new");
            config[text("deny_purge")] = true;
            return isAnswered ? Result<QByteArray>(QJsonDocument(infoOf(config)).toJson()) : fail(silence);
        });
        const auto sealed = m_fixture->outcomeOf(m_service->seal(before));
        QVERIFY2(sealed, sealed ? "" : qPrintable(sealed.error().text()));
        QVERIFY(sealed->config[text("sealed")].toBool());
        QCOMPARE(config[text("of_tomorrow")], before.config[text("of_tomorrow")]);
        QVERIFY(!m_service->sealAccess(*sealed));
        const auto again = m_fixture->outcomeOf(m_service->seal(*sealed));
        QCOMPARE(again.error().kind, Error::Kind::Forbidden);
        QCOMPARE(server().count(subject("STREAM.UPDATE.orders")), 1);
    }

    void sealsNothingThatIsAnotherByNow()
    {
        QVERIFY(open());
        QJsonObject now = ofTomorrow().config;
        now[text("max_age")] = Q_INT64_C(7000000000);
        server().stand(subject("STREAM.INFO.orders"), infoOf(now));
        const auto sealed = m_fixture->outcomeOf(m_service->seal(ofTomorrow()));
        QCOMPARE(sealed.error().kind, Error::Kind::Conflict);
        QCOMPARE(server().count(subject("STREAM.UPDATE.orders")), 0);
    }

    void letsAnotherCopyLead()
    {
        QVERIFY(open(3));
        QString leader = text("nats-1");
        server().stand(subject("STREAM.INFO.orders"), [&leader](const QJsonObject &) {
            QJsonObject info = infoOf(ofTomorrow().config);
            info[text("cluster")] = QJsonObject{{text("leader"), leader}};
            return QJsonDocument(info).toJson();
        });
        int asked = 0;
        server().stand(subject("STREAM.LEADER.STEPDOWN.orders"), [&](const QJsonObject &) {
            ++asked;
            leader = text("nats-2");
            return Result<QByteArray>(success);
        });
        const auto next = m_fixture->outcomeOf(m_service->stepDown(led("nats-1")));
        QVERIFY2(next, next ? "" : qPrintable(next.error().text()));
        QCOMPARE(*next, text("nats-2"));
        const auto late = m_fixture->outcomeOf(m_service->stepDown(led("nats-1")));
        QCOMPARE(late.error().kind, Error::Kind::Conflict);
        QCOMPARE(asked, 1);
    }

    void saysThatNobodyLeadsSoFar()
    {
        QVERIFY(open(3));
        QString leader = text("nats-1");
        server().stand(subject("STREAM.INFO.orders"), [&leader](const QJsonObject &) {
            QJsonObject info = infoOf(ofTomorrow().config);
            info[text("cluster")] = QJsonObject{{text("leader"), leader}};
            return QJsonDocument(info).toJson();
        });
        server().stand(subject("STREAM.LEADER.STEPDOWN.orders"), [&leader](const QJsonObject &) {
            leader.clear();
            return Result<QByteArray>(success);
        });
        const auto next = m_fixture->outcomeOf(m_service->stepDown(led("nats-1")));
        QCOMPARE(next.error().kind, Error::Kind::Timeout);
    }

    void asksNoLonelyCopyToStepDown()
    {
        QVERIFY(open(3));
        Stream one = led("nats-1");
        one.config[text("num_replicas")] = 1;
        QVERIFY(!m_service->stepDownAccess(one));
        Stream leaderless = led("");
        QVERIFY(!m_service->stepDownAccess(leaderless));
        Stream behind = led("nats-1");
        behind.peers[0].isCurrent = false;
        QVERIFY(!m_service->stepDownAccess(behind));
        QVERIFY(m_service->stepDownAccess(led("nats-1")));
    }

    void looksAgainAfterAChangeWithoutAnswer_data()
    {
        QTest::addColumn<bool>("isDone");
        QTest::newRow("changed all the same") << true;
        QTest::newRow("as it was") << false;
    }

    void looksAgainAfterAChangeWithoutAnswer()
    {
        QFETCH(bool, isDone);
        QVERIFY(open());
        const Stream before = ofTomorrow();
        StreamDraft change{before.id.account, before.config, before};
        change.config[text("max_msgs")] = 500;
        bool isSent = false;
        server().stand(subject("STREAM.INFO.orders"), [&](const QJsonObject &) {
            return QJsonDocument(infoOf(isSent && isDone ? change.config : before.config)).toJson();
        });
        server().stand(subject("STREAM.UPDATE.orders"), [&isSent](const QJsonObject &) -> Result<QByteArray> {
            isSent = true;
            return fail(silence);
        });
        const auto changed = m_fixture->outcomeOf(m_service->change(change));
        QCOMPARE(changed.has_value(), isDone);
        if (!isDone)
            QCOMPARE(changed.error().kind, Error::Kind::Timeout);
    }

    void looksAgainAfterACreationWithoutAnswer_data()
    {
        QTest::addColumn<QJsonObject>("found");
        QTest::addColumn<bool>("isDone");
        QTest::addColumn<QString>("words");
        QJsonObject asAsked = JetStreamFixture::streamInfo(text("orders"));
        asAsked[text("config")] = toConfig(draft(), {});
        QTest::newRow("there") << asAsked << true << QString();
        QTest::newRow("another") << JetStreamFixture::streamInfo(text("orders")) << false << text("other settings");
        QTest::newRow("not there") << JetStreamFixture::refusal(404, 10059, text("stream not found")) << false
                                   << text("may still be created");
        QTest::newRow("not known") << JetStreamFixture::refusal(503, 10008, text("unavailable")) << false
                                   << text("not known yet");
    }

    void looksAgainAfterACreationWithoutAnswer()
    {
        QFETCH(QJsonObject, found);
        QFETCH(bool, isDone);
        QFETCH(QString, words);
        QVERIFY(open());
        server().stand(subject("STREAM.CREATE.orders"), [](const QJsonObject &) { return fail(silence); });
        server().stand(subject("STREAM.INFO.orders"), found);
        const auto created = m_fixture->outcomeOf(m_service->create(draft()));
        QCOMPARE(created.has_value(), isDone);
        QCOMPARE(server().count(subject("STREAM.CREATE.orders")), 1);
        if (isDone)
            return;
        QCOMPARE(created.error().kind, Error::Kind::Timeout);
        QVERIFY2(created.error().summary.contains(words), qPrintable(created.error().summary));
    }

    void looksAgainAfterADeletionWithoutAnswer_data()
    {
        QTest::addColumn<QJsonObject>("found");
        QTest::addColumn<bool>("isDone");
        QTest::addColumn<QString>("words");
        QTest::newRow("gone") << JetStreamFixture::refusal(404, 10059, text("stream not found")) << true << QString();
        QTest::newRow("there") << JetStreamFixture::streamInfo(text("orders")) << false << text("may still be deleted");
        QTest::newRow("not known") << JetStreamFixture::refusal(503, 10118, text("stream is offline")) << false
                                   << text("not known yet");
    }

    void looksAgainAfterADeletionWithoutAnswer()
    {
        QFETCH(QJsonObject, found);
        QFETCH(bool, isDone);
        QFETCH(QString, words);
        QVERIFY(open());
        server().stand(subject("STREAM.DELETE.orders"), [](const QJsonObject &) { return fail(silence); });
        server().stand(subject("STREAM.INFO.orders"), found);
        const auto removed = m_fixture->outcomeOf(m_service->remove(seen()));
        QCOMPARE(removed.has_value(), isDone);
        if (isDone)
            return;
        QCOMPARE(removed.error().kind, Error::Kind::Timeout);
        QVERIFY2(removed.error().summary.contains(words), qPrintable(removed.error().summary));
    }

    void deletesOnlyTheOneThatWasConfirmed_data()
    {
        QTest::addColumn<QJsonObject>("found");
        QTest::addColumn<bool>("isDeleted");
        QTest::addColumn<Error::Kind>("kind");
        QJsonObject stream = JetStreamFixture::streamInfo(text("orders"));
        stream[text("created")] = text("2026-03-04T05:06:07.123456789Z");
        QTest::newRow("it") << stream << true << Error::Kind::Invalid;
        stream[text("created")] = text("2026-03-04T05:06:08.123456789Z");
        QTest::newRow("another of its name") << stream << false << Error::Kind::Conflict;
        QTest::newRow("gone") << JetStreamFixture::refusal(404, 10059, text("stream not found")) << false
                              << Error::Kind::NotFound;
        QTest::newRow("no answer") << QJsonObject() << false << Error::Kind::NotReady;
    }

    void deletesOnlyTheOneThatWasConfirmed()
    {
        QFETCH(QJsonObject, found);
        QFETCH(bool, isDeleted);
        QFETCH(Error::Kind, kind);
        QVERIFY(open());
        if (found.isEmpty())
            server().stand(subject("STREAM.INFO.orders"), [](const QJsonObject &) { return fail(silence); });
        else
            server().stand(subject("STREAM.INFO.orders"), found);
        server().stand(subject("STREAM.DELETE.orders"), {{text("success"), true}});
        const QDateTime created(QDate(2026, 3, 4), QTime(5, 6, 7, 123), Qt::UTC);
        const auto removed = m_fixture->outcomeOf(m_service->remove(seen(created)));
        QCOMPARE(removed.has_value(), isDeleted);
        QCOMPARE(server().count(subject("STREAM.DELETE.orders")), isDeleted ? 1 : 0);
        if (!isDeleted)
            QCOMPARE(removed.error().kind, kind);
    }

    /// Whoever has to log in first may take minutes over it.
    void looksOnceMoreWhereThePermitWasLongInComing()
    {
        QVERIFY(open());
        QJsonObject stream = JetStreamFixture::streamInfo(text("orders"));
        stream[text("created")] = text("2026-03-04T05:06:07.123456789Z");
        server().stand(subject("STREAM.INFO.orders"), stream);
        stream[text("created")] = text("2026-03-04T05:06:08.123456789Z");
        m_fixture->cluster.cluster.delay = [&](const ApiRequest &request) {
            if (!request.path.contains(text("configmaps")))
                return Pending<void>::answered({});
            server().stand(subject("STREAM.INFO.orders"), stream); // made anew while nobody answers
            return m_fixture->clock.sleep(3s);
        };
        const QDateTime created(QDate(2026, 3, 4), QTime(5, 6, 7, 123), Qt::UTC);
        const auto removed = m_fixture->outcomeOf(m_service->remove(seen(created)));
        QVERIFY(!removed);
        QCOMPARE(removed.error().kind, Error::Kind::Conflict);
        QCOMPARE(server().count(subject("STREAM.INFO.orders")), 2);
        QCOMPARE(server().count(subject("STREAM.DELETE.orders")), 0);
    }

    /// Whatever words a language has for them, and should they be the same.
    void tellsStreamsApartByTheirNames()
    {
        class OneWord final : public QTranslator {
        public:
            QString translate(const char *, const char *source, const char *, int) const override
            {
                return qstrcmp(source, "stream %1") == 0 ? QStringLiteral("it") : QString();
            }
            bool isEmpty() const override { return false; }
        } language;
        QVERIFY(open());
        QCoreApplication::installTranslator(&language);
        server().expectHanging(subject("STREAM.DELETE.orders"));
        server().stand(subject("STREAM.CREATE.bills"), JetStreamFixture::streamInfo(text("bills")));
        auto removing = m_service->remove(seen());
        QVERIFY(m_fixture->passTimeUntil([this] { return server().count(subject("STREAM.DELETE.orders")) == 1; }));
        const auto created = m_fixture->outcomeOf(m_service->create(draft("bills")));
        QVERIFY2(created, qPrintable(created ? QString() : created.error().text()));
        server().answerHanging(success);
        QVERIFY(m_fixture->outcomeOf(std::move(removing)));
    }

    void changesOneThingAtATime()
    {
        QVERIFY(open());
        server().expectHanging(subject("STREAM.DELETE.orders"));
        server().stand(subject("STREAM.CREATE.orders"), JetStreamFixture::streamInfo(text("orders")));
        server().stand(subject("STREAM.CREATE.bills"), JetStreamFixture::streamInfo(text("bills")));
        auto removing = m_service->remove(seen());
        QVERIFY(m_fixture->passTimeUntil([this] { return server().count(subject("STREAM.DELETE.orders")) == 1; }));
        const auto meanwhile = m_fixture->outcomeOf(m_service->create(draft()));
        QCOMPARE(meanwhile.error().kind, Error::Kind::Conflict);
        QCOMPARE(m_fixture->outcomeOf(m_service->create(draft())).error().kind, Error::Kind::Conflict);
        QCOMPARE(server().count(subject("STREAM.CREATE.orders")), 0);
        QVERIFY(m_fixture->outcomeOf(m_service->create(draft("bills"))));

        server().answerHanging(success);
        QVERIFY(m_fixture->outcomeOf(std::move(removing)));
        QVERIFY(m_fixture->outcomeOf(m_service->create(draft())));
    }

    void outlivesWhoeverAsked()
    {
        QVERIFY(open());
        server().expectHanging(subject("STREAM.DELETE.orders"));
        m_service->remove(seen()).drop(); // the page was closed
        QVERIFY(m_fixture->passTimeUntil([this] { return server().count(subject("STREAM.DELETE.orders")) == 1; }));
        QCOMPARE(server().withdrawn(), 0);
        m_fixture->holdStreams(numbered(1));
        const int before = server().count(subject("STREAM.LIST"));
        server().answerHanging(success);
        m_fixture->passTime(200ms);
        QVERIFY(server().count(subject("STREAM.LIST")) > before); // read again at once
    }

    void endsInTheMiddle()
    {
        QVERIFY(open());
        server().expectHanging(subject("STREAM.DELETE.orders"));
        auto removing = m_service->remove(seen());
        QVERIFY(m_fixture->passTimeUntil([this] { return server().count(subject("STREAM.DELETE.orders")) == 1; }));
        m_fixture->holdStreams(numbered(3000));
        m_service->refresh();
        m_service.reset(); // with a deletion and a list under way
        server().answerHanging(success);
        m_fixture->passTime(5s);
        QThreadPool::globalInstance()->waitForDone();
        m_fixture->passTime(100ms);
    }
};

QTEST_GUILESS_MAIN(StreamServiceTest)
#include "tst_streamservice.moc"

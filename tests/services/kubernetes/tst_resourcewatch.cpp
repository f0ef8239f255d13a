// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/kubernetesclient.h"
#include "services/kubernetes/resourcewatch.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakecluster.h"
#include "tests/support/fakekubernetes.h"

#include <QJsonArray>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;

namespace {

const auto podsPath = QStringLiteral("/api/v1/namespaces/shop/pods");

QJsonObject pod(const QString &name, int version, const QString &nameSpace = QStringLiteral("shop"))
{
    return {{QStringLiteral("apiVersion"), QStringLiteral("v1")}, {QStringLiteral("kind"), QStringLiteral("Pod")},
        {QStringLiteral("metadata"),
            QJsonObject{{QStringLiteral("namespace"), nameSpace}, {QStringLiteral("name"), name},
                {QStringLiteral("resourceVersion"), QString::number(version)}}}};
}

QJsonObject listOf(const QList<QJsonObject> &pods, int version)
{
    QJsonArray items;
    for (const QJsonObject &item : pods)
        items.append(item);
    return {{QStringLiteral("metadata"), QJsonObject{{QStringLiteral("resourceVersion"), QString::number(version)}}},
        {QStringLiteral("items"), items}};
}

QJsonObject gone()
{
    return {{QStringLiteral("kind"), QStringLiteral("Status")}, {QStringLiteral("code"), 410},
        {QStringLiteral("reason"), QStringLiteral("Expired")}};
}

Error errorOf(Error::Kind kind)
{
    return {kind, QStringLiteral("it broke"), {}, {}, {}};
}

} // namespace

class ResourceWatchTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<FakeKubernetes> m_server;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<ResourceWatch> m_watch;

    void expectList(const QList<QJsonObject> &pods, int version)
    {
        m_server->expect("GET", podsPath).reply(200, listOf(pods, version));
    }
    QStringList names() const
    {
        QStringList result;
        for (const QJsonObject &object : m_watch->snapshot())
            result.append(ObjectRef::of(object).name);
        return result;
    }
    QString watchedFrom() const
    {
        return m_server->lastStream()->request().query.queryItemValue(QStringLiteral("resourceVersion"));
    }
    /// Listed `pods` at version 10, and the watch has worked for a while.
    void begin(const QList<QJsonObject> &pods)
    {
        expectList(pods, 10);
        m_watch->start();
        m_clock->advance(0ms);
        QVERIFY(m_server->lastStream());
        m_server->lastStream()->open();
        m_clock->advance(5s);
    }

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<FakeKubernetes>();
        m_clock = std::make_unique<FakeClock>();
        m_watch = std::make_unique<ResourceWatch>(*m_server, *m_clock,
            ResourceWatch::Query{QStringLiteral("v1"), QStringLiteral("Pod"), QStringLiteral("shop"), {}, {}});
    }
    void cleanup()
    {
        QCOMPARE(m_server->unexpected, QStringList());
        QCOMPARE(m_server->remaining(), 0);
        m_watch.reset();
    }

    void listsThenWatches()
    {
        expectList({pod(QStringLiteral("b"), 4), pod(QStringLiteral("a"), 3)}, 10);
        QSignalSpy snapshots(m_watch.get(), &ResourceWatch::snapshotChanged);
        QCOMPARE(m_watch->freshness().state, Freshness::State::Syncing);
        m_watch->start();
        QCOMPARE(snapshots.size(), 0);
        m_clock->advance(0ms);
        QCOMPARE(snapshots.size(), 1);
        QCOMPARE(names(), (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
        QCOMPARE(m_watch->freshness().state, Freshness::State::Live);
        const QUrlQuery query = m_server->lastStream()->request().query;
        QCOMPARE(query.toString(), QStringLiteral("watch=true&allowWatchBookmarks=true&resourceVersion=10"));
    }

    void publishesAnEmptyCollection()
    {
        expectList({}, 10);
        QSignalSpy snapshots(m_watch.get(), &ResourceWatch::snapshotChanged);
        m_watch->start();
        m_clock->advance(0ms);
        QCOMPARE(snapshots.size(), 1);
    }

    void followsChanges()
    {
        begin({pod(QStringLiteral("a"), 3)});
        FakeStream *stream = m_server->lastStream();
        stream->feedEvent(QStringLiteral("ADDED"), pod(QStringLiteral("c"), 11));
        stream->feedEvent(QStringLiteral("ADDED"), pod(QStringLiteral("b"), 12));
        stream->feedEvent(QStringLiteral("DELETED"), pod(QStringLiteral("a"), 13));
        stream->feedEvent(QStringLiteral("MODIFIED"), pod(QStringLiteral("c"), 14));
        m_clock->advance(100ms);
        QCOMPARE(names(), (QStringList{QStringLiteral("b"), QStringLiteral("c")}));
        QCOMPARE(m_watch->snapshot().value(1), pod(QStringLiteral("c"), 14));
    }

    void readsEventsCutAnywhere()
    {
        begin({});
        const QByteArray event = "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"x\",\"namespace\":\"shop\","
                                 "\"resourceVersion\":\"11\"}}}\n";
        for (const char byte : event + event)
            m_server->lastStream()->feed(QByteArray(1, byte));
        m_clock->advance(100ms);
        QCOMPARE(names(), QStringList{QStringLiteral("x")});
    }

    void gathersABurstInOneSnapshot()
    {
        begin({});
        QSignalSpy snapshots(m_watch.get(), &ResourceWatch::snapshotChanged);
        for (int i = 0; i < 500; ++i)
            m_server->lastStream()->feedEvent(QStringLiteral("ADDED"), pod(QStringLiteral("p%1").arg(i), 11 + i));
        QCOMPARE(snapshots.size(), 0);
        m_clock->advance(0ms);
        QCOMPARE(snapshots.size(), 1);
        QCOMPARE(m_watch->snapshot().size(), 500);
        m_server->lastStream()->feedEvent(QStringLiteral("ADDED"), pod(QStringLiteral("q"), 1000));
        m_clock->advance(99ms);
        QCOMPARE(snapshots.size(), 1);
        m_clock->advance(1ms);
        QCOMPARE(snapshots.size(), 2);
    }

    void goesOnFromTheLastVersionWhenTheStreamEnds()
    {
        begin({pod(QStringLiteral("a"), 3)});
        m_server->lastStream()->feedEvent(QStringLiteral("MODIFIED"), pod(QStringLiteral("a"), 17));
        m_server->lastStream()->finish();
        QCOMPARE(m_server->streams.size(), 2);
        QCOMPARE(watchedFrom(), QStringLiteral("17"));
        QCOMPARE(m_watch->freshness().state, Freshness::State::Live);
    }

    void goesOnFromABookmark()
    {
        begin({pod(QStringLiteral("a"), 3)});
        m_server->lastStream()->feed(
            "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"99\"}}}\n");
        QSignalSpy snapshots(m_watch.get(), &ResourceWatch::snapshotChanged);
        m_server->lastStream()->finish();
        QCOMPARE(watchedFrom(), QStringLiteral("99"));
        m_clock->advance(1s);
        QCOMPARE(snapshots.size(), 0);
    }

    void isStaleUntilACutStreamIsBack()
    {
        begin({pod(QStringLiteral("a"), 3)});
        QSignalSpy freshness(m_watch.get(), &ResourceWatch::freshnessChanged);
        const QDateTime cutAt = m_clock->now();
        m_server->lastStream()->breakOff(errorOf(Error::Kind::Offline));
        QCOMPARE(m_watch->freshness(),
            (Freshness{Freshness::State::Stale, cutAt, QStringLiteral("it broke"), Error::Kind::Offline}));
        QCOMPARE(m_watch->lastError()->kind, Error::Kind::Offline);
        QCOMPARE(m_server->streams.size(), 2);
        m_server->lastStream()->breakOff(errorOf(Error::Kind::Offline));
        m_clock->advance(10s);
        QCOMPARE(m_watch->freshness().since, cutAt);
        QCOMPARE(names(), QStringList{QStringLiteral("a")});
        m_server->lastStream()->open();
        QCOMPARE(m_watch->freshness().state, Freshness::State::Live);
        QVERIFY(!m_watch->lastError());
        QCOMPARE(freshness.size(), 2);
    }

    /// That nobody answers is noticed later, after a night where the machine slept.
    void isStaleFromWhenTheServerFellSilent()
    {
        begin({pod(QStringLiteral("a"), 3)});
        m_clock->advance(60s);
        m_server->silent = 4s;
        m_server->lastStream()->breakOff(errorOf(Error::Kind::Timeout));
        QCOMPARE(m_watch->freshness().since, m_clock->now().addSecs(-4));
        m_server->lastStream()->open();
        const QDateTime liveAgainAt = m_clock->now();
        QCOMPARE(m_watch->freshness().since, liveAgainAt);
        m_server->lastStream()->breakOff(errorOf(Error::Kind::Timeout));
        QCOMPARE(m_watch->freshness().since, liveAgainAt); // it was live meanwhile
    }

    /// An API server that has just started knows nobody's permissions for a moment.
    void triesSoonWhereItIsRefusedWhatItWasAllowed()
    {
        FakeCluster cluster;
        cluster.put(pod(QStringLiteral("a"), 0));
        ResourceWatch watch(cluster, *m_clock, {QStringLiteral("v1"), QStringLiteral("Pod"), {}, {}, {}});
        watch.start();
        m_clock->advance(5s);
        QCOMPARE(watch.freshness().state, Freshness::State::Live);
        cluster.isAllowed = [](const Permission &) { return false; };
        cluster.cutStreams();
        m_clock->advance(1s);
        QCOMPARE(watch.freshness().state, Freshness::State::Stale);
        cluster.isAllowed = {};
        m_clock->advance(3s);
        QCOMPARE(watch.freshness().state, Freshness::State::Live);
    }

    void listsAgainAndAgainWhereItMayNotWatch()
    {
        FakeCluster cluster;
        cluster.isAllowed = [](const Permission &wanted) { return wanted.verb != QLatin1String("watch"); };
        cluster.put(pod(QStringLiteral("a"), 0));
        ResourceWatch watch(cluster, *m_clock, {QStringLiteral("v1"), QStringLiteral("Pod"), {}, {}, {}});
        QList<Freshness::State> states;
        connect(&watch, &ResourceWatch::freshnessChanged, this, [&] { states.append(watch.freshness().state); });
        watch.start();
        m_clock->advance(1s);
        QCOMPARE(watch.snapshot().size(), 1);
        QVERIFY(watch.isOnlyListed());
        cluster.put(pod(QStringLiteral("b"), 0));
        m_clock->advance(31s);
        m_clock->advance(1s);
        QCOMPARE(watch.snapshot().size(), 2);
        QVERIFY(m_clock->now().toMSecsSinceEpoch() - watch.freshness().since.toMSecsSinceEpoch() < 5000);
        QCOMPARE(watch.freshness().kind, std::optional(Error::Kind::Forbidden));
        QCOMPARE(states.count(Freshness::State::Live), 1); // before anybody could know
        cluster.isAllowed = {};
        m_clock->advance(31s);
        m_clock->advance(1s);
        QCOMPARE(watch.freshness().state, Freshness::State::Live);
        QVERIFY(!watch.isOnlyListed());
    }

    void listsAgainWhereNoWatchIsOpened()
    {
        begin({pod(QStringLiteral("a"), 3)});
        m_server->lastStream()->breakOff(errorOf(Error::Kind::Offline));
        QCOMPARE(m_watch->freshness().state, Freshness::State::Stale);
        QCOMPARE(m_server->streams.size(), 2); // which the server says nothing to
        expectList({pod(QStringLiteral("a"), 3), pod(QStringLiteral("b"), 5)}, 9);
        m_clock->advance(19s);
        QCOMPARE(names(), QStringList{QStringLiteral("a")});
        m_clock->advance(2s);
        QCOMPARE(names(), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
        QCOMPARE(m_watch->freshness().state, Freshness::State::Live);
        QCOMPARE(watchedFrom(), QStringLiteral("9"));
    }

    void waitsLongerAfterEachFailure()
    {
        FakeCluster cluster;
        cluster.goOffline();
        ResourceWatch watch(cluster, *m_clock, {QStringLiteral("v1"), QStringLiteral("Pod"), {}, {}, {}});
        watch.start();
        m_clock->advance(10s);
        const qsizetype first = cluster.requests.size();
        QVERIFY(first >= 5);
        m_clock->advance(10min);
        const qsizetype later = cluster.requests.size() - first;
        QVERIFY(later >= 18);
        QVERIFY(later <= 45);
    }

    void listsAgainWhenTheVersionIsGone_data()
    {
        QTest::addColumn<bool>("isEvent");
        QTest::newRow("as a status") << false;
        QTest::newRow("as an event") << true;
    }

    void listsAgainWhenTheVersionIsGone()
    {
        QFETCH(bool, isEvent);
        begin({pod(QStringLiteral("a"), 3), pod(QStringLiteral("b"), 4)});
        expectList({pod(QStringLiteral("b"), 4)}, 200);
        QSignalSpy freshness(m_watch.get(), &ResourceWatch::freshnessChanged);
        if (isEvent)
            m_server->lastStream()->feedEvent(QStringLiteral("ERROR"), gone());
        else
            m_server->lastStream()->breakOff(errorOf(Error::Kind::Gone));
        m_clock->advance(100ms);
        QCOMPARE(names(), QStringList{QStringLiteral("b")});
        QCOMPARE(watchedFrom(), QStringLiteral("200"));
        QCOMPARE(freshness.size(), 0);
    }

    void doesNotListWithoutPauseWhereEveryVersionIsGone()
    {
        begin({});
        expectList({}, 200);
        m_server->lastStream()->breakOff(errorOf(Error::Kind::Gone));
        m_clock->advance(0ms);
        m_server->lastStream()->breakOff(errorOf(Error::Kind::Gone));
        m_clock->advance(50ms);
        QCOMPARE(m_server->remaining(), 0);
        QCOMPARE(m_watch->freshness().state, Freshness::State::Stale);
        expectList({}, 300);
        m_clock->advance(1s);
    }

    void listsAgainAfterNonsense_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("no JSON") << QByteArray("<html>\n");
        QTest::newRow("a list") << QByteArray("[1,2]\n");
        QTest::newRow("no type") << QByteArray(
            "{\"object\":{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"1\"}}}\n");
        QTest::newRow("unknown type") << QByteArray(
            "{\"type\":\"EXPLODED\",\"object\":{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"1\"}}}\n");
        QTest::newRow("no name") << QByteArray(
            "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"resourceVersion\":\"1\"}}}\n");
        QTest::newRow("wrong types") << QByteArray("{\"type\":7,\"object\":\"x\"}\n");
        QTest::newRow("an error of the server")
            << QByteArray("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":500,\"message\":\"etcd\"}}\n");
    }

    void listsAgainAfterNonsense()
    {
        QFETCH(QByteArray, line);
        begin({pod(QStringLiteral("a"), 3)});
        m_server->lastStream()->feed(line);
        QCOMPARE(m_watch->freshness().state, Freshness::State::Stale);
        QCOMPARE(names(), QStringList{QStringLiteral("a")});
        expectList({pod(QStringLiteral("b"), 30)}, 40);
        m_clock->advance(1s);
        QCOMPARE(names(), QStringList{QStringLiteral("b")});
        QCOMPARE(m_watch->freshness().state, Freshness::State::Live);
    }

    void saysWhatIsMissingWhereListingIsForbidden()
    {
        m_server->expect("GET", podsPath).status(403, QStringLiteral("Forbidden"), QStringLiteral("pods is forbidden"));
        m_watch->start();
        m_clock->advance(29s);
        QCOMPARE(m_watch->freshness().state, Freshness::State::Syncing);
        QVERIFY(m_watch->freshness().why.contains(QLatin1String("pods is forbidden")));
        QCOMPARE(m_watch->freshness().kind, std::optional(Error::Kind::Forbidden));
        QCOMPARE(m_watch->lastError()->kind, Error::Kind::Forbidden);
        expectList({}, 10);
        m_clock->advance(2s);
        QCOMPARE(m_watch->freshness().state, Freshness::State::Live);
    }

    void waitsAsLongAsTheServerAsks()
    {
        m_server->expect("GET", podsPath)
            .status(429, QStringLiteral("TooManyRequests"), QStringLiteral("slow down"),
                {{QStringLiteral("retryAfterSeconds"), 7}});
        m_watch->start();
        m_clock->advance(6s);
        QCOMPARE(m_server->requests.size(), 1);
        expectList({}, 10);
        m_clock->advance(1s);
        QCOMPARE(m_watch->freshness().state, Freshness::State::Live);
    }

    void refreshListsAtOnce()
    {
        m_server->expect("GET", podsPath).status(403, QStringLiteral("Forbidden"), QStringLiteral("pods is forbidden"));
        m_watch->start();
        m_clock->advance(1s);
        expectList({pod(QStringLiteral("a"), 3)}, 10);
        m_watch->refresh();
        m_clock->advance(0ms);
        QCOMPARE(names(), QStringList{QStringLiteral("a")});
    }

    void mayBeEndedByWhoeverItTells()
    {
        expectList({}, 10);
        connect(m_watch.get(), &ResourceWatch::snapshotChanged, this, [this] { m_watch.reset(); });
        m_watch->start();
        m_clock->advance(1s);
        QVERIFY(!m_watch);
    }

    void withdrawsItsQuestionWhenItEnds()
    {
        m_server->expect("GET", podsPath).hang();
        m_watch->start();
        m_watch.reset();
        QCOMPARE(m_server->withdrawn, 1);
    }

    void agreesWithTheServerAfterAnything()
    {
        FakeCluster cluster;
        ResourceWatch watch(cluster, *m_clock, {QStringLiteral("v1"), QStringLiteral("Pod"), {}, {}, {}});
        watch.start();
        QRandomGenerator random(20260102);
        for (int step = 0; step < 2000; ++step) {
            const auto name = QStringLiteral("p%1").arg(random.bounded(30));
            const auto nameSpace = QStringLiteral("n%1").arg(random.bounded(3));
            switch (random.bounded(20)) {
            case 0:
                cluster.cutStreams();
                break;
            case 1:
                cluster.cutStreams(errorOf(Error::Kind::Offline));
                break;
            case 2:
                cluster.compact();
                cluster.cutStreams();
                break;
            case 3:
                cluster.failNext(1, errorOf(Error::Kind::Server));
                break;
            case 4:
            case 5:
            case 6:
                cluster.erase(ObjectRef::of(pod(name, 0, nameSpace)));
                break;
            case 7:
                m_clock->advance(std::chrono::milliseconds(random.bounded(3000)));
                break;
            default:
                cluster.put(pod(name, 0, nameSpace));
            }
        }
        m_clock->advance(2h);
        QCOMPARE(watch.freshness().state, Freshness::State::Live);
        QCOMPARE(watch.snapshot(), cluster.objects(QStringLiteral("v1"), QStringLiteral("Pod"), {}));
    }
};

QTEST_GUILESS_MAIN(ResourceWatchTest)
#include "tst_resourcewatch.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/driverlease.h"

#include "services/messaging/runtimenames.h"
#include "tests/support/awaited.h"
#include "tests/support/fakeclock.h"
#include "tests/support/messagingfixture.h"

#include <QSignalSpy>

using namespace std::chrono_literals;

class DriverLeaseTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<FakeCluster> m_cluster;
    std::unique_ptr<KubernetesClient> m_client;

    std::unique_ptr<DriverLease> lease(const char *holder)
    {
        return std::make_unique<DriverLease>(
            *m_client, *m_clock, MessagingFixture::nameSpace, QString::fromLatin1(holder));
    }

    static ObjectRef ref()
    {
        return {QStringLiteral("coordination.k8s.io/v1"), QStringLiteral("Lease"), MessagingFixture::nameSpace,
            QLatin1String(RuntimeNames::lease)};
    }

    QString holder() const
    {
        return (*m_cluster->object(ref()))[QLatin1String("spec")][QLatin1String("holderIdentity")].toString();
    }

    /// The outcome of `flow`, with time passing as it waits.
    Result<bool> outcome(Flow<bool> flow)
    {
        std::optional<Result<bool>> outcome;
        flow.whenFinished([&outcome](const Result<bool> &result) { outcome = result; });
        for (int i = 0; i < 1000 && !outcome; ++i)
            m_clock->advance(100ms);
        return outcome.value_or(fail(Error::Kind::Timeout, QStringLiteral("it never ends")));
    }

    int requestsFor(const char *verb) const
    {
        return int(std::count_if(m_cluster->requests.cbegin(), m_cluster->requests.cend(),
            [verb](const ApiRequest &request) { return request.verb == verb; }));
    }

    void giveTo(const char *successor)
    {
        m_cluster->change(ref(),
            {{QStringLiteral("spec"),
                QJsonObject{{QStringLiteral("holderIdentity"), QString::fromLatin1(successor)}}}});
    }

private Q_SLOTS:
    void init()
    {
        m_clock = std::make_unique<FakeClock>();
        m_cluster = std::make_unique<FakeCluster>();
        m_client = std::make_unique<KubernetesClient>(*m_cluster);
    }

    void isTakenOnceItHasRunOut()
    {
        auto first = lease("ana");
        auto second = lease("bo");
        QCOMPARE(awaited(first->acquire()), Result<bool>(true));
        QCOMPARE(awaited(second->acquire()), Result<bool>(false));
        first.reset();
        m_clock->advance(14900ms);
        QCOMPARE(awaited(second->acquire()), Result<bool>(false));
        m_clock->advance(100ms);
        QCOMPARE(awaited(second->acquire()), Result<bool>(true));
        QCOMPARE(holder(), QStringLiteral("bo"));
    }

    void isLostInTimeWhileRequestsHang()
    {
        const auto held = lease("ana");
        QSignalSpy lost(held.get(), &DriverLease::lost);
        QCOMPARE(awaited(held->acquire()), Result<bool>(true));
        m_cluster->hangNext(1000);
        m_clock->advance(9900ms);
        QVERIFY(held->isHeld());
        m_clock->advance(100ms);
        QVERIFY(!held->isHeld());
        QCOMPARE(lost.size(), 1);
    }

    void countsFromWhenTheRenewalWasAskedFor()
    {
        const auto held = lease("ana");
        m_cluster->delay = [this](
                               const ApiRequest &request) { return m_clock->sleep(request.verb == "POST" ? 4s : 0s); };
        m_cluster->hangNext(1000, "PUT");
        QCOMPARE(outcome(held->acquire()), Result<bool>(true));
        m_clock->advance(5900ms);
        QVERIFY(held->isHeld());
        m_clock->advance(100ms);
        QVERIFY(!held->isHeld());
    }

    void isNotHeldWhenTakingItTookTooLong()
    {
        const auto late = lease("ana");
        QSignalSpy lost(late.get(), &DriverLease::lost);
        m_cluster->delay = [this](
                               const ApiRequest &request) { return m_clock->sleep(request.verb == "POST" ? 15s : 0s); };
        QCOMPARE(outcome(late->acquire()), Result<bool>(false));
        QVERIFY(!late->isHeld());
        QCOMPARE(lost.size(), 0);
        m_clock->advance(60s);
        QCOMPARE(lost.size(), 0);
        QCOMPARE(holder(), QString()); // given back
    }

    /// What was asked in the last moment still has time for its answer.
    void isNotHeldToTheMomentWhenOthersMayTakeIt()
    {
        const auto held = lease("ana");
        const auto other = lease("bo");
        QCOMPARE(awaited(held->acquire()), Result<bool>(true));
        QCOMPARE(awaited(other->acquire()), Result<bool>(false));
        m_cluster->hangNext(1000, "PUT");
        m_clock->advance(10s);
        QVERIFY(!held->isHeld());
        QCOMPARE(awaited(other->acquire()), Result<bool>(false));
        m_clock->advance(4900ms);
        QCOMPARE(awaited(other->acquire()), Result<bool>(false));
    }

    void isWaitedForAsLongAsItsHolderSays_data()
    {
        QTest::addColumn<QJsonValue>("seconds");
        QTest::addColumn<int>("waited");
        QTest::newRow("longer") << QJsonValue(40) << 40;
        QTest::newRow("shorter") << QJsonValue(5) << 5;
        QTest::newRow("not at all") << QJsonValue() << 15;
        QTest::newRow("nonsense") << QJsonValue(-1) << 15;
        QTest::newRow("for ever") << QJsonValue(1'000'000) << 120;
    }

    void isWaitedForAsLongAsItsHolderSays()
    {
        QFETCH(QJsonValue, seconds);
        QFETCH(int, waited);
        QJsonObject lease{{QStringLiteral("spec"),
            QJsonObject{{QStringLiteral("holderIdentity"), QStringLiteral("ana")},
                {QStringLiteral("renewTime"), QStringLiteral("just now")},
                {QStringLiteral("leaseDurationSeconds"), seconds}}}};
        LeaseSighting sighting;
        sighting.note(lease, 1s);
        const auto end = 1s + std::chrono::seconds(waited);
        QCOMPARE(sighting.holderAt(end - 1ms), QStringLiteral("ana"));
        QCOMPARE(sighting.holderAt(end), QString());
    }

    /// The one that asks is destroyed by whoever hears it.
    void tellsThatItIsLostThroughTheEventLoop()
    {
        auto held = lease("ana");
        bool isLost = false;
        QObject::connect(held.get(), &DriverLease::lost, this, [&] {
            isLost = true;
            held.reset();
        });
        QCOMPARE(awaited(held->acquire()), Result<bool>(true));
        m_cluster->hangNext(1000);
        m_clock->advance(20s);
        QVERIFY(isLost);
    }

    void isKeptOnAServerThatIsSlow_data()
    {
        QTest::addColumn<int>("milliseconds");
        QTest::newRow("3 s") << 3000;
        QTest::newRow("almost 5 s") << 4900;
    }

    void isKeptOnAServerThatIsSlow()
    {
        QFETCH(int, milliseconds);
        m_cluster->delay = [&](const ApiRequest &) { return m_clock->sleep(std::chrono::milliseconds(milliseconds)); };
        const auto held = lease("ana");
        QSignalSpy lost(held.get(), &DriverLease::lost);
        QCOMPARE(outcome(held->acquire()), Result<bool>(true));
        m_clock->advance(120s);
        QVERIFY(held->isHeld());
        QCOMPARE(lost.size(), 0);
    }

    void aRenewalIsOneRequest()
    {
        const auto held = lease("ana");
        QCOMPARE(awaited(held->acquire()), Result<bool>(true));
        const int reads = requestsFor("GET");
        m_clock->advance(60s);
        QCOMPARE(requestsFor("GET"), reads);
        QCOMPARE(requestsFor("PUT"), 20);
    }

    void outlivesASingleRequestThatHangs()
    {
        const auto held = lease("ana");
        QSignalSpy lost(held.get(), &DriverLease::lost);
        QCOMPARE(awaited(held->acquire()), Result<bool>(true));
        m_cluster->hangNext(1, "PUT");
        m_clock->advance(60s);
        QVERIFY(held->isHeld());
        QCOMPARE(lost.size(), 0);
    }

    /// The next one then finds a version that it does not know.
    void outlivesARenewalWhoseAnswerIsLost()
    {
        const auto held = lease("ana");
        QSignalSpy lost(held.get(), &DriverLease::lost);
        QCOMPARE(awaited(held->acquire()), Result<bool>(true));
        bool isFirst = true;
        m_cluster->delay = [&](const ApiRequest &) { return m_clock->sleep(std::exchange(isFirst, false) ? 24h : 0h); };
        m_clock->advance(60s);
        QVERIFY(held->isHeld());
        QCOMPARE(lost.size(), 0);
    }

    void outlivesAChangeThatSomebodyElseMakes()
    {
        const auto held = lease("ana");
        QSignalSpy lost(held.get(), &DriverLease::lost);
        QCOMPARE(awaited(held->acquire()), Result<bool>(true));
        const QJsonObject labels{{QStringLiteral("team"), QStringLiteral("shop")}};
        m_cluster->change(ref(), {{QStringLiteral("metadata"), QJsonObject{{QStringLiteral("labels"), labels}}}});
        m_clock->advance(60s);
        QVERIFY(held->isHeld());
        QCOMPARE(lost.size(), 0);
    }

    void isLostToASuccessorAtTheNextRenewal()
    {
        const auto held = lease("ana");
        QSignalSpy lost(held.get(), &DriverLease::lost);
        QCOMPARE(awaited(held->acquire()), Result<bool>(true));
        giveTo("bo");
        m_clock->advance(3s);
        QCOMPARE(lost.size(), 1);
        QVERIFY(!held->isHeld());
        m_clock->advance(60s);
        QCOMPARE(lost.size(), 1);
        QCOMPARE(holder(), QStringLiteral("bo"));
    }

    void isFreeAtOnceWhenReleased()
    {
        const auto first = lease("ana");
        const auto second = lease("bo");
        QCOMPARE(awaited(first->acquire()), Result<bool>(true));
        m_clock->advance(12s); // the version that counts is the last renewal's
        first->release();
        QVERIFY(!first->isHeld());
        QCOMPARE(awaited(second->acquire()), Result<bool>(true));
    }

    void releaseLeavesASuccessorAlone()
    {
        const auto held = lease("ana");
        QCOMPARE(awaited(held->acquire()), Result<bool>(true));
        giveTo("bo");
        const qsizetype before = m_cluster->requests.size();
        held->release();
        m_clock->advance(1s);
        QCOMPARE(m_cluster->requests.size(), before + 1);
        QCOMPARE(holder(), QStringLiteral("bo"));
    }

    void isNotMadeAnewWhereItWasDeleted_data()
    {
        QTest::addColumn<bool>("isReleased");
        QTest::newRow("by giving it back") << true;
        QTest::newRow("by a renewal") << false;
    }

    void isNotMadeAnewWhereItWasDeleted()
    {
        QFETCH(bool, isReleased);
        const auto held = lease("ana");
        QCOMPARE(awaited(held->acquire()), Result<bool>(true));
        m_cluster->erase(ref());
        if (isReleased)
            held->release();
        m_clock->advance(20s);
        QVERIFY(requestsFor("PUT") > 0);
        QVERIFY(!held->isHeld());
        QVERIFY(!m_cluster->object(ref()));
    }

    /// Whoever held it learns that with the next renewal only.
    void isNotFreeAtOnceWhereItWasDeleted()
    {
        auto first = lease("ana");
        const auto second = lease("bo");
        QCOMPARE(awaited(first->acquire()), Result<bool>(true));
        QCOMPARE(awaited(second->acquire()), Result<bool>(false));
        m_cluster->erase(ref());
        QCOMPARE(awaited(second->acquire()), Result<bool>(false));
        first.reset();
        m_clock->advance(14900ms);
        QCOMPARE(awaited(second->acquire()), Result<bool>(false));
        m_clock->advance(100ms);
        QCOMPARE(awaited(second->acquire()), Result<bool>(true));
    }

    void isNotFreeAtOnceWhereItsHolderWasNeverSeen_data()
    {
        QTest::addColumn<bool>("wasSeenLongAgo");
        QTest::newRow("never seen") << false;
        QTest::newRow("seen long ago") << true;
    }

    /// The record knows who held it.
    void isNotFreeAtOnceWhereItsHolderWasNeverSeen()
    {
        QFETCH(bool, wasSeenLongAgo);
        const auto second = lease("bo");
        if (wasSeenLongAgo) {
            auto first = lease("ana");
            QCOMPARE(awaited(first->acquire()), Result<bool>(true));
            QCOMPARE(awaited(second->acquire()), Result<bool>(false));
            first.reset();
            m_clock->advance(1h);
            m_cluster->erase(ref());
        }
        const QString ana = QStringLiteral("ana");
        QCOMPARE(awaited(second->acquire(ana)), Result<bool>(false));
        m_clock->advance(14900ms);
        QCOMPARE(awaited(second->acquire(ana)), Result<bool>(false));
        m_clock->advance(100ms);
        QCOMPARE(awaited(second->acquire(ana)), Result<bool>(true));
    }

    void isFreeAtOnceWhereItWasItsOwn()
    {
        const auto again = lease("ana");
        QCOMPARE(awaited(again->acquire(QStringLiteral("ana"))), Result<bool>(true));
    }

    void runsOutOnceItIsToBeDeleted()
    {
        const auto held = lease("ana");
        QSignalSpy lost(held.get(), &DriverLease::lost);
        QCOMPARE(awaited(held->acquire()), Result<bool>(true));
        m_clock->advance(5s); // renewed 2 s ago
        QCOMPARE(held->retire().uid, Preconditions::sameAs(*m_cluster->object(ref())).uid);
        const int writes = requestsFor("PUT");
        m_clock->advance(7900ms);
        QVERIFY(held->isHeld());
        m_clock->advance(100ms);
        QVERIFY(!held->isHeld());
        QCOMPARE(requestsFor("PUT"), writes);
        QCOMPARE(lost.size(), 0);
        QCOMPARE(awaited(held->acquire()), Result<bool>(true));
    }
};

QTEST_GUILESS_MAIN(DriverLeaseTest)
#include "tst_driverlease.moc"

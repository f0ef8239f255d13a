// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/poller.h"
#include "tests/support/fakeclock.h"

#include <QTest>

using namespace std::chrono_literals;

class PollerTest final : public QObject {
    Q_OBJECT

private:
    Flow<void> read()
    {
        begin();
        co_return m_outcome;
    }

    Flow<void> readSlowly()
    {
        begin();
        co_await m_clock.sleep(1h);
        ++m_slowReadings;
        co_return Result<void>();
    }

    Flow<void> readFor(std::chrono::milliseconds duration)
    {
        begin();
        co_await m_clock.sleep(duration);
        co_return m_outcome;
    }

    void begin()
    {
        ++m_readings;
        m_begunAt.append(m_clock.monotonic() - m_start);
    }

    FakeClock m_clock;
    std::chrono::milliseconds m_start{}; ///< of the test
    QList<std::chrono::milliseconds> m_begunAt; ///< each reading, from then on
    int m_slowReadings = 0; ///< that came to their end
    int m_readings = 0;
    int m_changes = 0;
    Result<void> m_outcome;

private Q_SLOTS:
    void init()
    {
        m_start = m_clock.monotonic();
        m_begunAt.clear();
        m_readings = 0;
        m_changes = 0;
        m_outcome = {};
    }
    void readsAgainAndAgain();
    void readsMoreSeldomOutOfSight();
    void doesNotBeginBeforeItIsAsked();
    void isStaleOnceAReadingFails();
    void waitsNoLongerForAReadingThatIsLost();
    void readsMoreSeldomWhatTakesLong_data();
    void readsMoreSeldomWhatTakesLong();
    void restsBehindWhatItFollows();
    void readsAtOnceBehindWhatItFollows();
};

void PollerTest::readsAgainAndAgain()
{
    Poller poller(
        m_clock, 2s, [this] { return read(); }, [this] { ++m_changes; });
    poller.poll();
    QTRY_COMPARE(m_readings, 1);
    QCOMPARE(poller.freshness().state, Freshness::State::Live);
    for (int round = 2; round < 5; ++round) {
        m_clock.advance(2s);
        QTRY_COMPARE(m_readings, round);
    }
    QCOMPARE(m_changes, 1);
}

void PollerTest::waitsNoLongerForAReadingThatIsLost()
{
    Poller poller(
        m_clock, 2s, [this] { return m_readings == 0 ? readSlowly() : read(); }, [] {});
    poller.startOver(); // it has not begun
    QCOMPARE(m_readings, 0);
    poller.poll();
    poller.poll(); // once more after it
    QCOMPARE(m_readings, 1);
    poller.startOver();
    QTRY_COMPARE(poller.freshness().state, Freshness::State::Live);
    m_clock.advance(2h);
    QCOMPARE(m_slowReadings, 0);
}

void PollerTest::readsMoreSeldomWhatTakesLong_data()
{
    QTest::addColumn<bool>("isRead");
    QTest::addColumn<int>("seconds"); // until it is read again
    QTest::newRow("two thirds of the time nothing is read") << true << 6;
    QTest::newRow("what was waited for in vain is asked again soon") << false << 2;
}

void PollerTest::readsMoreSeldomWhatTakesLong()
{
    QFETCH(bool, isRead);
    QFETCH(int, seconds);
    if (!isRead)
        m_outcome = fail(Error::Kind::Offline, u"Nobody answers."_qs);
    Poller poller(
        m_clock, 2s, [this] { return readFor(3s); }, [this] { ++m_changes; });
    poller.poll();
    m_clock.advance(3s + std::chrono::seconds(seconds) + 1s); // the second takes longer than that
    QCOMPARE(m_begunAt, (QList<std::chrono::milliseconds>{0s, 3s + std::chrono::seconds(seconds)}));
}

/// What it follows from changes all the time: two thirds of the time nothing is read nevertheless.
void PollerTest::restsBehindWhatItFollows()
{
    Poller poller(
        m_clock, Poller::outOfSight, [this] { return readFor(3s); }, [this] { ++m_changes; });
    poller.poll();
    poller.pollBehind();
    m_clock.advance(3s);
    for (int round = 2; round < 4; ++round) {
        QTest::qWait(20);
        poller.pollBehind();
        m_clock.advance(6s - 1ms);
        QTest::qWait(20);
        QCOMPARE(m_readings, round - 1);
        m_clock.advance(1ms);
        QTRY_COMPARE(m_readings, round);
        poller.pollBehind();
        m_clock.advance(3s);
    }
    QTest::qWait(20);
    m_clock.advance(6s);
    QTRY_COMPARE(m_readings, 4); // it was told of while the last one was read
    m_clock.advance(3s);
    QTest::qWait(20);
    m_clock.advance(Poller::outOfSight - 1ms);
    QTest::qWait(20);
    QCOMPARE(m_readings, 4);
}

void PollerTest::readsAtOnceBehindWhatItFollows()
{
    Poller poller(
        m_clock, 2s, [this] { return read(); }, [this] { ++m_changes; });
    poller.pollBehind(); // begins it as well
    QTRY_COMPARE(m_readings, 1);
    poller.pollBehind();
    QTRY_COMPARE(m_readings, 2);
}

void PollerTest::readsMoreSeldomOutOfSight()
{
    Poller poller(
        m_clock, 2s, [this] { return read(); }, [this] { ++m_changes; });
    poller.poll();
    QTRY_COMPARE(m_readings, 1);
    poller.setInterval(Poller::outOfSight);
    m_clock.advance(2s + Poller::outOfSight);
    // the sleep that had begun comes to its end
    QCOMPARE(m_begunAt, (QList<std::chrono::milliseconds>{0s, 2s, 2s + Poller::outOfSight}));
    poller.setInterval(2s);
    QTRY_COMPARE(m_readings, 4); // without waiting
}

void PollerTest::doesNotBeginBeforeItIsAsked()
{
    Poller poller(
        m_clock, Poller::outOfSight, [this] { return read(); }, [this] { ++m_changes; });
    poller.setInterval(2s);
    m_clock.advance(1h); // with all that is waiting to be delivered
    QCOMPARE(m_readings, 0);
    QCOMPARE(m_clock.sleepers(), 0); // nor is anything going to happen
}

void PollerTest::isStaleOnceAReadingFails()
{
    Poller poller(
        m_clock, 2s, [this] { return read(); }, [this] { ++m_changes; });
    poller.poll();
    QTRY_COMPARE(m_changes, 1);
    m_outcome = fail(Error::Kind::Offline, u"Nobody answers."_qs);
    poller.poll();
    QTRY_COMPARE(poller.freshness().state, Freshness::State::Stale);
    QCOMPARE(poller.freshness().why, u"Nobody answers."_qs);
    m_outcome = {};
    poller.poll();
    QTRY_COMPARE(poller.freshness().state, Freshness::State::Live);
}

QTEST_GUILESS_MAIN(PollerTest)
#include "tst_poller.moc"

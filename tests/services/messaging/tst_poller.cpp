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
        ++m_readings;
        co_return m_outcome;
    }

    Flow<void> readSlowly()
    {
        ++m_readings;
        co_await m_clock.sleep(1h);
        ++m_slowReadings;
        co_return Result<void>();
    }

    Flow<void> readFor(std::chrono::milliseconds duration)
    {
        ++m_readings;
        co_await m_clock.sleep(duration);
        co_return m_outcome;
    }

    FakeClock m_clock;
    int m_slowReadings = 0; ///< that came to their end
    int m_readings = 0;
    int m_changes = 0;
    Result<void> m_outcome;

private Q_SLOTS:
    void init()
    {
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
    QCOMPARE(m_readings, 1);
    m_clock.advance(3s);
    QTest::qWait(20);
    m_clock.advance(std::chrono::seconds(seconds) - 1ms);
    QTest::qWait(20);
    QCOMPARE(m_readings, 1);
    m_clock.advance(1ms);
    QTRY_COMPARE(m_readings, 2);
}

void PollerTest::readsMoreSeldomOutOfSight()
{
    Poller poller(
        m_clock, 2s, [this] { return read(); }, [this] { ++m_changes; });
    poller.poll();
    QTRY_COMPARE(m_readings, 1);
    poller.setInterval(Poller::outOfSight);
    m_clock.advance(2s);
    QTRY_COMPARE(m_readings, 2); // the sleep that had begun
    m_clock.advance(Poller::outOfSight - 1s);
    QTest::qWait(20);
    QCOMPARE(m_readings, 2);
    m_clock.advance(1s);
    QTRY_COMPARE(m_readings, 3);
    poller.setInterval(2s);
    QTRY_COMPARE(m_readings, 4); // without waiting
}

void PollerTest::doesNotBeginBeforeItIsAsked()
{
    Poller poller(
        m_clock, Poller::outOfSight, [this] { return read(); }, [this] { ++m_changes; });
    poller.setInterval(2s);
    QTest::qWait(20);
    QCOMPARE(m_readings, 0);
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

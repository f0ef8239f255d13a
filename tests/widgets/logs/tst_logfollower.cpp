// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/logs/logfollower.h"

#include "tests/support/fakeclock.h"

#include <QPointer>
#include <QTest>

using namespace std::chrono_literals;

namespace {

RuntimePod pod(const QString &name, int restarts, bool ready = true)
{
    RuntimePod pod;
    pod.name = name;
    pod.restarts = restarts;
    pod.ready = ready;
    return pod;
}

} // namespace

/// Plays the server: each reading that is opened stands in `requests` and `tails`.
class TestLogFollower final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_follower.reset(); }
    void collectsLines();
    void endsWhereItDoesNotFollow();
    void goesOnAfterABreakWithoutRepeating();
    void saysWhereLinesMayBeMissing();
    void keepsNewLinesThatRepeatTheLastOne();
    void joinsUpOverSeveralBatches();
    void saysWhereARepetitionMayBeDoubled();
    void stopsSearchingAfterAsManyLinesAsItAskedFor();
    void asksOnceMoreWhereTheJoiningBreaks();
    void takesARestartSeenLateForTheReasonOfAGap();
    void readsARestartedContainerFromItsBeginning();
    void triesAtOnceWhereItIsToldTo();
    void triesAtOnceWhereThePodIsReadyAgain();
    void waitsForAPodThatIsGone();
    void readsAsSoonAsTheContainerStarts_data();
    void readsAsSoonAsTheContainerStarts();
    void takesTheFirstStartOfAReplacedPodForNoRestart();
    void givesUpWhereItIsForbidden();
    void doesNotAskAgainForAPreviousLog();
    void forgetsTheOldLogForAnother();
    void triesLessAndLessOften();

private:
    QByteArrayList lines() const;
    void send(const QByteArrayList &lines) { Q_EMIT m_tails.last()->linesArrived(lines); }
    void end(const std::optional<Error> &error = {}) { Q_EMIT m_tails.last()->ended(error); }
    void breakAndResume()
    {
        end(Error{Error::Kind::Offline, u"refused"_qs, {}, {}, {}});
        m_clock.advance(2s);
    }

    FakeClock m_clock;
    QList<LogRequest> m_requests;
    QList<QPointer<LogTail>> m_tails;
    std::unique_ptr<LogFollower> m_follower;
};

void TestLogFollower::init()
{
    m_requests.clear();
    m_tails.clear();
    m_follower = std::make_unique<LogFollower>(
        [this](const LogRequest &request) {
            auto tail = std::make_unique<LogTail>();
            m_requests.append(request);
            m_tails.append(tail.get());
            return tail;
        },
        m_clock);
}

QByteArrayList TestLogFollower::lines() const
{
    QByteArrayList lines;
    const LogBuffer &buffer = m_follower->buffer();
    for (qint64 number = buffer.firstLine(); number < buffer.endLine(); ++number)
        lines.append(buffer.isMarker(number) ? QByteArray("(marker)") : buffer.line(number).toByteArray());
    return lines;
}

void TestLogFollower::collectsLines()
{
    m_follower->read({u"nats-0"_qs, u"nats"_qs, 500, false, true});
    QCOMPARE(m_requests, QList<LogRequest>({{u"nats-0"_qs, u"nats"_qs, 500, false, true}}));
    QCOMPARE(m_follower->state(), LogFollower::State::Reading);
    send({"a", "b"});
    send({"c"});
    QCOMPARE(lines(), QByteArrayList({"a", "b", "c"}));
}

void TestLogFollower::endsWhereItDoesNotFollow()
{
    m_follower->read({u"nats-0"_qs, u"nats"_qs, 500, false, false});
    send({"a"});
    end();
    QCOMPARE(m_follower->state(), LogFollower::State::Ended);
    m_clock.advance(1min);
    QCOMPARE(m_requests.size(), 1);
}

void TestLogFollower::goesOnAfterABreakWithoutRepeating()
{
    m_follower->read({u"nats-0"_qs, u"nats"_qs, 500, false, true});
    send({"a", "b"});
    end(Error{Error::Kind::Offline, u"refused"_qs, {}, {}, {}});
    QCOMPARE(m_follower->state(), LogFollower::State::Waiting);
    QVERIFY(m_follower->error().has_value());

    m_clock.advance(2s);
    QCOMPARE(m_requests.size(), 2);
    QCOMPARE(m_follower->state(), LogFollower::State::Reading);
    QVERIFY(!m_follower->error());
    send({"a", "b", "c"});
    send({"d"});
    QCOMPARE(lines(), QByteArrayList({"a", "b", "c", "d"}));
}

void TestLogFollower::saysWhereLinesMayBeMissing()
{
    m_follower->read({u"nats-0"_qs, u"nats"_qs, 500, false, true});
    send({"a"});
    end(Error{Error::Kind::Offline, u"refused"_qs, {}, {}, {}});
    m_clock.advance(2s);
    send({"x", "y"});
    QCOMPARE(lines(), QByteArrayList({"a"}));
    m_clock.advance(1s);
    QTRY_COMPARE(lines(), QByteArrayList({"a", "(marker)", "x", "y"}));
    send({"z"});
    QCOMPARE(lines(), QByteArrayList({"a", "(marker)", "x", "y", "z"}));
}

void TestLogFollower::keepsNewLinesThatRepeatTheLastOne()
{
    m_follower->read({u"nats-0"_qs, u"nats"_qs, 500, false, true});
    send({"a", "x", "b", "x"});
    breakAndResume();
    send({"a", "x", "b", "x", "x", "x"});
    QCOMPARE(lines(), QByteArrayList({"a", "x", "b", "x", "x", "x"}));
}

void TestLogFollower::joinsUpOverSeveralBatches()
{
    m_follower->read({u"nats-0"_qs, u"nats"_qs, 500, false, true});
    send({"a", "b", "c", "d"});
    breakAndResume();
    send({"before", "a"});
    send({"b", "c"});
    QCOMPARE(lines(), QByteArrayList({"a", "b", "c", "d"}));
    send({"d", "e"});
    send({"f"});
    QCOMPARE(lines(), QByteArrayList({"a", "b", "c", "d", "e", "f"}));
    m_clock.advance(10s);
    QCOMPARE(lines().size(), 6);
}

void TestLogFollower::saysWhereARepetitionMayBeDoubled()
{
    m_follower->read({u"nats-0"_qs, u"nats"_qs, 500, false, true});
    send({"x", "x"});
    breakAndResume();
    send({"x", "x", "x"});
    QCOMPARE(lines(), QByteArrayList({"x", "x", "(marker)", "x"}));
}

void TestLogFollower::stopsSearchingAfterAsManyLinesAsItAskedFor()
{
    m_follower->read({u"nats-0"_qs, u"nats"_qs, 500, false, true});
    send({"a"});
    breakAndResume();
    const QByteArrayList half(100, "new");
    send(half);
    QCOMPARE(lines(), QByteArrayList({"a"}));
    send(half);
    QCOMPARE(lines(), QByteArrayList({"a", "(marker)"}) + half + half);
}

void TestLogFollower::asksOnceMoreWhereTheJoiningBreaks()
{
    m_follower->read({u"nats-0"_qs, u"nats"_qs, 500, false, true});
    send({"a", "b"});
    breakAndResume();
    send({"before"});
    breakAndResume();
    send({"before", "a", "b", "c"});
    QCOMPARE(lines(), QByteArrayList({"a", "b", "c"}));
}

void TestLogFollower::takesARestartSeenLateForTheReasonOfAGap()
{
    m_follower->read({u"nats-0"_qs, u"nats"_qs, 500, false, true});
    m_follower->setPods({pod(u"nats-0"_qs, 0)});
    send({"a"});
    breakAndResume();
    send({"starting"});
    m_clock.advance(1s);
    QTRY_COMPARE(lines(), QByteArrayList({"a", "(marker)", "starting"}));
    m_follower->setPods({pod(u"nats-0"_qs, 1)});
    breakAndResume();
    send({"starting", "started"});
    QCOMPARE(lines(), QByteArrayList({"a", "(marker)", "starting", "started"}));
}

void TestLogFollower::readsARestartedContainerFromItsBeginning()
{
    m_follower->read({u"nats-0"_qs, u"nats"_qs, 500, false, true});
    m_follower->setPods({pod(u"nats-0"_qs, 0)});
    send({"a"});
    end();
    m_follower->setPods({pod(u"nats-0"_qs, 1, false)});
    QCOMPARE(m_requests.size(), 1);
    m_follower->setPods({pod(u"nats-0"_qs, 1)});
    QCOMPARE(m_requests.size(), 2);
    QVERIFY(!m_requests.last().tailLines.has_value());
    send({"starting"});
    QCOMPARE(lines(), QByteArrayList({"a", "(marker)", "starting"}));
    const LogBuffer &buffer = m_follower->buffer();
    QVERIFY(buffer.line(buffer.firstLine() + 1).toByteArray().contains("nats-0 started again"));
}

/// The API server answers again: whoever knows tells.
void TestLogFollower::triesAtOnceWhereItIsToldTo()
{
    m_follower->read({u"nats-0"_qs, u"nats"_qs, 500, false, true});
    send({"a"});
    m_follower->tryNow(); // nothing is due
    QCOMPARE(m_requests.size(), 1);
    end(Error{Error::Kind::Offline, u"refused"_qs, {}, {}, {}});
    QCOMPARE(m_requests.size(), 1);
    m_follower->tryNow();
    QCOMPARE(m_requests.size(), 2);
    m_clock.advance(1min);
    QCOMPARE(m_requests.size(), 2); // the one that was due is not asked as well
}

/// As after the kubelet of its node was away.
void TestLogFollower::triesAtOnceWhereThePodIsReadyAgain()
{
    m_follower->read({u"nats-0"_qs, u"nats"_qs, 500, false, true});
    m_follower->setPods({pod(u"nats-0"_qs, 0)});
    send({"a"});
    end(Error{Error::Kind::Offline, u"refused"_qs, {}, {}, {}});
    m_follower->setPods({pod(u"nats-0"_qs, 0)});
    QCOMPARE(m_requests.size(), 1); // it was all the time
    m_follower->setPods({pod(u"nats-0"_qs, 0, false)});
    QCOMPARE(m_requests.size(), 1);
    m_follower->setPods({pod(u"nats-0"_qs, 0)});
    QCOMPARE(m_requests.size(), 2);
}

void TestLogFollower::waitsForAPodThatIsGone()
{
    m_follower->read({u"nats-0"_qs, u"nats"_qs, 500, false, true});
    m_follower->setPods({pod(u"nats-0"_qs, 3)});
    send({"a"});
    end();
    m_follower->setPods({});
    m_clock.advance(2s);
    end(Error{Error::Kind::NotFound, u"no pod"_qs, {}, {}, {}});
    QCOMPARE(m_follower->state(), LogFollower::State::Waiting);

    const qsizetype asked = m_requests.size();
    m_follower->setPods({pod(u"nats-0"_qs, 0)});
    QCOMPARE(m_requests.size(), asked + 1);
    send({"starting"});
    QCOMPARE(lines(), QByteArrayList({"a", "(marker)", "starting"}));
}

void TestLogFollower::readsAsSoonAsTheContainerStarts_data()
{
    QTest::addColumn<bool>("isFollowing");
    QTest::newRow("following") << true;
    QTest::newRow("not following") << false;
}

void TestLogFollower::readsAsSoonAsTheContainerStarts()
{
    QFETCH(bool, isFollowing);
    RuntimePod waiting = pod(u"nats-0"_qs, 0, false);
    waiting.unstartedContainers = QStringList{u"nats"_qs};
    const RuntimePod started = pod(u"nats-0"_qs, 0, false);
    m_follower->read({u"nats-0"_qs, u"nats"_qs, 500, false, isFollowing});
    m_follower->setPods({waiting});
    end();
    m_follower->setPods({waiting});
    QCOMPARE(m_requests.size(), 1);

    m_follower->setPods({started});
    QCOMPARE(m_requests.size(), 2);
    QCOMPARE(m_requests.last(), LogRequest({u"nats-0"_qs, u"nats"_qs, 500, false, isFollowing}));
    send({"a"});
    QCOMPARE(lines(), QByteArrayList({"a"}));
    m_follower->setPods({started});
    QCOMPARE(m_requests.size(), 2);
}

void TestLogFollower::takesTheFirstStartOfAReplacedPodForNoRestart()
{
    RuntimePod waiting = pod(u"nats-0"_qs, 0, false);
    waiting.unstartedContainers = QStringList{u"nats"_qs};
    m_follower->read({u"nats-0"_qs, u"nats"_qs, 500, false, true});
    m_follower->setPods({waiting});
    m_follower->setPods({});
    m_follower->setPods({waiting});
    m_follower->setPods({pod(u"nats-0"_qs, 0)});
    send({"a", "b"});
    breakAndResume();
    send({"a", "b", "c"});
    QCOMPARE(lines(), QByteArrayList({"a", "b", "c"}));
}

void TestLogFollower::givesUpWhereItIsForbidden()
{
    m_follower->read({u"nats-0"_qs, u"nats"_qs, 500, false, true});
    end(Error{Error::Kind::Forbidden, u"no"_qs, {}, {}, {}});
    QCOMPARE(m_follower->state(), LogFollower::State::Failed);
    m_clock.advance(1min);
    QCOMPARE(m_requests.size(), 1);
}

void TestLogFollower::doesNotAskAgainForAPreviousLog()
{
    m_follower->read({u"nats-0"_qs, u"nats"_qs, 500, true, true});
    end(Error{Error::Kind::Invalid, u"previous terminated container not found"_qs, {}, {}, {}});
    QCOMPARE(m_follower->state(), LogFollower::State::Failed);
    m_clock.advance(1min);
    QCOMPARE(m_requests.size(), 1);
}

void TestLogFollower::forgetsTheOldLogForAnother()
{
    m_follower->read({u"nats-0"_qs, u"nats"_qs, 500, false, true});
    send({"a"});
    const QPointer<LogTail> old = m_tails.last();
    m_follower->read({u"nats-1"_qs, u"nats"_qs, 500, false, true});
    QVERIFY(!old);
    QCOMPARE(m_follower->buffer().lineCount(), 0);
    send({"b"});
    QCOMPARE(lines(), QByteArrayList({"b"}));
}

void TestLogFollower::triesLessAndLessOften()
{
    m_follower->read({u"nats-0"_qs, u"nats"_qs, 500, false, true});
    for (int i = 0; i < 6; ++i) {
        end(Error{Error::Kind::Offline, u"refused"_qs, {}, {}, {}});
        m_clock.advance(15s);
        QCOMPARE(m_requests.size(), i + 2);
    }
    end(Error{Error::Kind::Offline, u"refused"_qs, {}, {}, {}});
    m_clock.advance(5s);
    QCOMPARE(m_requests.size(), 7);
}

QTEST_GUILESS_MAIN(TestLogFollower)
#include "tst_logfollower.moc"

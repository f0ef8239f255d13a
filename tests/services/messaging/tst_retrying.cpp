// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/retrying.h"

#include "tests/support/awaited.h"
#include "tests/support/fakeclock.h"

using namespace std::chrono_literals;

class RetryingTest : public QObject {
    Q_OBJECT

private:
    FakeClock m_clock;
    QList<Error> m_troubles; ///< answered first, in this order; the last one for good if `m_isForGood`
    bool m_isForGood = false;
    int m_asked = 0;

    Result<int> outcome(std::chrono::milliseconds limit = 60s)
    {
        const std::function<Pending<int>()> ask = [this] {
            ++m_asked;
            if (m_troubles.isEmpty())
                return Pending<int>::answered(7);
            return Pending<int>::answered(fail(m_isForGood ? m_troubles.constFirst() : m_troubles.takeFirst()));
        };
        std::optional<Result<int>> answer;
        Flow<int> flow = retrying(m_clock, ask, limit);
        flow.whenFinished([&answer](Result<int> result) { answer = std::move(result); });
        for (int i = 0; i < 2000 && !answer; ++i)
            m_clock.advance(100ms);
        return answer ? *answer : fail(Error::Kind::Protocol, QStringLiteral("it never ends"));
    }

    Flow<int> once()
    {
        ++m_asked;
        if (!m_troubles.isEmpty())
            co_return fail(m_troubles.takeFirst());
        co_return 7;
    }

    static Error trouble(Error::Kind kind) { return {kind, QStringLiteral("trouble"), {}, {}, {}}; }

private Q_SLOTS:
    void init()
    {
        m_troubles.clear();
        m_isForGood = false;
        m_asked = 0;
    }

    void asksAgainWhatMayPass()
    {
        m_troubles = {trouble(Error::Kind::Server), trouble(Error::Kind::Offline), trouble(Error::Kind::Timeout)};
        QCOMPARE(outcome().value_or(0), 7);
        QCOMPARE(m_asked, 4);
    }

    void asksAFlowAgainAsWell()
    {
        const std::function<Flow<int>()> ask = [this]() { return once(); };
        m_troubles = {trouble(Error::Kind::Throttled)};
        std::optional<Result<int>> answer;
        Flow<int> flow = retrying(m_clock, ask);
        flow.whenFinished([&answer](Result<int> result) { answer = std::move(result); });
        m_clock.advance(1s);
        QVERIFY(answer);
        QCOMPARE(answer->value_or(0), 7);
        QCOMPARE(m_asked, 2);
    }

    void endsWithWhatDoesNotPass()
    {
        m_troubles = {trouble(Error::Kind::Forbidden)};
        QCOMPARE(outcome().error().kind, Error::Kind::Forbidden);
        QCOMPARE(m_asked, 1);
    }

    void givesUpAtTheLimit()
    {
        m_troubles = {trouble(Error::Kind::Server)};
        m_isForGood = true;
        const auto began = m_clock.monotonic();
        QCOMPARE(outcome(20s).error().kind, Error::Kind::Server);
        QVERIFY(m_asked > 3);
        QVERIFY(m_clock.monotonic() - began <= 21s);
    }

    void waitsAsLongAsItIsTold()
    {
        Error throttled = trouble(Error::Kind::Throttled);
        throttled.retryAfter = 10s;
        m_troubles = {throttled};
        const auto began = m_clock.monotonic();
        QCOMPARE(outcome().value_or(0), 7);
        QVERIFY(m_clock.monotonic() - began >= 10s);
    }
};

QTEST_GUILESS_MAIN(RetryingTest)
#include "tst_retrying.moc"

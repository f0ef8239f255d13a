// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/mapped.h"

#include <QTest>

namespace {

/// Questions that wait for a test to answer them.
struct Desk {
    QList<QPair<QString, Pending<int>::Answer>> open;
    QStringList asked;
    QStringList withdrawn;

    Pending<int> ask(const QString &name)
    {
        asked.append(name);
        return Pending<int>::ask([this, name](Pending<int>::Answer answer) {
            open.append({name, std::move(answer)});
            return [this, name] { withdrawn.append(name); };
        });
    }
    void answer(Result<int> result)
    {
        open.takeFirst().second(std::move(result));
        QCoreApplication::sendPostedEvents();
    }
};

Flow<int> sumOfThree(Desk *desk)
{
    int sum = 0;
    for (const char *name : {"one", "two", "three"}) {
        const Result<int> answer = co_await desk->ask(QString::fromLatin1(name));
        if (!answer)
            co_return fail(answer.error());
        sum += *answer;
    }
    co_return sum;
}

Flow<int> twice(Desk *desk)
{
    const Result<int> first = co_await sumOfThree(desk);
    if (!first)
        co_return fail(first.error());
    const Result<int> second = co_await sumOfThree(desk);
    if (!second)
        co_return fail(second.error());
    co_return *first * 100 + *second;
}

Flow<void> nothing()
{
    co_return {};
}

Flow<int> askNobody()
{
    co_return co_await Pending<int>();
}

struct Owner {
    Flow<int> flow;
};

} // namespace

class FlowTest : public QObject {
    Q_OBJECT

private:
    std::optional<Result<int>> m_outcome;

    std::function<void(Result<int>)> record()
    {
        return [this](Result<int> result) { m_outcome = std::move(result); };
    }

private Q_SLOTS:
    void init() { m_outcome.reset(); }

    void asksOneQuestionAfterTheOther()
    {
        Desk desk;
        auto flow = sumOfThree(&desk);
        flow.whenFinished(record());
        QVERIFY(flow.isRunning());
        QCOMPARE(desk.asked, QStringList{QStringLiteral("one")});
        desk.answer(1);
        QCOMPARE(desk.asked.size(), 2);
        desk.answer(2);
        QVERIFY(!m_outcome);
        desk.answer(3);
        QCOMPARE(m_outcome, std::optional(Result<int>(6)));
        QVERIFY(!flow.isRunning());
        QCOMPARE(desk.withdrawn, QStringList());
    }

    void stopsAtAnError()
    {
        Desk desk;
        auto flow = sumOfThree(&desk);
        flow.whenFinished(record());
        desk.answer(1);
        desk.answer(fail(Error::Kind::Conflict, QStringLiteral("no")));
        QVERIFY(m_outcome && !*m_outcome);
        QCOMPARE(m_outcome->error().kind, Error::Kind::Conflict);
        QCOMPARE(desk.asked.size(), 2);
    }

    void withdrawsItsQuestionWhenItIsDestroyed()
    {
        Desk desk;
        {
            auto flow = sumOfThree(&desk);
            flow.whenFinished(record());
            desk.answer(1);
        }
        QCOMPARE(desk.withdrawn, QStringList{QStringLiteral("two")});
        desk.answer(2);
        QVERIFY(!m_outcome);
        QCOMPARE(desk.asked.size(), 2);
    }

    void isDestroyedBetweenAnswerAndDelivery()
    {
        Desk desk;
        auto flow = sumOfThree(&desk);
        flow.whenFinished(record());
        desk.open.takeFirst().second(1);
        flow = {};
        QCoreApplication::sendPostedEvents();
        QCOMPARE(desk.asked.size(), 1);
    }

    void isAwaitedInAnotherFlow()
    {
        Desk desk;
        auto flow = twice(&desk);
        flow.whenFinished(record());
        for (int i = 1; i <= 6; ++i)
            desk.answer(i);
        QCOMPARE(m_outcome, std::optional(Result<int>(615)));
    }

    void endsTheFlowThatItAwaits()
    {
        Desk desk;
        {
            auto flow = twice(&desk);
            for (int i = 1; i <= 4; ++i)
                desk.answer(i);
        }
        QCOMPARE(desk.withdrawn, QStringList{QStringLiteral("two")});
    }

    void isDestroyedInItsOwnReport()
    {
        Desk desk;
        auto owner = std::make_unique<Owner>();
        owner->flow = sumOfThree(&desk);
        const QByteArray captured(1000, 'x');
        owner->flow.whenFinished([this, &owner, captured](Result<int> result) {
            owner.reset();
            m_outcome = *result + int(captured.size());
        });
        for (int i = 1; i <= 3; ++i)
            desk.answer(i);
        QVERIFY(!owner);
        QCOMPARE(m_outcome, std::optional(Result<int>(1006)));
    }

    void beginsAnewInItsOwnReport()
    {
        Desk desk;
        Owner owner{sumOfThree(&desk)};
        owner.flow.whenFinished([&](const Result<int> &) {
            owner.flow = sumOfThree(&desk);
            owner.flow.whenFinished(record());
        });
        for (int i = 1; i <= 6; ++i)
            desk.answer(i);
        QCOMPARE(m_outcome, std::optional(Result<int>(15)));
    }

    void reportsAtOnceWhatIsOver()
    {
        bool isReported = false;
        auto flow = nothing();
        QVERIFY(!flow.isRunning());
        flow.whenFinished([&](const Result<void> &result) { isReported = result.has_value(); });
        QVERIFY(isReported);
    }

    void waitsForEverWhereNothingWasAsked()
    {
        auto flow = askNobody();
        flow.whenFinished(record());
        QCoreApplication::sendPostedEvents();
        QVERIFY(flow.isRunning());
        QVERIFY(!m_outcome);
    }

    void staysValidWhenItMoves()
    {
        Desk desk;
        auto flow = sumOfThree(&desk);
        auto moved = std::move(flow);
        QVERIFY(!flow.isRunning());
        moved.whenFinished(record());
        for (int i = 1; i <= 3; ++i)
            desk.answer(i);
        QCOMPARE(m_outcome, std::optional(Result<int>(6)));
    }

    void answersAsAPending()
    {
        Desk desk;
        auto pending = asPending(sumOfThree(&desk));
        pending.then(this, record());
        for (int i = 1; i <= 3; ++i)
            desk.answer(i);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(m_outcome, std::optional(Result<int>(6)));
    }

    void stopsWhenItsPendingIsDropped()
    {
        Desk desk;
        asPending(sumOfThree(&desk)).drop();
        QCOMPARE(desk.withdrawn, QStringList{QStringLiteral("one")});
    }
};

QTEST_GUILESS_MAIN(FlowTest)
#include "tst_flow.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/mutations.h"

#include <QTest>

namespace {

Flow<void> hold([[maybe_unused]] std::shared_ptr<int> held, Pending<void> until)
{
    auto answered = co_await until;
    co_return answered;
}

Flow<void> holdBriefly([[maybe_unused]] std::shared_ptr<int> held)
{
    co_return Result<void>();
}

} // namespace

class MutationsTest : public QObject {
    Q_OBJECT

private:
    std::optional<Pending<void>::Answer> m_answer;

    Pending<void> question()
    {
        return Pending<void>::ask([this](Pending<void>::Answer answer) -> std::function<void()> {
            m_answer = std::move(answer);
            return {};
        });
    }

private Q_SLOTS:
    void runsOnWhenNobodyWaits()
    {
        Mutations mutations;
        auto held = std::make_shared<int>(1);
        const std::weak_ptr<int> seen = held;
        mutations.run(hold(std::move(held), question())).drop();
        QCoreApplication::sendPostedEvents();
        QVERIFY(!seen.expired());
        (*m_answer)({});
        QTRY_VERIFY(seen.expired());
    }

    void hasForgottenWhatItWasGivenWhenTheAnswerArrives()
    {
        Mutations mutations;
        for (const bool isWaiting : {true, false}) {
            auto held = std::make_shared<int>(1);
            const std::weak_ptr<int> seen = held;
            Pending<void> outcome = isWaiting ? mutations.run(hold(std::move(held), question()))
                                              : mutations.run(holdBriefly(std::move(held)));
            std::optional<bool> wasForgotten;
            outcome.then(this, [&](const Result<void> &) { wasForgotten = seen.expired(); });
            if (isWaiting)
                (*m_answer)({});
            QTRY_VERIFY(wasForgotten.has_value());
            QVERIFY(*wasForgotten);
        }
    }

    void mayDieBetweenTheEndAndTheAnswer()
    {
        auto mutations = std::make_unique<Mutations>();
        auto held = std::make_shared<int>(1);
        const std::weak_ptr<int> seen = held;
        Pending<void> outcome = mutations->run(holdBriefly(std::move(held)));
        bool isAnswered = false;
        outcome.then(this, [&](const Result<void> &) { isAnswered = true; });
        mutations.reset();
        QVERIFY(seen.expired());
        QTRY_VERIFY(isAnswered);
    }
};

QTEST_GUILESS_MAIN(MutationsTest)
#include "tst_mutations.moc"

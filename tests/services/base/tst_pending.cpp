// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/mapped.h"

#include <QTest>

namespace {

/// A question whose answer and withdrawal a test decides and sees.
struct Question {
    std::optional<Pending<int>::Answer> answer;
    int withdrawals = 0;

    Pending<int> ask()
    {
        return Pending<int>::ask([this](Pending<int>::Answer given) {
            answer = std::move(given);
            return [this] { ++withdrawals; };
        });
    }
};

} // namespace

class PendingTest : public QObject {
    Q_OBJECT

private:
    QList<int> m_received;

    std::function<void(Result<int>)> record()
    {
        return [this](const Result<int> &result) { m_received.append(result.value_or(-1)); };
    }

private Q_SLOTS:
    void init() { m_received.clear(); }

    void answersOnceAndOnlyThroughTheEventLoop()
    {
        Question question;
        auto pending = question.ask();
        pending.then(this, record());
        (*question.answer)(1);
        (*question.answer)(2);
        QCOMPARE(m_received, QList<int>());
        QVERIFY(pending.isAsked());
        QCoreApplication::sendPostedEvents();
        QCOMPARE(m_received, QList<int>{1});
        QVERIFY(!pending.isAsked());
        (*question.answer)(3);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(m_received, QList<int>{1});
    }

    void deliversWhatWasAnsweredBeforeAnybodyListened()
    {
        auto pending = Pending<int>::answered(7);
        QVERIFY(!pending.isAsked());
        pending.then(this, record());
        QCOMPARE(m_received, QList<int>());
        QCoreApplication::sendPostedEvents();
        QCOMPARE(m_received, QList<int>{7});
    }

    void mayBeAnsweredWhileItIsAsked()
    {
        int withdrawals = 0;
        auto pending = Pending<int>::ask([&](Pending<int>::Answer answer) {
            answer(4);
            return [&] { ++withdrawals; };
        });
        pending.then(this, record());
        QCoreApplication::sendPostedEvents();
        QCOMPARE(m_received, QList<int>{4});
        pending.drop();
        QCOMPARE(withdrawals, 0);
    }

    void droppingWithdrawsOnce()
    {
        Question question;
        {
            auto pending = question.ask();
            pending.then(this, record());
            pending.drop();
            QCOMPARE(question.withdrawals, 1);
        }
        QCOMPARE(question.withdrawals, 1);
        QVERIFY(question.answer->isUnwanted());
        (*question.answer)(1);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(m_received, QList<int>());
    }

    void replacingWithdrawsTheOldOne()
    {
        Question first;
        Question second;
        auto pending = first.ask();
        pending = second.ask();
        QCOMPARE(first.withdrawals, 1);
        QCOMPARE(second.withdrawals, 0);
        pending.then(this, record());
        (*second.answer)(2);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(m_received, QList<int>{2});
    }

    void droppedBetweenAnswerAndDelivery()
    {
        Question question;
        auto pending = question.ask();
        pending.then(this, record());
        (*question.answer)(1);
        pending.drop();
        QCoreApplication::sendPostedEvents();
        QCOMPARE(m_received, QList<int>());
        QCOMPARE(question.withdrawals, 0);
    }

    void continuesOnlyInTheLifeOfItsContext()
    {
        Question question;
        auto pending = question.ask();
        auto context = std::make_unique<QObject>();
        pending.then(context.get(), record());
        (*question.answer)(1);
        context.reset();
        QCoreApplication::sendPostedEvents();
        QCOMPARE(m_received, QList<int>());
    }

    void droppedInItsOwnContinuation()
    {
        Question question;
        auto pending = std::make_unique<Pending<int>>(question.ask());
        const QByteArray captured(1000, 'x');
        pending->then(this, [this, &pending, captured](const Result<int> &result) {
            pending.reset();
            m_received.append(*result + int(captured.size()));
        });
        (*question.answer)(1);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(m_received, QList<int>{1001});
    }

    void asksAgainInItsOwnContinuation()
    {
        Question first;
        Question second;
        auto pending = first.ask();
        pending.then(this, [&](const Result<int> &) {
            pending = second.ask();
            pending.then(this, record());
        });
        (*first.answer)(1);
        QCoreApplication::sendPostedEvents();
        (*second.answer)(2);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(m_received, QList<int>{2});
        QCOMPARE(second.withdrawals, 0);
    }

    void staysValidWhenItMoves()
    {
        Question question;
        auto pending = question.ask();
        pending.then(this, record());
        auto moved = std::move(pending);
        (*question.answer)(5);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(m_received, QList<int>{5});
    }

    void mapsAnswersButNotErrors()
    {
        const auto twice = [](int value) -> Result<int> { return 2 * value; };
        auto good = mapped<int, int>(Pending<int>::answered(21), twice);
        auto bad = mapped<int, int>(Pending<int>::answered(fail(Error::Kind::Offline, {})), twice);
        good.then(this, record());
        bad.then(this, record());
        for (int i = 0; i < 3; ++i)
            QCoreApplication::sendPostedEvents();
        QCOMPARE(m_received, (QList<int>{42, -1}));
    }

    void droppingAMappedOneWithdrawsTheQuestion()
    {
        Question question;
        auto pending = mapped<int, int>(question.ask(), [](int value) -> Result<int> { return value; });
        pending.drop();
        QCOMPARE(question.withdrawals, 1);
    }
};

QTEST_GUILESS_MAIN(PendingTest)
#include "tst_pending.moc"

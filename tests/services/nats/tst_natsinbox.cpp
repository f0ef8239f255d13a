// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/natsinbox.h"
#include "tests/support/awaited.h"

#include <thread>

using namespace std::chrono_literals;

namespace {

NatsMessage message(const QByteArray &payload)
{
    return {"in", {}, payload};
}

QByteArray payloads(const QList<NatsMessage> &messages)
{
    QByteArray all;
    for (const NatsMessage &each : messages)
        all += each.payload;
    return all;
}

} // namespace

class NatsInboxTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void handsOverAllThatCameInOrder()
    {
        NatsInbox inbox(QStringLiteral("in"), 100);
        const auto receive = inbox.receiver();
        receive(message("a"));
        receive(message("b"));
        const auto first = awaited(inbox.next(1min));
        QCOMPARE(payloads(*first), QByteArray("ab"));
        auto asked = inbox.next(1min);
        QCoreApplication::processEvents();
        receive(message("c"));
        const auto second = awaited(std::move(asked));
        QCOMPARE(payloads(*second), QByteArray("c"));
    }

    void takesFromOtherThreads()
    {
        NatsInbox inbox(QStringLiteral("in"), 1'000'000);
        std::thread sender([receive = inbox.receiver()] {
            for (int i = 0; i < 10'000; ++i)
                receive(message(QByteArray::number(i) + ' '));
        });
        QByteArray all;
        while (all.count(' ') < 10'000) {
            const auto messages = awaited(inbox.next(1min));
            QVERIFY2(messages, whyNot(messages));
            all += payloads(*messages);
        }
        sender.join();
        QVERIFY(all.startsWith("0 1 2 "));
        QVERIFY(all.endsWith(" 9998 9999 "));
    }

    void holdsNoMoreThanItMay()
    {
        NatsInbox inbox(QStringLiteral("in"), 5);
        const auto receive = inbox.receiver();
        for (const char *payload : {"ab", "cd", "ef", "g"})
            receive(message(payload));
        const auto kept = awaited(inbox.next(1min));
        QCOMPARE(payloads(*kept), QByteArray("abcd"));
        const auto more = awaited(inbox.next(1min));
        QVERIFY(!more);
        QCOMPARE(more.error().kind, Error::Kind::Local);
    }

    void saysThatNothingCame()
    {
        NatsInbox inbox(QStringLiteral("in"), 5);
        const auto messages = awaited(inbox.next(1ms));
        QVERIFY(!messages);
        QCOMPARE(messages.error().kind, Error::Kind::Timeout);
        inbox.receiver()(message("late"));
        QCOMPARE(payloads(*awaited(inbox.next(1min))), QByteArray("late"));
    }

    void endsOnceWhereItBreaks()
    {
        int ends = 0;
        {
            NatsInbox inbox(QStringLiteral("in"), 5);
            inbox.setEnd([&ends] { ++ends; });
            inbox.receiver()(message("a"));
            inbox.breakWith({Error::Kind::Offline, QStringLiteral("away"), {}, {}, {}});
            QCOMPARE(ends, 1);
            QCOMPARE(payloads(*awaited(inbox.next(1min))), QByteArray("a")); // what came is not lost
            const auto after = awaited(inbox.next(1min));
            QCOMPARE(after.error().kind, Error::Kind::Offline);
        }
        QCOMPARE(ends, 1);
    }

    void isNotReachedBeyondItsEnd()
    {
        std::function<void(NatsMessage)> receive;
        {
            NatsInbox inbox(QStringLiteral("in"), 5);
            receive = inbox.receiver();
            receive(message("a"));
        }
        receive(message("b"));
        QCoreApplication::processEvents();
    }
};

QTEST_GUILESS_MAIN(NatsInboxTest)
#include "tst_natsinbox.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/natsinbox.h"
#include "tests/support/awaited.h"

#include <thread>

using namespace std::chrono_literals;

namespace {

constexpr qint64 roomy = 1'000'000;

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
        NatsInbox inbox(QStringLiteral("in"), roomy);
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
        NatsInbox inbox(QStringLiteral("in"), 100 * roomy);
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
        NatsInbox inbox(QStringLiteral("in"), 2 * NatsInbox::sizeOf(message("ab")) + 1);
        const auto receive = inbox.receiver();
        for (const char *payload : {"ab", "cd", "ef", "g"})
            receive(message(payload));
        const auto kept = awaited(inbox.next(1min));
        QCOMPARE(payloads(*kept), QByteArray("abcd"));
        const auto more = awaited(inbox.next(1min));
        QVERIFY(!more);
        QCOMPARE(more.error().kind, Error::Kind::Local);
    }

    /// Messages without a payload take room as well.
    void countsAllThatItHolds()
    {
        const NatsMessage none;
        const qint64 least = NatsInbox::sizeOf(none);
        QVERIFY(least > 0);
        QCOMPARE(NatsInbox::sizeOf({"in", "back", "body"}), least + 10);
        NatsMessage headed;
        headed.headers = {{"Trace", "1"}};
        QVERIFY(NatsInbox::sizeOf(headed) > least + 6);
        NatsInbox inbox(QStringLiteral("in"), 10 * least);
        const auto receive = inbox.receiver();
        for (int i = 0; i < 11; ++i)
            receive(none);
        QCOMPARE(awaited(inbox.next(1min))->size(), 10);
        const auto more = awaited(inbox.next(1min));
        QVERIFY(!more);
        QCOMPARE(more.error().kind, Error::Kind::Local);
    }

    void saysThatNothingCame()
    {
        NatsInbox inbox(QStringLiteral("in"), roomy);
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
            NatsInbox inbox(QStringLiteral("in"), roomy);
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
            NatsInbox inbox(QStringLiteral("in"), roomy);
            receive = inbox.receiver();
            receive(message("a"));
        }
        receive(message("b"));
        QCoreApplication::processEvents();
    }
};

QTEST_GUILESS_MAIN(NatsInboxTest)
#include "tst_natsinbox.moc"

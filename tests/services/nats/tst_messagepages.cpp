// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/messagepages.h"

#include "services/nats/jetstreamapi.h"
#include "services/nats/streammessages.h"
#include "tests/support/awaited.h"
#include "tests/support/fakemessages.h"

#include <QRandomGenerator>

using From = MessageQuery::From;

namespace {

const QString stream = QStringLiteral("orders");

QList<quint64> sequencesOf(const QList<StreamMessage> &messages)
{
    QList<quint64> sequences;
    for (const StreamMessage &message : messages)
        sequences.append(message.sequence);
    return sequences;
}

} // namespace

/// Pages of a stream's messages, against a server in memory.
class MessagePagesTest final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void readsWhatIsThereFromEitherEnd();
    void readsNothingFromAnEmptyStream();
    void passesOverWhatWasDeleted();
    void findsOneSubjectAmongMany();
    void findsItsWayBackWhateverLiesBetween_data();
    void findsItsWayBackWhateverLiesBetween();
    void walksWithoutLosingOrRepeatingAny();
    void findsATime_data();
    void findsATime();
    void endsAPageBeforeItGrowsTooLarge();
    void asksForMessagesAlone();
    void saysWhatWentWrong();
    void tellsWhatIsNoMessage();
    void tellsWhatThePublisherGot();

private:
    Result<MessagePage> read(const MessageQuery &query) { return awaited(readMessages(m_api, stream, query)); }
    QList<quint64> sequences(const MessageQuery &query)
    {
        const auto page = read(query);
        return page ? sequencesOf(page->messages) : QList<quint64>{0};
    }

    std::unique_ptr<FakeJetStream> m_server;
    std::unique_ptr<FakeMessages> m_messages;
    std::shared_ptr<JetStreamApi> m_api;
};

void MessagePagesTest::init()
{
    m_server = std::make_unique<FakeJetStream>();
    m_messages = std::make_unique<FakeMessages>(*m_server, stream);
    m_api = std::make_shared<JetStreamApi>(*m_server, QStringLiteral("default"));
}

void MessagePagesTest::readsWhatIsThereFromEitherEnd()
{
    for (int i = 0; i < 10; ++i)
        m_messages->add(QStringLiteral("a"), "payload", "NATS/1.0\r\nk: v\r\n\r\n");
    const auto first = read({From::First, 0, {}, {}, 4});
    QVERIFY2(first, whyNot(first));
    QCOMPARE(sequencesOf(first->messages), (QList<quint64>{1, 2, 3, 4}));
    QVERIFY(!first->hasBefore && first->hasAfter);
    QCOMPARE(first->messages.constFirst(), m_messages->messages().at(1));
    QCOMPARE(first->lastSequence, 10u);
    const auto last = read({From::Last, 0, {}, {}, 4});
    QCOMPARE(sequencesOf(last->messages), (QList<quint64>{7, 8, 9, 10}));
    QVERIFY(last->hasBefore && !last->hasAfter);
    const auto before = read({From::Before, 7, {}, {}, 50});
    QCOMPARE(sequencesOf(before->messages), (QList<quint64>{1, 2, 3, 4, 5, 6}));
    QVERIFY(!before->hasBefore && before->hasAfter);
    const auto whole = read({From::First, 0, {}, {}, 50});
    QCOMPARE(whole->messages.size(), 10);
    QVERIFY(!whole->hasBefore && !whole->hasAfter);
    QCOMPARE(sequences({From::Sequence, 9, {}, {}, 50}), (QList<quint64>{9, 10}));
    QVERIFY(sequences({From::Sequence, 11, {}, {}, 50}).isEmpty());
    QVERIFY(sequences({From::Before, 1, {}, {}, 50}).isEmpty());
}

void MessagePagesTest::readsNothingFromAnEmptyStream()
{
    for (const From from : {From::First, From::Last, From::Sequence, From::Time, From::Before}) {
        const auto page = read({from, 5, QDateTime::currentDateTimeUtc()});
        QVERIFY2(page, whyNot(page));
        QVERIFY(page->messages.isEmpty() && !page->hasBefore && !page->hasAfter);
    }
}

void MessagePagesTest::passesOverWhatWasDeleted()
{
    m_messages->skipTo(1000);
    m_messages->add(QStringLiteral("a"));
    m_messages->skipTo(900'000'000);
    m_messages->add(QStringLiteral("a"));
    m_messages->add(QStringLiteral("a"));
    m_messages->skipTo(900'100'000);
    m_messages->add(QStringLiteral("a"));
    const QList<quint64> all{1000, 900'000'000, 900'000'001, 900'100'000};
    QCOMPARE(sequences({From::First}), all);
    QCOMPARE(sequences({From::Last}), all);
    QCOMPARE(sequences({From::Sequence, 1001}), all.mid(1));
    QCOMPARE(sequences({From::Before, 900'100'000}), all.mid(0, 3));
    const qsizetype asked = m_server->requests().size();
    QCOMPARE(sequences({From::Last, 0, {}, {}, 4}), all);
    const QByteArray requests = QByteArray::number(m_server->requests().size() - asked);
    QVERIFY2(m_server->requests().size() - asked < 60, requests.constData());
}

void MessagePagesTest::findsOneSubjectAmongMany()
{
    for (int i = 1; i <= 400; ++i)
        m_messages->add(i % 100 == 0 ? QStringLiteral("rare.%1").arg(i) : QStringLiteral("often"));
    const QString rare = QStringLiteral("rare.*");
    QCOMPARE(sequences({From::First, 0, {}, rare}), (QList<quint64>{100, 200, 300, 400}));
    QCOMPARE(sequences({From::Last, 0, {}, rare, 2}), (QList<quint64>{300, 400}));
    QCOMPARE(sequences({From::Before, 300, {}, rare, 1}), (QList<quint64>{200}));
    QCOMPARE(sequences({From::Last, 0, {}, QStringLiteral("rare.200")}), (QList<quint64>{200}));
    QVERIFY(sequences({From::Last, 0, {}, QStringLiteral("never")}).isEmpty());
}

void MessagePagesTest::findsItsWayBackWhateverLiesBetween_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 10; ++seed)
        QTest::newRow(QByteArray::number(seed).constData()) << seed;
}

void MessagePagesTest::findsItsWayBackWhateverLiesBetween()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    quint64 next = 1 + random.bounded(1000);
    QList<quint64> wanted;
    for (int i = 0; i < 300; ++i) {
        // stretches that are dense, and gaps that are not
        next += random.bounded(20) == 0 ? random.bounded(5000) + 1 : 1;
        m_messages->skipTo(next);
        const bool isWanted = random.bounded(1 + seed % 5) == 0;
        m_messages->add(isWanted ? QStringLiteral("w") : QStringLiteral("o"));
        if (isWanted)
            wanted.append(next);
    }
    const quint64 before = 1 + random.bounded(quint32(next) + 10);
    QList<quint64> expected = wanted;
    expected.removeIf([before](quint64 sequence) { return sequence >= before; });
    const int most = 1 + int(random.bounded(30));
    expected = expected.mid(std::max<qsizetype>(0, expected.size() - most));
    QCOMPARE(sequences({From::Before, before, {}, QStringLiteral("w"), most}), expected);
}

void MessagePagesTest::walksWithoutLosingOrRepeatingAny()
{
    QList<quint64> all;
    for (int i = 0; i < 60; ++i) {
        m_messages->skipTo(quint64(i) * 3 + 1);
        all.append(m_messages->add(QStringLiteral("a")));
    }
    QList<quint64> forth;
    auto page = read({From::First, 0, {}, {}, 7});
    for (; page && !page->messages.isEmpty();) {
        forth += sequencesOf(page->messages);
        page = read({From::Sequence, forth.constLast() + 1, {}, {}, 7});
    }
    QCOMPARE(forth, all);
    QList<quint64> back;
    page = read({From::Last, 0, {}, {}, 7});
    for (; page && !page->messages.isEmpty();) {
        back = sequencesOf(page->messages) + back;
        page = read({From::Before, back.constFirst(), {}, {}, 7});
    }
    QCOMPARE(back, all);
}

void MessagePagesTest::findsATime_data()
{
    QTest::addColumn<bool>("isOld");
    QTest::newRow("from 2.11 on") << false;
    QTest::newRow("before 2.11") << true;
}

void MessagePagesTest::findsATime()
{
    QFETCH(bool, isOld);
    m_messages->setOld(isOld);
    for (const quint64 sequence : {10, 11, 20, 500, 501, 90'000}) {
        m_messages->skipTo(sequence);
        m_messages->add(sequence % 2 ? QStringLiteral("odd") : QStringLiteral("even"));
    }
    const auto since = [this](quint64 sequence, const QString &subject = {}) {
        return sequences({From::Time, 0, FakeMessages::timeOf(sequence), subject, 50});
    };
    QCOMPARE(since(0), (QList<quint64>{10, 11, 20, 500, 501, 90'000}));
    QCOMPARE(since(11), (QList<quint64>{11, 20, 500, 501, 90'000}));
    QCOMPARE(since(21), (QList<quint64>{500, 501, 90'000}));
    QCOMPARE(since(502), (QList<quint64>{90'000}));
    QVERIFY(since(90'001).isEmpty());
    QCOMPARE(since(12, QStringLiteral("odd")), (QList<quint64>{501}));
    const auto page = read({From::Time, 0, FakeMessages::timeOf(21), {}, 50});
    QVERIFY(page->hasBefore && !page->hasAfter);
}

void MessagePagesTest::endsAPageBeforeItGrowsTooLarge()
{
    for (int i = 0; i < 20; ++i)
        m_messages->add(QStringLiteral("a"), QByteArray(1024 * 1024, 'x'));
    const auto first = read({From::First});
    QVERIFY(first->messages.size() >= 8 && first->messages.size() < 12);
    QVERIFY(first->hasAfter);
    const auto last = read({From::Last});
    QVERIFY(last->messages.size() >= 7 && last->messages.size() < 12);
    QCOMPARE(last->messages.constLast().sequence, 20u);
    QVERIFY(last->hasBefore);
    QList<quint64> back;
    for (auto page = last; page && !page->messages.isEmpty(); page = read({From::Before, back.constFirst()})) {
        QVERIFY(page->messages.size() < 12);
        back = sequencesOf(page->messages) + back;
    }
    QCOMPARE(back.size(), 20);
    m_messages->add(QStringLiteral("huge"), QByteArray(20 * 1024 * 1024, 'x'));
    QCOMPARE(sequences({From::Last, 0, {}, QStringLiteral("huge")}), (QList<quint64>{21}));
    QCOMPARE(sequences({From::Sequence, 21}), (QList<quint64>{21}));
}

void MessagePagesTest::asksForMessagesAlone()
{
    for (int i = 0; i < 30; ++i)
        m_messages->add(QStringLiteral("a"));
    QVERIFY(read({From::Last}));
    QVERIFY(read({From::Time, 0, FakeMessages::timeOf(7)}));
    for (const FakeJetStream::Request &request : m_server->requests())
        QVERIFY2(request.subject.startsWith(QStringLiteral("$JS.API.STREAM.INFO."))
                || request.subject.startsWith(QStringLiteral("$JS.API.STREAM.MSG.GET.")),
            qPrintable(request.subject));
}

void MessagePagesTest::saysWhatWentWrong()
{
    m_messages->add(QStringLiteral("a"));
    m_server->stand(QStringLiteral("$JS.API.STREAM.MSG.GET.orders"), [](const QJsonObject &) -> Result<QByteArray> {
        return fail(Error::Kind::Timeout, QStringLiteral("NATS did not answer in time."));
    });
    const auto page = read({From::Last});
    QVERIFY(!page);
    QCOMPARE(page.error().kind, Error::Kind::Timeout);
}

void MessagePagesTest::tellsWhatIsNoMessage()
{
    QVERIFY(streamMessageFrom(R"({"error":{"code":404,"err_code":10037,"description":"no message found"}})"));
    QVERIFY(!*streamMessageFrom(R"({"error":{"code":404,"err_code":10037,"description":"no message found"}})"));
    const auto gone = streamMessageFrom(R"({"error":{"code":404,"err_code":10059,"description":"stream not found"}})");
    QVERIFY(!gone && gone.error().kind == Error::Kind::NotFound);
    QVERIFY(!streamMessageFrom("{}"));
    QVERIFY(!streamMessageFrom("no json"));
    QVERIFY(!streamMessageFrom(R"({"message":{"subject":"a"}})"));
    const auto odd = streamMessageFrom(R"({"message":{"subject":"a","seq":3,"data":"!no base64!","time":"never"}})");
    QVERIFY2(odd && *odd, whyNot(odd));
    QCOMPARE((*odd)->sequence, 3u);
    // what no 64 bits hold
    const auto huge = streamMessageFrom(R"({"message":{"subject":"a","seq":1e300}})");
    QVERIFY2(huge && *huge, whyNot(huge));
    QCOMPARE((*huge)->sequence, std::numeric_limits<quint64>::max());
    QVERIFY(!streamMessageFrom(R"({"message":{"subject":"a","seq":-1e300}})"));
    const auto late = streamMessageFrom(R"({"message":{"subject":"a","seq":3,"time":"2026-01-02T03:04:05.1239999Z"}})");
    QCOMPARE((*late)->time, QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5, 123), Qt::UTC));
    QCOMPARE((*late)->timestamp, QStringLiteral("2026-01-02T03:04:05.1239999Z"));
}

void MessagePagesTest::tellsWhatThePublisherGot()
{
    const auto ack = publishAckFrom(R"({"stream":"orders","seq":12,"duplicate":true})");
    QVERIFY(ack && ack->isDuplicate && ack->sequence == 12 && ack->stream == QStringLiteral("orders"));
    const auto wrong = publishAckFrom(
        R"({"error":{"code":400,"err_code":10071,"description":"wrong last sequence: 5"},"stream":"orders","seq":0})");
    QVERIFY(!wrong && wrong.error().kind == Error::Kind::Conflict);
    QVERIFY(wrong.error().detail.contains(QStringLiteral("wrong last sequence: 5")));
    const auto full =
        publishAckFrom(R"({"error":{"code":503,"err_code":10077,"description":"maximum messages exceeded"}})");
    QVERIFY(!full && full.error().summary.contains(QStringLiteral("full")));
    for (const char *other : {"", "+OK", "{}", "[1]", R"({"stream":"orders"})"})
        QVERIFY(!publishAckFrom(other));
}

QTEST_GUILESS_MAIN(MessagePagesTest)
#include "tst_messagepages.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/streambackup.h"
#include "tests/support/awaited.h"
#include "tests/support/fakejetstream.h"

#include <QJsonDocument>

using namespace std::chrono_literals;

namespace {

const QString snapshot = QStringLiteral("$JS.API.STREAM.SNAPSHOT.ORDERS");
const QString restoring = QStringLiteral("$JS.API.STREAM.RESTORE.ORDERS");
const QByteArray chunkSubject = "$JS.SNAPSHOT.RESTORE.ORDERS.x";
const Error offline{Error::Kind::Offline, QStringLiteral("away"), {}, {}, {}};

QByteArray inJson(const char *json)
{
    return QByteArray(json).replace('\'', '"');
}

const QByteArray description = inJson("{'config':{'name':'ORDERS','of_tomorrow':5},'state':{'messages':3,'bytes':99}}");
const QByteArray info =
    inJson("{'config':{'name':'ORDERS'},'state':{'messages':3,'bytes':99},'created':'2026-01-01T00:00:00Z'}");

NatsMessage piece(int number, const QByteArray &payload)
{
    return {"in", "$JS.SNAPSHOT.ACK.ORDERS.x." + QByteArray::number(payload.size()) + '.' + QByteArray::number(number),
        payload};
}

/// Everything that waits for its turn in the event loop.
void letRun()
{
    for (int i = 0; i < 20; ++i)
        QCoreApplication::processEvents();
}

} // namespace

class StreamBackupTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<FakeJetStream> m_server;
    QByteArray m_taken;
    QJsonObject m_begun;
    std::optional<Pending<void>::Answer> m_held; ///< of a sink that takes its time
    bool m_isSlow = false;
    std::chrono::milliseconds m_now{}; ///< of whoever measures the line
    qsizetype m_answered = 0; ///< pieces of a restore

    Pending<StreamBackup::Description> take()
    {
        return asPending(StreamBackup::take(
            m_server.get(), QStringLiteral("ORDERS"),
            [this](const StreamBackup::Description &begun) { m_begun = begun.config; },
            [this](const QByteArrayList &pieces) {
                m_taken += pieces.join();
                return m_isSlow ? Pending<void>::ask([this](auto answer) -> std::function<void()> {
                    m_held = answer;
                    return {};
                })
                                : Pending<void>::answered({});
            }));
    }

    Pending<Stream> restore(const QByteArrayList &pieces, qint64 *taken = nullptr)
    {
        const QJsonObject document = QJsonDocument::fromJson(description).object();
        auto rest = std::make_shared<QByteArrayList>(pieces);
        return asPending(StreamBackup::restore(
            m_server.get(), QStringLiteral("default"),
            {document[QStringLiteral("config")].toObject(), document[QStringLiteral("state")].toObject()},
            [rest] { return Pending<QByteArray>::answered(rest->isEmpty() ? QByteArray() : rest->takeFirst()); },
            [taken](qint64 bytes) {
                if (taken)
                    *taken = bytes;
            },
            {}, [this] { return m_now; }));
    }

    /// Pieces that were sent and not answered, once nothing more is sent.
    qsizetype underWay()
    {
        for (int i = 0; i < 20; ++i)
            letRun();
        return m_server->published().size() - m_answered;
    }
    void answerAllAfter(std::chrono::milliseconds after)
    {
        const qsizetype sent = m_answered + underWay();
        m_now += after;
        for (; m_answered < sent; ++m_answered)
            m_server->deliver({m_server->published().at(m_answered).replyTo, {}, {}});
    }

    void answerEachPiece(const QByteArray &last)
    {
        m_server->whenPublished([this, last](const NatsMessage &message) {
            if (!message.replyTo.isEmpty())
                m_server->deliver({message.replyTo, {}, message.payload.isEmpty() ? last : QByteArray()});
        });
    }

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<FakeJetStream>();
        m_taken.clear();
        m_begun = {};
        m_held.reset();
        m_isSlow = false;
        m_now = std::chrono::hours(1);
        m_answered = 0;
    }

    void takesAllPiecesInOrder()
    {
        m_server->expect(snapshot, description);
        auto taking = take();
        letRun();
        QCOMPARE(m_begun.value(QStringLiteral("of_tomorrow")).toInt(), 5);
        const QJsonObject asked = m_server->requests().first().body;
        QVERIFY(asked.value(QStringLiteral("deliver_subject")).toString().startsWith(QLatin1String("_INBOX_ADM.")));
        QVERIFY(!asked.value(QStringLiteral("no_consumers")).toBool());
        m_server->deliver(piece(1, "one,"));
        m_server->deliver(piece(2, "two,"));
        letRun();
        m_server->deliver({"in", {}, "rest"}); // the last one is not to be answered
        m_server->deliver({"in", {}, {}, 204, {}});
        const auto taken = awaited(std::move(taking));
        QVERIFY2(taken, whyNot(taken));
        QCOMPARE(m_taken, QByteArray("one,two,rest"));
        QCOMPARE(m_server->published().size(), 2);
        QCOMPARE(m_server->published().last().subject, piece(2, "two,").replyTo);
        QVERIFY(!m_server->isSubscribed());
    }

    void noticesALostPiece()
    {
        m_server->expect(snapshot, description);
        auto taking = take();
        letRun();
        m_server->deliver(piece(1, "one"));
        m_server->deliver(piece(3, "three"));
        const auto taken = awaited(std::move(taking));
        QVERIFY(!taken);
        QCOMPARE(taken.error().kind, Error::Kind::Protocol);
        QVERIFY(!m_server->isSubscribed());
    }

    void saysWhyTheServerStopped()
    {
        m_server->expect(snapshot, description);
        auto taking = take();
        letRun();
        m_server->deliver(piece(1, "one"));
        m_server->deliver({"in", {}, {}, 408, QStringLiteral("No Flow Response")});
        const auto taken = awaited(std::move(taking));
        QVERIFY(!taken);
        QCOMPARE(taken.error().detail, QStringLiteral("408 No Flow Response"));
    }

    void endsWithTheConnection()
    {
        m_server->expect(snapshot, description);
        auto taking = take();
        letRun();
        m_server->deliver(piece(1, "one"));
        letRun();
        m_server->breakSubscription(offline);
        const auto taken = awaited(std::move(taking));
        QVERIFY(!taken);
        QCOMPARE(taken.error().kind, Error::Kind::Offline);
        QVERIFY(taken.error().summary.contains(QLatin1String("Begin again")));
    }

    void passesOnWhatTheServerRefuses()
    {
        m_server->expect(
            snapshot, inJson("{'error':{'code':500,'err_code':10064,'description':'snapshot failed: no impl'}}"));
        const auto taken = awaited(take());
        QVERIFY(!taken);
        QVERIFY(taken.error().summary.contains(QLatin1String("in memory")));
        QVERIFY(!m_server->isSubscribed());
    }

    void waitsForWhoeverTakesIt()
    {
        m_isSlow = true;
        m_server->expect(snapshot, description);
        auto taking = take();
        letRun();
        m_server->deliver(piece(1, "one"));
        letRun();
        m_server->deliver(piece(2, "two"));
        letRun();
        QCOMPARE(m_taken, QByteArray("one"));
        m_isSlow = false;
        (*m_held)({});
        letRun();
        QCOMPARE(m_taken, QByteArray("onetwo"));
        taking.drop();
        QVERIFY(!m_server->isSubscribed());
    }

    void sendsAllPieces()
    {
        m_server->expect(restoring, inJson("{'deliver_subject':'$JS.SNAPSHOT.RESTORE.ORDERS.x'}"));
        answerEachPiece(info);
        qint64 told = -1;
        const auto restored = awaited(restore({"one", "two"}, &told));
        QVERIFY2(restored, whyNot(restored));
        QCOMPARE(restored->messages, 3U);
        QCOMPARE(told, 6);
        QCOMPARE(m_server->published().size(), 3);
        QCOMPARE(m_server->published()[1].payload, QByteArray("two"));
        QVERIFY(!m_server->published().last().replyTo.isEmpty());
        QCOMPARE(m_server->requests().first().body, QJsonDocument::fromJson(description).object());
        QVERIFY(!m_server->isSubscribed());
    }

    void sendsNoMoreThanTheLineTakesSoon_data()
    {
        QTest::addColumn<int>("milliseconds"); // that an answer takes
        QTest::addColumn<int>("most"); // pieces under way
        QTest::newRow("at once") << 0 << 16;
        QTest::newRow("soon") << 400 << 16;
        QTest::newRow("neither soon nor late") << 700 << 2;
        QTest::newRow("late") << 2000 << 2;
    }
    void sendsNoMoreThanTheLineTakesSoon()
    {
        QFETCH(int, milliseconds);
        QFETCH(int, most);
        m_server->expect(restoring, inJson("{'deliver_subject':'$JS.SNAPSHOT.RESTORE.ORDERS.x'}"));
        auto running = restore(QByteArrayList(16, QByteArray(512 * 1024, 'x')));
        QCOMPARE(underWay(), 2); // nothing is known of the line
        qsizetype widest = 0;
        while (m_answered < 100) {
            widest = std::max(widest, underWay());
            QVERIFY(underWay() > 0);
            answerAllAfter(std::chrono::milliseconds(milliseconds));
        }
        QCOMPARE(widest, most);
        running.drop();
        // a piece that can't be answered tells the server to give up
        QCOMPARE(m_server->published().last().replyTo, QByteArray());
        QCOMPARE(m_server->published().last().subject, chunkSubject);
    }

    void sendsLessOnceTheLineBecomesSlow()
    {
        m_server->expect(restoring, inJson("{'deliver_subject':'$JS.SNAPSHOT.RESTORE.ORDERS.x'}"));
        const auto running = restore(QByteArrayList(32, QByteArray(512 * 1024, 'x')));
        for (int round = 0; round < 10; ++round)
            answerAllAfter(1ms);
        QList<qsizetype> widths;
        for (const auto after : {3000ms, 3000ms, 3000ms, 700ms, 100ms, 100ms}) {
            widths.append(underWay());
            answerAllAfter(after);
        }
        QCOMPARE(widths, (QList<qsizetype>{16, 8, 4, 2, 2, 4})); // and more once it is fast again
    }

    void refusesANameThatIsTaken()
    {
        m_server->expect(
            restoring, inJson("{'error':{'code':400,'err_code':10130,'description':'in use'},'deliver_subject':''}"));
        const auto restored = awaited(restore({"one"}));
        QVERIFY(!restored);
        QCOMPARE(restored.error().kind, Error::Kind::Conflict);
        QVERIFY(m_server->published().isEmpty());
    }

    void asksForNoNameThatWouldBreakARequest()
    {
        for (const char *name : {"", "a.b", "a b", "*", "a\r\nPUB x 0"}) {
            StreamBackup::Description hostile;
            hostile.config.insert(QStringLiteral("name"), QLatin1String(name));
            const auto restored =
                awaited(StreamBackup::restore(m_server.get(), QStringLiteral("default"), hostile, {}, {}));
            QVERIFY(!restored);
            QCOMPARE(restored.error().kind, Error::Kind::Invalid);
        }
        QVERIFY(m_server->requests().isEmpty());
    }

    void stopsWhereTheServerRefusesAPiece()
    {
        m_server->expect(restoring, inJson("{'deliver_subject':'$JS.SNAPSHOT.RESTORE.ORDERS.x'}"));
        m_server->whenPublished([this](const NatsMessage &message) {
            m_server->deliver({message.replyTo, {},
                inJson("{'error':{'code':500,'err_code':10062,'description':'restore failed: no room'}}")});
        });
        const auto restored = awaited(restore({"one", "two"}));
        QVERIFY(!restored);
        QVERIFY(restored.error().detail.contains(QLatin1String("no room")));
    }

    void leavesOpenWhatWasSentAndNotAnswered()
    {
        m_server->expect(restoring, inJson("{'deliver_subject':'$JS.SNAPSHOT.RESTORE.ORDERS.x'}"));
        m_server->whenPublished([this](const NatsMessage &message) {
            if (message.payload.isEmpty())
                m_server->breakSubscription(offline);
            else
                m_server->deliver({message.replyTo, {}, {}});
        });
        const auto restored = awaited(restore({"one"}));
        QVERIFY(!restored);
        QCOMPARE(restored.error().kind, Error::Kind::Timeout);
        QVERIFY(!m_server->published().last().replyTo.isEmpty()); // it is not told to give up
    }
};

QTEST_GUILESS_MAIN(StreamBackupTest)
#include "tst_streambackup.moc"

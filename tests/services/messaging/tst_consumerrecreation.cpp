// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/standin.h"
#include "services/messaging/consumerservice.h"
#include "services/messaging/streamservice.h"
#include "tests/support/awaited.h"
#include "tests/support/fakeconsumers.h"
#include "tests/support/jetstreamfixture.h"
#include "tests/support/olderjetstream.h"

#include <QJsonArray>
#include <QTest>

using namespace std::chrono_literals;
using Fate = FakeConsumers::Fate;

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

const ConsumerId worker{{QStringLiteral("default"), QStringLiteral("orders")}, QStringLiteral("worker")};
const QString standIn = QStringLiteral("worker-pennant-stand-in");
const ConsumerReset fromTwenty{20, ResetManner::Recreation};
/// Of a whole recreation, by number.
enum Change { KeepingSettings, Deleting, MakingAnew, LettingGo };

QJsonObject config()
{
    return {{text("durable_name"), worker.name}, {text("name"), worker.name}, {text("ack_policy"), text("explicit")},
        {text("deliver_policy"), text("all")}, {text("max_deliver"), 7}, {text("of_tomorrow"), 7},
        {text("filter_subjects"), QJsonArray{text("orders.a"), text("orders.b")}},
        {text("metadata"), QJsonObject{{text("team"), text("orders")}}}};
}

/// As it is to be afterwards.
QJsonObject anew()
{
    QJsonObject expected = config();
    expected[text("deliver_policy")] = text("by_start_sequence");
    expected[text("opt_start_seq")] = 20;
    return expected;
}

} // namespace

/// Consumers that are deleted and made anew on servers that can't send them back, over a JetStream that is played.
class ConsumerRecreationTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<JetStreamFixture> m_fixture;
    std::unique_ptr<FakeConsumers> m_there;
    std::unique_ptr<OlderJetStream> m_source;
    std::unique_ptr<StreamService> m_streams;
    std::unique_ptr<ConsumerService> m_service;

    /// As another workstation would, or this one after its plug was pulled.
    void beginService()
    {
        m_service.reset();
        m_streams = std::make_unique<StreamService>(m_fixture->runtime, *m_source, m_fixture->clock);
        m_service = std::make_unique<ConsumerService>(m_fixture->runtime, *m_streams, *m_source, m_fixture->clock);
        m_streams->refresh();
        m_service->refresh();
    }

    std::optional<Consumer> seen(const QString &name) const { return m_service->find({worker.stream, name}); }
    bool passTimeUntil(const std::function<bool()> &condition) { return m_fixture->passTimeUntil(condition); }
    Result<Consumer> outcome(const ConsumerReset &reset = fromTwenty)
    {
        return m_fixture->outcomeOf(m_service->reset(*seen(worker.name), reset));
    }
    /// The table shows what there is.
    bool isSeenAsItIs()
    {
        return passTimeUntil([this] {
            return seen(worker.name).has_value() == m_there->contains(worker.name)
                && seen(standIn).has_value() == m_there->contains(standIn);
        });
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<JetStreamFixture>();
        m_source = std::make_unique<OlderJetStream>(*m_fixture->connections, ServerVersion{2, 12, 8});
        m_fixture->holdStreams({worker.stream.name}, 1);
        m_there =
            std::make_unique<FakeConsumers>(m_fixture->server(), worker.stream.name, QStringList{worker.name, standIn});
        m_there->put(config());
        m_there->tell(
            worker.name, text("delivered"), QJsonObject{{text("stream_seq"), 50}, {text("consumer_seq"), 50}});
        m_there->tell(worker.name, text("ack_floor"), QJsonObject{{text("stream_seq"), 30}});
        beginService();
        QVERIFY(m_fixture->start());
        QVERIFY(passTimeUntil([this] { return seen(worker.name) && m_service->resetAccess(*seen(worker.name)); }));
    }

    void cleanup()
    {
        m_service.reset();
        m_streams.reset();
        m_source.reset();
        m_there.reset();
        m_fixture.reset();
    }

    void makesItAnewWithAllItHas()
    {
        QCOMPARE(m_service->resetManner(), ResetManner::Recreation);
        QJsonObject kept;
        m_there->beforeChange(Deleting, [&] { kept = m_there->config(standIn); });
        const auto made = outcome();
        QVERIFY2(made, whyNot(made));
        QCOMPARE(made->id, worker);
        QCOMPARE(m_there->config(worker.name), anew());
        QCOMPARE(m_there->changes(),
            (QStringList{
                text("create ") + standIn, text("delete worker"), text("create worker"), text("delete ") + standIn}));
        QVERIFY(!m_there->contains(standIn));
        // before it was deleted all of it was written down
        Consumer written;
        written.id = {worker.stream, standIn};
        written.config = kept;
        QVERIFY(standInOf(written));
        QCOMPARE(standInOf(written)->config, anew());
    }

    void beginsBehindWhatIsAcknowledgedByNow()
    {
        m_there->tell(worker.name, text("ack_floor"), QJsonObject{{text("stream_seq"), 44}}); // since it was read
        const auto made = outcome({std::nullopt, ResetManner::Recreation});
        QVERIFY2(made, whyNot(made));
        QCOMPARE(m_there->config(worker.name)[text("opt_start_seq")].toInt(), 45);
    }

    void isEndedByWhoeverComesNext_data()
    {
        QTest::addColumn<int>("change");
        QTest::addColumn<QString>("action"); ///< what is left to do
        QTest::addColumn<bool>("isMadeAnew");
        QTest::newRow("before it is deleted") << int(KeepingSettings) << text("was not deleted") << false;
        QTest::newRow("when it is deleted") << int(Deleting) << text("is not there") << true;
        QTest::newRow("when it is made anew") << int(MakingAnew) << text("made anew as it is kept") << true;
    }

    /// The plug is pulled when that change has been carried out, and nobody has heard of it.
    void isEndedByWhoeverComesNext()
    {
        QFETCH(int, change);
        QFETCH(QString, action);
        QFETCH(bool, isMadeAnew);
        m_there->setFate(change, Fate::Silence);
        Pending<Consumer> cut = m_service->reset(*seen(worker.name), fromTwenty);
        QVERIFY(passTimeUntil([&] { return m_there->changes().size() == change + 1; }));
        cut.drop();
        m_service.reset();
        m_fixture->server().setSilent(false);
        beginService();
        QVERIFY(passTimeUntil([this] { return seen(standIn).has_value(); }));
        QVERIFY(isSeenAsItIs());
        const Consumer found = *seen(standIn);
        QVERIFY(standInOf(found));
        const QString left = unfinishedText(found, *standInOf(found), seen(worker.name));
        QVERIFY2(left.contains(action), qPrintable(left));
        if (seen(worker.name))
            QVERIFY(m_service->resetAccess(*seen(worker.name)).reason.contains(standIn));
        QVERIFY(passTimeUntil([&] { return m_service->finishAccess(found).allowed; }));

        const auto finished = m_fixture->outcomeOf(m_service->finish(found));
        QVERIFY2(finished, whyNot(finished));
        QCOMPARE(finished->id, worker);
        QCOMPARE(m_there->config(worker.name), isMadeAnew ? anew() : config());
        QVERIFY(!m_there->contains(standIn));
    }

    void isEndedOnceWhenTheLastAnswerIsLost()
    {
        m_there->setFate(LettingGo, Fate::Silence);
        Pending<Consumer> cut = m_service->reset(*seen(worker.name), fromTwenty);
        QVERIFY(passTimeUntil([&] { return m_there->changes().size() == LettingGo + 1; }));
        cut.drop();
        m_fixture->server().setSilent(false);
        beginService();
        QVERIFY(passTimeUntil([this] { return seen(worker.name).has_value(); }));
        QVERIFY(isSeenAsItIs());
        QCOMPARE(m_there->config(worker.name), anew());
    }

    void goesOnWhereOnlyTheAnswerIsMissing()
    {
        for (const int change : {KeepingSettings, Deleting, MakingAnew, LettingGo})
            m_there->setFate(change, Fate::Unanswered);
        const auto made = outcome();
        QVERIFY2(made, whyNot(made));
        QCOMPARE(m_there->config(worker.name), anew());
        QVERIFY(!m_there->contains(standIn));
    }

    void losesNothingWhereAChangeFails_data()
    {
        QTest::addColumn<int>("change");
        QTest::addColumn<Fate>("fate");
        QTest::addColumn<QString>("words");
        QTest::addColumn<bool>("isThere"); ///< afterwards
        QTest::addColumn<bool>("isKept"); ///< by a stand-in
        const auto row = [](const char *tag, Change change, Fate fate, const char *words, bool isThere, bool isKept) {
            QTest::newRow(tag) << int(change) << fate << text(words) << isThere << isKept;
        };
        row("no stand-in", KeepingSettings, Fate::Refused, "Nothing was deleted", true, false);
        row("perhaps a stand-in", KeepingSettings, Fate::Lost, "Nothing was deleted", true, false);
        row("not deleted", Deleting, Fate::Refused, "room", true, false);
        row("perhaps deleted", Deleting, Fate::Lost, "did not say whether it has deleted", true, true);
        row("not made", MakingAnew, Fate::Refused, "not made anew", false, true);
        row("perhaps made", MakingAnew, Fate::Lost, "did not say whether it has made it anew", false, true);
    }

    void losesNothingWhereAChangeFails()
    {
        QFETCH(int, change);
        QFETCH(Fate, fate);
        QFETCH(QString, words);
        QFETCH(bool, isThere);
        QFETCH(bool, isKept);
        m_there->setFate(change, fate);
        const auto failed = outcome();
        QVERIFY(!failed);
        QVERIFY2(failed.error().summary.contains(words), qPrintable(failed.error().summary));
        QCOMPARE(m_there->contains(worker.name), isThere);
        QCOMPARE(m_there->contains(standIn), isKept);
        if (isThere)
            QCOMPARE(m_there->config(worker.name), config());
        if (!isKept)
            return;
        QVERIFY(failed.error().summary.contains(standIn));
        QVERIFY(passTimeUntil([this] { return seen(standIn).has_value(); }));
        const auto finished = m_fixture->outcomeOf(m_service->finish(*seen(standIn)));
        QVERIFY2(finished, whyNot(finished));
        QVERIFY(m_there->contains(worker.name) && !m_there->contains(standIn));
    }

    void isDoneThoughItsStandInStays()
    {
        m_there->setFate(LettingGo, Fate::Refused);
        const auto made = outcome();
        QVERIFY2(made, whyNot(made));
        QVERIFY(passTimeUntil([this] { return seen(standIn).has_value(); }));
        const auto finished = m_fixture->outcomeOf(m_service->finish(*seen(standIn)));
        QVERIFY2(finished, whyNot(finished));
        QVERIFY(!m_there->contains(standIn));
        QCOMPARE(m_there->config(worker.name), anew());
    }

    void noticesWhatOthersDoMeanwhile_data()
    {
        QTest::addColumn<int>("change"); ///< just before which they do it
        QTest::addColumn<QString>("what");
        QTest::newRow("changed before") << -1 << text("change");
        QTest::newRow("made anew before") << -1 << text("make");
        QTest::newRow("deleted before") << -1 << text("delete");
        QTest::newRow("changed meanwhile") << int(KeepingSettings) << text("change");
        QTest::newRow("made anew meanwhile") << int(KeepingSettings) << text("make");
        QTest::newRow("deleted meanwhile") << int(KeepingSettings) << text("delete");
    }

    void noticesWhatOthersDoMeanwhile()
    {
        QFETCH(int, change);
        QFETCH(QString, what);
        QJsonObject theirs = config();
        const Consumer asSeen = *seen(worker.name);
        const auto others = [&] {
            if (what == text("delete"))
                return m_there->remove(worker.name);
            if (what == text("change")) {
                theirs[text("max_deliver")] = 9;
                return m_there->tell(worker.name, text("config"), theirs);
            }
            m_there->put(theirs);
        };
        if (change < 0)
            others();
        else
            m_there->beforeChange(change, others);
        const auto failed = m_fixture->outcomeOf(m_service->reset(asSeen, fromTwenty));
        QVERIFY(!failed);
        QCOMPARE(failed.error().kind, what == text("delete") ? Error::Kind::NotFound : Error::Kind::Conflict);
        QVERIFY(!m_there->changes().contains(text("delete worker")));
        QVERIFY(!m_there->changes().contains(text("create worker")));
        if (what != text("delete"))
            QCOMPARE(m_there->config(worker.name), theirs);
        // where it is there nothing need stand in for it
        QCOMPARE(m_there->contains(standIn), what == text("delete") && change >= 0);
    }

    void leavesWhatAWorkerHasMadeInBetween()
    {
        m_there->beforeChange(MakingAnew, [this] { m_there->put(config()); });
        const auto failed = outcome();
        QCOMPARE(failed.error().kind, Error::Kind::Conflict);
        QVERIFY2(
            failed.error().summary.contains(text("somebody else has created it")), qPrintable(failed.error().summary));
        QCOMPARE(m_there->config(worker.name), config());
        QVERIFY(m_there->contains(standIn));
        // which nobody throws away but by deleting that very one
        QVERIFY(passTimeUntil([this] { return seen(standIn).has_value(); }));
        const auto finished = m_fixture->outcomeOf(m_service->finish(*seen(standIn)));
        QCOMPARE(finished.error().kind, Error::Kind::Conflict);
        QVERIFY2(finished.error().summary.contains(text("deliver_policy")), qPrintable(finished.error().summary));
        QVERIFY(m_there->contains(standIn));
    }

    void deletesNothingWhereTheStandInIsNoneSuch_data()
    {
        QTest::addColumn<QString>("field");
        QTest::newRow("without metadata") << text("metadata");
        QTest::newRow("that goes by itself") << text("inactive_threshold");
    }

    void deletesNothingWhereTheStandInIsNoneSuch()
    {
        QFETCH(QString, field);
        m_there->make([field](QJsonObject asked) {
            asked.remove(text("metadata"));
            if (field == text("inactive_threshold"))
                asked[field] = qint64(5'000'000'000);
            return asked;
        });
        const auto failed = outcome();
        QVERIFY(!failed);
        QVERIFY2(failed.error().summary.contains(field), qPrintable(failed.error().summary));
        QCOMPARE(m_there->config(worker.name), config());
        QVERIFY(!m_there->contains(standIn));
    }

    void keepsTheSettingsWhereTheServerLeavesOutAPart()
    {
        m_there->beforeChange(MakingAnew, [this] {
            m_there->make([](QJsonObject asked) {
                asked.remove(text("of_tomorrow"));
                return asked;
            });
        });
        const auto failed = outcome();
        QVERIFY(!failed);
        QVERIFY2(failed.error().summary.contains(text("of_tomorrow")), qPrintable(failed.error().summary));
        QVERIFY(m_there->contains(standIn));
    }

    void leavesAStandInAlone()
    {
        m_there->setFate(MakingAnew, Fate::Refused);
        QVERIFY(!outcome());
        QVERIFY(passTimeUntil([this] { return seen(standIn).has_value(); }));
        const Consumer found = *seen(standIn);
        QVERIFY(!m_service->changeAccess(found));
        QVERIFY(!m_service->pauseAccess(found));
        QVERIFY(!m_service->resetAccess(found));
        QVERIFY(!m_service->fetchAccess(found));
        QVERIFY(m_service->deleteAccess(found));
        // and goes on only from the one that was seen
        Consumer stale = found;
        stale.created = found.created->addSecs(-5);
        QCOMPARE(m_fixture->outcomeOf(m_service->finish(stale)).error().kind, Error::Kind::Conflict);
        QVERIFY(!m_there->contains(worker.name));
        QVERIFY(m_there->contains(standIn));
    }

    void goesByTheRelease()
    {
        m_source->setServer({2, 9, 25});
        QVERIFY(m_service->resetAccess(*seen(worker.name)).reason.contains(text("2.10")));
        m_source->setServer({2, 14, 0});
        QCOMPARE(m_service->resetManner(), ResetManner::Request);
        // a person has agreed to something else
        QCOMPARE(outcome().error().kind, Error::Kind::Conflict);
        QVERIFY(m_there->changes().isEmpty());
    }
};

QTEST_GUILESS_MAIN(ConsumerRecreationTest)
#include "tst_consumerrecreation.moc"

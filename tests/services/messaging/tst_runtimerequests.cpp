// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimerequests.h"

#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/runtimecredentials.h"
#include "services/messaging/runtimenames.h"
#include "tests/support/awaited.h"
#include "tests/support/fakeclock.h"
#include "tests/support/messagingfixture.h"
#include "tests/support/steppedtransport.h"

#include <QRandomGenerator>
#include <QTest>

using namespace std::chrono_literals;

namespace {

constexpr int fewestRequests = 15; // that an Enable sends, beside its reviews
constexpr int mostRequests = 40;

QString text(const char *value)
{
    return QLatin1String(value);
}

/// An operator who asks for NATS, with a password of his own.
struct Operator {
    Operator(MessagingFixture &fixture, FakeClock &clock, const char *who)
        : name(text(who))
        , password(QByteArray("the long password of ") + who)
        , transport(fixture.cluster)
        , client(transport)
    {
        transport.hold();
        EnableRequest request = MessagingFixture::request(3);
        request.clientPassword = password;
        flow = RuntimeRequests::enable(client, clock, MessagingFixture::nameSpace, name, request);
        flow.whenFinished([this](const Result<void> &result) { outcome = result; });
        settle();
    }

    /// Until a request waits to be let through, or all is over.
    void settle()
    {
        for (int i = 0; i < 10000 && !outcome && !transport.isWaiting(); ++i)
            QCoreApplication::processEvents();
    }

    void step()
    {
        transport.step();
        settle();
    }

    void finish()
    {
        while (transport.isWaiting())
            step();
    }

    QString name;
    SecretString password;
    SteppedTransport transport;
    KubernetesClient client;
    std::optional<Result<void>> outcome;
    Flow<void> flow;
};

} // namespace

class RuntimeRequestsTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<MessagingFixture> m_fixture;
    FakeClock m_clock;

    SecretString storedPassword() const
    {
        const auto secret = m_fixture->secret(text("nats-account-default"));
        return secret ? loginFromSecret(*secret).password : SecretString();
    }

    std::optional<RuntimeRecord> storedRecord() const
    {
        const auto stored = m_fixture->cluster.object(
            {text("v1"), text("ConfigMap"), MessagingFixture::nameSpace, text(RuntimeNames::record)});
        const auto record = stored ? RuntimeRecord::fromConfigMap(*stored) : fail(Error::Kind::NotFound, {});
        return record ? std::optional(*record) : std::nullopt;
    }

    /// What was asked for is what is there.
    bool holds(const Operator &winner) const
    {
        const auto record = storedRecord();
        return record && record->operation.state == RuntimeOperation::State::Running
            && record->operation.requestedBy == winner.name && storedPassword() == winner.password;
    }

    /// Exactly one of both was told that it is done, and it is.
    bool isSettledFor(const Operator &a, const Operator &b) const
    {
        if (!a.outcome || !b.outcome || a.outcome->has_value() == b.outcome->has_value())
            return false;
        const Operator &loser = *a.outcome ? b : a;
        const Operator &winner = *a.outcome ? a : b;
        const Error &told = loser.outcome->error();
        return told.kind == Error::Kind::Conflict && told.summary.contains(winner.name)
            && told.summary.contains(text("were not used")) && holds(winner);
    }

    /// The outcome of an Enable one of whose requests goes wrong.
    Result<void> outcomeWithTrouble(int failing, bool isLostOnTheWayBack, int &sent)
    {
        SteppedTransport transport(m_fixture->cluster);
        transport.failing = failing;
        transport.isLostOnTheWayBack = isLostOnTheWayBack;
        KubernetesClient client(transport);
        std::optional<Result<void>> outcome;
        Flow<void> flow = RuntimeRequests::enable(
            client, m_clock, MessagingFixture::nameSpace, text("ana"), MessagingFixture::request(3));
        flow.whenFinished([&outcome](const Result<void> &result) { outcome = result; });
        for (int i = 0; i < 1000 && !outcome; ++i)
            m_clock.advance(100ms);
        sent = transport.sent();
        return outcome.value_or(fail(Error::Kind::Protocol, text("it never ends")));
    }

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<MessagingFixture>(); }

    /// Of two who ask at once the one that is told may be the faster: the other has not begun yet.
    void saysWhoElseAsks_data()
    {
        QTest::addColumn<RuntimeOperation::State>("state");
        QTest::addColumn<QString>("said");
        QTest::newRow("has not begun") << RuntimeOperation::State::Requested
                                       << text("bo@desk, is asking for NATS as well");
        QTest::newRow("under way") << RuntimeOperation::State::Running << text("bo@desk, has enabled NATS");
        QTest::newRow("done") << RuntimeOperation::State::Done << text("bo@desk, has enabled NATS");
    }

    void saysWhoElseAsks()
    {
        QFETCH(RuntimeOperation::State, state);
        QFETCH(QString, said);
        RuntimeRecord other;
        other.spec = MessagingFixture::request(3).spec;
        other.operation.id = text("other");
        other.operation.state = state;
        other.operation.requestedBy = text("bo@desk");
        Operator ana(*m_fixture, m_clock, "ana");
        while (ana.transport.isWaiting()) {
            const bool isTaken = storedRecord().has_value();
            if (isTaken && storedRecord()->operation.requestedBy == ana.name)
                m_fixture->cluster.put(other.toConfigMap(MessagingFixture::nameSpace));
            ana.step();
        }
        QVERIFY(ana.outcome && !*ana.outcome);
        const QString words = ana.outcome->error().summary;
        QVERIFY2(words.contains(said) && words.contains(text("were not used")), qPrintable(words));
        QVERIFY2(!words.contains(text("first")) && !words.contains(text("counts")), qPrintable(words));
    }

    /// Both may be anywhere in what they do when the other goes on.
    void ofTwoAtOnceOneWins()
    {
        int mostSent = 0;
        for (int ofA = 0; ofA < mostRequests; ++ofA) {
            for (int ofB = 0; ofB < mostRequests; ++ofB) {
                init();
                Operator a(*m_fixture, m_clock, "ana");
                for (int i = 0; i < ofA && a.transport.isWaiting(); ++i)
                    a.step();
                Operator b(*m_fixture, m_clock, "bo");
                for (int i = 0; i < ofB && b.transport.isWaiting(); ++i)
                    b.step();
                const bool isOver = !b.transport.isWaiting();
                a.finish();
                b.finish();
                QVERIFY2(isSettledFor(a, b), qPrintable(text("after %1 and %2 requests").arg(ofA).arg(ofB)));
                mostSent = std::max(mostSent, a.transport.sent());
                if (isOver)
                    break;
            }
            if (ofA > mostSent)
                break;
        }
        QVERIFY(mostSent >= fewestRequests && mostSent < mostRequests);
    }

    void ofTwoAtOnceOneWinsWhateverTheOrder()
    {
        for (quint32 seed = 0; seed < 300; ++seed) {
            init();
            QRandomGenerator dice(seed);
            Operator a(*m_fixture, m_clock, "ana");
            Operator b(*m_fixture, m_clock, "bo");
            while (a.transport.isWaiting() && b.transport.isWaiting())
                (dice.bounded(2) == 0 ? a : b).step();
            a.finish();
            b.finish();
            QVERIFY2(isSettledFor(a, b), qPrintable(text("seed %1").arg(seed)));
        }
    }

    /// Wherever the first one's program ends: the next ends well, or finds that it was done.
    void whoeverComesNextEndsWhatWasBegun()
    {
        for (int survived = 0; survived < mostRequests; ++survived) {
            init();
            std::optional<Operator> gone(std::in_place, *m_fixture, m_clock, "ana");
            for (int i = 0; i < survived && gone->transport.isWaiting(); ++i)
                gone->step();
            const bool isOver = !gone->transport.isWaiting();
            gone->flow = {};
            Operator next(*m_fixture, m_clock, "bo");
            next.finish();
            gone->transport.step(); // what he had sent may arrive as late as now
            QVERIFY(next.outcome);
            if (*next.outcome)
                QVERIFY2(holds(next), qPrintable(text("after %1 requests").arg(survived)));
            else
                QVERIFY2(holds(*gone), qPrintable(text("after %1 requests").arg(survived)));
            if (isOver)
                return;
        }
        QFAIL("it never ended");
    }

    void survivesARequestThatFails_data()
    {
        QTest::addColumn<bool>("isLostOnTheWayBack");
        QTest::newRow("before it was carried out") << false;
        QTest::newRow("after it was carried out") << true;
    }

    void survivesARequestThatFails()
    {
        QFETCH(bool, isLostOnTheWayBack);
        int sent = mostRequests;
        for (int failing = 0; failing < sent; ++failing) {
            init();
            const auto outcome = outcomeWithTrouble(failing, isLostOnTheWayBack, sent);
            QVERIFY2(outcome, qPrintable(text("request %1").arg(failing)));
            QCOMPARE(storedPassword(), MessagingFixture::request().clientPassword);
            QCOMPARE(storedRecord()->operation.state, RuntimeOperation::State::Running);
        }
        QVERIFY(sent >= fewestRequests);
    }

    void makesNoRecordThatIsGone_data()
    {
        QTest::addColumn<RuntimeOperation::State>("left");
        QTest::addColumn<bool>("isDisable");
        QTest::newRow("a request that never began is taken over") << RuntimeOperation::State::Requested << false;
        QTest::newRow("an Enable begins") << RuntimeOperation::State::Done << false;
        QTest::newRow("another operation is asked for") << RuntimeOperation::State::Running << true;
    }

    /// It is deleted between being read and being written.
    void makesNoRecordThatIsGone()
    {
        QFETCH(RuntimeOperation::State, left);
        QFETCH(bool, isDisable);
        RuntimeRecord record;
        record.spec = MessagingFixture::request(3).spec;
        record.operation.id = text("left");
        record.operation.state = left;
        const QJsonObject configMap = record.toConfigMap(MessagingFixture::nameSpace);
        if (left != RuntimeOperation::State::Done)
            m_fixture->cluster.put(configMap);
        int erased = 0;
        m_fixture->cluster.isAllowed = [&](const Permission &wanted) {
            // not a review, which asks for the same
            if (m_fixture->cluster.requests.constLast().verb == "PATCH" && wanted.resource == text("configmaps")) {
                ++erased;
                m_fixture->cluster.erase(ObjectRef::of(configMap));
            }
            return true;
        };
        KubernetesClient client(m_fixture->cluster);
        const QString who = text("ana");
        const auto outcome = isDisable ? awaited(RuntimeRequests::begin(client, m_clock, MessagingFixture::nameSpace,
                                 who, record, RuntimeOperation::Kind::Disable))
                                       : awaited(RuntimeRequests::enable(client, m_clock, MessagingFixture::nameSpace,
                                           who, MessagingFixture::request(3)));
        QCOMPARE(erased, 1);
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, Error::Kind::Conflict);
        QVERIFY(!storedRecord());
    }

    /// Whoever asked would be told that it is recorded, and the record may go with the namespace at any moment.
    void recordsNothingOverADisableThatIsUnderWay_data()
    {
        QTest::addColumn<RuntimeOperation::State>("state");
        QTest::addColumn<bool>("isRecorded");
        QTest::newRow("under way") << RuntimeOperation::State::Running << false;
        QTest::newRow("failed") << RuntimeOperation::State::Failed << true;
    }

    void recordsNothingOverADisableThatIsUnderWay()
    {
        QFETCH(RuntimeOperation::State, state);
        QFETCH(bool, isRecorded);
        RuntimeRecord record;
        record.spec = MessagingFixture::request(3).spec;
        record.operation.kind = RuntimeOperation::Kind::Disable;
        record.operation.state = state;
        record.operation.id = text("first");
        record.operation.owners = {text("the uid of its servers")};
        m_fixture->cluster.put(record.toConfigMap(MessagingFixture::nameSpace));
        KubernetesClient client(m_fixture->cluster);
        const auto outcome = awaited(RuntimeRequests::begin(
            client, m_clock, MessagingFixture::nameSpace, text("ana"), record, RuntimeOperation::Kind::Disable));
        QCOMPARE(outcome.has_value(), isRecorded);
        QCOMPARE(storedRecord()->operation.id != record.operation.id, isRecorded);
        QCOMPARE(storedRecord()->operation.owners, record.operation.owners);
    }

    /// Their clients know the password that is there, and the record alone was deleted.
    void leavesTheCredentialOfRunningServers()
    {
        m_fixture->putRuntime(3);
        m_fixture->cluster.erase({text("v1"), text("ConfigMap"), MessagingFixture::nameSpace, text("pennant-runtime")});
        const auto before = m_fixture->secret(text("nats-account-default"));
        Operator late(*m_fixture, m_clock, "bo");
        late.finish();
        QVERIFY(late.outcome && !*late.outcome);
        QVERIFY(late.outcome->error().summary.contains(text("ConfigMap pennant-runtime was deleted")));
        QCOMPARE(m_fixture->secret(text("nats-account-default")), before);
        QVERIFY(!storedRecord());
    }
};

QTEST_GUILESS_MAIN(RuntimeRequestsTest)
#include "tst_runtimerequests.moc"

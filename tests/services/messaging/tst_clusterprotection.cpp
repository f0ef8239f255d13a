// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/clusterprotection.h"

#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimerecord.h"
#include "services/messaging/storedmark.h"
#include "tests/support/awaited.h"
#include "tests/support/fakeclock.h"
#include "tests/support/messagingfixture.h"

using namespace std::chrono_literals;

namespace {

const ObjectRef markRef{QStringLiteral("v1"), QStringLiteral("ConfigMap"), QStringLiteral("pennant-messaging"),
    QLatin1String(RuntimeNames::archive)};
const ObjectRef spaceRef{QStringLiteral("v1"), QStringLiteral("Namespace"), {}, QStringLiteral("pennant-messaging")};
const QString elsewhere = QStringLiteral("team-nats");
const Error noAnswer{Error::Kind::Offline, QStringLiteral("Nobody answers."), {}, {}, {}};

} // namespace

/// One workstation, ana's, over a cluster in memory that others change too.
class ClusterProtectionTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<MessagingFixture> m_fixture;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<ClusterProtection> m_ana;

    FakeCluster &cluster() { return m_fixture->cluster; }

    std::unique_ptr<ClusterProtection> open(const char *name = "ana@laptop")
    {
        auto protection =
            std::make_unique<ClusterProtection>(cluster(), *m_clock, MessagingFixture::nameSpace, QLatin1String(name));
        protection->start();
        return protection;
    }

    bool passTimeUntil(const std::function<bool()> &condition)
    {
        for (int i = 0; i < 600 && !condition(); ++i) {
            m_clock->advance(100ms);
            QTest::qWait(1);
        }
        return condition();
    }

    Result<void> outcomeOf(Pending<void> question)
    {
        std::optional<Result<void>> answer;
        question.then(this, [&answer](const Result<void> &result) { answer = result; });
        if (!passTimeUntil([&answer] { return answer.has_value(); }))
            return fail(Error::Kind::Protocol, QStringLiteral("the test waited in vain"));
        return *answer;
    }

    Result<void> confirmed() { return outcomeOf(asPending(m_ana->confirm())); }

    void putMark(const QJsonObject &data = {}, const QString &nameSpace = MessagingFixture::nameSpace)
    {
        QJsonObject mark = toConfigMap({}, nameSpace);
        mark[QStringLiteral("data")] = data;
        QJsonObject metadata = mark[QStringLiteral("metadata")].toObject();
        metadata.remove(QStringLiteral("labels")); // as kubectl makes it
        mark[QStringLiteral("metadata")] = metadata;
        cluster().put(mark);
    }

    qsizetype changesAsked() { return std::count_if(cluster().requests.cbegin(), cluster().requests.cend(), isChange); }

private Q_SLOTS:
    void init()
    {
        m_ana.reset();
        m_fixture = std::make_unique<MessagingFixture>();
        m_clock = std::make_unique<FakeClock>();
        m_ana = open();
        QVERIFY(passTimeUntil([this] { return m_ana->isKnown() && m_ana->archiveAccess().allowed; }));
    }
    void cleanup() { m_ana.reset(); }

    void saysWhoArchivedWhenAndWhy()
    {
        QVERIFY(m_ana->access().allowed);
        QVERIFY(outcomeOf(m_ana->archive(QStringLiteral("kept for audit"))));
        QVERIFY(!m_ana->access());
        const auto bo = open("bo@desk");
        QVERIFY(passTimeUntil([&bo] { return bo->state().archived.has_value(); }));
        QCOMPARE(bo->state().archived->by, QStringLiteral("ana@laptop"));
        QCOMPARE(bo->state().archived->reason, QStringLiteral("kept for audit"));
        QCOMPARE(bo->state().archived->since.toSecsSinceEpoch() / 600, m_clock->now().toSecsSinceEpoch() / 600);
        QCOMPARE(bo->access().reason, m_ana->access().reason);
    }

    void theNamespaceIsMadeAsEnableMakesIt()
    {
        QVERIFY(!cluster().object(spaceRef));
        QVERIFY(outcomeOf(m_ana->archive(QStringLiteral("audit"))));
        const QJsonObject metadata = (*cluster().object(spaceRef))[QStringLiteral("metadata")].toObject();
        QCOMPARE(metadata[QStringLiteral("annotations")][QLatin1String(RuntimeNames::createdByEnable)].toString(),
            QStringLiteral("true"));
    }

    void aMarkThatSaysNothingArchives()
    {
        putMark();
        QVERIFY(passTimeUntil([this] { return !m_ana->access(); }));
        putMark({{QStringLiteral("since"), QStringLiteral("yesterday")}, {QStringLiteral("by"), 7}});
        QVERIFY(passTimeUntil([this] { return !m_ana->access(); }));
    }

    void onlyOneArchives()
    {
        const auto bo = open("bo@desk");
        QVERIFY(passTimeUntil([&bo] { return bo->archiveAccess().allowed; }));
        cluster().cutStreams(noAnswer);
        QVERIFY(outcomeOf(m_ana->archive(QStringLiteral("first"))));
        Pending<void> second = bo->archive(QStringLiteral("second"));
        const Result<void> outcome = outcomeOf(std::move(second));
        QVERIFY(!outcome);
        QVERIFY(outcome.error().summary.contains(QStringLiteral("first"))
            || outcome.error().summary.contains(QStringLiteral("already")));
        QCOMPARE(archiveMarkOf(*cluster().object(markRef)).reason, QStringLiteral("first"));
    }

    void anAnswerThatWasLostIsNoRival()
    {
        cluster().put(QJsonObject{{QStringLiteral("apiVersion"), QStringLiteral("v1")},
            {QStringLiteral("kind"), QStringLiteral("Namespace")},
            {QStringLiteral("metadata"), QJsonObject{{QStringLiteral("name"), MessagingFixture::nameSpace}}}});
        cluster().failNext(1, noAnswer, "POST", QStringLiteral("/configmaps"));
        QVERIFY(outcomeOf(m_ana->archive(QStringLiteral("audit"))));
    }

    void notWhileAnOperationIsUnderWay_data()
    {
        QTest::addColumn<QString>("nameSpace");
        QTest::newRow("here") << MessagingFixture::nameSpace;
        QTest::newRow("in another namespace") << elsewhere;
    }

    void notWhileAnOperationIsUnderWay()
    {
        QFETCH(QString, nameSpace);
        RuntimeRecord record;
        record.spec = MessagingFixture::request().spec;
        record.operation.id = QStringLiteral("1");
        record.operation.requestedBy = QStringLiteral("bo@desk");
        cluster().put(record.toConfigMap(nameSpace));
        const Result<void> outcome = outcomeOf(m_ana->archive(QStringLiteral("audit")));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, Error::Kind::Conflict);
        QVERIFY(outcome.error().summary.contains(QStringLiteral("bo@desk")));
        QVERIFY(!cluster().object(markRef));
    }

    void aReasonIsNeeded()
    {
        const Result<void> outcome = outcomeOf(m_ana->archive(QStringLiteral("  ")));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().fields.constFirst().field, QStringLiteral("reason"));
    }

    void namesTheMissingPermission()
    {
        cluster().isAllowed = [](const Permission &permission) { return permission.verb != QLatin1String("create"); };
        m_ana->refresh();
        QVERIFY(passTimeUntil([this] { return !m_ana->archiveAccess(); }));
        QVERIFY(m_ana->archiveAccess().reason.contains(QStringLiteral("create configmaps")));
        QVERIFY(!outcomeOf(m_ana->archive(QStringLiteral("audit"))));
    }

    void looksAgainAtWhatOneMayWhereThatIsRefused()
    {
        cluster().isAllowed = [](const Permission &permission) { return permission.verb != QLatin1String("create"); };
        QVERIFY(m_ana->archiveAccess()); // as it was when that was asked last
        const auto before = m_clock->monotonic();
        QVERIFY(!outcomeOf(m_ana->archive(QStringLiteral("audit"))));
        QVERIFY(passTimeUntil([this] { return !m_ana->archiveAccess(); }));
        QVERIFY(m_clock->monotonic() - before < std::chrono::minutes(5));
    }

    void onlyTheMarkThatWasSeenIsRemoved()
    {
        putMark({{QStringLiteral("reason"), QStringLiteral("first")}});
        QVERIFY(passTimeUntil([this] { return m_ana->unarchiveAccess().allowed; }));
        const ArchiveMark seen = *m_ana->state().archived;
        putMark({{QStringLiteral("reason"), QStringLiteral("second")}});
        const Result<void> outcome = outcomeOf(m_ana->unarchive(seen));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, Error::Kind::Conflict);
        QVERIFY(passTimeUntil(
            [this] { return m_ana->state().archived && m_ana->state().archived->reason == QLatin1String("second"); }));
        QVERIFY(outcomeOf(m_ana->unarchive(*m_ana->state().archived)));
        QVERIFY(m_ana->access().allowed);
        QVERIFY(!cluster().object(markRef));
    }

    void asksAnewWhereTheWatchIsBehind()
    {
        QVERIFY(confirmed());
        cluster().put(toConfigMap({}, MessagingFixture::nameSpace));
        const Result<void> outcome = confirmed();
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, Error::Kind::Forbidden);
        QVERIFY(!m_ana->access());
    }

    void withoutAnAnswerNothingMayBeSent()
    {
        cluster().failNext(1000, noAnswer, "GET", QStringLiteral("/configmaps"));
        const Result<void> outcome = confirmed();
        QVERIFY(!outcome);
        QVERIFY(outcome.error().summary.startsWith(QStringLiteral("Nothing was sent")));
    }

    void whereTheMarkMayNotBeReadTheWatchCounts()
    {
        cluster().failNext(
            1000, {Error::Kind::Forbidden, QStringLiteral("No."), {}, {}, {}}, "GET", QStringLiteral("/configmaps"));
        QVERIFY(confirmed());
    }

    void aMarkInAnyNamespaceCounts()
    {
        putMark({{QStringLiteral("reason"), QStringLiteral("audit")}}, elsewhere);
        QVERIFY(passTimeUntil([this] { return !m_ana->access(); }));
        QVERIFY(m_ana->access().reason.contains(QStringLiteral("The mark is in namespace team-nats.")));
        putMark({{QStringLiteral("reason"), QStringLiteral("nearer")}});
        QVERIFY(passTimeUntil([this] { return m_ana->access().reason.contains(QStringLiteral("nearer")); }));
        QVERIFY(!m_ana->access().reason.contains(QStringLiteral("team-nats")));
    }

    void asksForMarksInAllNamespacesBeforeEachChange()
    {
        cluster().put(toConfigMap({}, elsewhere));
        QVERIFY(m_ana->access()); // nobody has seen it so far
        QVERIFY(!confirmed());
        QVERIFY(m_ana->access().reason.contains(elsewhere));
    }

    /// Whoever may remove it there.
    void removesAMarkWhereItIs()
    {
        cluster().isAllowed = [](const Permission &wanted) {
            return wanted.verb != QLatin1String("delete") || wanted.nameSpace == elsewhere;
        };
        m_ana->refresh();
        putMark({}, elsewhere);
        putMark();
        QVERIFY(
            passTimeUntil([this] { return m_ana->unarchiveAccess().reason.contains(MessagingFixture::nameSpace); }));
        cluster().erase(markRef);
        QVERIFY(passTimeUntil([this] { return m_ana->unarchiveAccess().allowed; }));
        QCOMPARE(m_ana->state().archived->elsewhere, elsewhere);
        QVERIFY(outcomeOf(m_ana->unarchive(*m_ana->state().archived)));
        QVERIFY(m_ana->access());
        QVERIFY(cluster().objects(markRef.apiVersion, markRef.kind, {}).isEmpty());
    }

    void staysArchivedByTheOtherOfTwoMarks()
    {
        putMark();
        putMark({}, elsewhere);
        QVERIFY(passTimeUntil([this] { return m_ana->unarchiveAccess().allowed; }));
        QVERIFY(outcomeOf(m_ana->unarchive(*m_ana->state().archived)));
        QCOMPARE(m_ana->state().archived->elsewhere, elsewhere);
    }

    /// It costs one request, not one before each change.
    void whoMayNotLookEverywhereIsToldOfItsOwnNamespace()
    {
        cluster().isAllowed = [](const Permission &wanted) { return wanted.nameSpace == MessagingFixture::nameSpace; };
        cluster().requests.clear();
        const auto bo = open("bo@desk");
        QVERIFY(passTimeUntil([&bo] { return bo->isKnown(); }));
        for (int i = 0; i < 3; ++i)
            QVERIFY(outcomeOf(asPending(bo->confirm())));
        const auto isEverywhere = [](const ApiRequest &each) {
            return each.path == QLatin1String("/api/v1/configmaps");
        };
        m_clock->advance(1min);
        QCOMPARE(std::count_if(cluster().requests.cbegin(), cluster().requests.cend(), isEverywhere), 1);
        putMark({}, elsewhere);
        QVERIFY(outcomeOf(asPending(bo->confirm())));
        putMark();
        QVERIFY(passTimeUntil([&bo] { return !bo->access(); }));
    }

    void aMarkThatIsOutOfViewStands()
    {
        putMark({}, elsewhere);
        QVERIFY(passTimeUntil([this] { return !m_ana->access(); }));
        cluster().isAllowed = [](const Permission &wanted) { return !wanted.nameSpace.isEmpty(); };
        m_ana->refresh();
        QVERIFY(passTimeUntil([this] { return !m_ana->marks().isEverywhere(); }));
        m_clock->advance(1min);
        QTest::qWait(1);
        QVERIFY(!m_ana->access());
        QVERIFY(outcomeOf(m_ana->unarchive(*m_ana->state().archived)));
        QVERIFY(m_ana->access());
    }

    void learnsByListsWhereItMayNotWatch()
    {
        cluster().isAllowed = [](const Permission &wanted) {
            return wanted.verb != QLatin1String("watch") && wanted.verb != QLatin1String("get");
        };
        const auto bo = open("bo@desk");
        QVERIFY(passTimeUntil([&bo] { return bo->isKnown(); }));
        m_clock->advance(1s);
        QVERIFY(bo->access());
        putMark({{QStringLiteral("reason"), QStringLiteral("audit")}});
        QVERIFY(passTimeUntil([&bo] { return !bo->access(); }));
        QCOMPARE(bo->state().archived->reason, QStringLiteral("audit"));
        cluster().erase(markRef);
        QVERIFY(passTimeUntil([&bo] { return bo->access().allowed; }));
    }

    void readOnlyWritesNotEvenTheMark()
    {
        m_ana->setReadOnly(Protection::ReadOnly::Program);
        QVERIFY(!m_ana->archiveAccess());
        QVERIFY(!outcomeOf(m_ana->archive(QStringLiteral("audit"))));
        QVERIFY(!confirmed());
        KubernetesClient client(m_ana->guarded());
        QVERIFY(!awaited(client.create(toConfigMap({}, MessagingFixture::nameSpace))));
        QCOMPARE(changesAsked(), 0);
        m_ana->setReadOnly(Protection::ReadOnly::No);
        QVERIFY(awaited(client.create(toConfigMap({}, MessagingFixture::nameSpace))));
    }
};

QTEST_GUILESS_MAIN(ClusterProtectionTest)
#include "tst_clusterprotection.moc"

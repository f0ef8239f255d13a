// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimejournal.h"

#include "services/messaging/archivemarks.h"
#include "services/messaging/driverlease.h"
#include "services/messaging/leasefence.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/storedmark.h"
#include "tests/support/awaited.h"
#include "tests/support/fakeclock.h"
#include "tests/support/messagingfixture.h"

using namespace std::chrono_literals;

class RuntimeJournalTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<FakeCluster> m_cluster;
    std::unique_ptr<KubernetesClient> m_client;
    std::unique_ptr<DriverLease> m_lease;
    std::unique_ptr<ArchiveMarks> m_marks;
    std::unique_ptr<LeaseFence> m_fence;
    std::unique_ptr<KubernetesClient> m_fenced;
    RuntimeRecord m_record;

    void store(const RuntimeRecord &record) { m_cluster->put(record.toConfigMap(MessagingFixture::nameSpace)); }

    RuntimeRecord stored() const
    {
        return *RuntimeRecord::fromConfigMap(*m_cluster->object({QStringLiteral("v1"), QStringLiteral("ConfigMap"),
            MessagingFixture::nameSpace, QLatin1String(RuntimeNames::record)}));
    }

    RuntimeJournal journal()
    {
        return {*m_fenced, *m_clock, *m_lease, *m_marks, MessagingFixture::nameSpace, m_record};
    }

private Q_SLOTS:
    void init()
    {
        m_lease.reset();
        m_clock = std::make_unique<FakeClock>();
        m_cluster = std::make_unique<FakeCluster>();
        m_client = std::make_unique<KubernetesClient>(*m_cluster);
        m_lease =
            std::make_unique<DriverLease>(*m_client, *m_clock, MessagingFixture::nameSpace, QStringLiteral("ana"));
        m_marks = std::make_unique<ArchiveMarks>(*m_cluster, *m_clock, MessagingFixture::nameSpace);
        m_fence = std::make_unique<LeaseFence>(*m_cluster, *m_lease);
        m_fenced = std::make_unique<KubernetesClient>(*m_fence);
        m_record = {};
        m_record.spec = MessagingFixture::request().spec;
        m_record.operation.id = QStringLiteral("one");
        store(m_record);
        QCOMPARE(awaited(m_lease->acquire()), Result<bool>(true));
    }

    void notesHowLongStepsTake()
    {
        RuntimeJournal journal = this->journal();
        QVERIFY(awaited(journal.enter(QStringLiteral("first"))));
        m_clock->advance(3s);
        QVERIFY(awaited(journal.enter(QStringLiteral("second"))));
        const QMap<QString, std::chrono::milliseconds> finished{{QStringLiteral("first"), 3s}};
        QCOMPARE(stored().operation.finishedSteps, finished);
        QCOMPARE(stored().operation.currentStep, QStringLiteral("second"));
    }

    void saysWhoWritesIt()
    {
        RuntimeJournal journal = this->journal();
        QVERIFY(stored().operation.driver.isEmpty());
        QVERIFY(awaited(journal.enter(QStringLiteral("first"))));
        QCOMPARE(stored().operation.driver, QStringLiteral("ana"));
    }

    void beginsAnewWhereAnEarlierDriverStopped()
    {
        m_record.operation.finishedSteps = {{QStringLiteral("first"), 3s}};
        m_record.operation.currentStep = QStringLiteral("second");
        store(m_record);
        RuntimeJournal journal = this->journal();
        QVERIFY(awaited(journal.enter(QStringLiteral("first"))));
        QVERIFY(stored().operation.finishedSteps.isEmpty());
        QCOMPARE(stored().operation.currentStep, QStringLiteral("first"));
    }

    void leavesASuccessorsRecordAlone()
    {
        RuntimeJournal journal = this->journal();
        QVERIFY(awaited(journal.enter(QStringLiteral("first"))));
        m_cluster->hangNext(1000, {}, QStringLiteral("leases"));
        m_clock->advance(10s);
        const RuntimeRecord before = stored(); // the same operation: a successor goes on with it
        const Result<void> outcomes[]{awaited(journal.enter(QStringLiteral("second"))), awaited(journal.finish()),
            awaited(journal.fail(Error{Error::Kind::Timeout, QStringLiteral("slow"), {}, {}, {}}))};
        for (const Result<void> &outcome : outcomes) {
            QVERIFY(!outcome);
            QCOMPARE(outcome.error().kind, Error::Kind::Cancelled);
        }
        QCOMPARE(stored(), before);
    }

    void makesNoRecordThatIsGone()
    {
        RuntimeJournal journal = this->journal();
        const ObjectRef ref = ObjectRef::of(m_record.toConfigMap(MessagingFixture::nameSpace));
        m_cluster->isAllowed = [this, ref](const Permission &wanted) {
            if (wanted.verb == QLatin1String("patch")) // it was read before
                m_cluster->erase(ref);
            return true;
        };
        const auto outcome = awaited(journal.enter(QStringLiteral("first")));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, Error::Kind::Conflict);
        QVERIFY(!m_cluster->object(ref));
    }

    /// What may pass is asked again, and for as long as nobody answers the step before is the last.
    void beginsNoStepWithoutKnowingWhetherTheClusterIsArchived()
    {
        RuntimeJournal journal = this->journal();
        const RuntimeRecord before = stored();
        const Error wrong{Error::Kind::Protocol, QStringLiteral("no answer of an API server"), {}, {}, {}};
        m_cluster->failNext(1, wrong, "GET", QStringLiteral("/configmaps"));
        const auto outcome = awaited(journal.enter(QStringLiteral("first")));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error(), wrong);
        QCOMPARE(stored(), before);
        m_cluster->failNext(2, {Error::Kind::Forbidden, QStringLiteral("no"), {}, {}, {}}, "GET",
            QStringLiteral("/configmaps")); // in all namespaces, in this one
        QVERIFY(awaited(journal.enter(QStringLiteral("first"))));
    }

    void beginsNoStepWhereAMarkIsInAnyNamespace()
    {
        RuntimeJournal journal = this->journal();
        m_cluster->put(toConfigMap({}, QStringLiteral("team-nats")));
        const auto outcome = awaited(journal.enter(QStringLiteral("first")));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, Error::Kind::Cancelled);
        QVERIFY(stored().operation.currentStep.isEmpty());
    }

    void leavesAnotherOperationAlone()
    {
        RuntimeJournal journal = this->journal();
        RuntimeRecord other = m_record;
        other.operation.id = QStringLiteral("two");
        store(other);
        const auto outcome = awaited(journal.enter(QStringLiteral("first")));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, Error::Kind::Conflict);
        QCOMPARE(stored(), other);
    }
};

QTEST_GUILESS_MAIN(RuntimeJournalTest)
#include "tst_runtimejournal.moc"

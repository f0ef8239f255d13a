// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/operationsteps.h"

#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/archivemarks.h"
#include "services/messaging/driverlease.h"
#include "services/messaging/runtimejournal.h"
#include "services/messaging/runtimenames.h"
#include "tests/support/awaited.h"
#include "tests/support/fakeclock.h"
#include "tests/support/messagingfixture.h"

class OperationStepsTest : public QObject {
    Q_OBJECT

private:
    FakeClock m_clock;
    FakeCluster m_cluster;
    KubernetesClient m_client{m_cluster};
    DriverLease m_lease{m_client, m_clock, MessagingFixture::nameSpace, QStringLiteral("ana")};
    ArchiveMarks m_marks{m_cluster, m_clock, MessagingFixture::nameSpace};
    std::unique_ptr<RuntimeJournal> m_journal;
    QStringList m_done;

    const ObjectRef recordRef{QStringLiteral("v1"), QStringLiteral("ConfigMap"), MessagingFixture::nameSpace,
        QLatin1String(RuntimeNames::record)};

    RuntimeOperation stored() const { return RuntimeRecord::fromConfigMap(*m_cluster.object(recordRef))->operation; }

    /// Notes which step the record names while it is carried out.
    Flow<void> carryOut(Result<void> outcome)
    {
        m_done.append(stored().currentStep);
        co_return outcome;
    }

    QList<OperationStep> steps(const Result<void> &outcomeOfSecond)
    {
        return {{"first", [this] { return carryOut({}); }},
            {"second", [this, outcomeOfSecond] { return carryOut(outcomeOfSecond); }},
            {"third", [this] { return carryOut({}); }}};
    }

private Q_SLOTS:
    void init()
    {
        RuntimeRecord record;
        record.spec = MessagingFixture::request().spec;
        record.operation.id = QStringLiteral("one");
        m_cluster.put(record.toConfigMap(MessagingFixture::nameSpace));
        QCOMPARE(awaited(m_lease.acquire()), Result<bool>(true));
        m_journal =
            std::make_unique<RuntimeJournal>(m_client, m_clock, m_lease, m_marks, MessagingFixture::nameSpace, record);
        m_done.clear();
    }

    void writesEachStepBeforeItBegins()
    {
        QVERIFY(awaited(carryOutSteps(*m_journal, steps({}), RecordAtEnd::Done)));
        QCOMPARE(m_done, QStringList({QStringLiteral("first"), QStringLiteral("second"), QStringLiteral("third")}));
        QCOMPARE(stored().state, RuntimeOperation::State::Done);
    }

    void leavesARecordAloneThatTheStepsDeleted()
    {
        QVERIFY(awaited(carryOutSteps(*m_journal, steps({}), RecordAtEnd::Deleted)));
        QCOMPARE(stored().state, RuntimeOperation::State::Running);
    }

    void endsWithTheStepThatFails()
    {
        const Error error{Error::Kind::Forbidden, QStringLiteral("not you"), {}, {}, {}};
        const auto outcome = awaited(carryOutSteps(*m_journal, steps(fail(error)), RecordAtEnd::Done));
        QCOMPARE(outcome.error(), error);
        QCOMPARE(m_done.size(), 2);
        QCOMPARE(stored().state, RuntimeOperation::State::Failed);
        QCOMPARE(stored().currentStep, QStringLiteral("second"));
        QCOMPARE(stored().error, std::optional(error));
    }

    void beginsNothingThatCannotBeRecorded()
    {
        m_cluster.erase(recordRef);
        QVERIFY(!awaited(carryOutSteps(*m_journal, steps({}), RecordAtEnd::Done)));
        QVERIFY(m_done.isEmpty());
    }
};

QTEST_GUILESS_MAIN(OperationStepsTest)
#include "tst_operationsteps.moc"

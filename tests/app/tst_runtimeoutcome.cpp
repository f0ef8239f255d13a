// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runtimeoutcome.h"

#include <QTest>

namespace {

RuntimeStatus statusOf(RuntimePhase phase, int pods)
{
    RuntimeStatus status;
    status.phase = phase;
    status.nameSpace = QStringLiteral("messages");
    if (phase == RuntimePhase::Absent)
        return status;
    status.spec = RuntimeSpec{QStringLiteral("fast-ssd"), 80, 3, false};
    status.requestedBy = QStringLiteral("ana@laptop");
    for (int i = 0; i < pods; ++i) {
        RuntimePod pod;
        pod.name = QStringLiteral("nats-%1").arg(i);
        pod.ready = true;
        status.pods.append(pod);
    }
    return status;
}

RuntimeUsage someUsage()
{
    return {1, 2, 1, 40, ByteCount::mebibytes(3)};
}

} // namespace

/// Every operation says what came of it, once.
class TestRuntimeOutcome final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void saysWhatEnableMade();
    void saysWhatDisableRemoved();
    void saysWhatBecameOfTheNamespace();
    void saysThatARetryHelped();
    void countsNothingThatWasNotSeen();
    void saysNothingOfWhatIsThereAlready();
    void saysWhoAsked();
    void goesWhenTheNextOperationBegins();
    void goesWhenAllPodsAreDown();
    void goesWhenTheRuntimeIsNotAsItWas();
    void countsThePodsThatDisableFound();
    void goesWhenDismissed();

private:
    void observe(RuntimePhase phase, int pods = 0)
    {
        m_outcome->observe(statusOf(phase, pods), phase == RuntimePhase::Ready ? someUsage() : RuntimeUsage());
    }

    std::unique_ptr<RuntimeOutcome> m_outcome;
};

void TestRuntimeOutcome::init()
{
    m_outcome = std::make_unique<RuntimeOutcome>(QStringLiteral("prod-eu"), QStringLiteral("ana@laptop"));
}

void TestRuntimeOutcome::saysWhatEnableMade()
{
    observe(RuntimePhase::Absent);
    observe(RuntimePhase::Provisioning, 2);
    QVERIFY(m_outcome->text().isEmpty());
    observe(RuntimePhase::Ready, 3);
    QCOMPARE(m_outcome->text(),
        QStringLiteral("Enabled NATS on prod-eu: 3 pods ready, 3 volumes of 80 GiB, and the default account with its "
                       "credential."));
    observe(RuntimePhase::Ready, 3);
    QVERIFY(m_outcome->text().contains(QStringLiteral("3 pods ready")));
}

void TestRuntimeOutcome::saysWhatDisableRemoved()
{
    observe(RuntimePhase::Ready, 3);
    m_outcome->observe(statusOf(RuntimePhase::Ready, 3), {}); // the streams can't be read
    observe(RuntimePhase::Deleting, 2);
    observe(RuntimePhase::Deleting);
    observe(RuntimePhase::Absent);
    QCOMPARE(m_outcome->text(),
        QStringLiteral("Disabled NATS on prod-eu: removed 3 pods, 2 streams, 40 messages (3.0 MiB), 1 consumer, "
                       "3 volumes of 80 GiB, every account and credential."));
}

void TestRuntimeOutcome::saysWhatBecameOfTheNamespace()
{
    using State = NamespaceFate::State;
    const auto disable = [this] {
        observe(RuntimePhase::Ready, 3);
        QVERIFY(!m_outcome->isFateWanted());
        observe(RuntimePhase::Deleting);
        observe(RuntimePhase::Absent);
        QVERIFY(m_outcome->isFateWanted());
    };
    disable();
    m_outcome->setFate(NamespaceFate{State::Stays, QStringLiteral("It holds a lot.")});
    QVERIFY(m_outcome->text().endsWith(QStringLiteral(" The namespace messages stays. It holds a lot.")));
    QVERIFY(!m_outcome->isFateWanted());
    disable();
    m_outcome->setFate(NamespaceFate{State::Gone, {}});
    QVERIFY(m_outcome->text().endsWith(QStringLiteral(" Its namespace messages is deleted as well.")));
    disable();
    m_outcome->setFate({});
    QVERIFY(m_outcome->text().endsWith(QStringLiteral("credential.")));
    disable();
    m_outcome->dismiss();
    m_outcome->setFate(NamespaceFate{State::Gone, {}});
    QVERIFY(m_outcome->text().isEmpty());
}

void TestRuntimeOutcome::saysThatARetryHelped()
{
    observe(RuntimePhase::Failed, 1);
    QVERIFY(m_outcome->text().isEmpty());
    observe(RuntimePhase::Provisioning, 1);
    observe(RuntimePhase::Ready, 3);
    QVERIFY2(m_outcome->text().startsWith(QStringLiteral("Enabled NATS on prod-eu")), qPrintable(m_outcome->text()));
}

void TestRuntimeOutcome::countsNothingThatWasNotSeen()
{
    observe(RuntimePhase::Deleting);
    observe(RuntimePhase::Absent);
    QCOMPARE(m_outcome->text(), QStringLiteral("Disabled NATS on prod-eu: nothing of it is left."));
    // who opens the cluster when one pod of three has gone already
    observe(RuntimePhase::Deleting, 2);
    observe(RuntimePhase::Absent);
    QCOMPARE(m_outcome->text(), QStringLiteral("Disabled NATS on prod-eu: nothing of it is left."));
}

void TestRuntimeOutcome::saysNothingOfWhatIsThereAlready()
{
    observe(RuntimePhase::Absent);
    observe(RuntimePhase::Ready, 3);
    observe(RuntimePhase::Absent);
    QVERIFY(m_outcome->text().isEmpty());
}

void TestRuntimeOutcome::saysWhoAsked()
{
    m_outcome = std::make_unique<RuntimeOutcome>(QStringLiteral("prod-eu"), QStringLiteral("bo@desk"));
    observe(RuntimePhase::Ready, 3);
    observe(RuntimePhase::Deleting, 3);
    observe(RuntimePhase::Absent);
    QVERIFY2(
        m_outcome->text().startsWith(QStringLiteral("Disabled NATS on prod-eu, as ana@laptop asked: removed 3 pods")),
        qPrintable(m_outcome->text()));
}

void TestRuntimeOutcome::goesWhenTheNextOperationBegins()
{
    observe(RuntimePhase::Provisioning, 3);
    observe(RuntimePhase::Ready, 3);
    observe(RuntimePhase::Deleting, 3);
    QVERIFY(m_outcome->text().isEmpty());
}

void TestRuntimeOutcome::goesWhenAllPodsAreDown()
{
    observe(RuntimePhase::Provisioning, 2);
    observe(RuntimePhase::Ready, 3);
    QVERIFY(!m_outcome->text().isEmpty());
    observe(RuntimePhase::Ready, 0);
    QVERIFY(m_outcome->text().isEmpty());
}

void TestRuntimeOutcome::goesWhenTheRuntimeIsNotAsItWas()
{
    const auto enable = [this] {
        observe(RuntimePhase::Provisioning, 3);
        observe(RuntimePhase::Ready, 3);
        QVERIFY(!m_outcome->text().isEmpty());
    };
    enable();
    observe(RuntimePhase::Ready, 2);
    QVERIFY(m_outcome->text().isEmpty());
    enable();
    observe(RuntimePhase::Failed, 3);
    QVERIFY(m_outcome->text().isEmpty());
    enable();
    RuntimeStatus changed = statusOf(RuntimePhase::Ready, 3);
    changed.deviation = RuntimeDeviation();
    m_outcome->observe(changed, someUsage());
    QVERIFY(m_outcome->text().isEmpty());
}

void TestRuntimeOutcome::countsThePodsThatDisableFound()
{
    // the pod of a runtime that was enabled had gone before
    observe(RuntimePhase::Ready, 1);
    observe(RuntimePhase::Failed, 0);
    observe(RuntimePhase::Deleting, 0);
    observe(RuntimePhase::Absent);
    QCOMPARE(m_outcome->text(), QStringLiteral("Disabled NATS on prod-eu: nothing of it is left."));
}

void TestRuntimeOutcome::goesWhenDismissed()
{
    observe(RuntimePhase::Provisioning, 3);
    observe(RuntimePhase::Ready, 3);
    m_outcome->dismiss();
    observe(RuntimePhase::Ready, 3);
    QVERIFY(m_outcome->text().isEmpty());
}

QTEST_APPLESS_MAIN(TestRuntimeOutcome)
#include "tst_runtimeoutcome.moc"

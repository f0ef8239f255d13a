// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/onboarding.h"

#include <QTest>

using State = StepRail::State;

class TestOnboarding final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void leadsFromStepToStep_data();
    void leadsFromStepToStep();
    void isGoneOnceAllIsDone();
    void isSilentWhileTheCountsAreNotKnown();
    void isGoneWhileTheRuntimeIsDown();
    void saysWhyAStepIsLocked();

private:
    static RuntimeStatus statusIn(RuntimePhase phase)
    {
        RuntimeStatus status;
        status.phase = phase;
        status.pods.resize(3);
        status.pods[1].ready = true;
        return status;
    }
};

void TestOnboarding::leadsFromStepToStep_data()
{
    QTest::addColumn<RuntimePhase>("phase");
    QTest::addColumn<int>("streams");
    QTest::addColumn<int>("consumers");
    QTest::addColumn<QList<State>>("states");

    using States = QList<State>;
    QTest::newRow("absent") << RuntimePhase::Absent << 0 << 0 << States{State::Current, State::Locked, State::Locked};
    QTest::newRow("provisioning") << RuntimePhase::Provisioning << 0 << 0
                                  << States{State::Current, State::Locked, State::Locked};
    QTest::newRow("failed") << RuntimePhase::Failed << 3 << 2 << States{State::Current, State::Locked, State::Locked};
    QTest::newRow("ready") << RuntimePhase::Ready << 0 << 0 << States{State::Done, State::Current, State::Locked};
    QTest::newRow("stream") << RuntimePhase::Ready << 1 << 0 << States{State::Done, State::Done, State::Current};
}

void TestOnboarding::leadsFromStepToStep()
{
    QFETCH(RuntimePhase, phase);
    QFETCH(int, streams);
    QFETCH(int, consumers);
    QFETCH(QList<State>, states);
    RuntimeStatus status = statusIn(phase);
    QList<State> shown;
    for (const StepRail::Step &step : onboardingSteps(status, {1, streams, consumers, 0, ByteCount{}}))
        shown.append(step.state);
    QCOMPARE(shown, states);
}

void TestOnboarding::isGoneOnceAllIsDone()
{
    RuntimeStatus status = statusIn(RuntimePhase::Ready);
    QVERIFY(onboardingSteps(status, {1, 2, 3, 0, ByteCount{}}).isEmpty());
}

void TestOnboarding::isSilentWhileTheCountsAreNotKnown()
{
    RuntimeStatus status = statusIn(RuntimePhase::Ready);
    QVERIFY(onboardingSteps(status, {}).isEmpty());
}

void TestOnboarding::isGoneWhileTheRuntimeIsDown()
{
    RuntimeStatus status = statusIn(RuntimePhase::Ready);
    status.pods[1].ready = false;
    QVERIFY(onboardingSteps(status, {1, 0, 0, 0, ByteCount{}}).isEmpty());
}

void TestOnboarding::saysWhyAStepIsLocked()
{
    const QList<StepRail::Step> steps = onboardingSteps({}, {});
    QCOMPARE(steps.value(1).text, QStringLiteral("Needs the runtime to be ready"));
    QCOMPARE(steps.value(2).text, QStringLiteral("Needs a stream"));
}

QTEST_GUILESS_MAIN(TestOnboarding)
#include "tst_onboarding.moc"

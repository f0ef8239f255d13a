// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/secretstring.h"
#include "services/domain/runtime.h"

#include <QTest>

namespace {

RuntimeSpec goodSpec()
{
    RuntimeSpec spec;
    spec.storageClass = QStringLiteral("standard");
    return spec;
}

RuntimeStep step(RuntimeStep::State state)
{
    RuntimeStep result;
    result.state = state;
    return result;
}

} // namespace

class RuntimeTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void judgesASpec();
    void judgesPasswords_data();
    void judgesPasswords();
    void countsSteps();
    void knowsWhetherItGoesOn();
    void countsReadyPods();
    void knowsWhetherItNeedsAttention();
    void namesPhases();
};

void RuntimeTest::judgesASpec()
{
    for (const int replicas : {1, 3, 5}) {
        RuntimeSpec spec = goodSpec();
        spec.replicas = replicas;
        QCOMPARE(validate(spec), FieldErrors());
    }
    RuntimeSpec spec;
    spec.storageGibibytes = 0;
    spec.replicas = 2;
    const FieldErrors errors = validate(spec);
    QCOMPARE(errors.size(), 3);
    QCOMPARE(errors[0].field, QStringLiteral("storageClass"));
    QCOMPARE(errors[1].field, QStringLiteral("storageGibibytes"));
    QCOMPARE(errors[2].field, QStringLiteral("replicas"));
    spec = goodSpec();
    spec.storageGibibytes = 65536;
    QCOMPARE(validate(spec), FieldErrors());
    spec.storageGibibytes = 65537;
    QCOMPARE(validate(spec).size(), 1);
}

void RuntimeTest::judgesPasswords_data()
{
    QTest::addColumn<QString>("password");
    QTest::addColumn<bool>("isGood");
    QTest::addRow("empty") << QString() << false;
    QTest::addRow("short") << QString(11, QLatin1Char('x')) << false;
    QTest::addRow("twelve") << QString(12, QLatin1Char('x')) << true;
    QTest::addRow("72 bytes") << QString(72, QLatin1Char('x')) << true;
    QTest::addRow("73 bytes") << QString(73, QLatin1Char('x')) << false;
    QTest::addRow("74 bytes in 37 letters") << QString(37, QChar(0xe9)) << false;
    QTest::addRow("control character") << QStringLiteral("pass\tword-long") << false;
    QTest::addRow("like a hash") << QStringLiteral("$2a$10$longenough") << false;
    QTest::addRow("quotation mark") << QStringLiteral("pass\"word-long") << false;
    QTest::addRow("backslash") << QStringLiteral("pass\\word-long") << false;
    QTest::addRow("generated") << generatePassword().reveal() << true;
}

void RuntimeTest::judgesPasswords()
{
    QFETCH(QString, password);
    QFETCH(bool, isGood);
    const FieldErrors errors = validateClientPassword(password);
    QCOMPARE(errors.isEmpty(), isGood);
    if (!isGood)
        QCOMPARE(errors.first().field, QStringLiteral("password"));
}

void RuntimeTest::countsSteps()
{
    RuntimeStatus status;
    QCOMPARE(status.percent(), 0);
    QCOMPARE(status.currentStep(), 0);
    status.steps = {step(RuntimeStep::State::Done), step(RuntimeStep::State::Current),
        step(RuntimeStep::State::Waiting), step(RuntimeStep::State::Waiting)};
    QCOMPARE(status.percent(), 25);
    QCOMPARE(status.currentStep(), 2);
    status.steps[1].state = RuntimeStep::State::Failed;
    QCOMPARE(status.currentStep(), 2);
    status.phase = RuntimePhase::Ready;
    QCOMPARE(status.percent(), 100);
}

void RuntimeTest::knowsWhetherItGoesOn()
{
    RuntimeStatus status;
    for (const auto &[phase, isInProgress] :
        {std::pair(RuntimePhase::Absent, false), std::pair(RuntimePhase::Pending, true),
            std::pair(RuntimePhase::WaitingForPrerequisites, true), std::pair(RuntimePhase::Provisioning, true),
            std::pair(RuntimePhase::Updating, true), std::pair(RuntimePhase::Deleting, true),
            std::pair(RuntimePhase::Ready, false), std::pair(RuntimePhase::Failed, false)}) {
        status.phase = phase;
        QCOMPARE(status.isInProgress(), isInProgress);
    }
}

void RuntimeTest::countsReadyPods()
{
    RuntimeStatus status;
    status.pods.resize(3);
    status.pods[1].ready = true;
    QCOMPARE(status.readyPods(), 1);
}

void RuntimeTest::knowsWhetherItNeedsAttention()
{
    RuntimeStatus status;
    status.phase = RuntimePhase::Ready;
    status.pods.resize(3);
    for (RuntimePod &pod : status.pods)
        pod.ready = true;
    QVERIFY(!status.isDegraded());
    status.deviation = RuntimeDeviation();
    QVERIFY(status.isDegraded() && !status.isShortOfPods());
    status.deviation.reset();
    status.pods[0].ready = false;
    QVERIFY(status.isDegraded());
    QVERIFY(status.hasQuorum());
    status.pods[1].ready = false;
    QVERIFY(!status.hasQuorum());
    status.pods.resize(1);
    QVERIFY(!status.hasQuorum());
}

void RuntimeTest::namesPhases()
{
    for (const auto &[phase, name] : wireNames(RuntimePhase{})) {
        QCOMPARE(toWire(phase), QString(QLatin1String(name)));
        QCOMPARE(fromWire<RuntimePhase>(QString(QLatin1String(name))), std::optional(phase));
    }
    QVERIFY(!fromWire<RuntimePhase>(QStringLiteral("unheard_of")));
}

QTEST_GUILESS_MAIN(RuntimeTest)
#include "tst_runtime.moc"

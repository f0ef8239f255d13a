// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimestatusrules.h"

#include "services/messaging/podrules.h"
#include "services/messaging/runtimemanifests.h"
#include "services/messaging/runtimesteps.h"
#include "tests/support/messagingfixture.h"

#include <QJsonArray>
#include <QTest>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

RuntimeRecord record(RuntimeOperation::Kind kind, RuntimeOperation::State state, const char *step)
{
    RuntimeRecord record;
    record.spec.storageClass = text("standard");
    record.operation.kind = kind;
    record.operation.state = state;
    record.operation.id = text("1");
    record.operation.requestedAt = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
    record.operation.currentStep = text(step);
    return record;
}

RuntimeObservation observation(const RuntimeRecord &record, const QString &driver = text("ana@laptop"))
{
    RuntimeObservation observation;
    observation.record = record;
    observation.driver = driver;
    return observation;
}

QJsonObject unschedulable()
{
    QJsonObject pod = MessagingFixture::pod(text("nats-0"), false);
    QJsonObject metadata = pod[text("metadata")].toObject();
    metadata[text("uid")] = text("pod-uid");
    pod[text("metadata")] = metadata;
    const QJsonObject scheduled{{text("type"), text("PodScheduled")}, {text("status"), text("False")},
        {text("reason"), text("Unschedulable")},
        {text("message"), text("0/1 nodes are available: 1 Insufficient cpu.")}};
    pod[text("status")] = QJsonObject{{text("phase"), text("Pending")}, {text("conditions"), QJsonArray{scheduled}}};
    return pod;
}

QJsonObject waitingContainer(const char *reason, const char *message)
{
    QJsonObject pod = MessagingFixture::pod(text("nats-0"), false);
    const QJsonObject status{{text("name"), text("nats")}, {text("restartCount"), 3},
        {text("state"),
            QJsonObject{
                {text("waiting"), QJsonObject{{text("reason"), text(reason)}, {text("message"), text(message)}}}}}};
    pod[text("status")] =
        QJsonObject{{text("phase"), text("Pending")}, {text("containerStatuses"), QJsonArray{status}}};
    return pod;
}

} // namespace

class RuntimeStatusRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesEveryPhase()
    {
        using Kind = RuntimeOperation::Kind;
        using State = RuntimeOperation::State;
        QCOMPARE(runtimeStatus({}).phase, RuntimePhase::Absent);
        const auto phase = [](Kind kind, State state, const char *step, const QString &driver) {
            return toWire(runtimeStatus(observation(record(kind, state, step), driver)).phase);
        };
        const QString nobody;
        const QString somebody = text("ana@laptop");
        QCOMPARE(phase(Kind::Enable, State::Running, "", nobody), text("pending"));
        QCOMPARE(phase(Kind::Enable, State::Running, "", somebody), text("waiting_for_prerequisites"));
        QCOMPARE(phase(Kind::Enable, State::Running, RuntimeStepId::checkPrerequisites, somebody),
            text("waiting_for_prerequisites"));
        QCOMPARE(phase(Kind::Enable, State::Running, RuntimeStepId::waitForPods, nobody), text("provisioning"));
        QCOMPARE(phase(Kind::Enable, State::Done, "", nobody), text("ready"));
        QCOMPARE(phase(Kind::Enable, State::Failed, RuntimeStepId::waitForPods, nobody), text("failed"));
        QCOMPARE(phase(Kind::Disable, State::Running, RuntimeStepId::deleteVolumes, somebody), text("deleting"));
        QCOMPARE(phase(Kind::Disable, State::Failed, RuntimeStepId::deleteVolumes, somebody), text("failed"));
    }

    void countsSteps()
    {
        auto current =
            record(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Running, RuntimeStepId::waitForPods);
        current.operation.finishedSteps[text(RuntimeStepId::writeSecrets)] = std::chrono::milliseconds(300);
        const RuntimeStatus status = runtimeStatus(observation(current));
        QCOMPARE(status.steps.size(), 8);
        QCOMPARE(status.currentStep(), 5);
        QCOMPARE(status.percent(), 50);
        QCOMPARE(status.steps[1].elapsed, std::chrono::milliseconds(300));
        QCOMPARE(status.steps[3].state, RuntimeStep::State::Done);
        QCOMPARE(status.steps[4].state, RuntimeStep::State::Current);
        QCOMPARE(status.steps[5].state, RuntimeStep::State::Waiting);
    }

    void callsNothingDoneBeforeItIs()
    {
        auto current =
            record(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Failed, RuntimeStepId::waitForJetStream);
        current.spec.replicas = 1;
        // of an earlier run
        current.operation.finishedSteps[text(RuntimeStepId::verifyLogin)] = std::chrono::milliseconds(5300);
        const RuntimeStatus status = runtimeStatus(observation(current));
        QCOMPARE(status.steps[4].text(), text("Volumes bound and pods started"));
        QCOMPARE(status.steps[5].text(), text("Start JetStream"));
        QCOMPARE(status.steps[7].text(), text("Verify the client login"));
        QVERIFY(!status.steps[7].elapsed);
    }

    void tellsOfAnEnableThatCameNoFurtherThanItsRequest()
    {
        auto asked = record(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Requested, "");
        asked.operation.requestedBy = text("bo@desk");
        RuntimeObservation seen = observation(asked);
        QVERIFY(!runtimeStatus(seen).unbegun); // it may be on its way
        seen.isRequestOverdue = true;
        const RuntimeStatus status = runtimeStatus(seen);
        QCOMPARE(status.phase, RuntimePhase::Absent);
        QCOMPARE(status.unbegun, (UnbegunEnable{text("bo@desk"), asked.operation.requestedAt}));
        QVERIFY(!runtimeStatus({}).unbegun);
        asked.operation.state = RuntimeOperation::State::Running;
        seen = observation(asked);
        seen.isRequestOverdue = true;
        QVERIFY(!runtimeStatus(seen).unbegun);
    }

    void tellsWhileNoVolumeIsBound()
    {
        using State = RuntimeOperation::State;
        const auto claim = [](const char *phase) {
            return QJsonObject{{text("status"), QJsonObject{{text("phase"), text(phase)}}}};
        };
        const auto isTold = [](State state, const char *step, const QList<QJsonObject> &claims) {
            RuntimeObservation seen = observation(record(RuntimeOperation::Kind::Enable, state, step));
            seen.claims = claims;
            return runtimeStatus(seen).isNoVolumeBound;
        };
        const auto waits = RuntimeStepId::waitForPods;
        QVERIFY(isTold(State::Failed, waits, {claim("Pending"), claim("Pending")}));
        QVERIFY(!isTold(State::Failed, waits, {claim("Pending"), claim("Bound")}));
        QVERIFY(!isTold(State::Failed, waits, {}));
        QVERIFY(!isTold(State::Running, waits, {claim("Pending")}));
        QVERIFY(!isTold(State::Failed, RuntimeStepId::writeSecrets, {claim("Pending")}));
    }

    void forgetsHowLongItTookWhatIsUndone()
    {
        auto done = record(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done, "");
        done.operation.finishedSteps[text(RuntimeStepId::verifyLogin)] = std::chrono::milliseconds(5300);
        RuntimeObservation seen = observation(done);
        seen.parts.statefulSets = QList<QJsonObject>();
        const RuntimeStatus status = runtimeStatus(seen);
        QCOMPARE(status.phase, RuntimePhase::Failed);
        QCOMPARE(status.steps[7].text(), text("Verify the client login"));
        QVERIFY(!status.steps[7].elapsed);
    }

    void saysWhyAPodWaits_data()
    {
        QTest::addColumn<QJsonObject>("pod");
        QTest::addColumn<QString>("part");
        QTest::addColumn<bool>("isHopeless");
        QTest::newRow("no room") << unschedulable() << text("1 Insufficient cpu") << true;
        QTest::newRow("no image") << waitingContainer("ImagePullBackOff", "Back-off pulling image \"nats:9\"")
                                  << text("Back-off pulling image") << true;
        QTest::newRow("crash") << waitingContainer("CrashLoopBackOff", "back-off 20s restarting failed container")
                               << text("restarting failed") << true;
        QTest::newRow("just starting") << waitingContainer("ContainerCreating", "") << QString() << false;
    }

    void saysWhyAPodWaits()
    {
        QFETCH(QJsonObject, pod);
        QFETCH(QString, part);
        QFETCH(bool, isHopeless);
        const WaitReason reason = waitReason({pod}, {}, {});
        QVERIFY2(reason.sentence.contains(part), qPrintable(reason.sentence));
        QCOMPARE(reason.sentence.isEmpty(), part.isEmpty());
        QCOMPARE(reason.isHopeless, isHopeless);

        RuntimeObservation seen = observation(
            record(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Running, RuntimeStepId::waitForPods));
        seen.pods = {pod};
        QCOMPARE(runtimeStatus(seen).steps[4].note, reason.sentence);
    }

    void namesTheClaimThatFindsNoVolume()
    {
        const QJsonObject claim{
            {text("metadata"), QJsonObject{{text("name"), text("data-nats-0")}, {text("uid"), text("claim-uid")}}},
            {text("status"), QJsonObject{{text("phase"), text("Pending")}}}};
        const QJsonObject event{{text("reason"), text("ProvisioningFailed")}, {text("message"), text("quota exceeded")},
            {text("involvedObject"), QJsonObject{{text("uid"), text("claim-uid")}}}};
        const WaitReason reason = waitReason({unschedulable()}, {claim}, {event});
        QVERIFY2(reason.sentence.contains(text("data-nats-0: quota exceeded")), qPrintable(reason.sentence));
    }

    void survivesWrongTypes()
    {
        const QJsonObject hostile{{text("metadata"), 7}, {text("spec"), text("x")},
            {text("status"), QJsonObject{{text("conditions"), text("no")}, {text("containerStatuses"), 1}}}};
        const RuntimePod pod = runtimePod(hostile);
        QCOMPARE(pod.name, QString());
        QVERIFY(!pod.ready);
        QVERIFY(waitReason({hostile}, {hostile}, {hostile}).sentence.isEmpty());
    }

    void remembersARecordInTheCluster()
    {
        auto stored =
            record(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Failed, RuntimeStepId::waitForPods);
        stored.spec = {text("fast-ssd"), 80, 5, true};
        stored.operation.finishedSteps[text(RuntimeStepId::writeSecrets)] = std::chrono::milliseconds(12);
        stored.operation.error = Error{Error::Kind::Timeout, text("summary"), text("detail"), {}, {}};
        const auto read = RuntimeRecord::fromConfigMap(stored.toConfigMap(text("ns")));
        QVERIFY(read.has_value());
        QCOMPARE(*read, stored);
    }

    void refusesARecordThatCannotBe()
    {
        auto absurd = record(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Running, "");
        absurd.spec.replicas = 2000000000;
        const auto read = RuntimeRecord::fromConfigMap(absurd.toConfigMap(text("ns")));
        QVERIFY(!read);
        QVERIFY2(read.error().summary.contains(text("replicas")), qPrintable(read.error().summary));
    }

    void keepsWhatANewerVersionStored()
    {
        auto stored = record(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done, "");
        stored.storedSpec = {{text("leafNodes"), true}};
        const auto read = RuntimeRecord::fromConfigMap(stored.toConfigMap(text("ns")));
        QVERIFY(read.has_value());
        QCOMPARE(read->toConfigMap(text("ns")), stored.toConfigMap(text("ns")));
        QVERIFY(read->storedSpec[text("leafNodes")].toBool());
    }

    void namesWhatRefusesPods()
    {
        const QJsonObject event{{text("reason"), text("FailedCreate")},
            {text("message"), text("exceeded quota: small")},
            {text("involvedObject"), QJsonObject{{text("kind"), text("StatefulSet")}}}};
        const WaitReason reason = waitReason({}, {}, {event});
        QVERIFY2(reason.sentence.contains(text("exceeded quota")), qPrintable(reason.sentence));
        QVERIFY(reason.isHopeless);
    }

    /// The servers of a deleted StatefulSet serve until they have stopped.
    void isNotPlainlyReadyWithoutItsStatefulSet()
    {
        RuntimeObservation seen =
            observation(record(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done, ""));
        seen.parts.statefulSets = QList<QJsonObject>();
        seen.pods = {MessagingFixture::pod(text("nats-0"), true)};
        const RuntimeStatus going = runtimeStatus(seen);
        QCOMPARE(going.phase, RuntimePhase::Ready);
        QVERIFY(going.deviation && going.isDegraded());

        seen.pods.clear();
        const RuntimeStatus gone = runtimeStatus(seen);
        QCOMPARE(gone.phase, RuntimePhase::Failed);
        QVERIFY(gone.error && gone.error->summary.contains(text("Retry reconcile")));
        QCOMPARE(gone.steps[gone.currentStep() - 1].id, text(RuntimeStepId::writeStatefulSet));
        QVERIFY(gone.percent() < 100);

        seen.record = record(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Running, "write_statefulset");
        QVERIFY(!runtimeStatus(seen).deviation); // it is just being made
    }

    void saysThatPodsAreReadyAfterEnableGaveUpOnThem_data()
    {
        QTest::addColumn<QString>("step");
        QTest::addColumn<int>("ready");
        QTest::addColumn<bool>("isOver");
        QTest::newRow("all are") << text(RuntimeStepId::waitForPods) << 3 << true;
        QTest::newRow("one is not") << text(RuntimeStepId::waitForPods) << 2 << false;
        QTest::newRow("something else failed") << text(RuntimeStepId::waitForAccount) << 3 << false;
    }

    void saysThatPodsAreReadyAfterEnableGaveUpOnThem()
    {
        QFETCH(QString, step);
        QFETCH(int, ready);
        QFETCH(bool, isOver);
        auto failed = record(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Failed, "");
        failed.spec.replicas = 3;
        failed.operation.currentStep = step;
        failed.operation.error =
            Error{Error::Kind::Timeout, text("2 of 3 pods are ready."), text("no room for it"), {}, {}};
        RuntimeObservation seen = observation(failed);
        for (int i = 0; i < 3; ++i)
            seen.pods.append(MessagingFixture::pod(QStringLiteral("nats-%1").arg(i), i < ready));
        const RuntimeStatus status = runtimeStatus(seen);
        QCOMPARE(status.phase, RuntimePhase::Failed);
        QVERIFY(status.error);
        QCOMPARE(status.error->summary.startsWith(text("All 3 pods are ready now.")), isOver);
        QCOMPARE(status.error->summary.contains(text("Retry reconcile finishes Enable")), isOver);
        QVERIFY(status.error->text().contains(text("2 of 3 pods are ready.")));
        QVERIFY(status.error->detail.contains(text("no room for it")));
    }

    /// Whoever asked went away before anything began, or does it just now.
    void isAbsentUntilWhatWasAskedForBegins()
    {
        const auto asked = record(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Requested, "");
        QCOMPARE(runtimeStatus(observation(asked)).phase, RuntimePhase::Absent);
    }

    void seesServersWithoutARecord_data()
    {
        QTest::addColumn<bool>("hasStatefulSet");
        QTest::addColumn<bool>("isRequested");
        QTest::newRow("servers") << true << false;
        QTest::newRow("servers, and a request that never began") << true << true;
        QTest::newRow("pods alone") << false << false;
    }

    void seesServersWithoutARecord()
    {
        QFETCH(bool, hasStatefulSet);
        QFETCH(bool, isRequested);
        const RuntimeSpec spec = MessagingFixture::request(3).spec;
        RuntimeObservation seen;
        seen.isRecordRead = true;
        if (isRequested)
            seen.record = record(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Requested, "");
        if (hasStatefulSet)
            seen.parts.statefulSets = QList{RuntimeManifests(MessagingFixture::nameSpace, spec).statefulSet()};
        seen.pods = {MessagingFixture::pod(text("nats-0"), true)};
        const RuntimeStatus status = runtimeStatus(seen);
        QCOMPARE(status.phase, RuntimePhase::Failed);
        QVERIFY(status.error && status.error->summary.contains(text("ConfigMap pennant-runtime was deleted")));
        QCOMPARE(status.error->summary.contains(text("Retry reconcile")), hasStatefulSet);
        QCOMPARE(status.deviation->canBePutBack, hasStatefulSet);
        QCOMPARE(status.spec, hasStatefulSet ? std::optional(spec) : std::nullopt);

        seen.isRecordRead = false; // it may well be there
        QCOMPARE(runtimeStatus(seen).phase, RuntimePhase::Absent);
    }

    void saysWhetherServersWithoutARecordCanBeUsed_data()
    {
        QTest::addColumn<bool>("isReady");
        QTest::addColumn<QStringList>("secrets");
        QTest::addColumn<QString>("words");
        QTest::addColumn<bool>("canBePutBack");
        const QStringList all{text("nats-account-default"), text("nats-config")};
        QTest::newRow("served") << true << all << text("clients can go on using them") << true;
        QTest::newRow("not ready") << false << all << text("none of them is ready") << true;
        QTest::newRow("made after Disable") << false << QStringList() << text("carried it out late") << false;
        QTest::newRow("without the password")
            << true << QStringList{text("nats-config")} << text("only copy of the clients' password") << false;
    }

    void saysWhetherServersWithoutARecordCanBeUsed()
    {
        QFETCH(bool, isReady);
        QFETCH(QStringList, secrets);
        QFETCH(QString, words);
        QFETCH(bool, canBePutBack);
        const RuntimeManifests manifests(MessagingFixture::nameSpace, MessagingFixture::request().spec);
        RuntimeObservation seen;
        seen.isRecordRead = true;
        seen.parts.statefulSets = QList{manifests.statefulSet()};
        seen.parts.secrets = QList<QJsonObject>();
        for (const QString &name : secrets)
            seen.parts.secrets->append(manifests.secret(name, {}, {}, {}));
        seen.pods = {MessagingFixture::pod(text("nats-0"), isReady)};
        const RuntimeStatus status = runtimeStatus(seen);
        QVERIFY2(status.error->summary.contains(words), qPrintable(status.error->summary));
        QCOMPARE(status.error->summary.contains(text("can go on using them")), isReady);
        QCOMPARE(status.deviation->canBePutBack, canBePutBack);
    }

    void saysThatARuntimeIsOfANewerPennant()
    {
        RuntimeRecord newer = record(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done, "");
        newer.storedSpec = {{text("needs"), runtimeFormat + 1}, {text("writtenBy"), text("7.1")}};
        RuntimeObservation seen = observation(newer, {});
        seen.pods = {MessagingFixture::pod(text("nats-0"), true)};
        const RuntimeStatus status = runtimeStatus(seen);
        QCOMPARE(status.phase, RuntimePhase::Ready);
        QVERIFY(status.obstacle && status.obstacle->summary.contains(text("Use Pennant 7.1 or a newer one")));
        QVERIFY(status.deviation && !status.deviation->canBePutBack);
    }

    void takesNothingElseForServersWithoutARecord()
    {
        const auto going = [](QJsonObject object) {
            QJsonObject metadata = object[text("metadata")].toObject();
            metadata[text("deletionTimestamp")] = text("2026-01-02T03:04:05Z");
            object[text("metadata")] = metadata;
            return object;
        };
        QJsonObject servers =
            RuntimeManifests(MessagingFixture::nameSpace, MessagingFixture::request().spec).statefulSet();
        RuntimeObservation seen;
        seen.isRecordRead = true;
        seen.parts.statefulSets = QList{going(servers)};
        seen.pods = {going(MessagingFixture::pod(text("nats-0"), true))};
        QCOMPARE(runtimeStatus(seen).phase, RuntimePhase::Absent);

        servers[text("metadata")] = QJsonObject{{text("name"), text("nats")}}; // somebody else's
        seen.parts.statefulSets = QList{servers};
        QCOMPARE(runtimeStatus(seen).phase, RuntimePhase::Absent);
    }

    void saysWhichKeyOfTheRecordIsBroken()
    {
        QJsonObject configMap =
            record(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done, "").toConfigMap(text("ns"));
        configMap[text("data")] = QJsonObject{{text("spec.json"), text("{")}};
        RuntimeObservation seen;
        seen.record = RuntimeRecord::fromConfigMap(configMap);
        const RuntimeStatus status = runtimeStatus(seen);
        QCOMPARE(status.phase, RuntimePhase::Failed);
        QVERIFY(status.error && status.error->summary.contains(text("spec.json")));
    }
};

QTEST_GUILESS_MAIN(RuntimeStatusRulesTest)
#include "tst_runtimestatusrules.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimestatusrules.h"

#include "services/messaging/podrules.h"
#include "services/messaging/recordlessrules.h"
#include "services/messaging/runtimemanifests.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimesteps.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QStringList>

#include <algorithm>

namespace {

QString say(const char *source)
{
    return QCoreApplication::translate("RuntimeStatus", source);
}

RuntimePhase phaseOf(const RuntimeOperation &operation, bool isDriven)
{
    using Kind = RuntimeOperation::Kind;
    switch (operation.state) {
    case RuntimeOperation::State::Requested:
        return RuntimePhase::Absent;
    case RuntimeOperation::State::Failed:
        return RuntimePhase::Failed;
    case RuntimeOperation::State::Done:
        return operation.kind == Kind::Enable ? RuntimePhase::Ready : RuntimePhase::Absent;
    case RuntimeOperation::State::Running:
        break;
    }
    if (operation.kind == Kind::Disable)
        return RuntimePhase::Deleting;
    if (operation.currentStep.isEmpty() && !isDriven)
        return RuntimePhase::Pending;
    const bool checks =
        operation.currentStep.isEmpty() || operation.currentStep == QLatin1String(RuntimeStepId::checkPrerequisites);
    return checks ? RuntimePhase::WaitingForPrerequisites : RuntimePhase::Provisioning;
}

QList<RuntimeStep> stepsWithStates(const RuntimeRecord &record)
{
    const RuntimeOperation &operation = record.operation;
    QList<RuntimeStep> steps = stepsOf(operation.kind, record.spec);
    bool isBehindCurrent = operation.state != RuntimeOperation::State::Done && operation.currentStep.isEmpty();
    for (RuntimeStep &step : steps) {
        const auto finished = operation.finishedSteps.constFind(step.id);
        if (finished != operation.finishedSteps.cend())
            step.elapsed = *finished;
        if (operation.state != RuntimeOperation::State::Done && step.id == operation.currentStep) {
            isBehindCurrent = true;
            step.state = operation.state == RuntimeOperation::State::Failed ? RuntimeStep::State::Failed
                                                                            : RuntimeStep::State::Current;
            step.elapsed.reset();
        } else if (isBehindCurrent) {
            // what an earlier run took for it says nothing of this one
            step.state = RuntimeStep::State::Waiting;
            step.elapsed.reset();
        } else {
            step.state = RuntimeStep::State::Done;
        }
    }
    return steps;
}

void addNote(QList<RuntimeStep> &steps, const RuntimeObservation &observation)
{
    for (RuntimeStep &step : steps) {
        if (step.id == QLatin1String(RuntimeStepId::waitForPods)
            && (step.state == RuntimeStep::State::Current || step.state == RuntimeStep::State::Failed))
            step.note = waitReason(observation.pods, observation.claims, observation.events).sentence;
    }
}

/// The step whose work is undone, and all behind it, are to be done again.
void markUndone(QList<RuntimeStep> &steps, const QString &from)
{
    const auto undone =
        std::find_if(steps.begin(), steps.end(), [&from](const RuntimeStep &step) { return step.id == from; });
    for (auto step = undone; step != steps.end(); ++step) {
        step->state = step == undone ? RuntimeStep::State::Failed : RuntimeStep::State::Waiting;
        step->elapsed.reset();
    }
}

/// A runtime that was made, and of which something is missing: failed where nothing of it serves any more.
void noteDeviation(RuntimeStatus &status, const RuntimeParts &parts, int format)
{
    if (status.phase != RuntimePhase::Ready)
        return;
    status.deviation = deviationOf(*status.spec, status.nameSpace, parts, format);
    if (!status.deviation || status.readyPods() > 0)
        return;
    status.phase = RuntimePhase::Failed;
    status.error = status.deviation->error;
    markUndone(status.steps, status.deviation->undoneStep);
}

/// The first of `objects` that another tool keeps, and would put back if `isPuttingBack`.
std::optional<KeptObject> keptIn(
    const std::optional<QList<QJsonObject>> &objects, const QString &kind, bool isPuttingBack)
{
    for (const QJsonObject &object : objects.value_or(QList<QJsonObject>())) {
        const std::optional<Owner> owner = ownerOf(object);
        const QString name = object[QLatin1String("metadata")][QLatin1String("name")].toString();
        if (owner && owner->isPuttingBack() == isPuttingBack)
            return KeptObject{kind + u' ' + name, *owner};
    }
    return std::nullopt;
}

/// Whoever puts changes back goes before those who don't.
std::optional<KeptObject> keptOf(const RuntimeParts &parts)
{
    const std::pair<const std::optional<QList<QJsonObject>> &, const char *> all[]{{parts.statefulSets, "StatefulSet"},
        {parts.services, "Service"}, {parts.secrets, "Secret"}, {parts.disruptionBudgets, "PodDisruptionBudget"},
        {parts.networkPolicies, "NetworkPolicy"}};
    for (const bool isPuttingBack : {true, false}) {
        for (const auto &[objects, kind] : all) {
            if (auto kept = keptIn(objects, QLatin1String(kind), isPuttingBack))
                return kept;
        }
    }
    return std::nullopt;
}

/// Two that put back what the other has changed never end: here nothing is mended then.
void noteKept(RuntimeStatus &status, const RuntimeParts &parts)
{
    status.kept = keptOf(parts);
    if (status.keptReason().isEmpty() || !status.deviation)
        return;
    Error &told = status.deviation->error;
    told.detail = told.summary;
    told.summary = say("Pennant does not mend it. %1").arg(status.keptReason());
    status.deviation->canBePutBack = false;
    if (status.phase == RuntimePhase::Failed)
        status.error = told;
}

/// A runtime of a newer Pennant: nothing here goes on with it, which needs a word.
void noteObstacle(RuntimeStatus &status)
{
    if (!status.obstacle)
        return;
    if (status.phase == RuntimePhase::Ready && !status.deviation)
        status.deviation = RuntimeDeviation{*status.obstacle, {}, false};
    if (!status.isInProgress() || !status.drivenBy.isEmpty() || status.steps.isEmpty())
        return;
    const auto current = std::find_if(status.steps.begin(), status.steps.end(),
        [](const RuntimeStep &step) { return step.state == RuntimeStep::State::Current; });
    (current == status.steps.end() ? status.steps.first() : *current).note = status.obstacle->summary;
}

/// Servers whose record somebody deleted.
void noteRecordless(RuntimeStatus &status, const RuntimeObservation &observation)
{
    if (!observation.isRecordRead)
        return;
    const RuntimeParts &parts = observation.parts;
    const auto runtime =
        recordlessRuntime(parts.statefulSets.value_or(QList<QJsonObject>()), observation.pods, parts.secrets);
    if (!runtime)
        return;
    status.phase = RuntimePhase::Failed;
    status.spec = runtime->spec;
    status.obstacle = runtime->obstacle;
    status.deviation = runtime->deviation;
    status.error = runtime->deviation.error;
}

/// Enable gave up waiting for pods that have become ready since. Nothing goes on by itself: whoever asked was told that
/// it failed, and may want something else by now. But what is wrong no longer is.
void noteRecovery(RuntimeStatus &status, const RuntimeOperation &operation)
{
    const bool isWaitOver = operation.state == RuntimeOperation::State::Failed
        && operation.currentStep == QLatin1String(RuntimeStepId::waitForPods);
    const int wanted = status.wantedPods();
    if (!isWaitOver || status.readyPods() < wanted || status.pods.size() != wanted)
        return;
    const QString summary = wanted == 1
        ? say("The pod is ready now. It was not when Enable gave up waiting; Retry reconcile finishes Enable.")
        : say("All %1 pods are ready now. They were not when Enable gave up waiting; Retry reconcile finishes Enable.")
              .arg(wanted);
    const Error then = status.error.value_or(Error{});
    const QStringList words{say("What was said then: %1").arg(then.summary), then.detail};
    status.error = Error{Error::Kind::NotReady, summary, words.join(QLatin1Char('\n')).trimmed(), {}, {}};
}

/// Nobody else can go on with it: only whoever asked knows the client's password. Whoever is still at it is not told
/// of.
void noteUnbegun(RuntimeStatus &status, const RuntimeObservation &observation)
{
    if (!observation.record || !*observation.record || status.phase != RuntimePhase::Absent
        || !observation.isRequestOverdue)
        return;
    const RuntimeOperation &operation = (*observation.record)->operation;
    if (operation.kind == RuntimeOperation::Kind::Enable && operation.state == RuntimeOperation::State::Requested)
        status.unbegun = UnbegunEnable{operation.requestedBy, operation.requestedAt};
}

/// Enable gave up waiting for pods none of which has a volume: another storage class may be all that it takes.
bool isNoVolumeBound(const RuntimeOperation &operation, const QList<QJsonObject> &claims)
{
    if (operation.state != RuntimeOperation::State::Failed
        || operation.currentStep != QLatin1String(RuntimeStepId::waitForPods))
        return false;
    return !claims.isEmpty() && std::none_of(claims.cbegin(), claims.cend(), [](const QJsonObject &claim) {
        return claim[QLatin1String("status")][QLatin1String("phase")] == QLatin1String("Bound")
            || !claim[QLatin1String("spec")][QLatin1String("volumeName")].toString().isEmpty();
    });
}

/// What the pods really run; before there are any, what they will.
QString serverImage(const QList<QJsonObject> &pods)
{
    for (const QJsonObject &pod : pods) {
        const QJsonArray containers = pod[QLatin1String("spec")][QLatin1String("containers")].toArray();
        for (const QJsonValue &container : containers) {
            const QString image = container[QLatin1String("image")].toString();
            if (container[QLatin1String("name")] == QLatin1String(RuntimeNames::serverContainer) && !image.isEmpty())
                return image;
        }
    }
    return RuntimeManifests::serverImage();
}

} // namespace

std::optional<RuntimeRecord> begunRecord(const RuntimeObservation &observation)
{
    if (!observation.record || !*observation.record || !(*observation.record)->operation.hasBegun())
        return std::nullopt;
    return **observation.record;
}

RuntimeStatus runtimeStatus(const RuntimeObservation &observation)
{
    RuntimeStatus status;
    status.nameSpace = observation.nameSpace;
    status.drivenBy = observation.driver;
    status.isDrivenHere = observation.isDrivenHere;
    for (const QJsonObject &pod : observation.pods)
        status.pods.append(runtimePod(pod));
    std::sort(status.pods.begin(), status.pods.end(),
        [](const RuntimePod &a, const RuntimePod &b) { return a.name < b.name; });
    if (observation.record && !*observation.record) {
        status.phase = RuntimePhase::Failed;
        status.error = observation.record->error();
        return status;
    }
    const auto begun = begunRecord(observation);
    if (!begun) {
        noteRecordless(status, observation);
        noteUnbegun(status, observation);
        return status;
    }
    const RuntimeRecord &record = *begun;
    status.phase = phaseOf(record.operation, !observation.driver.isEmpty());
    status.spec = record.spec;
    status.operation = record.operation.id;
    status.steps = stepsWithStates(record);
    addNote(status.steps, observation);
    status.error = record.operation.error;
    status.since = record.operation.requestedAt;
    status.requestedBy = record.operation.requestedBy;
    status.serverImage = serverImage(observation.pods);
    status.isNoVolumeBound = isNoVolumeBound(record.operation, observation.claims);
    status.missingRoles = missingRoles(observation.parts, record);
    status.rolesProblem = record.operation.rolesProblem;
    status.isOfEarlierFormat = record.format() < runtimeFormat;
    noteDeviation(status, observation.parts, record.format());
    noteKept(status, observation.parts);
    noteRecovery(status, record.operation);
    status.obstacle = record.obstacle();
    noteObstacle(status);
    return status;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/podrules.h"

#include "services/messaging/schedulingadvice.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <optional>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

QString say(const char *source)
{
    return QCoreApplication::translate("RuntimeStatus", source);
}

/// What a container waits or ended for, if that is not just its start.
struct Trouble {
    QString state;
    QString message;
};

std::optional<Trouble> troubleOf(const QJsonObject &containerStatus)
{
    const QJsonObject state = containerStatus[text("state")].toObject();
    const QJsonObject waiting = state[text("waiting")].toObject();
    const QString reason = waiting[text("reason")].toString();
    if (!reason.isEmpty() && reason != text("ContainerCreating") && reason != text("PodInitializing")) {
        QString message = waiting[text("message")].toString();
        const QJsonObject last = containerStatus[text("lastState")][text("terminated")].toObject();
        if (reason == text("CrashLoopBackOff") && !last.isEmpty())
            message += say(" Last exit: %1, code %2.")
                           .arg(last[text("reason")].toString())
                           .arg(last[text("exitCode")].toInt());
        return Trouble{reason, message};
    }
    const QJsonObject terminated = state[text("terminated")].toObject();
    if (!terminated.isEmpty())
        return Trouble{terminated[text("reason")].toString(text("Terminated")), terminated[text("message")].toString()};
    return std::nullopt;
}

bool hasEverRun(const QJsonObject &containerStatus)
{
    const QJsonObject state = containerStatus[text("state")].toObject();
    return state.contains(text("running")) || state.contains(text("terminated"))
        || containerStatus[text("lastState")].toObject().contains(text("terminated"))
        || containerStatus[text("restartCount")].toInt() > 0;
}

/// The kubelet tells of containers only once it has taken up the pod.
QStringList unstartedContainers(const QStringList &containers, const QJsonObject &podStatus)
{
    const bool isPending = podStatus[text("phase")] == text("Pending");
    QStringList unstarted = isPending ? containers : QStringList();
    const QJsonArray statuses = podStatus[text("containerStatuses")].toArray();
    for (const QJsonValue &status : statuses) {
        const QString name = status[text("name")].toString();
        unstarted.removeAll(name);
        if (containers.contains(name) && !hasEverRun(status.toObject()))
            unstarted.append(name);
    }
    return unstarted;
}

QString condition(const QJsonObject &pod, const char *type, const char *member)
{
    const QJsonArray conditions = pod[text("status")][text("conditions")].toArray();
    for (const QJsonValue &entry : conditions) {
        if (entry[text("type")] == text(type))
            return entry[text(member)].toString();
    }
    return {};
}

/// The kubelet says "not ready" of the pod and of its containers at once; of the pod alone only the node controller
/// does, when the kubelet is no longer heard of (kubernetes/pkg/controller/util/node, MarkPodsNotReady). Readiness
/// gates are none of ours. "NodeLost" is what it writes when such a pod is evicted.
bool isOnLostNode(const QJsonObject &pod)
{
    if (pod[text("spec")][text("nodeName")].toString().isEmpty())
        return false;
    return pod[text("status")][text("reason")] == text("NodeLost")
        || (condition(pod, "Ready", "status") == text("False")
            && condition(pod, "ContainersReady", "status") == text("True"));
}

QString newestEventMessage(const QList<QJsonObject> &events, const QString &uid, const QStringList &reasons)
{
    QString newest;
    QString message;
    for (const QJsonObject &event : events) {
        const QString at = event[text("lastTimestamp")].toString(event[text("eventTime")].toString());
        if (event[text("involvedObject")][text("uid")] == uid && reasons.contains(event[text("reason")].toString())
            && at >= newest) {
            newest = at;
            message = event[text("message")].toString();
        }
    }
    return message;
}

QString uidOf(const QJsonObject &object)
{
    return object[text("metadata")][text("uid")].toString();
}

bool isHopeless(const QString &state)
{
    static const QStringList states{text("ErrImagePull"), text("ImagePullBackOff"), text("InvalidImageName"),
        text("CrashLoopBackOff"), text("CreateContainerConfigError"), text("CreateContainerError"),
        text("Unschedulable"), text("RunContainerError")};
    return states.contains(state);
}

} // namespace

RuntimePod runtimePod(const QJsonObject &pod)
{
    RuntimePod result;
    const QJsonObject metadata = pod[text("metadata")].toObject();
    result.name = metadata[text("name")].toString();
    result.node = pod[text("spec")][text("nodeName")].toString();
    result.state = pod[text("status")][text("phase")].toString(text("Unknown"));
    // a pod that is being deleted may stay Ready to its end, but serves nobody who comes now
    result.uid = metadata.value(text("uid")).toString();
    result.isEnding = metadata.contains(text("deletionTimestamp"));
    result.ready = condition(pod, "Ready", "status") == text("True") && !result.isEnding;
    const QJsonArray containers = pod[text("spec")][text("containers")].toArray();
    for (const QJsonValue &container : containers)
        result.containers.append(container[text("name")].toString());
    result.defaultContainer = metadata[text("annotations")][text("kubectl.kubernetes.io/default-container")].toString(
        result.containers.value(0));
    result.unstartedContainers = unstartedContainers(result.containers, pod[text("status")].toObject());
    const QJsonArray statuses = pod[text("status")][text("containerStatuses")].toArray();
    for (const QJsonValue &status : statuses) {
        result.restarts += status[text("restartCount")].toInt();
        const QString waitsFor = status[text("state")][text("waiting")][text("reason")].toString();
        if (const auto trouble = troubleOf(status.toObject())) {
            result.state = trouble->state;
            result.reason = trouble->message;
        } else if (result.state == text("Pending") && !waitsFor.isEmpty()) {
            result.state = waitsFor;
        }
    }
    if (condition(pod, "PodScheduled", "status") == text("False")) {
        result.state = condition(pod, "PodScheduled", "reason");
        result.reason = explainedScheduling(condition(pod, "PodScheduled", "message"));
    }
    if (isOnLostNode(pod)) {
        result.state = text("NodeNotReady");
        result.reason =
            say("Node %1 is not ready: it no longer answers the cluster, so nobody knows how the pod is. Look "
                "at it with `kubectl describe node %1`; when it is back, so is the pod.")
                .arg(result.node);
    }
    if (metadata.contains(text("deletionTimestamp")))
        result.state = text("Terminating");
    return result;
}

WaitReason waitReason(
    const QList<QJsonObject> &pods, const QList<QJsonObject> &claims, const QList<QJsonObject> &events)
{
    // A claim that finds no volume is the cause of a pod that can't be scheduled: name the cause.
    for (const QJsonObject &claim : claims) {
        if (claim[text("status")][text("phase")] == text("Bound"))
            continue;
        const QString message = newestEventMessage(events, uidOf(claim), {text("ProvisioningFailed")});
        if (!message.isEmpty())
            return {say("Volume %1: %2").arg(claim[text("metadata")][text("name")].toString(), message), true};
    }
    for (const QJsonObject &document : pods) {
        const RuntimePod pod = runtimePod(document);
        if (pod.ready)
            continue;
        if (!pod.reason.isEmpty() || isHopeless(pod.state))
            return {say("%1 waits: %2. %3").arg(pod.name, pod.state, pod.reason).trimmed(), isHopeless(pod.state)};
        const QString message = newestEventMessage(events, uidOf(document),
            {text("FailedScheduling"), text("FailedMount"), text("FailedAttachVolume"), text("FailedCreatePodSandBox"),
                text("Failed"), text("Unhealthy")});
        if (!message.isEmpty())
            return {say("%1 waits: %2").arg(pod.name, message), false};
    }
    // No pod at all: a quota, a webhook or the namespace's Pod Security refuses them, and only the StatefulSet is told.
    if (pods.isEmpty()) {
        for (const QJsonObject &event : events) {
            const QJsonObject about = event[text("involvedObject")].toObject();
            if (about[text("kind")] == text("StatefulSet") && event[text("reason")] == text("FailedCreate"))
                return {say("No pod can be created: %1").arg(event[text("message")].toString()), true};
        }
    }
    return {};
}

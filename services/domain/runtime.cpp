// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/runtime.h"

#include <QCoreApplication>

#include <algorithm>

namespace {

constexpr int shortestPassword = 12;
constexpr int longestPassword = 72; // bcrypt reads no further

QString text(const char *source)
{
    return QCoreApplication::translate("Runtime", source);
}

/// nats-server takes streams that its cluster's metadata doesn't name for orphans and deletes them 30 s after it has
/// joined; a server without a cluster doesn't load streams of several copies (JetStream error 10074).
QString replicasRefusal(int running, int wanted)
{
    if (running == 1)
        return text(
            "A single server that becomes a member of a cluster deletes the streams it has. They must be carried "
            "over by a guided migration, which this version doesn't have yet.");
    if (wanted == 1)
        return text("A single server can't open streams that are kept in several copies. They must be brought together "
                    "first by a guided migration, which this version doesn't have yet.");
    if (wanted < running)
        return text(
            "Streams that live on the pods that go would be lost. They must be moved first by a guided migration, "
            "which this version doesn't have yet.");
    return text("New pods take part only after the cluster has been told of them by a guided migration, which this "
                "version doesn't have yet.");
}

QString storageRefusal(int running, int wanted)
{
    if (wanted < running)
        return text("Volumes can't shrink. Disable NATS and enable it again with less storage.");
    return text("Volumes can't be grown by this version yet.");
}

} // namespace

FieldErrors validate(const RuntimeSpec &spec)
{
    FieldErrors errors;
    if (spec.storageClass.trimmed().isEmpty())
        errors.append({QStringLiteral("storageClass"),
            text("Choose a storage class: JetStream keeps its state on volumes of it.")});
    if (spec.storageGibibytes < 1 || spec.storageGibibytes > 65536)
        errors.append({QStringLiteral("storageGibibytes"), text("Enter a size from 1 to 65,536 GiB.")});
    if (spec.replicas != 1 && spec.replicas != 3 && spec.replicas != 5)
        errors.append(
            {QStringLiteral("replicas"), text("Choose 1, 3 or 5 replicas: only odd numbers can form a quorum.")});
    return errors;
}

FieldErrors refusedChanges(const RuntimeSpec &running, const RuntimeSpec &wanted)
{
    FieldErrors refused;
    if (wanted.storageClass != running.storageClass)
        refused.append({QStringLiteral("storageClass"),
            text("The storage class is fixed since provisioning: volumes can't change theirs.")});
    if (wanted.storageGibibytes != running.storageGibibytes)
        refused.append(
            {QStringLiteral("storageGibibytes"), storageRefusal(running.storageGibibytes, wanted.storageGibibytes)});
    if (wanted.replicas != running.replicas)
        refused.append({QStringLiteral("replicas"), replicasRefusal(running.replicas, wanted.replicas)});
    if (wanted.webSocketEnabled != running.webSocketEnabled)
        refused.append({QStringLiteral("webSocketEnabled"),
            text("Servers read their listeners at start only, and this version can't restart them one by one yet.")});
    return refused;
}

FieldErrors validateClientPassword(const QString &password)
{
    const auto wrong = [](const QString &message) { return FieldErrors{{QStringLiteral("password"), message}}; };
    if (password.isEmpty())
        return wrong(text("Enter a password, or generate one."));
    if (password.size() < shortestPassword)
        return wrong(text("Use at least %1 characters, or generate a password.").arg(shortestPassword));
    if (password.toUtf8().size() > longestPassword)
        return wrong(text("Use at most %1 bytes: the server compares no more (bcrypt).").arg(longestPassword));
    const bool typable = std::all_of(password.cbegin(), password.cend(), [](QChar c) { return c.isPrint(); });
    if (!typable)
        return wrong(text("Use printable characters only."));
    // several client libraries, cnats among them, put it into JSON as it is
    if (password.contains(QLatin1Char('"')) || password.contains(QLatin1Char('\\')))
        return wrong(text("Leave out quotation marks and backslashes: several client libraries can't send them."));
    if (password.startsWith(QLatin1String("$2")))
        return wrong(text("A password can't begin with \"$2\": the server would take it for a bcrypt hash."));
    return {};
}

int RuntimeStatus::percent() const
{
    if (phase == RuntimePhase::Ready)
        return 100;
    if (steps.isEmpty())
        return 0;
    const auto done = std::count_if(
        steps.cbegin(), steps.cend(), [](const RuntimeStep &step) { return step.state == RuntimeStep::State::Done; });
    return int(done * 100 / steps.size());
}

int RuntimeStatus::currentStep() const
{
    for (int i = 0; i < steps.size(); ++i) {
        if (steps[i].state == RuntimeStep::State::Current || steps[i].state == RuntimeStep::State::Failed)
            return i + 1;
    }
    return 0;
}

bool RuntimeStatus::isInProgress() const
{
    return phase != RuntimePhase::Absent && phase != RuntimePhase::Ready && phase != RuntimePhase::Failed;
}

int RuntimeStatus::readyPods() const
{
    return int(std::count_if(pods.cbegin(), pods.cend(), [](const RuntimePod &pod) { return pod.ready; }));
}

QStringList RuntimeStatus::readyPodNames() const
{
    QStringList names;
    for (const RuntimePod &pod : pods) {
        if (pod.ready)
            names.append(pod.name);
    }
    return names;
}

int RuntimeStatus::wantedPods() const
{
    return spec ? spec->replicas : int(pods.size());
}

bool RuntimeStatus::isShortOfPods() const
{
    return phase == RuntimePhase::Ready && readyPods() < wantedPods();
}

bool RuntimeStatus::isDown() const
{
    return phase == RuntimePhase::Ready && readyPods() == 0;
}

bool RuntimeStatus::isDegraded() const
{
    return isShortOfPods() || (phase == RuntimePhase::Ready && deviation);
}

bool RuntimeStatus::hasQuorum() const
{
    return readyPods() > wantedPods() / 2;
}

QString RuntimeStatus::keptReason() const
{
    return kept && kept->owner.isPuttingBack() ? kept->reason() : QString();
}

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

} // namespace

FieldErrors validate(const RuntimeSpec &spec)
{
    FieldErrors errors;
    if (spec.storageClass.trimmed().isEmpty())
        errors.append({QStringLiteral("storageClass"),
            text("Choose a storage class: JetStream keeps its state on volumes of it.")});
    if (spec.storageGibibytes < 1 || spec.storageGibibytes > 65536)
        errors.append({QStringLiteral("storageGibibytes"), text("Enter a size from 1 to 65,536 Gi.")});
    if (spec.replicas != 1 && spec.replicas != 3 && spec.replicas != 5)
        errors.append(
            {QStringLiteral("replicas"), text("Choose 1, 3 or 5 replicas: only odd numbers can form a quorum.")});
    return errors;
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/recordlessrules.h"

#include "services/domain/account.h"
#include "services/messaging/podrules.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimerecord.h"
#include "services/messaging/runtimesteps.h"

#include <QCoreApplication>

#include <algorithm>

namespace {

QString say(const char *source)
{
    return QCoreApplication::translate("RecordlessRuntime", source);
}

QJsonObject metadataOf(const QJsonObject &object)
{
    return object[QLatin1String("metadata")].toObject();
}

bool isStaying(const QJsonObject &object)
{
    return !metadataOf(object).contains(QLatin1String("deletionTimestamp"));
}

bool isOurServer(const QJsonObject &statefulSet)
{
    return metadataOf(statefulSet)[QLatin1String("name")] == QLatin1String(RuntimeNames::server)
        && isManagedByPennant(statefulSet) && isStaying(statefulSet);
}

bool isAnyReady(const QList<QJsonObject> &pods)
{
    return std::any_of(pods.cbegin(), pods.cend(), [](const QJsonObject &pod) { return runtimePod(pod).ready; });
}

bool isMissing(const std::optional<QList<QJsonObject>> &secrets, const QString &name)
{
    return secrets && std::none_of(secrets->cbegin(), secrets->cend(), [&name](const QJsonObject &secret) {
        return metadataOf(secret)[QLatin1String("name")] == name && isStaying(secret);
    });
}

/// How the servers are, and whether clients can use them.
QString state(bool canStart, bool isReady)
{
    const QString record = QLatin1String(RuntimeNames::record);
    if (isReady)
        return say("ConfigMap %1 was deleted, and with it what the cluster remembers of its NATS runtime. Its servers "
                   "are still there, and clients can go on using them.")
            .arg(record);
    if (canStart)
        return say("ConfigMap %1 was deleted, and with it what the cluster remembers of its NATS runtime. Its servers "
                   "are still there, but none of them is ready, so clients can't use them.")
            .arg(record);
    return say("There are servers of a NATS runtime without ConfigMap %1, which remembers what was asked for, and "
               "without the Secrets that they need to start: clients can't use them. A change that was under way while "
               "NATS was disabled leaves this behind where the cluster carried it out late.")
        .arg(record);
}

QString cure(const RecordlessRuntime &runtime, bool isPasswordLost, bool canStart)
{
    if (runtime.obstacle)
        return runtime.obstacle->summary;
    const QString servers = QLatin1String(RuntimeNames::server);
    if (runtime.spec && !isPasswordLost)
        return say("Retry reconcile writes it again from StatefulSet %1 and keeps volumes and passwords; Disable NATS "
                   "removes the runtime.")
            .arg(servers);
    if (!canStart)
        return say("Disable NATS removes them, with the volumes of StatefulSet %1.").arg(servers);
    if (isPasswordLost)
        return say("Put it back from a backup, and with it Secret %1, the only copy of the clients' password. Disable "
                   "NATS removes the runtime.")
            .arg(RuntimeNames::clientSecret(defaultAccountName()));
    return say("Put it back from a backup: StatefulSet %1 doesn't say what was asked for. Disable NATS removes the "
               "runtime.")
        .arg(servers);
}

} // namespace

std::optional<RecordlessRuntime> recordlessRuntime(const QList<QJsonObject> &statefulSets,
    const QList<QJsonObject> &pods, const std::optional<QList<QJsonObject>> &secrets)
{
    const auto servers = std::find_if(statefulSets.cbegin(), statefulSets.cend(), isOurServer);
    if (servers == statefulSets.cend() && std::none_of(pods.cbegin(), pods.cend(), isStaying))
        return std::nullopt;
    RecordlessRuntime runtime;
    if (servers != statefulSets.cend()) {
        const QJsonObject annotations = metadataOf(*servers)[QLatin1String("annotations")].toObject();
        const QString asked = annotations[QLatin1String(RuntimeNames::specAnnotation)].toString();
        runtime.spec = specFromText(asked);
        runtime.obstacle = specObstacle(asked);
    }
    // Enable makes a lost configuration again, but not the clients' password.
    const bool isPasswordLost = isMissing(secrets, RuntimeNames::clientSecret(defaultAccountName()));
    const bool canStart = !isPasswordLost || !isMissing(secrets, QLatin1String(RuntimeNames::configSecret));
    const bool canBePutBack = runtime.spec && !runtime.obstacle && !isPasswordLost;
    const QString words =
        state(canStart, isAnyReady(pods)) + QLatin1Char(' ') + cure(runtime, isPasswordLost, canStart);
    runtime.deviation = {
        {Error::Kind::Conflict, words, {}, {}, {}}, QLatin1String(RuntimeStepId::checkPrerequisites), canBePutBack};
    return runtime;
}

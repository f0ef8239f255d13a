// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/recordlessrules.h"

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

QString words(bool isKnown)
{
    const QString lost =
        say("ConfigMap %1 was deleted, and with it what the cluster remembers of its NATS runtime. Its servers are "
            "still there, and clients can go on using them.")
            .arg(QLatin1String(RuntimeNames::record));
    const QString cure = isKnown
        ? say("Retry reconcile writes it again from StatefulSet %1 and keeps volumes and passwords; Disable NATS "
              "removes the runtime.")
        : say("Put it back from a backup: StatefulSet %1 doesn't say what was asked for. Disable NATS removes the "
              "runtime.");
    return lost + QLatin1Char(' ') + cure.arg(QLatin1String(RuntimeNames::server));
}

} // namespace

std::optional<RecordlessRuntime> recordlessRuntime(
    const QList<QJsonObject> &statefulSets, const QList<QJsonObject> &pods)
{
    const auto servers = std::find_if(statefulSets.cbegin(), statefulSets.cend(), isOurServer);
    if (servers == statefulSets.cend() && std::none_of(pods.cbegin(), pods.cend(), isStaying))
        return std::nullopt;
    RecordlessRuntime runtime;
    if (servers != statefulSets.cend()) {
        const QJsonObject annotations = metadataOf(*servers)[QLatin1String("annotations")].toObject();
        runtime.spec = specFromText(annotations[QLatin1String(RuntimeNames::specAnnotation)].toString());
    }
    const bool isKnown = runtime.spec.has_value();
    runtime.deviation = {
        {Error::Kind::Conflict, words(isKnown), {}, {}, {}}, QLatin1String(RuntimeStepId::checkPrerequisites), isKnown};
    return runtime;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/rolloutrules.h"

#include "services/base/error.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/podrules.h"
#include "services/messaging/runtimenames.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>
#include <QVersionNumber>

#include <algorithm>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

QString say(const char *source)
{
    return QCoreApplication::translate("RuntimeChecks", source);
}

QJsonObject podSpec(const QJsonObject &object)
{
    const QJsonObject spec = object[text("spec")].toObject();
    return object[text("kind")] == text("Pod") ? spec : spec[text("template")][text("spec")].toObject();
}

/// Major and minor of the nats-server in `object`; null where its image doesn't tell.
QVersionNumber serverVersion(const QJsonObject &object)
{
    static const QRegularExpression tag(QStringLiteral(":v?(\\d+)\\.(\\d+)[^/:@]*(@[^/]*)?\\z"));
    const QJsonArray containers = podSpec(object)[text("containers")].toArray();
    for (const QJsonValue &container : containers) {
        if (container[text("name")] != text(RuntimeNames::serverContainer))
            continue;
        const QRegularExpressionMatch match = tag.match(container[text("image")].toString());
        if (match.hasMatch())
            return {match.captured(1).toInt(), match.captured(2).toInt()};
    }
    return {};
}

/// Names of those that a StatefulSet of `replicas` does not make.
QStringList surplusPods(const QList<QJsonObject> &pods, int replicas)
{
    QStringList surplus;
    for (const QJsonObject &pod : pods)
        surplus.append(pod[text("metadata")][text("name")].toString());
    for (int ordinal = 0; ordinal < replicas; ++ordinal)
        surplus.removeAll(text(RuntimeNames::server) + QLatin1Char('-') + QString::number(ordinal));
    surplus.sort();
    return surplus;
}

} // namespace

int readyPodsOf(const QJsonObject &servers, qint64 generation, const QList<QJsonObject> &pods)
{
    const qint64 seen = servers[text("metadata")][text("generation")].toInteger();
    const QJsonObject status = servers[text("status")].toObject();
    if (seen < generation || status[text("observedGeneration")].toInteger() < seen)
        return 0;
    const QString revision = status[text("updateRevision")].toString();
    return int(std::count_if(pods.cbegin(), pods.cend(), [&revision](const QJsonObject &pod) {
        const QJsonObject labels = pod[text("metadata")][text("labels")].toObject();
        return runtimePod(pod).ready && labels[text("controller-revision-hash")].toString() == revision;
    }));
}

Error podsNotReady(int ready, int replicas, const QList<QJsonObject> &pods, const QString &reason)
{
    const QStringList surplus = surplusPods(pods, replicas);
    const QString words = ready < replicas || surplus.isEmpty()
        ? say("%1 of %2 pods are ready. Mend what the cluster says below, then retry: what exists already is kept.")
              .arg(ready)
              .arg(replicas)
        : say("There are more pods than the %1 that were asked for: %2. Find out with `kubectl describe pod` who made "
              "them or what holds them, then retry once they have gone: what exists already is kept.")
              .arg(replicas)
              .arg(surplus.join(QStringLiteral(", ")));
    return {Error::Kind::Timeout, words, reason, {}, {}};
}

std::optional<Error> serverDowngrade(const QJsonObject &found, const QJsonObject &wanted)
{
    const QVersionNumber running = serverVersion(found);
    const QVersionNumber next = serverVersion(wanted);
    if (running.isNull() || next.isNull() || running <= next)
        return std::nullopt;
    return Error{Error::Kind::Conflict,
        say("%1 runs nats-server %2, and this version of Pennant would put %3 in its place, which can't read all that "
            "the newer one has stored. Use the Pennant that set it up, or a newer one.")
            .arg(ObjectRef::of(found).text(), running.toString(), next.toString()),
        {}, {}, {}};
}

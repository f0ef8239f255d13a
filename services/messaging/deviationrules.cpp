// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/deviationrules.h"

#include "services/domain/account.h"
#include "services/messaging/handchanges.h"
#include "services/messaging/rolloutrules.h"
#include "services/messaging/runtimemanifests.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimesteps.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace {

namespace Step = RuntimeStepId;

QString text(const char *value)
{
    return QLatin1String(value);
}

QString say(const char *source)
{
    return QCoreApplication::translate("RuntimeDeviation", source);
}

std::optional<QJsonObject> named(const QList<QJsonObject> &objects, const QString &name)
{
    const auto found = std::find_if(objects.cbegin(), objects.cend(),
        [&name](const QJsonObject &object) { return object[text("metadata")][text("name")] == name; });
    return found == objects.cend() ? std::nullopt : std::optional(*found);
}

bool isGone(const std::optional<QList<QJsonObject>> &seen, const QString &name)
{
    if (!seen)
        return false;
    const auto object = named(*seen, name);
    return !object || object->value(text("metadata")).toObject().contains(text("deletionTimestamp"));
}

RuntimeDeviation deviation(const char *undoneStep, const QString &summary, bool canBePutBack)
{
    return {{Error::Kind::NotReady, summary, {}, {}, {}}, text(undoneStep), canBePutBack};
}

std::optional<RuntimeDeviation> serversDeviation(
    const RuntimeSpec &spec, const QString &nameSpace, const RuntimeParts &parts)
{
    const QString name = text(RuntimeNames::server);
    if (isGone(parts.statefulSets, name))
        return deviation(Step::writeStatefulSet,
            say("StatefulSet %1 was deleted, so its pods go and nothing starts them again. Retry "
                "reconcile makes it again, on the volumes that are there.")
                .arg(name),
            true);
    const auto servers = parts.statefulSets ? named(*parts.statefulSets, name) : std::nullopt;
    const int replicas = servers ? servers->value(text("spec"))[text("replicas")].toInt(1) : spec.replicas;
    if (replicas < spec.replicas)
        return deviation(Step::writeStatefulSet,
            say("StatefulSet %1 was scaled from %3 to %2 by hand: without a majority of its pods JetStream decides "
                "nothing. Retry reconcile scales it back.")
                .arg(name)
                .arg(replicas)
                .arg(spec.replicas),
            true);
    if (replicas > spec.replicas)
        return deviation(Step::writeStatefulSet,
            say("StatefulSet %1 was scaled from %3 to %2 by hand. Streams may live on the pods that are too many, so "
                "they are not taken away: move what is on them, then scale it back with `kubectl --namespace %4 scale "
                "statefulset %1 --replicas=%3`.")
                .arg(name)
                .arg(replicas)
                .arg(spec.replicas)
                .arg(nameSpace),
            false);
    return std::nullopt;
}

std::optional<RuntimeDeviation> imageDeviation(
    const RuntimeSpec &spec, const QString &nameSpace, const RuntimeParts &parts)
{
    const QString name = text(RuntimeNames::server);
    const auto servers = parts.statefulSets ? named(*parts.statefulSets, name) : std::nullopt;
    if (!servers)
        return std::nullopt;
    const QJsonObject manifest = RuntimeManifests(nameSpace, spec).statefulSet();
    QStringList others;
    for (const ImageChange &change : changedImages(*servers, manifest))
        others.append(say("%1 runs %2 in place of %3").arg(change.container, change.found, change.wanted));
    if (others.isEmpty())
        return std::nullopt;
    if (serverDowngrade(*servers, manifest))
        return deviation(Step::writeStatefulSet,
            say("StatefulSet %1 has other images than Pennant asks for: %2. An older server can't read what a "
                "newer one has stored, so it is not set back. Use a Pennant that asks for it; or, where no pod has run "
                "it yet, set it back with `kubectl --namespace %3 set image statefulset/%1 %4=%5`.")
                .arg(name, others.join(QStringLiteral("; ")), nameSpace, text(RuntimeNames::serverContainer),
                    RuntimeManifests::serverImage()),
            false);
    return deviation(Step::writeStatefulSet,
        say("StatefulSet %1 has other images than Pennant asks for: %2. Retry reconcile sets them back, one pod after "
            "the other.")
            .arg(name, others.join(QStringLiteral("; "))),
        true);
}

QStringList missing(const std::optional<QList<QJsonObject>> &seen, const QString &kind, const QStringList &names)
{
    QStringList gone;
    for (const QString &name : names) {
        if (isGone(seen, name))
            gone.append(kind + QLatin1Char(' ') + name);
    }
    return gone;
}

/// What an earlier version made lacks what this one relies on.
RuntimeDeviation earlierFormat()
{
    return deviation(Step::writeSecrets,
        say("An earlier Pennant made this runtime: it lacks what accounts, and people who only look, need here. Retry "
            "reconcile adds that. Servers, streams and passwords stay as they are."),
        true);
}

QStringList roleNames()
{
    return {text(RuntimeNames::viewerRole), text(RuntimeNames::editorRole)};
}

std::optional<RuntimeDeviation> rolesDeviation(const RuntimeParts &parts)
{
    const QStringList gone = missing(parts.roles, text("Role"), roleNames());
    if (gone.isEmpty())
        return std::nullopt;
    return deviation(Step::writeServices,
        say("%1 is not there: it was deleted, or whoever enabled NATS may not create Roles. People it is given to "
            "can't "
            "use NATS here. Retry reconcile makes it, where you may create Roles.")
            .arg(gone.join(QStringLiteral(", "))),
        true);
}

} // namespace

std::optional<RuntimeDeviation> deviationOf(
    const RuntimeSpec &spec, const QString &nameSpace, const RuntimeParts &parts, int format)
{
    if (auto servers = serversDeviation(spec, nameSpace, parts))
        return servers;
    if (auto images = imageDeviation(spec, nameSpace, parts))
        return images;
    const QString account = defaultAccountName();
    const QString client = RuntimeNames::clientSecret(account);
    if (isGone(parts.secrets, client))
        return deviation(Step::writeSecrets,
            say("Secret %1 was deleted, and with it the only copy of the clients' password. Clients that "
                "know it can still log in. Put the Secret back from a backup; what else is missing can "
                "be made again only after that.")
                .arg(client),
            false);
    QStringList wanted{
        text(RuntimeNames::configSecret), text(RuntimeNames::systemSecret), RuntimeNames::managementSecret(account)};
    if (format >= formatWithViewers)
        wanted.append(RuntimeNames::viewingSecret(account));
    const QStringList secrets = missing(parts.secrets, text("Secret"), wanted);
    const QStringList services =
        missing(parts.services, text("Service"), {text(RuntimeNames::server), text(RuntimeNames::headlessService)});
    const QStringList guards =
        missing(parts.disruptionBudgets, text("PodDisruptionBudget"), {text(RuntimeNames::server)})
        + missing(parts.networkPolicies, text("NetworkPolicy"), {text(RuntimeNames::server)});
    const QStringList lookedFor = secrets + services;
    if (lookedFor.isEmpty() && guards.isEmpty())
        return format < runtimeFormat ? std::optional(earlierFormat()) : rolesDeviation(parts);
    const QString words = lookedFor.isEmpty()
        ? say("Somebody deleted %1, which guards the servers against being drained all at once or joined by strangers. "
              "Retry reconcile makes it again.")
        : say("Somebody deleted %1: clients, or pods that start, will not find what they look for. Retry reconcile "
              "makes it again.");
    return deviation(secrets.isEmpty() ? Step::writeServices : Step::writeSecrets,
        words.arg((lookedFor + guards).join(QStringLiteral(", "))), true);
}

QStringList missingRoles(const RuntimeParts &parts, const RuntimeRecord &record)
{
    QStringList names = roleNames();
    if (parts.roles)
        names.erase(std::remove_if(names.begin(), names.end(),
                        [&parts](const QString &name) { return !isGone(parts.roles, name); }),
            names.end());
    else if (record.format() >= formatWithViewers && record.operation.rolesProblem.isEmpty())
        names.clear();
    return names;
}

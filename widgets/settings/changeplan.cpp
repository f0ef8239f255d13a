// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/changeplan.h"

#include "widgets/common/words.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("ChangePlan", source);
}

QString fromTo(const QString &from, const QString &to)
{
    return QStringLiteral("%1 \u2192 %2").arg(from, to);
}

QString refusalOf(const FieldErrors &refused, const char *field)
{
    const auto found = std::find_if(refused.cbegin(), refused.cend(),
        [field](const FieldError &error) { return error.field == QLatin1String(field); });
    return found == refused.cend() ? QString() : found->message;
}

QString onOff(bool isOn)
{
    return isOn ? text("on") : text("off");
}

QString servicesText(const RuntimeSpec &spec)
{
    if (spec.replicas == 1)
        return spec.webSocketEnabled ? text("for clients and browsers, and for the name of the pod")
                                     : text("for clients, and for the name of the pod");
    return spec.webSocketEnabled ? text("for clients and browsers, and between servers")
                                 : text("for clients, and between servers");
}

} // namespace

QList<PlannedChange> plannedChanges(const RuntimeSpec &running, const RuntimeSpec &wanted)
{
    const FieldErrors refused = refusedChanges(running, wanted);
    const QLocale locale;
    QList<PlannedChange> changes;
    if (wanted.storageGibibytes != running.storageGibibytes) {
        const bool isGrowth = wanted.storageGibibytes > running.storageGibibytes;
        changes.append({isGrowth ? Tone::Accent : Tone::Bad, isGrowth ? text("Volume growth") : text("Impossible"),
            text("JetStream storage %1 GiB")
                .arg(fromTo(locale.toString(running.storageGibibytes), locale.toString(wanted.storageGibibytes))),
            refusalOf(refused, "storageGibibytes")});
    }
    if (wanted.replicas != running.replicas)
        changes.append({Tone::Warning, text("Guided migration"),
            text("Replica count %1").arg(fromTo(locale.toString(running.replicas), locale.toString(wanted.replicas))),
            refusalOf(refused, "replicas")});
    if (wanted.webSocketEnabled != running.webSocketEnabled)
        changes.append({Tone::Warning,
            running.replicas == 1 ? text("Restart, clients are away meanwhile") : text("Rolling restart"),
            text("WebSocket %1").arg(fromTo(onOff(running.webSocketEnabled), onOff(wanted.webSocketEnabled))),
            refusalOf(refused, "webSocketEnabled")});
    return changes;
}

QList<FactList::Fact> creationPlan(const RuntimeSpec &spec, const QString &nameSpace)
{
    const QLocale locale;
    const QString total = locale.toString(qlonglong(spec.replicas) * spec.storageGibibytes);
    const FieldErrors wrong = validate(spec);
    const bool hasNoSize = !refusalOf(wrong, "storageGibibytes").isEmpty();
    const QString planned = spec.replicas == 1
        ? text("1 of %1 GiB").arg(locale.toString(spec.storageGibibytes))
        : text("%1 of %2 GiB, %3 GiB in all").arg(spec.replicas).arg(locale.toString(spec.storageGibibytes), total);
    return {
        {text("Namespace"), text("%1, where it is not there yet").arg(nameSpace)},
        {text("StatefulSet"),
            spec.replicas == 1 ? text("1 pod, a server of its own") : text("%1 pods, one cluster").arg(spec.replicas)},
        {text("Volumes"), hasNoSize ? QString(QChar(0x2014)) : planned},
        {text("Services"), servicesText(spec)},
        {text("Disruption budget"),
            spec.replicas == 1 ? text("lets its node be drained: clients are away meanwhile")
                               : text("at most one pod down at a time")},
        {text("Network policy"), text("nobody but servers joins the cluster")},
        {text("Secrets"), text("configuration and credentials")},
        {text("Roles"), text("pennant-viewer and pennant-editor, if you may")},
        {text("Account"), text("default, with its client credential")},
    };
}

std::optional<Crowding> crowding(int replicas, const QStringList &nodes)
{
    const int count = int(nodes.size());
    if (count == 0)
        return Crowding{text("No node takes pods at the moment"),
            text("All are closed to new pods, tainted or down. The pods will wait until one takes them.")};
    const int largestShare = (replicas + count - 1) / count;
    if (replicas == 1 || replicas - largestShare > replicas / 2)
        return std::nullopt;
    if (count == 1)
        return Crowding{text("All %1 pods will share one node, %2").arg(replicas).arg(nodes.constFirst()),
            text("It is the only one that takes pods now: when it fails, all of NATS stops.")};
    return Crowding{text("%1 pods will share %2 nodes").arg(replicas).arg(count),
        text("One of them holds %1 pods: when it fails, the others are no majority, and JetStream stops.")
            .arg(largestShare)};
}

QString fateText(const QString &nameSpace, const NamespaceFate &fate)
{
    switch (fate.state) {
    case NamespaceFate::State::Gone:
        return {};
    case NamespaceFate::State::Goes:
        return text("The namespace %1 is deleted as well: Enable made it, and nothing else is in it.").arg(nameSpace);
    case NamespaceFate::State::Stays:
        return text("The namespace %1 stays. %2").arg(nameSpace, fate.why);
    }
    return {};
}

QStringList disableLosses(const RuntimeSpec &spec, const RuntimeUsage &usage)
{
    const QLocale locale;
    QStringList losses;
    if (!usage.streams || !usage.messages || !usage.bytes) {
        losses.append(text("every stream with its messages"));
    } else if (*usage.streams > 0) {
        losses.append(counted(*usage.streams, text("1 stream"), text("%1 streams")));
        losses.append(counted(qint64(*usage.messages), text("1 message"), text("%1 messages"))
            + QStringLiteral(" (%1)").arg(usage.bytes->text()));
    }
    if (!usage.consumers)
        losses.append(text("every consumer"));
    else if (*usage.consumers > 0)
        losses.append(counted(*usage.consumers, text("1 consumer"), text("%1 consumers")));
    losses.append(counted(spec.replicas, text("1 volume"), text("%1 volumes"))
        + text(" of %1 GiB").arg(locale.toString(spec.storageGibibytes)));
    losses.append(text("every account and credential"));
    return losses;
}

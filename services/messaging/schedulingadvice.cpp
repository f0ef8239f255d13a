// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/schedulingadvice.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <array>

namespace {

QString say(const char *source)
{
    return QCoreApplication::translate("SchedulingAdvice", source);
}

/// What the scheduler writes (its plugins' reasons, kubernetes/pkg/scheduler/framework/plugins), and what that means.
struct Advice {
    const char *words;
    const char *meaning;
};

constexpr std::array advices{
    Advice{"unbound immediate PersistentVolumeClaims",
        QT_TRANSLATE_NOOP("SchedulingAdvice",
            "Its volume was not provided yet. Look whether the storage class's provisioner runs, and what the claim's "
            "events say (kubectl describe pvc).")},
    Advice{"Insufficient cpu",
        QT_TRANSLATE_NOOP("SchedulingAdvice", "Too little CPU is free. Free some on a node, or add a node.")},
    Advice{"Insufficient memory",
        QT_TRANSLATE_NOOP("SchedulingAdvice", "Too little memory is free. Free some on a node, or add a node.")},
    Advice{"Too many pods",
        QT_TRANSLATE_NOOP("SchedulingAdvice", "A node is full of pods. Remove some of them, or add a node.")},
    Advice{"volume node affinity conflict",
        QT_TRANSLATE_NOOP("SchedulingAdvice",
            "Its volume can be used only on certain nodes, and the pod can't run there. Bring such a node back or make "
            "room on it.")},
    Advice{"didn't find available persistent volumes",
        QT_TRANSLATE_NOOP("SchedulingAdvice",
            "There is no volume for it to have. Create one, or enable NATS with a storage class that provides them.")},
    Advice{"node affinity/selector",
        QT_TRANSLATE_NOOP("SchedulingAdvice",
            "Nodes lack the labels that the pod is held to. Label a node, or look who changes pods in this cluster.")},
    Advice{"anti-affinity rules",
        QT_TRANSLATE_NOOP(
            "SchedulingAdvice", "Pods that are there already keep this one off their nodes. Add a node without them.")},
    Advice{"were unschedulable",
        QT_TRANSLATE_NOOP(
            "SchedulingAdvice", "A node is closed to new pods. Open it again with kubectl uncordon, or add a node.")},
    Advice{"no nodes available",
        QT_TRANSLATE_NOOP("SchedulingAdvice", "The cluster has no node that takes pods. Add one.")},
};

/// The keys of the taints that `message` names.
QStringList taintsIn(const QString &message)
{
    static const QRegularExpression taint(QStringLiteral("taint(?:\\(s\\))? \\{([^:}]+)"));
    QStringList keys;
    for (auto found = taint.globalMatch(message); found.hasNext();)
        keys.append(found.next().captured(1));
    keys.removeDuplicates();
    return keys;
}

QString meaningOfTaints(const QStringList &keys)
{
    const QString health = QStringLiteral("node.kubernetes.io/");
    QStringList unwell;
    QStringList reserved;
    for (const QString &key : keys)
        (key.startsWith(health) ? unwell : reserved).append(key.startsWith(health) ? key.mid(health.size()) : key);
    QStringList sentences;
    if (!unwell.isEmpty())
        sentences.append(
            say("A node is not well (%1). Mend it, or add a node.").arg(unwell.join(QStringLiteral(", "))));
    if (!reserved.isEmpty())
        sentences.append(say("A node is reserved by the taint %1, which the pod doesn't tolerate. Take that away with "
                             "kubectl taint, or add a node without it.")
                             .arg(reserved.join(QStringLiteral(", "))));
    return sentences.join(QLatin1Char(' '));
}

} // namespace

QString explainedScheduling(const QString &message)
{
    // what follows is why other pods can't make way, mostly the same once more
    const QString words = message.section(QStringLiteral("preemption:"), 0, 0);
    QStringList meanings;
    for (const Advice &advice : advices) {
        if (words.contains(QLatin1String(advice.words), Qt::CaseInsensitive))
            meanings.append(say(advice.meaning));
    }
    if (const QStringList taints = taintsIn(words); !taints.isEmpty())
        meanings.append(meaningOfTaints(taints));
    if (meanings.isEmpty())
        return message;
    return say("%1 The scheduler: %2").arg(meanings.join(QLatin1Char(' ')), message);
}

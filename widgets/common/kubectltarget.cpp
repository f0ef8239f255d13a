// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/kubectltarget.h"

#include "services/domain/runtime.h"

#include <QStringList>

QString kubectlFor(const KubectlTarget &target)
{
    QStringList words{QStringLiteral("kubectl")};
    if (!target.kubeconfig.isEmpty())
        words << QStringLiteral("--kubeconfig") << shellQuoted(target.kubeconfig);
    if (!target.context.isEmpty())
        words << QStringLiteral("--context") << shellQuoted(target.context);
    return words.join(QLatin1Char(' '));
}

QString commandFor(const KubectlTarget &target, const QString &command)
{
    const QString program = QStringLiteral("kubectl ");
    return command.startsWith(program) ? kubectlFor(target) + QLatin1Char(' ') + command.mid(program.size()) : command;
}

QString aimedAt(const KubectlTarget &target, QString text)
{
    return text.replace(QStringLiteral("`kubectl "), QLatin1Char('`') + kubectlFor(target) + QLatin1Char(' '));
}

RuntimeStatus aimedAt(const KubectlTarget &target, RuntimeStatus status)
{
    const auto aim = [&target](QString &text) { text = aimedAt(target, text); };
    if (status.error)
        aim(status.error->summary);
    if (status.obstacle)
        aim(status.obstacle->summary);
    if (status.deviation)
        aim(status.deviation->error.summary);
    for (RuntimeStep &step : status.steps)
        aim(step.note);
    for (RuntimePod &pod : status.pods)
        aim(pod.reason);
    return status;
}

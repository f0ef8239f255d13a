// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clusternotice.h"

#include "widgets/common/emptystate.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace {

QStringList summaries(const QList<Error> &problems)
{
    QStringList lines;
    for (const Error &problem : problems)
        lines.append(problem.summary);
    return lines;
}

} // namespace

ClusterNotice::ClusterNotice(QWidget *parent)
    : QWidget(parent)
    , m_state(new EmptyState(this))
{
    m_state->setObjectName(QStringLiteral("clusterNotice"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_state);
    connect(m_state, &EmptyState::actionTriggered, this, [this] { (this->*m_act)(); });
}

void ClusterNotice::tellToChoose(const QList<Error> &problems)
{
    QStringList lines = summaries(problems);
    lines.append(tr("The clusters of your kubeconfig stand on the left."));
    tell(tr("Choose a cluster"), lines.join(QStringLiteral("\n\n")), {}, nullptr);
}

void ClusterNotice::tellThereIsNone(const QList<Error> &problems, const QStringList &files)
{
    QStringList lines = summaries(problems);
    if (lines.isEmpty())
        lines.append(tr("These files name no context: %1").arg(files.join(QStringLiteral(", "))));
    lines.append(tr("As soon as a file is there or mended, Pennant reads it by itself; F5 reads at once."));
    lines.append(tr("Choose a kubeconfig here, or start Pennant with --kubeconfig FILE. "
                    "For a cluster to try things on, run scripts/run --local-cluster in Pennant's source."));
    tell(tr("No cluster to open"), lines.join(QStringLiteral("\n\n")), tr("Choose kubeconfig…"),
        &ClusterNotice::kubeconfigRequested);
}

void ClusterNotice::tellUnknown(const QString &context, const QStringList &files)
{
    tell(tr("There is no context “%1”").arg(context),
        tr("It stands in none of these files: %1\nChoose one on the left, or add the kubeconfig that has it.")
            .arg(files.join(QStringLiteral(", "))),
        tr("Choose kubeconfig…"), &ClusterNotice::kubeconfigRequested);
}

void ClusterNotice::tellClosed(const QString &cluster, const Error &why)
{
    // what is wrong may stand in a file that the kubeconfig names, and such files are not watched
    tell(tr("%1 can't be opened").arg(cluster), why.text(), tr("Reload"), &ClusterNotice::reloadRequested);
}

void ClusterNotice::tell(const QString &title, const QString &text, const QString &action, Act act)
{
    m_state->setContent(Icons::Name::Server, title, text);
    m_state->setAction(action);
    m_act = act;
    setFocusProxy(act ? m_state->actionButton() : nullptr);
}

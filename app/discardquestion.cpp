// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/discardquestion.h"

#include <QPushButton>

namespace {

QString operationsText(const QStringList &operations)
{
    const QString names = operations.join(QStringLiteral(", "));
    return operations.size() == 1 ? DiscardQuestion::tr("Not finished so far: %1. It is stopped.").arg(names)
                                  : DiscardQuestion::tr("Not finished so far: %1. They are stopped.").arg(names);
}

QString textOf(const QString &drafts, const ClosingLosses &losses)
{
    QStringList parts;
    if (!losses.drafts.isEmpty())
        parts.append(drafts);
    if (!losses.operations.isEmpty())
        parts.append(operationsText(losses.operations));
    return parts.join(QStringLiteral("\n\n"));
}

QString listOf(const QStringList &clusters)
{
    return clusters.join(QStringLiteral(", "));
}

} // namespace

DiscardQuestion::DiscardQuestion(const Words &words, const ClosingLosses &losses, QWidget *parent)
    : QuestionDialog(words.title, textOf(words.draftsText, losses), parent)
{
    const bool isOfDrafts = losses.operations.isEmpty();
    const QString act = isOfDrafts ? words.discard : losses.drafts.isEmpty() ? words.stop : words.both;
    setObjectName(QStringLiteral("discardDialog"));
    auto *keep = new QPushButton(isOfDrafts ? tr("&Keep editing") : tr("&Keep open"), this);
    keep->setObjectName(QStringLiteral("keepEditingButton"));
    keep->setDefault(true);
    auto *danger = new QPushButton(act, this);
    danger->setObjectName(QStringLiteral("discardButton"));
    danger->setProperty("danger", true);
    danger->setAutoDefault(false);
    addButtons(keep, danger);
    keep->setFocus();
    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(danger, &QPushButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, &DiscardQuestion::discarded);
}

DiscardQuestion *DiscardQuestion::beforeClosing(const QString &cluster, const ClosingLosses &losses, QWidget *parent)
{
    const QString drafts =
        tr("A form of %1 holds what you have entered and not sent. Closing the cluster discards it.").arg(cluster);
    return new DiscardQuestion({tr("Close %1").arg(cluster), drafts, tr("&Discard and close"), tr("&Stop and close"),
                                   tr("&Discard, stop and close")},
        losses, parent);
}

DiscardQuestion *DiscardQuestion::beforeQuitting(const ClosingLosses &losses, QWidget *parent)
{
    const QString drafts = tr("What you have entered and not sent stands in forms of: %1. Quitting discards it.")
                               .arg(listOf(losses.drafts));
    return new DiscardQuestion(
        {tr("Quit Pennant"), drafts, tr("&Discard and quit"), tr("&Stop and quit"), tr("&Discard, stop and quit")},
        losses, parent);
}

DiscardQuestion *DiscardQuestion::beforeReopening(const QString &cluster, const ClosingLosses &losses, QWidget *parent)
{
    const QString drafts =
        tr("A form of %1 holds what you have entered and not sent. Opening it where the kubeconfig leads now discards "
           "it.")
            .arg(cluster);
    return new DiscardQuestion({tr("Open %1 anew").arg(cluster), drafts, tr("&Discard and open"), tr("&Stop and open"),
                                   tr("&Discard, stop and open")},
        losses, parent);
}

DiscardQuestion *DiscardQuestion::beforeShowing(
    const QString &nameSpace, const QString &cluster, const ClosingLosses &losses, QWidget *parent)
{
    const QString drafts =
        tr("A form of %1 holds what you have entered and not sent. Showing another namespace discards it.")
            .arg(cluster);
    return new DiscardQuestion({tr("Show namespace %1").arg(nameSpace), drafts, tr("&Discard and show"),
                                   tr("&Stop and show"), tr("&Discard, stop and show")},
        losses, parent);
}

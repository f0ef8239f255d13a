// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/discardquestion.h"

#include <QPushButton>

DiscardQuestion::DiscardQuestion(const QString &title, const QString &text, const QString &discard, QWidget *parent)
    : QuestionDialog(title, text, parent)
{
    setObjectName(QStringLiteral("discardDialog"));
    auto *keep = new QPushButton(tr("&Keep editing"), this);
    keep->setObjectName(QStringLiteral("keepEditingButton"));
    keep->setDefault(true);
    auto *danger = new QPushButton(discard, this);
    danger->setObjectName(QStringLiteral("discardButton"));
    danger->setProperty("danger", true);
    danger->setAutoDefault(false);
    addButtons(keep, danger);
    keep->setFocus();
    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(danger, &QPushButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, &DiscardQuestion::discarded);
}

DiscardQuestion *DiscardQuestion::beforeClosing(const QString &cluster, QWidget *parent)
{
    return new DiscardQuestion(tr("Close %1").arg(cluster),
        tr("A form of %1 holds what you have entered and not sent. Closing the cluster discards it.").arg(cluster),
        tr("&Discard and close"), parent);
}

DiscardQuestion *DiscardQuestion::beforeQuitting(const QStringList &clusters, QWidget *parent)
{
    return new DiscardQuestion(tr("Quit Pennant"),
        tr("What you have entered and not sent stands in forms of: %1. Quitting discards it.")
            .arg(clusters.join(QStringLiteral(", "))),
        tr("&Discard and quit"), parent);
}

DiscardQuestion *DiscardQuestion::beforeReopening(const QString &cluster, QWidget *parent)
{
    return new DiscardQuestion(tr("Open %1 anew").arg(cluster),
        tr("A form of %1 holds what you have entered and not sent. Opening it where the kubeconfig leads now discards "
           "it.")
            .arg(cluster),
        tr("&Discard and open"), parent);
}

DiscardQuestion *DiscardQuestion::beforeShowing(const QString &nameSpace, const QString &cluster, QWidget *parent)
{
    return new DiscardQuestion(tr("Show namespace %1").arg(nameSpace),
        tr("A form of %1 holds what you have entered and not sent. Showing another namespace discards it.")
            .arg(cluster),
        tr("&Discard and show"), parent);
}

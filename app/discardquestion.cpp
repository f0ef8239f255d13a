// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/discardquestion.h"

#include <QPushButton>

DiscardQuestion::DiscardQuestion(const QString &title, const QString &text, const QString &discard, QWidget *parent)
    : QMessageBox(QMessageBox::Warning, title, text, QMessageBox::Cancel, parent)
{
    setObjectName(QStringLiteral("discardDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    connect(addButton(discard, QMessageBox::DestructiveRole), &QPushButton::clicked, this, &DiscardQuestion::discarded);
    setDefaultButton(QMessageBox::Cancel);
}

DiscardQuestion *DiscardQuestion::beforeClosing(const QString &cluster, QWidget *parent)
{
    return new DiscardQuestion(tr("Close %1").arg(cluster),
        tr("A form of %1 holds what you have entered and not sent. Closing the cluster discards it.").arg(cluster),
        tr("&Discard and close"), parent);
}

DiscardQuestion *DiscardQuestion::beforeShowing(const QString &nameSpace, const QString &cluster, QWidget *parent)
{
    return new DiscardQuestion(tr("Show namespace %1").arg(nameSpace),
        tr("A form of %1 holds what you have entered and not sent. Showing another namespace discards it.")
            .arg(cluster),
        tr("&Discard and show"), parent);
}

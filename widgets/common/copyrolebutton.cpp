// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/copyrolebutton.h"

#include "widgets/common/copiedsign.h"
#include "widgets/common/icons.h"
#include "widgets/common/plaintooltip.h"

#include <QClipboard>
#include <QGuiApplication>

void copyGrant(QAbstractButton *button, const QString &grant)
{
    QGuiApplication::clipboard()->setText(grant);
    showCopied(button, CopyRoleButton::tr("Role copied"));
}

CopyRoleButton::CopyRoleButton(QWidget *parent)
    : QPushButton(tr("Copy Role"), parent)
{
    setObjectName(QStringLiteral("copyRoleButton"));
    setIcon(Icons::icon(Icons::Name::Copy));
    setAccessibleName(tr("Copy a Role that grants what is missing"));
    connect(this, &QPushButton::clicked, this, [this] { copyGrant(this, m_grant); });
    hide();
}

void CopyRoleButton::setGrant(const QString &grant, const QString &reason)
{
    m_grant = grant;
    const QString use =
        tr("Copies a Role that grants what is missing, as YAML. Send it to whoever administers the cluster.");
    setToolTip(reason.isEmpty() ? use : plainToolTip(reason + QStringLiteral("\n\n") + use));
    setAccessibleDescription(reason);
    setVisible(!grant.isEmpty());
}

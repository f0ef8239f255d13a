// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/accesscard.h"

#include "services/domain/runtime.h"
#include "services/messaging/runtimeaccess.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimepermissions.h"
#include "services/messaging/runtimeroles.h"
#include "widgets/common/card.h"
#include "widgets/common/copyablerow.h"
#include "widgets/common/copyrolebutton.h"
#include "widgets/common/factlist.h"
#include "widgets/common/icons.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/kubectltarget.h"
#include "widgets/common/painting.h"
#include "widgets/common/wrappinglabel.h"

#include <QVBoxLayout>

namespace {

constexpr int labelWidth = 124;

QString answer(const Access &access)
{
    return access ? AccessCard::tr("Yes") : AccessCard::tr("No");
}

/// To a change that permissions allow and something else may hold back.
QString answer(const Access &access, const Protection &protection)
{
    if (!access || protection.access())
        return answer(access);
    return protection.readOnlyAccess() ? AccessCard::tr("Yes, once the cluster is unarchived")
                                       : AccessCard::tr("Yes, but Pennant is read-only here");
}

QList<Permission> allMissing(const RuntimeAccess &access)
{
    QList<Permission> all;
    for (const Access *each :
        {&access.view, &access.inspect, &access.reveal, &access.edit, &access.write, &access.remove}) {
        for (const Permission &permission : each->missing) {
            if (!all.contains(permission))
                all.append(permission);
        }
    }
    return all;
}

/// The person that it is for is named by whoever runs it.
QString bindCommand(const char *role, const QString &nameSpace, const KubectlTarget &kubectl)
{
    return commandFor(kubectl, RuntimeRoles::bindCommand(QLatin1String(role), nameSpace, QStringLiteral("NAME")));
}

} // namespace

AccessCard::AccessCard(QWidget *parent)
    : QWidget(parent)
    , m_card(new Card(tr("Access"), this))
    , m_facts(new FactList)
    , m_missing(new WrappingLabel)
    , m_copyRole(new CopyRoleButton)
    , m_rolesProblem(new InlineMessage)
    , m_rolesNote(new WrappingLabel)
    , m_bindViewer(new CopyableRow(tr("Let NAME view")))
    , m_bindEditor(new CopyableRow(tr("Let NAME change")))
{
    m_facts->setObjectName(QStringLiteral("accessFactList"));
    m_missing->setObjectName(QStringLiteral("missingPermissionsLabel"));
    m_copyRole->setObjectName(QStringLiteral("copyMissingRoleButton"));
    m_rolesProblem->setObjectName(QStringLiteral("rolesProblemMessage"));
    m_rolesProblem->setAction(tr("Copy Roles"));
    m_rolesProblem->actionButton()->setIcon(Icons::icon(Icons::Name::Copy));
    m_rolesNote->setObjectName(QStringLiteral("rolesNoteLabel"));
    m_bindViewer->setObjectName(QStringLiteral("bindViewerRow"));
    m_bindEditor->setObjectName(QStringLiteral("bindEditorRow"));
    m_bindEditor->setLineBelow(false);
    setTextRole(m_missing, Look::SoftText);
    setTextRole(m_rolesNote, Look::SoftText);
    auto *body = m_card->body();
    body->addWidget(m_facts);
    body->addWidget(m_missing);
    body->addWidget(m_copyRole, 0, Qt::AlignLeading);
    body->addWidget(m_rolesProblem);
    body->addWidget(m_rolesNote);
    for (CopyableRow *row : {m_bindViewer, m_bindEditor}) {
        row->setLabelWidth(labelWidth);
        body->addWidget(row);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_card);
    connect(m_rolesProblem, &InlineMessage::actionTriggered, this,
        [this] { copyGrant(m_rolesProblem->actionButton(), m_roles); });
}

void AccessCard::setAccess(const RuntimeAccess &access, const RuntimeStatus &status, const KubectlTarget &kubectl,
    const Protection &protection)
{
    m_card->setHeaderText(access.user.isEmpty() ? QString() : tr("You are %1").arg(access.user));
    m_facts->setFacts({{tr("See whether NATS runs"), answer(access.view)},
        {tr("See logs, streams and consumers"), answer(access.inspect)},
        {tr("Reveal the clients' password"), answer(access.reveal)},
        {tr("Create and delete streams and consumers"), answer(access.edit, protection)},
        {tr("Enable and change NATS"), answer(access.write, protection)},
        {tr("Disable NATS"), answer(access.remove, protection)}});
    renewMissing(access);
    renewRoles(status, kubectl);
}

void AccessCard::renewMissing(const RuntimeAccess &access)
{
    const QList<Permission> missing = allMissing(access);
    const QString words = RuntimePermissions::described(missing);
    m_missing->setText(tr("Missing: %1.").arg(words));
    m_missing->setVisible(!missing.isEmpty());
    m_copyRole->setGrant(RuntimeRoles::grantText(missing, access.user), words);
}

void AccessCard::renewRoles(const RuntimeStatus &status, const KubectlTarget &kubectl)
{
    const bool isThere = status.phase == RuntimePhase::Ready;
    const bool isInstalled = isThere && status.missingRoles.isEmpty();
    m_roles = RuntimeRoles::installText(status.nameSpace);
    m_rolesProblem->setVisible(isThere && !isInstalled);
    if (isThere && !isInstalled)
        m_rolesProblem->showStanding(Tone::Neutral,
            status.missingRoles.size() == 1
                ? tr("The Role %1 is not installed").arg(status.missingRoles.first())
                : tr("The Roles %1 are not installed").arg(status.missingRoles.join(tr(" and "))),
            status.rolesProblem.isEmpty()
                ? tr("People can't be given them. Retry reconcile on Overview makes them, where you may create Roles; "
                     "else copy them for whoever administers the cluster.")
                : tr("Who enabled NATS may not create Roles: Kubernetes lets nobody grant more than he has. Copy them "
                     "for whoever administers the cluster."),
            status.rolesProblem);
    m_rolesNote->setText(tr("The Roles %1 and %2 are installed. Give them to people by name:")
                             .arg(QLatin1String(RuntimeNames::viewerRole), QLatin1String(RuntimeNames::editorRole)));
    for (QWidget *shown : {static_cast<QWidget *>(m_rolesNote), static_cast<QWidget *>(m_bindViewer),
             static_cast<QWidget *>(m_bindEditor)})
        shown->setVisible(isInstalled);
    m_bindViewer->setValue(bindCommand(RuntimeNames::viewerRole, status.nameSpace, kubectl));
    m_bindEditor->setValue(bindCommand(RuntimeNames::editorRole, status.nameSpace, kubectl));
}

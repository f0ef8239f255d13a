// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/unarchivedialog.h"

#include "widgets/common/disabledreason.h"

#include <QPushButton>

namespace {

/// What stood still because of the mark.
QString goesOn(RuntimePhase phase)
{
    switch (phase) {
    case RuntimePhase::Deleting:
        return UnarchiveDialog::tr("NATS was being disabled: that goes on at once, and deletes what it was to delete.");
    case RuntimePhase::Updating:
        return UnarchiveDialog::tr("NATS was being changed: that goes on at once.");
    case RuntimePhase::Pending:
    case RuntimePhase::WaitingForPrerequisites:
    case RuntimePhase::Provisioning:
        return UnarchiveDialog::tr("NATS was being enabled: that goes on at once.");
    case RuntimePhase::Absent:
    case RuntimePhase::Ready:
    case RuntimePhase::Failed:
        break;
    }
    return {};
}

QString meaning(const ArchiveMark &mark, RuntimePhase phase)
{
    const QString freed = UnarchiveDialog::tr(
        "Whoever has the permissions can change messaging on this cluster again, on every workstation.");
    QStringList parts{archivedText(mark), freed};
    if (const QString held = goesOn(phase); !held.isEmpty())
        parts.append(held);
    return parts.join(QStringLiteral("\n\n"));
}

} // namespace

UnarchiveDialog::UnarchiveDialog(const QString &cluster, const ArchiveMark &mark, RuntimePhase phase, QWidget *parent)
    : QuestionDialog(tr("Unarchive %1").arg(cluster), meaning(mark, phase), parent)
    , m_unarchive(new QPushButton(tr("&Unarchive cluster"), this))
{
    setObjectName(QStringLiteral("unarchiveDialog"));
    auto *keep = new QPushButton(tr("&Cancel"), this);
    keep->setObjectName(QStringLiteral("cancelUnarchiveButton"));
    keep->setAutoDefault(false);
    m_unarchive->setObjectName(QStringLiteral("confirmUnarchiveButton"));
    m_unarchive->setProperty("primary", true);
    m_unarchive->setDefault(true);
    addButtons(keep, m_unarchive);
    m_unarchive->setFocus();
    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_unarchive, &QPushButton::clicked, this, &QDialog::accept);
}

void UnarchiveDialog::setAccess(const Access &access)
{
    ::setAccess(m_unarchive, access);
}

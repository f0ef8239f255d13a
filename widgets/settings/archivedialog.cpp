// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/archivedialog.h"

#include "services/domain/protection.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/look.h"
#include "widgets/common/typinglimit.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace {

QString meaning(const QString &nameSpace)
{
    return ArchiveDialog::tr(
        "Nobody can change messaging on this cluster with Pennant then, on any workstation: NATS can't be enabled, "
        "changed or disabled, and streams and consumers can't be created or deleted. Everything stays readable.\n\n"
        "What runs goes on: clients stay connected, and publish and read as before. kubectl and other tools are "
        "not held back. Whoever may delete ConfigMaps in namespace %1 can unarchive it in Settings: the mark is "
        "kept there as ConfigMap pennant-archive. Where the namespace is not there yet, it is made.")
        .arg(nameSpace);
}

} // namespace

ArchiveDialog::ArchiveDialog(const QString &cluster, const QString &nameSpace, QWidget *parent)
    : QuestionDialog(tr("Archive %1").arg(cluster), meaning(nameSpace), parent)
    , m_reason(new QLineEdit)
    , m_undo(new InlineMessage(this))
    , m_archive(new QPushButton(tr("&Archive cluster"), this))
    , m_cancel(new QPushButton(tr("&Cancel"), this))
{
    setObjectName(QStringLiteral("archiveDialog"));
    m_reason->setObjectName(QStringLiteral("archiveReasonEdit"));
    limitTyping(m_reason);
    m_archive->setObjectName(QStringLiteral("confirmArchiveButton"));
    m_archive->setProperty("primary", true);
    m_archive->setDefault(true);
    m_cancel->setObjectName(QStringLiteral("cancelArchiveButton"));
    m_cancel->setAutoDefault(false);
    auto *reason = new Field(tr("&Reason"), m_reason, this);
    reason->setHint(tr("Shown to everybody who opens this cluster."));
    body()->addSpacing(Look::spaceS);
    body()->addWidget(reason);
    m_undo->setObjectName(QStringLiteral("undoArchiveMessage"));
    m_undo->hide();
    body()->addWidget(m_undo);
    addButtons(m_cancel, m_archive);
    setTabOrder(m_reason, m_cancel);
    connect(m_reason, &QLineEdit::textChanged, this, &ArchiveDialog::renew);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_archive, &QPushButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, [this] { Q_EMIT confirmed(m_reason->text()); });
    renew();
}

void ArchiveDialog::setAccess(const Access &access)
{
    m_access = access;
    renew();
}

void ArchiveDialog::setUndoAccess(const Access &access)
{
    m_undo->setVisible(!access);
    m_undo->setMessage(Tone::Warning, tr("You can't take this back yourself. %1").arg(access.reason));
}

void ArchiveDialog::renew()
{
    const FieldErrors wrong = validateArchiveReason(m_reason->text());
    ::setAccess(m_archive, m_access && !wrong.isEmpty() ? Access::no(wrong.constFirst().message) : m_access);
}

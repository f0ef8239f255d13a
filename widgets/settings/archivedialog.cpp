// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/archivedialog.h"

#include "services/domain/protection.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/common/look.h"
#include "widgets/common/painting.h"
#include "widgets/common/typinglimit.h"
#include "widgets/common/words.h"
#include "widgets/common/wrappinglabel.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace {

constexpr int smallestWidth = 460;

} // namespace

ArchiveDialog::ArchiveDialog(const QString &cluster, const QString &nameSpace, QWidget *parent)
    : QDialog(parent)
    , m_reason(new QLineEdit)
    , m_archive(new QPushButton(tr("&Archive cluster"), this))
    , m_cancel(new QPushButton(tr("&Cancel"), this))
{
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Archive %1").arg(cluster));
    setObjectName(QStringLiteral("archiveDialog"));
    setBackgroundRole(QPalette::Base);
    setMinimumWidth(smallestWidth);
    m_reason->setObjectName(QStringLiteral("archiveReasonEdit"));
    limitTyping(m_reason);
    m_archive->setObjectName(QStringLiteral("confirmArchiveButton"));
    m_archive->setProperty("primary", true);
    m_archive->setDefault(true);
    m_cancel->setObjectName(QStringLiteral("cancelArchiveButton"));
    m_cancel->setAutoDefault(false);
    layOut(cluster, nameSpace);
    connect(m_reason, &QLineEdit::textChanged, this, &ArchiveDialog::renew);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_archive, &QPushButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, [this] { Q_EMIT confirmed(m_reason->text()); });
    renew();
}

void ArchiveDialog::layOut(const QString &cluster, const QString &nameSpace)
{
    auto *title = new WrappingLabel(this);
    title->setText(breakable(tr("Archive %1").arg(cluster)));
    title->setFont(Look::sectionFont());
    auto *text = new WrappingLabel(this);
    text->setText(
        tr("Nobody can change messaging on this cluster with Pennant then, on any workstation: NATS can't be enabled, "
           "changed or disabled, and streams and consumers can't be created or deleted. Everything stays readable.\n\n"
           "What runs goes on: clients stay connected, and publish and read as before. kubectl and other tools are "
           "not held back. Whoever may delete ConfigMaps in namespace %1 can unarchive it in Settings: the mark is "
           "kept there as "
           "ConfigMap pennant-archive. Where the namespace is not there yet, it is made.")
            .arg(nameSpace));
    setTextRole(text, Look::SoftText);
    auto *reason = new Field(tr("&Reason"), m_reason, this);
    reason->setHint(tr("Shown to everybody who opens this cluster."));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_archive);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::spaceL, Look::spaceL, Look::spaceL, Look::spaceL);
    layout->setSpacing(Look::spaceS);
    layout->addWidget(title);
    layout->addWidget(text);
    layout->addSpacing(Look::spaceS);
    layout->addWidget(reason);
    layout->addSpacing(Look::spaceS);
    layout->addLayout(buttons);
    setTabOrder(m_reason, m_cancel);
    setTabOrder(m_cancel, m_archive);
}

void ArchiveDialog::setAccess(const Access &access)
{
    m_access = access;
    renew();
}

void ArchiveDialog::renew()
{
    const FieldErrors wrong = validateArchiveReason(m_reason->text());
    ::setAccess(m_archive, m_access && !wrong.isEmpty() ? Access::no(wrong.constFirst().message) : m_access);
}

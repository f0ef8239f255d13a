// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/archivecard.h"

#include "widgets/common/dangercard.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/look.h"
#include "widgets/settings/archivedialog.h"
#include "widgets/settings/unarchivedialog.h"

#include <QPushButton>
#include <QVBoxLayout>

ArchiveCard::ArchiveCard(QWidget *parent)
    : QWidget(parent)
    , m_danger(new DangerCard({}, {}, {}, this))
    , m_error(new InlineMessage(this))
{
    m_danger->button()->setObjectName(QStringLiteral("archiveButton"));
    m_error->setObjectName(QStringLiteral("archiveErrorMessage"));
    m_error->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::spaceS);
    layout->addWidget(m_danger);
    layout->addWidget(m_error);
    connect(m_danger, &DangerCard::triggered, this, &ArchiveCard::ask);
    setMark({}, Access::yes());
}

void ArchiveCard::setCluster(const QString &cluster, const RuntimeStatus &status)
{
    m_cluster = cluster;
    m_nameSpace = status.nameSpace;
    m_phase = status.phase;
}

void ArchiveCard::setUndoAccess(const Access &access)
{
    m_undoAccess = access;
    if (m_dialog)
        m_dialog->setUndoAccess(access);
}

void ArchiveCard::setMark(const std::optional<ArchiveMark> &mark, const Access &access)
{
    const bool isOther = mark.has_value() != m_mark.has_value();
    m_mark = mark;
    m_access = access;
    m_danger->setTitle(mark ? tr("This cluster is archived") : tr("Archive this cluster"));
    m_danger->setText(mark
            ? tr("%1 Messaging can't be changed with Pennant until it is unarchived.").arg(archivedText(*mark))
            : tr(
                "Blocks every change of its messaging with Pennant, for everybody. Clients are not stopped, nothing is "
                "deleted. Can be taken back."));
    m_danger->button()->setText(mark ? tr("&Unarchive\u2026") : tr("Archive\u2026"));
    m_danger->button()->setAccessibleName(mark ? tr("Unarchive this cluster") : tr("Archive this cluster"));
    ::setAccess(m_danger->button(), access);
    if (m_dialog)
        m_dialog->setAccess(mark ? Access::no(archivedText(*mark)) : access);
    if (m_question)
        m_question->setAccess(mark ? access : Access::no(tr("It is not archived any more.")));
    if (isOther)
        setError({});
}

void ArchiveCard::takeKeyboard()
{
    m_danger->button()->setFocus(Qt::TabFocusReason);
}

void ArchiveCard::setError(const std::optional<Error> &error)
{
    m_error->setVisible(error.has_value());
    if (error)
        m_error->setError(*error);
}

void ArchiveCard::ask()
{
    setError({});
    if (m_mark)
        return askWhetherToUnarchive(*m_mark);
    m_dialog = new ArchiveDialog(m_cluster, m_nameSpace, this);
    m_dialog->setAccess(m_access);
    m_dialog->setUndoAccess(m_undoAccess);
    connect(m_dialog, &ArchiveDialog::confirmed, this, &ArchiveCard::archiveRequested);
    m_dialog->open();
}

void ArchiveCard::askWhetherToUnarchive(const ArchiveMark &seen)
{
    m_question = new UnarchiveDialog(m_cluster, seen, m_phase, this);
    m_question->setAccess(m_access);
    connect(m_question, &QDialog::accepted, this, [this, seen] { Q_EMIT unarchiveRequested(seen); });
    m_question->open();
}

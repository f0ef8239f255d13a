// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/restoredialog.h"

#include "models/celltext.h"
#include "services/domain/backupcounts.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/factlist.h"
#include "widgets/common/field.h"
#include "widgets/common/inlinemessage.h"

#include <QComboBox>
#include <QDir>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace {

constexpr int dialogWidth = 520;

/// Of what the server would refuse in a new stream, what depends on the account.
bool isOfTheAccount(const FieldError &error)
{
    return error.field == QLatin1String("account") || error.field == QLatin1String("name")
        || error.field == QLatin1String("subjects");
}

} // namespace

RestoreDialog::RestoreDialog(BackupFolder backup, const QStringList &accounts, QWidget *parent)
    : QuestionDialog(tr("Restore the stream %1").arg(backup.streamName()),
        tr("It is made anew with its messages, sequences and consumers, from %1.")
            .arg(QDir::toNativeSeparators(backup.path)),
        parent)
    , m_backup(std::move(backup))
    , m_account(new QComboBox(this))
    , m_note(new InlineMessage(this))
    , m_restore(new QPushButton(tr("Restore"), this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    setObjectName(QStringLiteral("restoreDialog"));
    m_account->setObjectName(QStringLiteral("restoreAccountCombo"));
    m_note->setObjectName(QStringLiteral("restoreNote"));
    m_restore->setObjectName(QStringLiteral("confirmRestoreButton"));
    m_cancel->setObjectName(QStringLiteral("cancelRestoreButton"));
    m_restore->setProperty("primary", true);
    for (QPushButton *button : {m_restore, m_cancel})
        button->setAutoDefault(false);
    setMinimumWidth(dialogWidth);
    layOut(accounts);
    connect(m_account, &QComboBox::currentIndexChanged, this, &RestoreDialog::renew);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_restore, &QPushButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, [this] { Q_EMIT confirmed(m_account->currentText(), m_backup); });
    renew();
}

void RestoreDialog::layOut(const QStringList &accounts)
{
    m_account->addItems(accounts);
    const BackupCounts counts = BackupCounts::of(m_backup.description.state);
    auto *facts = new FactList(this);
    facts->setFacts({{tr("Messages"), numberText(counts.messages)}, {tr("Bytes"), counts.bytes.text()},
        {tr("First sequence"), numberText(counts.firstSequence)},
        {tr("Last sequence"), numberText(counts.lastSequence)},
        {tr("Consumers"), numberText(quint64(counts.consumers))},
        {tr("Archive"), ByteCount{m_backup.archiveBytes}.text()}});
    body()->addWidget(facts);
    body()->addWidget(new Field(tr("Into account"), m_account, this));
    body()->addWidget(m_note);
    addButtons(m_cancel, m_restore);
}

void RestoreDialog::setContext(const StreamContext &context)
{
    m_context = context;
    renew();
}

void RestoreDialog::setAccess(const Access &access)
{
    m_access = access;
    renew();
}

/// Why the account can't take it.
QString RestoreDialog::obstacle() const
{
    const StreamDraft draft{m_account->currentText(), m_backup.description.config};
    const FieldErrors errors = validate(draft, m_context);
    const auto found = std::find_if(errors.cbegin(), errors.cend(), isOfTheAccount);
    if (found == errors.cend())
        return {};
    return m_context.existing.contains(draft.id())
        ? tr("It has a stream %1. Choose another account, or delete that stream first.").arg(draft.id().name)
        : found->message;
}

void RestoreDialog::renew()
{
    const QString problem = obstacle();
    ::setAccess(m_restore, m_access && !problem.isEmpty() ? Access::no(problem) : m_access);
    const int replicas = m_backup.description.config.value(QLatin1String("num_replicas")).toInt();
    const bool isReduced = replicas > m_context.serverReplicas;
    m_note->setVisible(!problem.isEmpty() || isReduced);
    if (!problem.isEmpty())
        m_note->showStanding(Tone::Warning, tr("This account can't take it"), problem);
    else if (isReduced)
        m_note->showStanding(Tone::Neutral, tr("It had %1 replicas").arg(replicas),
            tr("This runtime has %1: the stream is restored with as many.").arg(m_context.serverReplicas));
}

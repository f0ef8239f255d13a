// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/backupdialog.h"

#include "models/celltext.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/meter.h"
#include "widgets/common/painting.h"
#include "widgets/common/words.h"
#include "widgets/common/wrappinglabel.h"

#include <QDir>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

namespace {

constexpr int dialogWidth = 500;

QString titleOf(const BackupJob &job)
{
    return job.kind() == BackupJob::Kind::Backup ? BackupDialog::tr("Back up the stream %1").arg(job.id().name)
                                                 : BackupDialog::tr("Restore the stream %1").arg(job.id().name);
}

QString stateText(const BackupJob &job)
{
    const BackupJob::Progress &progress = job.progress();
    const QString done = ByteCount{progress.done}.text();
    const QString amount = progress.total > 0 ? BackupDialog::tr("%1 of %2 · %3 %")
                                                    .arg(done, ByteCount{progress.total}.text())
                                                    .arg(progress.done * 100 / progress.total)
                                              : done;
    switch (progress.step) {
    case BackupJob::Step::Beginning:
        return BackupDialog::tr("The server is being asked…");
    case BackupJob::Step::Checking:
        return BackupDialog::tr("The archive is checked to its end: %1").arg(amount);
    case BackupJob::Step::Copying:
        return job.kind() == BackupJob::Kind::Backup ? BackupDialog::tr("Copied: %1").arg(amount)
                                                     : BackupDialog::tr("Sent: %1").arg(amount);
    case BackupJob::Step::Storing:
        return BackupDialog::tr("All was sent; the server is putting it in its place…");
    case BackupJob::Step::Comparing:
        return BackupDialog::tr("Looking at what is there now…");
    }
    return {};
}

} // namespace

BackupDialog::BackupDialog(std::shared_ptr<BackupJob> job, RunningOperations *operations, QWidget *parent)
    : QuestionDialog(titleOf(*job), {}, parent)
    , m_job(std::move(job))
    , m_place(new WrappingLabel(this))
    , m_meter(new Meter(this))
    , m_state(new WrappingLabel(this))
    , m_counts(new QWidget(this))
    , m_grid(new QGridLayout(m_counts))
    , m_outcome(new InlineMessage(this))
    , m_again(new QPushButton(tr("Begin again"), this))
    , m_end(new QPushButton(tr("Cancel"), this))
{
    setObjectName(QStringLiteral("backupDialog"));
    m_meter->setObjectName(QStringLiteral("backupMeter"));
    m_state->setObjectName(QStringLiteral("backupStateLabel"));
    m_counts->setObjectName(QStringLiteral("backupCounts"));
    m_outcome->setObjectName(QStringLiteral("backupOutcomeMessage"));
    m_again->setObjectName(QStringLiteral("beginBackupAgainButton"));
    m_end->setObjectName(QStringLiteral("endBackupButton"));
    setWindowModality(Qt::NonModal);
    setMinimumWidth(dialogWidth);
    for (QPushButton *button : {m_again, m_end})
        button->setAutoDefault(false);
    layOut();
    connect(m_job.get(), &BackupJob::progressed, this, &BackupDialog::showProgress);
    connect(m_job.get(), &BackupJob::finished, this, &BackupDialog::showOutcome);
    connect(m_again, &QPushButton::clicked, this, [this] {
        Q_EMIT againRequested();
        QDialog::reject();
    });
    connect(m_end, &QPushButton::clicked, this, [this] {
        if (m_job->outcome())
            return QDialog::reject();
        m_job->cancel();
    });
    if (m_job->outcome()) {
        showOutcome();
    } else {
        enterIn(operations);
        showProgress();
    }
}

void BackupDialog::enterIn(RunningOperations *operations)
{
    const QString title =
        isBackup() ? tr("Backup of %1").arg(m_job->id().name) : tr("Restore of %1").arg(m_job->id().name);
    const auto bringUp = [this] {
        show();
        raise();
        activateWindow();
    };
    m_entry = {operations, {title, bringUp, [job = m_job] { job->cancel(); }}};
}

bool BackupDialog::isBackup() const
{
    return m_job->kind() == BackupJob::Kind::Backup;
}

void BackupDialog::layOut()
{
    const QString folder = QDir::toNativeSeparators(m_job->folder());
    m_place->setText(breakable(isBackup() ? tr("From account %1 to %2").arg(m_job->id().account, folder)
                                          : tr("From %2 to account %1").arg(m_job->id().account, folder)));
    setTextRole(m_place, Look::SoftText);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(Look::spaceXl);
    m_grid->setVerticalSpacing(Look::spaceXs);
    m_grid->setColumnStretch(0, 1);
    m_counts->hide();
    m_outcome->hide();
    m_again->hide();
    body()->addWidget(m_place);
    body()->addSpacing(Look::spaceS);
    body()->addWidget(m_meter);
    body()->addWidget(m_state);
    body()->addWidget(m_outcome);
    body()->addWidget(m_counts);
    addButtons(m_again, m_end);
}

/// Whoever closes it wants it out of sight: to stop what is on its way there is a button.
void BackupDialog::reject()
{
    if (m_job->outcome())
        QDialog::reject();
    else
        hide();
}

void BackupDialog::showProgress()
{
    if (m_job->outcome())
        return;
    const BackupJob::Progress &progress = m_job->progress();
    m_meter->setValue(progress.total > 0 ? double(progress.done) / double(progress.total) : 0);
    m_entry.setPercent(progress.total > 0 ? int(progress.done * 100 / progress.total) : -1);
    m_state->setText(stateText(*m_job));
    setDisabledReason(m_end,
        m_job->isAllSent() ? tr("The server has all of it, and puts it in its place whoever waits.") : QString());
}

void BackupDialog::showOutcome()
{
    m_entry = {};
    m_meter->hide();
    m_state->hide();
    m_end->setText(tr("Close"));
    setDisabledReason(m_end, QString());
    const Result<BackupJob::Outcome> &outcome = *m_job->outcome();
    if (outcome)
        showCounts(*outcome);
    else
        showFailure(outcome.error());
    m_outcome->show();
    show();
}

void BackupDialog::showFailure(const Error &error)
{
    const bool isCancelled = error.kind == Error::Kind::Cancelled;
    const bool isUnknown = error.kind == Error::Kind::Timeout && !isBackup();
    const QString title = isCancelled ? (isBackup() ? tr("The backup was cancelled") : tr("The restore was cancelled"))
        : isUnknown                   ? tr("It is not known yet whether %1 was restored").arg(m_job->id().name)
        : isBackup()                  ? tr("%1 was not backed up").arg(m_job->id().name)
                                      : tr("%1 was not restored").arg(m_job->id().name);
    const Tone tone = isCancelled ? Tone::Neutral : isUnknown ? Tone::Warning : Tone::Bad;
    m_outcome->setMessage(tone, title, error.summary, error.detail);
    m_again->setVisible(!isUnknown);
}

void BackupDialog::showCounts(const BackupJob::Outcome &outcome)
{
    const bool isSame = outcome.said == outcome.found;
    if (isBackup() && !m_leftOut.isEmpty())
        m_outcome->setMessage(Tone::Warning, tr("%1 is backed up, without consumers in memory").arg(m_job->id().name),
            tr("The archive was read again to its end, and is whole: %1. Servers put no consumer into it that is kept "
               "in "
               "memory: export these and make them anew after a restore: %2.")
                .arg(ByteCount{outcome.archiveBytes}.text(), m_leftOut.join(QStringLiteral(", "))),
            tr("BLAKE2b: %1").arg(QString::fromLatin1(outcome.digest)));
    else if (isBackup())
        m_outcome->setMessage(Tone::Good, tr("%1 is backed up").arg(m_job->id().name),
            tr("The archive was read again to its end, and is whole: %1.").arg(ByteCount{outcome.archiveBytes}.text()),
            tr("BLAKE2b: %1").arg(QString::fromLatin1(outcome.digest)));
    else if (isSame)
        m_outcome->setMessage(Tone::Good, tr("%1 is restored").arg(m_job->id().name),
            tr("It holds what the backup says: messages, bytes, sequences and consumers."));
    else
        m_outcome->setMessage(Tone::Warning,
            tr("%1 is restored, and is not what the backup says").arg(m_job->id().name),
            tr("Messages may have come or gone while it was backed up, or have aged since. Look at what differs."));
    const BackupCounts &said = outcome.said;
    const BackupCounts &found = outcome.found;
    const auto exactly = [&](const BackupCounts &counts) {
        return said.bytes == found.bytes ? counts.bytes.text() : numberText(quint64(counts.bytes.bytes));
    };
    if (!isBackup())
        addCount({}, tr("Backup"), tr("Restored"));
    addCount(tr("Messages"), numberText(said.messages), numberText(found.messages));
    addCount(tr("Bytes"), exactly(said), exactly(found));
    addCount(tr("First sequence"), numberText(said.firstSequence), numberText(found.firstSequence));
    addCount(tr("Last sequence"), numberText(said.lastSequence), numberText(found.lastSequence));
    addCount(tr("Consumers"), numberText(quint64(said.consumers)), numberText(quint64(found.consumers)));
    m_counts->show();
}

void BackupDialog::addCount(const QString &label, const QString &said, const QString &found)
{
    const int row = m_grid->rowCount();
    const auto add = [&](const QString &text, int column, Look::Role role) {
        auto *cell = new QLabel(text, m_counts);
        setTextRole(cell, role);
        m_grid->addWidget(cell, row, column, column == 0 ? Qt::AlignLeft : Qt::AlignRight);
    };
    if (label.isEmpty()) {
        add(said, 1, Look::SoftText);
        return add(found, 2, Look::SoftText);
    }
    add(label, 0, Look::SoftText);
    add(said, 1, Look::Text);
    if (!isBackup() && said != found)
        add(QStringLiteral("≠ ") + found, 2, Look::Warning);
    else if (!isBackup())
        add(found, 2, Look::Text);
}

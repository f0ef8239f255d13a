// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/lifecyclecard.h"

#include "widgets/common/card.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/meter.h"
#include "widgets/common/painting.h"
#include "widgets/common/phasewords.h"
#include "widgets/common/statusbadge.h"
#include "widgets/common/steplist.h"
#include "widgets/overview/normalwait.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace {

/// A driver's Lease is free again after this; a shorter gap is a change of hands, not a standstill.
constexpr std::chrono::seconds standstillAfter{20};

QString cardTitle(RuntimePhase phase)
{
    switch (phase) {
    case RuntimePhase::Pending:
        return LifecycleCard::tr("Beginning");
    case RuntimePhase::WaitingForPrerequisites:
        return LifecycleCard::tr("Waiting for what the runtime needs");
    case RuntimePhase::Provisioning:
        return LifecycleCard::tr("Provisioning the runtime");
    case RuntimePhase::Updating:
        return LifecycleCard::tr("Updating the runtime");
    case RuntimePhase::Deleting:
        return LifecycleCard::tr("Removing the runtime");
    case RuntimePhase::Failed:
        return LifecycleCard::tr("The runtime could not be reconciled");
    case RuntimePhase::Absent:
    case RuntimePhase::Ready:
        return LifecycleCard::tr("NATS runtime");
    }
    return {};
}

QString stopwatch(std::chrono::seconds elapsed)
{
    const auto seconds = elapsed.count();
    const QString low = QStringLiteral("%1").arg(seconds % 60, 2, 10, QLatin1Char('0'));
    if (seconds < 3600)
        return QStringLiteral("%1:%2").arg(seconds / 60).arg(low);
    return QStringLiteral("%1:%2:%3").arg(seconds / 3600).arg(seconds / 60 % 60, 2, 10, QLatin1Char('0')).arg(low);
}

struct Waiting {
    QString title;
    QString text;
};

Waiting waitingFor(const RuntimeStatus &status, const QDateTime &now)
{
    const DriverSilence &silence = *status.silence;
    const QString title = silence.isEarlierRun
        ? LifecycleCard::tr("Waiting for an earlier run of Pennant on this workstation (%1)").arg(status.drivenBy)
        : LifecycleCard::tr("Waiting for %1").arg(status.drivenBy);
    const qint64 left = now.isValid() ? std::max<qint64>(0, (now.msecsTo(silence.leaseEnd) + 999) / 1000) : 0;
    const QString next = status.goesOnHere
        ? LifecycleCard::tr("then this workstation goes on from the step below.")
        : LifecycleCard::tr("then another workstation goes on, if one with write access has this cluster open in "
                            "Pennant.");
    return {title,
        LifecycleCard::tr("Nothing is heard of it so far. Unless that changes, its lease ends in %1 s; %2")
            .arg(left)
            .arg(next)};
}

Waiting waitingForAnybody(const RuntimeStatus &status)
{
    return {LifecycleCard::tr("No workstation carries this out at the moment."),
        status.goesOnHere
            ? LifecycleCard::tr("This one goes on from the step below as soon as the cluster grants it the lease.")
            : LifecycleCard::tr("It goes on from the step below as soon as someone with write access has this cluster "
                                "open in Pennant.")};
}

Waiting waitingForUnarchiving(const QString &archived)
{
    return {LifecycleCard::tr("This stands still: the cluster is archived"),
        LifecycleCard::tr("%1 It goes on from the step below once the cluster is unarchived in Settings.")
            .arg(archived)};
}

InlineMessage *hiddenMessage(QWidget *parent, const char *name)
{
    auto *message = new InlineMessage(parent);
    message->setObjectName(QLatin1String(name));
    message->hide();
    return message;
}

} // namespace

LifecycleCard::LifecycleCard(QWidget *parent)
    : QWidget(parent)
    , m_card(new Card({}, this))
    , m_badge(new StatusBadge(this))
    , m_meter(new Meter(this))
    , m_percent(new QLabel(this))
    , m_steps(new StepList(this))
    , m_failure(hiddenMessage(this, "lifecycleFailureMessage"))
    , m_retryError(hiddenMessage(this, "retryErrorMessage"))
    , m_stalled(hiddenMessage(this, "lifecycleStalledMessage"))
    , m_driver(new ElidingLabel({}, this))
{
    m_badge->setObjectName(QStringLiteral("lifecyclePhaseBadge"));
    m_percent->setObjectName(QStringLiteral("lifecyclePercentLabel"));
    m_percent->setFont(Look::titleFont());
    m_meter->setObjectName(QStringLiteral("lifecycleMeter"));
    m_steps->setObjectName(QStringLiteral("lifecycleStepList"));
    m_driver->setObjectName(QStringLiteral("lifecycleDriverLabel"));
    m_driver->setFont(Look::captionFont());
    setTextRole(m_driver, Look::SoftText);
    m_card->addHeaderWidget(m_badge);
    m_failure->setAction(tr("Retry reconcile"));
    m_failure->actionButton()->setObjectName(QStringLiteral("retryReconcileButton"));

    auto *progress = new QHBoxLayout;
    progress->setSpacing(Look::spaceM);
    progress->addWidget(m_meter, 1);
    progress->addWidget(m_percent);
    m_card->body()->addLayout(progress);
    m_card->body()->addWidget(m_failure);
    m_card->body()->addWidget(m_retryError);
    m_card->body()->addWidget(m_stalled);
    m_card->body()->addWidget(m_steps);
    m_card->body()->addWidget(m_driver);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_card);
    connect(m_failure, &InlineMessage::actionTriggered, this, &LifecycleCard::retryRequested);
}

void LifecycleCard::setStatus(const RuntimeStatus &status)
{
    const bool isErrorNew = status.error != m_status.error || status.phase != m_status.phase;
    m_status = status;
    renewSteps();
    m_steps->setVisible(!status.steps.isEmpty());
    m_meter->setValue(status.percent() / 100.0);
    m_meter->setTone(status.phase == RuntimePhase::Failed ? Tone::Bad : Tone::Accent);
    m_meter->setAccessibleName(tr("%1 percent done").arg(status.percent()));
    m_percent->setText(tr("%1%").arg(status.percent()));
    // a message that is set again folds its details and is announced again
    if (isErrorNew)
        renewFailure();
    renewHeader();
    renewDriver();
}

void LifecycleCard::setArchived(const QString &text)
{
    if (m_archived == text)
        return;
    m_archived = text;
    renewWaiting();
}

void LifecycleCard::setRetryAccess(const Access &access)
{
    setAccess(m_failure->actionButton(), access);
}

void LifecycleCard::setNow(const QDateTime &now)
{
    m_now = now;
    renewHeader();
    renewSteps();
    renewDriver();
}

void LifecycleCard::setRetryError(const std::optional<Error> &error)
{
    m_retryError->setVisible(error.has_value());
    if (error)
        m_retryError->setError(*error);
}

std::chrono::seconds LifecycleCard::elapsed() const
{
    if (!m_status.since.isValid() || !m_now.isValid())
        return {};
    // another workstation's clock may be ahead of ours
    return std::chrono::seconds(std::max<qint64>(0, m_status.since.secsTo(m_now)));
}

void LifecycleCard::renewHeader()
{
    m_card->setTitle(cardTitle(m_status.phase));
    m_badge->setStatus(phaseTone(m_status.phase), phaseName(m_status.phase));
    QStringList parts;
    if (m_status.currentStep() > 0)
        parts.append(tr("step %1 of %2").arg(m_status.currentStep()).arg(m_status.steps.size()));
    if (m_status.isInProgress() && m_status.since.isValid())
        parts.append(stopwatch(elapsed()));
    m_card->setHeaderText(parts.join(QStringLiteral(" · ")));
}

void LifecycleCard::renewSteps()
{
    QList<RuntimeStep> steps = m_status.steps;
    if (isNormalWait(m_status, m_now)) {
        for (RuntimeStep &step : steps)
            step.note.clear();
    }
    m_steps->setSteps(steps);
}

void LifecycleCard::renewFailure()
{
    const bool isFailed = m_status.phase == RuntimePhase::Failed;
    m_failure->setVisible(isFailed);
    if (!isFailed)
        return;
    m_failure->setError(m_status.error.value_or(Error{Error::Kind::Protocol,
        tr("The last operation failed, but what is written in the cluster doesn't say why. "
           "Retry it, and look at Logs if it fails again."),
        {}, {}, {}}));
    m_failure->setDetailShown(true);
}

void LifecycleCard::renewDriver()
{
    renewWaiting();
    QStringList parts;
    if (!m_status.requestedBy.isEmpty())
        parts.append(tr("Requested by %1").arg(m_status.requestedBy));
    if (m_status.isInProgress() && m_status.isDrivenHere)
        parts.append(tr("carried out by this workstation"));
    else if (m_status.isInProgress() && !m_status.drivenBy.isEmpty() && !m_status.silence)
        parts.append(tr("carried out by %1").arg(m_status.drivenBy));
    m_driver->setText(parts.join(QStringLiteral(" · ")));
    m_driver->setVisible(!parts.isEmpty());
}

void LifecycleCard::renewWaiting()
{
    const bool isStalled = m_status.isInProgress() && m_status.drivenBy.isEmpty() && elapsed() >= standstillAfter;
    const bool isSilent = m_status.isInProgress() && m_status.silence;
    const bool isArchived = m_status.isInProgress() && !m_archived.isEmpty();
    const bool isShown = isStalled || isSilent || isArchived;
    const Waiting waiting = isArchived ? waitingForUnarchiving(m_archived)
        : isSilent                     ? waitingFor(m_status, m_now)
                                       : waitingForAnybody(m_status);
    if (isShown) {
        if (m_stalled->isHidden() || m_stalled->title() != waiting.title)
            m_stalled->setMessage(Tone::Warning, waiting.title, waiting.text);
        m_stalled->setTextQuietly(waiting.text);
    }
    m_stalled->setVisible(isShown);
}

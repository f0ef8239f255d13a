// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accounts/operationnote.h"

#include "models/relativetime.h"
#include "widgets/accounts/accountwords.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/painting.h"
#include "widgets/common/statusdot.h"
#include "widgets/common/words.h"
#include "widgets/common/wrappinglabel.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace {

/// One pod, and below it what its server says where it can't take the configuration.
QWidget *createLine(const PodConfiguration &pod, QWidget *parent)
{
    auto *line = new QWidget(parent);
    line->setObjectName(QStringLiteral("podConfigurationLine"));
    const bool isRefused = !pod.refusal.isEmpty();
    const QString state = isRefused ? OperationNote::tr("refuses it")
        : pod.isLoaded              ? OperationNote::tr("runs it")
        : pod.isAway                ? OperationNote::tr("is not ready; takes it when it comes back")
        : pod.unasked               ? OperationNote::tr("could not be asked")
        : pod.isSlow                ? OperationNote::tr("not yet: its kubelet hands it over within a minute and a half")
                                    : OperationNote::tr("not yet");
    auto *soft = new QLabel(state, line);
    setTextRole(soft, Look::SoftText);
    auto *head = new QHBoxLayout;
    head->setSpacing(Look::spaceS);
    head->addWidget(new StatusDot(isRefused ? Tone::Bad : pod.isLoaded ? Tone::Good : Tone::Neutral, line));
    head->addWidget(new ElidingLabel(pod.pod, line));
    head->addWidget(soft, 1);
    auto *layout = new QVBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::spaceXs);
    layout->addLayout(head);
    line->setAccessibleName(QStringLiteral("%1: %2").arg(pod.pod, state));
    if (!isRefused)
        return line;
    auto *words = new WrappingLabel(line);
    words->setText(breakable(pod.refusal));
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setTextRole(words, Look::Bad);
    layout->addWidget(words);
    line->setAccessibleDescription(pod.refusal);
    return line;
}

} // namespace

OperationNote::OperationNote(QWidget *parent)
    : QWidget(parent)
    , m_message(new InlineMessage(this))
    , m_podLines(new QWidget(this))
    , m_lines(new QVBoxLayout(m_podLines))
{
    m_message->setObjectName(QStringLiteral("accountOperationMessage"));
    m_message->actionButton()->setObjectName(QStringLiteral("retryOperationButton"));
    m_lines->setContentsMargins(0, 0, 0, 0);
    m_lines->setSpacing(Look::spaceXs);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::spaceS);
    layout->addWidget(m_message);
    layout->addWidget(m_podLines);
    connect(m_message, &InlineMessage::actionTriggered, this, &OperationNote::retryRequested);
    hide();
}

void OperationNote::setOperation(const std::optional<AccountOperation> &operation, const QList<PodConfiguration> &pods,
    const QDateTime &now, bool isWaiting)
{
    if (isWaiting)
        return showWaiting();
    const bool isTold = operation && operation->state != AccountOperation::State::Done;
    setVisible(isTold || !pods.isEmpty());
    m_message->setVisible(isTold);
    showPods(pods);
    if (!isTold)
        return;
    const bool isFailed = operation->state == AccountOperation::State::Failed;
    QStringList said;
    if (isFailed && operation->error)
        said << operation->error->summary;
    if (const QString rollout = rolloutText(pods); !rollout.isEmpty())
        said << tr("%1.").arg(rollout);
    said << tr("Asked for by %1 %2.").arg(operation->requestedBy, relativeTime(operation->requestedAt, now));
    if (!isFailed && pods.isEmpty())
        said << tr("If whoever asked went away, it is gone on with here, within a minute.");
    const QString title = operationTitle(*operation);
    const QString text = said.join(u' ');
    const QString detail = isFailed && operation->error ? operation->error->detail : QString();
    const Tone tone = isFailed ? Tone::Bad : Tone::Accent;
    if (m_message->title() != title || m_message->tone() != tone || m_message->detail() != detail)
        m_message->setMessage(tone, title, text, detail);
    else if (m_message->text() != text)
        m_message->setTextQuietly(text);
    m_message->setAction(isFailed ? tr("Retry") : QString());
}

void OperationNote::showWaiting()
{
    showPods({});
    const QString title = tr("Waiting for its turn");
    if (m_message->title() != title)
        m_message->setMessage(Tone::Accent, title,
            tr("Nothing is written so far: another change of NATS or of an account comes first, or a workstation that "
               "went away in the midst of one is waited for, up to half a minute. If Pennant is closed before, what "
               "was "
               "asked is not done."));
    m_message->setAction({});
    m_message->show();
    show();
}

void OperationNote::setRetryAccess(const Access &access)
{
    setAccess(m_message->actionButton(), access);
}

void OperationNote::showPods(const QList<PodConfiguration> &pods)
{
    m_podLines->setVisible(!pods.isEmpty());
    if (pods == m_pods)
        return;
    m_pods = pods;
    while (QLayoutItem *item = m_lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const PodConfiguration &pod : pods)
        m_lines->addWidget(createLine(pod, m_podLines));
}

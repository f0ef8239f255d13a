// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/logs/logspage.h"

#include "services/messaging/filesaving.h"
#include "services/messaging/runtimesource.h"
#include "widgets/common/copyrolebutton.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/painting.h"
#include "widgets/common/runtimegate.h"
#include "widgets/common/words.h"
#include "widgets/logs/logsavedialog.h"
#include "widgets/logs/logtoolbar.h"
#include "widgets/logs/logview.h"

#include <QLabel>
#include <QLocale>
#include <QPointer>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace {

QString stateText(LogFollower::State state)
{
    switch (state) {
    case LogFollower::State::Waiting:
        return LogsPage::tr("waiting for more");
    case LogFollower::State::Ended:
        return LogsPage::tr("ended");
    default:
        return {};
    }
}

} // namespace

LogsPage::LogsPage(LogService &logs, RuntimeSource &runtime, Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_runtime(runtime)
    , m_follower([&logs](const LogRequest &request) { return logs.open(request); }, clock)
    , m_toolBar(new LogToolBar(this))
    , m_message(new InlineMessage(this))
    , m_outcome(new InlineMessage(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_view(new LogView(m_follower.buffer(), this))
    , m_statusText(new QLabel(this))
{
    arrange();
    followToolBar();
    connect(&m_follower, &LogFollower::bufferChanged, m_view, &LogView::showChanges);
    connect(&m_follower, &LogFollower::bufferChanged, this, &LogsPage::renewStatusText);
    connect(&m_follower, &LogFollower::stateChanged, this, &LogsPage::renewState);
    connect(m_message, &InlineMessage::actionTriggered, this, [this] {
        if (m_grant.isEmpty())
            refresh();
        else
            copyGrant(m_message->actionButton(), m_grant);
    });
    connect(m_outcome, &InlineMessage::closed, m_outcome, &QWidget::hide);
    connect(m_empty, &EmptyState::actionTriggered, this, &LogsPage::settingsRequested);
    connect(m_view, &LogView::followingChanged, m_toolBar, &LogToolBar::setFollowing);
    connect(m_view, &LogView::followingChanged, this, &LogsPage::renewStatusText);
    connect(m_view, &LogView::copied, m_toolBar, &LogToolBar::showCopied);
    connect(m_view, &LogView::selectionChanged, m_toolBar,
        [this] { m_toolBar->setSelectionPresent(!m_view->selection().isEmpty()); });
    connect(&m_runtime, &RuntimeSource::statusChanged, this, &LogsPage::renewPods);
    connect(&m_runtime, &RuntimeSource::freshnessChanged, this, &LogsPage::renewState);
    connect(&m_runtime, &RuntimeSource::accessChanged, this, &LogsPage::renewAccess);
    connect(&m_runtime, &RuntimeSource::freshnessChanged, &m_follower, [this] {
        if (m_runtime.freshness().state == Freshness::State::Live)
            m_follower.tryNow();
    });
    renewPods();
}

void LogsPage::setKubectl(const KubectlTarget &kubectl)
{
    m_kubectl = kubectl;
    renewState();
}

void LogsPage::arrange()
{
    m_message->setObjectName(QStringLiteral("logMessage"));
    m_message->hide();
    m_outcome->setObjectName(QStringLiteral("logOutcomeMessage"));
    m_outcome->setClosable(true);
    m_outcome->hide();
    m_empty->setObjectName(QStringLiteral("logsEmptyState"));
    m_statusText->setObjectName(QStringLiteral("logStatusLabel"));
    m_statusText->setFont(Look::captionFont());
    setTextRole(m_statusText, Look::SoftText);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::pageMargin, Look::pageMargin, Look::pageMargin, Look::spaceS);
    layout->setSpacing(Look::spaceM);
    layout->addWidget(m_toolBar);
    layout->addWidget(m_message);
    layout->addWidget(m_outcome);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_statusText);
}

void LogsPage::followToolBar()
{
    connect(m_toolBar, &LogToolBar::requestChanged, this, &LogsPage::refresh);
    connect(m_toolBar, &LogToolBar::refreshRequested, this, &LogsPage::refresh);
    connect(m_toolBar, &LogToolBar::followToggled, this, &LogsPage::setFollowing);
    connect(m_toolBar, &LogToolBar::copyRequested, m_view, &LogView::copy);
    connect(m_toolBar, &LogToolBar::downloadRequested, this, &LogsPage::chooseFile);
}

void LogsPage::refresh()
{
    const std::optional<LogRequest> request = m_toolBar->request();
    if (!request)
        return;
    m_view->select({});
    m_follower.read(*request);
    m_follower.setPods(m_runtime.status().pods);
    renewState();
}

void LogsPage::renewPods()
{
    const RuntimeStatus &status = m_runtime.status();
    const bool isIdle = m_follower.state() == LogFollower::State::Idle;
    if (status.phase == RuntimePhase::Absent) {
        // Pods may be known before the record that says what they are of.
        m_toolBar->forgetPods();
        m_follower.stop();
    } else if (isIdle && !status.pods.isEmpty()) {
        m_toolBar->setPods(status.pods);
        refresh();
    } else if (!isIdle) {
        // Without pods the last one's log stays in sight: it may say why it is gone.
        m_toolBar->setPods(status.pods);
        m_follower.setPods(status.pods);
    }
    renewState();
}

void LogsPage::setFollowing(bool isFollowing)
{
    m_view->setFollowing(isFollowing);
    if (isFollowing && !m_follower.request().isFollowing)
        refresh();
}

void LogsPage::chooseFile()
{
    const LogRequest &request = m_follower.request();
    const QString name = request.isPrevious ? QStringLiteral("%1-%2-previous.log") : QStringLiteral("%1-%2.log");
    auto *dialog = new LogSaveDialog(name.arg(request.pod, request.container), this);
    connect(dialog, &QFileDialog::fileSelected, this, &LogsPage::save);
    dialog->open();
}

void LogsPage::save(const QString &file)
{
    m_saving = saveToFile(m_follower.buffer().blocks(), file);
    const auto stop = [self = QPointer(this)] {
        if (self)
            self->dropSaving();
    };
    m_savingEntry = {m_operations,
        {tr("Download of the log of %1").arg(m_follower.request().pod), [this] { Q_EMIT sightRequested(); }, stop}};
    m_saving.then(this, [this, file](const Result<qint64> &written) {
        m_savingEntry = {};
        if (written) {
            LogSaveDialog::rememberFolderOf(file);
            m_outcome->setMessage(Tone::Good, tr("Saved %1 to %2").arg(ByteCount{*written}.text(), file));
        } else {
            m_outcome->setError(written.error());
        }
        m_outcome->show();
    });
}

void LogsPage::dropSaving()
{
    m_saving.drop();
    m_savingEntry = {};
}

void LogsPage::renewState()
{
    const bool isAbsent = m_runtime.status().phase == RuntimePhase::Absent;
    const bool isShown = m_follower.state() != LogFollower::State::Idle && !isAbsent;
    m_toolBar->setVisible(isShown);
    m_statusText->setVisible(isShown && !unstartedPod());
    const bool isEmpty = !isShown || hasNoPrevious() || unstartedPod();
    m_stack->setCurrentWidget(isEmpty ? static_cast<QWidget *>(m_empty) : m_view);
    renewEmptyState();

    if (const std::optional<Error> &error = m_follower.error(); error && !isEmpty)
        showError(*error);
    else
        m_message->hide();
    renewStatusText();
}

/// What was refused is read as soon as it may be.
void LogsPage::renewAccess()
{
    const std::optional<Error> &error = m_follower.error();
    if (error && error->kind == Error::Kind::Forbidden && m_runtime.inspectAccess())
        refresh();
    else
        renewState();
}

/// The kubelet refuses to read the log of a container's life before the first.
bool LogsPage::hasNoPrevious() const
{
    const std::optional<Error> &error = m_follower.error();
    return m_follower.request().isPrevious && error && error->kind == Error::Kind::Invalid;
}

/// The one whose container is chosen, where that has not run yet, so that there is nothing to read.
const RuntimePod *LogsPage::unstartedPod() const
{
    const LogRequest &request = m_follower.request();
    if (m_follower.state() == LogFollower::State::Idle || request.isPrevious || m_follower.buffer().lineCount() > 0)
        return nullptr;
    const QList<RuntimePod> &pods = m_runtime.status().pods;
    const auto found = std::find_if(pods.cbegin(), pods.cend(), [&request](const RuntimePod &pod) {
        return pod.name == request.pod && pod.unstartedContainers.contains(request.container);
    });
    return found == pods.cend() ? nullptr : &*found;
}

void LogsPage::tellUnstarted(const RuntimePod &pod)
{
    const bool isWhole = pod.unstartedContainers.size() == pod.containers.size();
    const QString what = isWhole ? pod.name : tr("%1 of %2").arg(m_follower.request().container, pod.name);
    const QString promise = tr("Its log appears here as soon as it starts.");
    m_empty->setContent(Icons::Name::Clock, tr("%1 has not started: %2").arg(what, pod.state),
        pod.reason.isEmpty() ? promise : breakable(aimedAt(m_kubectl, pod.reason)) + QStringLiteral("\n\n") + promise);
}

void LogsPage::showError(const Error &error)
{
    const LogRequest &request = m_follower.request();
    const bool isWaiting = m_follower.state() == LogFollower::State::Waiting;
    const QString title = isWaiting ? tr("The log of %1 is interrupted; Pennant tries again by itself").arg(request.pod)
                                    : tr("The log of %1 could not be read").arg(request.pod);
    const bool isRefused = error.kind == Error::Kind::Forbidden;
    m_grant = isRefused ? m_runtime.grantFor(m_runtime.inspectAccess()) : QString();
    m_message->setAction(m_grant.isEmpty() ? tr("Retry") : tr("Copy Role"));
    m_message->showStanding(isWaiting ? Tone::Warning : Tone::Bad, title, error.summary, error.detail);
}

void LogsPage::renewEmptyState()
{
    const bool isKnown = m_runtime.freshness().state != Freshness::State::Syncing;
    const bool isAbsent = m_runtime.status().phase == RuntimePhase::Absent;
    const QString gone = m_runtime.goneText();
    m_empty->setAction(isKnown && isAbsent ? tr("Go to Settings") : QString());
    if (isKnown && isAbsent && !gone.isEmpty()) {
        const RuntimeGate gate = goneGate(gone);
        m_empty->setContent(gate.icon, gate.title, gate.text);
        m_empty->setAction(gate.action);
    } else if (!isKnown) {
        m_empty->setContent(Icons::Name::Logs, tr("Logs of the runtime"), tr("Waiting for the cluster to answer."));
    } else if (isAbsent) {
        m_empty->setContent(Icons::Name::Logs, tr("No runtime, no logs"),
            tr("Here stand the logs of the runtime's pods. Enable NATS in Settings first."));
    } else if (const RuntimePod *pod = unstartedPod()) {
        tellUnstarted(*pod);
    } else if (hasNoPrevious()) {
        m_empty->setContent(Icons::Name::Logs, tr("No previous log"),
            tr("This container has not restarted: there is no previous log."));
    } else {
        m_empty->setContent(Icons::Name::Logs, tr("No pods yet"),
            tr("The log of the first pod appears here as soon as Kubernetes has created it. Overview shows how far "
               "it is."));
    }
}

void LogsPage::renewStatusText()
{
    const LogBuffer &buffer = m_follower.buffer();
    const QLocale locale;
    const QString dropped = buffer.droppedLines() == 0
        ? tr("nothing dropped")
        : tr("%1 older lines dropped to stay within 64 MiB").arg(locale.toString(buffer.droppedLines()));
    const QString lines =
        buffer.lineCount() == 1 ? tr("1 line") : tr("%1 lines").arg(locale.toString(buffer.lineCount()));
    QStringList parts{lines, ByteCount{buffer.byteCount()}.text(), dropped, stateText(m_follower.state())};
    if (m_follower.request().isFollowing && !m_view->isFollowing())
        parts.append(tr("more lines may stand below: End leads there"));
    parts.removeAll(QString());
    m_statusText->setText(parts.join(QStringLiteral(" · ")));
    m_toolBar->setLinesPresent(buffer.lineCount() > 0);
}

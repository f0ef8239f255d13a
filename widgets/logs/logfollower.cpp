// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/logs/logfollower.h"

#include <algorithm>

namespace {

/// How many lines are asked for again after a break: few enough to arrive at once.
constexpr int resumedLines = 200;
constexpr std::chrono::milliseconds firstWait{1000};
constexpr std::chrono::milliseconds longestWait{15000};

/// Whether the same question may get another answer later: a pod that is gone comes back, a container that waits
/// starts.
bool isWorthTrying(const Error &error)
{
    return error.isTransient() || error.kind == Error::Kind::NotFound || error.kind == Error::Kind::Invalid
        || error.kind == Error::Kind::Server;
}

} // namespace

LogFollower::LogFollower(Open open, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_open(std::move(open))
    , m_clock(clock)
    , m_backoff(firstWait, longestWait)
{
}

void LogFollower::read(const LogRequest &request)
{
    m_request = request;
    m_buffer.clear();
    m_lastLine.clear();
    m_isJoining = false;
    m_isRestarted = false;
    m_restarts.reset();
    m_backoff.reset();
    open(request.tailLines, request.isFollowing);
    Q_EMIT bufferChanged();
}

void LogFollower::stop()
{
    m_nextTry.drop();
    m_tail.reset();
    setState(State::Idle, {});
}

void LogFollower::setPods(const QList<RuntimePod> &pods)
{
    const auto pod =
        std::find_if(pods.begin(), pods.end(), [this](const RuntimePod &each) { return each.name == m_request.pod; });
    if (pod == pods.end()) {
        m_isRestarted = m_isRestarted || m_restarts.has_value();
        m_restarts.reset();
        return;
    }
    if (m_restarts && pod->restarts > *m_restarts)
        m_isRestarted = true;
    m_restarts = pod->restarts;
    if (m_state == State::Waiting && m_isRestarted && pod->ready)
        resume();
}

void LogFollower::open(std::optional<int> tailLines, bool isFollowing)
{
    m_nextTry.drop();
    LogRequest request = m_request;
    request.tailLines = tailLines;
    request.isFollowing = isFollowing;
    m_tail = m_open(request);
    connect(m_tail.get(), &LogTail::linesArrived, this, &LogFollower::takeLines);
    connect(m_tail.get(), &LogTail::ended, this, &LogFollower::finish);
    setState(State::Reading, {});
}

void LogFollower::takeLines(const QByteArrayList &lines)
{
    QByteArrayList fresh = lines;
    if (std::exchange(m_isJoining, false))
        joinUp(fresh);
    if (fresh.isEmpty())
        return;
    m_backoff.reset();
    m_lastLine = fresh.last();
    m_buffer.append(fresh);
    Q_EMIT bufferChanged();
}

void LogFollower::joinUp(QByteArrayList &lines)
{
    const qsizetype known = m_lastLine.isEmpty() ? -1 : lines.lastIndexOf(m_lastLine);
    if (known >= 0) {
        lines.remove(0, known + 1);
        return;
    }
    // Fewer lines than were asked for, and none of them known: this is all of another container's log.
    const bool isAnother = std::exchange(m_isRestarted, false) || lines.size() < resumedLines;
    const QString marker = isAnother ? tr("── %1 started again ──").arg(m_request.pod)
                                     : tr("── reading again; lines in between may be missing ──");
    m_buffer.appendMarker(marker.toUtf8());
}

void LogFollower::finish(const std::optional<Error> &error)
{
    m_tail.release()->deleteLater(); // it is the one that calls
    if (!m_request.isFollowing || m_request.isPrevious)
        return setState(error ? State::Failed : State::Ended, error);
    if (error && !isWorthTrying(*error))
        return setState(State::Failed, error);
    setState(State::Waiting, error);
    tryAgainSoon();
}

void LogFollower::tryAgainSoon()
{
    m_nextTry = m_clock.sleep(m_backoff.next());
    m_nextTry.then(this, [this](const Result<void> &) { resume(); });
}

void LogFollower::resume()
{
    if (m_buffer.lineCount() == 0)
        return open(m_request.tailLines, true);
    m_isJoining = true;
    open(m_isRestarted ? std::nullopt : std::optional(resumedLines), true);
}

void LogFollower::setState(State state, const std::optional<Error> &error)
{
    if (m_state == state && m_error == error)
        return;
    m_state = state;
    m_error = error;
    Q_EMIT stateChanged();
}

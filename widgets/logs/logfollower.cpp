// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/logs/logfollower.h"

#include <algorithm>

namespace {

/// How many lines are asked for again after a break: few enough to arrive at once.
constexpr int resumedLines = 200;
/// How long they may take: what a quiet log has of them arrives at once, and nothing more.
constexpr std::chrono::milliseconds longestJoin{1000};
constexpr std::chrono::milliseconds firstWait{1000};
constexpr std::chrono::milliseconds longestWait{15000};

/// Whether the same question may get another answer later: a pod that is gone comes back, a container that waits
/// starts.
bool isWorthTrying(const Error &error)
{
    return error.isTransient() || error.kind == Error::Kind::NotFound || error.kind == Error::Kind::Invalid;
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
    m_knownEnd.clear();
    stopJoining();
    m_hasGap = false;
    m_isRestarted = false;
    m_isUnstarted = false;
    m_restarts.reset();
    m_backoff.reset();
    open(request.tailLines, request.isFollowing);
    Q_EMIT bufferChanged();
}

void LogFollower::stop()
{
    m_nextTry.drop();
    stopJoining();
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
        m_isRestarted = m_isRestarted || !std::exchange(m_hasGap, false);
    m_restarts = pod->restarts;
    const bool isReadyAgain = pod->ready && !m_isReady;
    m_isReady = pod->ready;
    const bool wasUnstarted = std::exchange(m_isUnstarted, pod->unstartedContainers.contains(m_request.container));
    if (wasUnstarted && !m_isUnstarted && m_buffer.lineCount() == 0 && m_state != State::Idle) {
        // Also where it is being read: what was asked too early may still end without a line.
        m_backoff.reset();
        m_isRestarted = false;
        return open(m_request.tailLines, m_request.isFollowing);
    }
    if (m_state == State::Waiting && pod->ready && (m_isRestarted || isReadyAgain))
        resume();
}

void LogFollower::tryNow()
{
    if (!m_nextTry.isAsked())
        return;
    m_backoff.reset();
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
    if (lines.isEmpty())
        return;
    m_backoff.reset();
    if (!m_isJoining)
        return append(lines);
    m_arrived += lines;
    if (m_isRestarted || m_arrived.size() >= resumedLines || m_knownEnd.find(m_arrived))
        return joinUp();
    if (m_patience.isAsked())
        return;
    m_patience = m_clock.sleep(longestJoin);
    m_patience.then(this, [this](const Result<void> &) { joinUp(); });
}

void LogFollower::append(const QByteArrayList &lines)
{
    m_knownEnd.append(lines);
    m_buffer.append(lines);
    Q_EMIT bufferChanged();
}

void LogFollower::joinUp()
{
    m_isJoining = false;
    m_patience.drop();
    QByteArrayList lines = std::exchange(m_arrived, {});
    const auto place = m_isRestarted ? std::nullopt : m_knownEnd.find(lines);
    if (place)
        lines.remove(0, place->behind);
    if (std::exchange(m_isRestarted, false)) {
        appendMarker(tr("── %1 started again ──").arg(m_request.pod));
    } else if (!place) {
        appendMarker(tr("── reading again; lines around here may be doubled or missing ──"));
        m_hasGap = true;
    } else if (!place->isOnly && !lines.isEmpty()) {
        // they repeat themselves: what comes behind the first place may be known as well
        appendMarker(tr("── reading again; lines below may be doubled ──"));
    }
    if (!place)
        m_knownEnd.clear();
    append(lines);
}

void LogFollower::appendMarker(const QString &text)
{
    m_buffer.appendMarker(text.toUtf8());
}

void LogFollower::finish(const std::optional<Error> &error)
{
    m_tail.release()->deleteLater(); // it is the one that calls
    if (m_isJoining && !m_arrived.isEmpty() && !error)
        joinUp();
    stopJoining(); // after another break they come once more
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
    m_hasGap = false;
    open(m_isRestarted ? std::nullopt : std::optional(resumedLines), true);
}

void LogFollower::stopJoining()
{
    m_isJoining = false;
    m_arrived.clear();
    m_patience.drop();
}

void LogFollower::setState(State state, const std::optional<Error> &error)
{
    if (m_state == state && m_error == error)
        return;
    m_state = state;
    m_error = error;
    Q_EMIT stateChanged();
}

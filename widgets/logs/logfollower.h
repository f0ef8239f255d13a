// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/logbuffer.h"
#include "services/base/backoff.h"
#include "services/base/clock.h"
#include "services/domain/runtime.h"
#include "services/messaging/logservice.h"
#include "widgets/logs/knownend.h"

#include <functional>

/// Reads the log of one container into a buffer, and while it follows stays with it: when the container restarts, the
/// pod comes back under its name, or the connection breaks, it goes on by itself and says so with a marker line.
///
/// After a break it asks for the newest lines again and leaves out those it has; where they do not join up the marker
/// says that lines may be doubled or missing. GUI thread.
class LogFollower final : public QObject {
    Q_OBJECT

public:
    enum class State {
        Idle, ///< nothing asked for
        Reading,
        Waiting, ///< for the container to come back, or to try again
        Ended, ///< everything that was asked for is here
        Failed, ///< and does not try again by itself
    };
    using Open = std::function<std::unique_ptr<LogTail>(const LogRequest &)>;

    /// `clock` must outlive it.
    LogFollower(Open open, Clock &clock, QObject *parent = nullptr);

    const LogBuffer &buffer() const { return m_buffer; }
    State state() const { return m_state; }
    const LogRequest &request() const { return m_request; }
    /// With Failed and Waiting: why.
    const std::optional<Error> &error() const { return m_error; }

    /// Begins anew with another log.
    void read(const LogRequest &request);
    void stop();
    /// What runs now; that the container starts, starts again, or is ready again, is seen here.
    void setPods(const QList<RuntimePod> &pods);
    /// Where it waits for its next try that is due: the cluster answers again.
    void tryNow();

Q_SIGNALS:
    void bufferChanged();
    void stateChanged();

private:
    void open(std::optional<int> tailLines, bool isFollowing);
    void takeLines(const QByteArrayList &lines);
    void append(const QByteArrayList &lines);
    void joinUp();
    void stopJoining();
    void appendMarker(const QString &text);
    void finish(const std::optional<Error> &error);
    void tryAgainSoon();
    void resume();
    void setState(State state, const std::optional<Error> &error);

    Open m_open;
    Clock &m_clock;
    LogBuffer m_buffer;
    LogRequest m_request;
    State m_state = State::Idle;
    std::optional<Error> m_error;
    std::unique_ptr<LogTail> m_tail;
    Backoff m_backoff;
    Pending<void> m_nextTry;
    KnownEnd m_knownEnd; ///< of the log itself, without markers
    bool m_isJoining = false; ///< the first lines after a break are on their way
    QByteArrayList m_arrived; ///< of those
    Pending<void> m_patience; ///< for more of those
    bool m_hasGap = false; ///< this reading did not join up, and nothing says why
    bool m_isReady = false; ///< the pod, when last seen
    bool m_isUnstarted = false; ///< the container has not run yet, when last seen
    std::optional<int> m_restarts; ///< of the pod, when last seen
    bool m_isRestarted = false; ///< since the log ended
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/domain/streammessage.h"

#include <QObject>

#include <functional>

class Clock;

/// What comes into a stream, read once a second without a consumer. Keeps the newest messages, a bounded number and
/// size of them. Where they come faster than they are read, round after round, it goes on at the newest, and counts
/// what it passed over; what came while it was paused is read. GUI thread.
class MessageTail final : public QObject {
    Q_OBJECT

public:
    using Read = std::function<Flow<MessagePage>(const MessageQuery &)>;

    static constexpr int mostKept = 1000;
    static constexpr qsizetype mostBytesKept = 32 * 1024 * 1024;

    /// Begins at once with what comes after `sequence` on `subject`. `clock` must outlive it.
    MessageTail(Clock &clock, Read read, QString subject, quint64 sequence, QObject *parent = nullptr);

    /// Nothing is read meanwhile, and what is there stays; afterwards it goes on where it was.
    void setPaused(bool isPaused);
    bool isPaused() const { return m_isPaused; }
    /// By sequence.
    const QList<StreamMessage> &messages() const { return m_messages; }
    /// Sequences that were not read; of a subject with few messages there was perhaps none among them.
    quint64 passedOver() const { return m_passedOver; }
    /// Messages that were shown and gave way to newer ones.
    quint64 givenUp() const { return m_givenUp; }
    /// Why nothing could be read last; it goes on trying.
    const std::optional<Error> &problem() const { return m_problem; }

Q_SIGNALS:
    void changed();

private:
    Flow<void> run();
    Flow<bool> readOnce();
    bool adopt(MessagePage page);
    /// The page was of another stream of that name: what was shown is gone, and reading begins with its first one.
    bool restart(const MessagePage &page);
    /// Counts the rounds after each of which more was still to be read than before.
    bool canFollow(const MessagePage &page);
    void passOver(quint64 newest);
    void boundMessages();

    Clock &m_clock;
    Read m_read;
    QString m_subject;
    quint64 m_next;
    bool m_isPaused = false;
    QList<StreamMessage> m_messages;
    qsizetype m_bytes = 0;
    quint64 m_passedOver = 0;
    quint64 m_givenUp = 0;
    quint64 m_behind = 0; ///< sequences that were still to be read after the last round
    int m_roundsLost = 0; ///< rounds in a row that left more to be read than there was before
    std::optional<QDateTime> m_created; ///< the stream
    std::optional<Error> m_problem;
    Flow<void> m_running;
};

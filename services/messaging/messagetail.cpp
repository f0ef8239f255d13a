// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/messagetail.h"

#include "services/base/backoff.h"
#include "services/base/clock.h"

using namespace std::chrono_literals;

namespace {
constexpr std::chrono::milliseconds readEvery = 1s;
constexpr int mostAtOnce = 100;
/// Further behind than this nobody could follow by reading, where it was so for that many rounds.
constexpr quint64 mostBehind = 1000;
constexpr int mostRoundsLost = 5;
} // namespace

MessageTail::MessageTail(Clock &clock, Read read, QString subject, quint64 sequence, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_read(std::move(read))
    , m_subject(std::move(subject))
    , m_next(sequence + 1)
    , m_running(run())
{
}

void MessageTail::setPaused(bool isPaused)
{
    if (std::exchange(m_isPaused, isPaused) != isPaused)
        Q_EMIT changed();
}

Flow<void> MessageTail::run()
{
    Backoff backoff;
    for (;;) {
        std::chrono::milliseconds wait = readEvery;
        if (!m_isPaused) {
            Flow<bool> reading = readOnce();
            auto hasMore = co_await reading;
            if (!hasMore)
                wait = backoff.next();
            else
                backoff.reset();
            if (hasMore && *hasMore)
                continue;
        }
        co_await m_clock.sleep(wait);
    }
}

/// Answers whether more is there already.
Flow<bool> MessageTail::readOnce()
{
    MessageQuery query;
    query.from = MessageQuery::From::Sequence;
    query.sequence = m_next;
    query.subject = m_subject;
    query.most = mostAtOnce;
    Flow<MessagePage> reading = m_read(query);
    auto page = co_await reading;
    if (m_isPaused)
        co_return false; // it is read again when it goes on
    if (!page) {
        m_problem = page.error();
        Q_EMIT changed();
        co_return fail(page.error());
    }
    const bool wasWell = !m_problem;
    m_problem.reset();
    const quint64 gone = m_givenUp;
    const bool isOther = !page->messages.isEmpty() || !wasWell;
    const bool hasMore = adopt(std::move(*page));
    if (isOther || m_givenUp != gone)
        Q_EMIT changed();
    co_return hasMore;
}

bool MessageTail::adopt(MessagePage page)
{
    const bool isOther = m_created && page.created && *page.created != *m_created;
    if (page.created)
        m_created = page.created;
    if (isOther || page.lastSequence + 1 < m_next)
        return restart(page);
    for (const StreamMessage &message : std::as_const(page.messages))
        m_bytes += message.size();
    if (!page.messages.isEmpty())
        m_next = page.messages.constLast().sequence + 1;
    if (!page.hasAfter) // what else there is lies on other subjects
        m_next = std::max(m_next, page.lastSequence + 1);
    m_messages += page.messages;
    boundMessages();
    if (!canFollow(page))
        passOver(page.lastSequence);
    return page.hasAfter;
}

bool MessageTail::restart(const MessagePage &page)
{
    m_next = std::max<quint64>(page.firstSequence, 1);
    m_givenUp += quint64(m_messages.size());
    m_messages.clear();
    m_bytes = 0;
    m_behind = 0;
    m_roundsLost = 0;
    return page.lastSequence >= m_next;
}

/// A round reads so many messages that match, however many others lie between: where fewer of those come than it reads,
/// less is left after it.
bool MessageTail::canFollow(const MessagePage &page)
{
    const quint64 behind = page.hasAfter && page.lastSequence >= m_next ? page.lastSequence + 1 - m_next : 0;
    m_roundsLost = behind > mostBehind && behind > m_behind && m_behind > 0 ? m_roundsLost + 1 : 0;
    m_behind = behind;
    return m_roundsLost < mostRoundsLost;
}

void MessageTail::passOver(quint64 newest)
{
    const quint64 goOn = newest - mostAtOnce + 1;
    m_passedOver += goOn - m_next;
    m_next = goOn;
    m_behind = 0;
    m_roundsLost = 0;
}

void MessageTail::boundMessages()
{
    qsizetype gone = 0;
    while (m_messages.size() - gone > 1 && (m_messages.size() - gone > mostKept || m_bytes > mostBytesKept))
        m_bytes -= m_messages[gone++].size();
    m_messages.remove(0, gone);
    m_givenUp += quint64(gone);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/messagetail.h"

#include "services/base/backoff.h"
#include "services/base/clock.h"

using namespace std::chrono_literals;

namespace {
constexpr std::chrono::milliseconds readEvery = 1s;
constexpr int mostAtOnce = 100;
/// Further behind than this nobody could follow by reading.
constexpr quint64 mostBehind = 1000;
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
    const bool isOther = !page->messages.isEmpty() || !wasWell;
    const bool hasMore = adopt(std::move(*page));
    if (isOther)
        Q_EMIT changed();
    co_return hasMore;
}

bool MessageTail::adopt(MessagePage page)
{
    // made anew under its name, its sequences begin again
    if (page.lastSequence + 1 < m_next)
        m_next = std::max<quint64>(page.firstSequence, 1);
    for (const StreamMessage &message : std::as_const(page.messages))
        m_bytes += message.size();
    if (!page.messages.isEmpty())
        m_next = page.messages.constLast().sequence + 1;
    if (!page.hasAfter) // what else there is lies on other subjects
        m_next = std::max(m_next, page.lastSequence + 1);
    m_messages += page.messages;
    boundMessages();
    if (page.hasAfter && page.lastSequence > m_next + mostBehind)
        passOver(page.lastSequence);
    return page.hasAfter;
}

void MessageTail::passOver(quint64 newest)
{
    const quint64 goOn = newest - mostAtOnce + 1;
    m_passedOver += goOn - m_next;
    m_next = goOn;
}

void MessageTail::boundMessages()
{
    qsizetype gone = 0;
    while (m_messages.size() - gone > 1 && (m_messages.size() - gone > mostKept || m_bytes > mostBytesKept))
        m_bytes -= m_messages[gone++].size();
    m_messages.remove(0, gone);
    m_givenUp += quint64(gone);
}

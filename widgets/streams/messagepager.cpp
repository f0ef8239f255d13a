// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/messagepager.h"

#include "services/messaging/messageservice.h"
#include "services/messaging/messagetail.h"

using From = MessageQuery::From;

MessagePager::MessagePager(MessageService &service, const StreamId &stream, QObject *parent)
    : QObject(parent)
    , m_service(service)
    , m_stream(stream)
{
}

MessagePager::~MessagePager() = default;

void MessagePager::setSubject(const QString &subject)
{
    if (subject == m_subject)
        return;
    m_subject = subject;
    if (m_tail)
        setLive(true);
    else
        goToLast();
}

void MessagePager::goToFirst()
{
    read({From::First});
}

void MessagePager::goToLast()
{
    read({From::Last});
}

void MessagePager::goToOlder()
{
    if (!m_page.messages.isEmpty())
        read({From::Before, m_page.messages.constFirst().sequence});
}

void MessagePager::goToNewer()
{
    if (!m_page.messages.isEmpty())
        read({From::Sequence, m_page.messages.constLast().sequence + 1});
}

void MessagePager::goToSequence(quint64 sequence)
{
    read({From::Sequence, sequence});
}

void MessagePager::goToTime(const QDateTime &time)
{
    MessageQuery query{From::Time};
    query.time = time;
    read(query);
}

void MessagePager::reload()
{
    read(m_query);
}

void MessagePager::read(const MessageQuery &query)
{
    m_tail.reset();
    m_query = query;
    m_query.subject = m_subject;
    m_reading = m_service.read(m_stream, m_query);
    m_reading.then(this, [this](const Result<MessagePage> &page) { adopt(page); });
    Q_EMIT changed();
}

/// Beyond the last message, or before the first one, is nothing to look at: what was shown stays.
void MessagePager::adopt(const Result<MessagePage> &page)
{
    m_reading.drop();
    m_problem = page ? std::nullopt : std::optional(page.error());
    const bool isStep = m_query.from == From::Before
        || (m_query.from == From::Sequence && !m_page.messages.isEmpty()
            && m_query.sequence == m_page.messages.constLast().sequence + 1);
    const bool isNothing = page && page->messages.isEmpty() && isStep;
    if (isNothing)
        m_page.lastSequence = page->lastSequence;
    if (isNothing && m_query.from == From::Before)
        m_page.hasBefore = false;
    else if (isNothing)
        m_page.hasAfter = false;
    else if (page)
        m_page = *page;
    if (page && !isNothing)
        Q_EMIT arrived(m_query.from == From::Last || m_query.from == From::Before);
    Q_EMIT changed();
}

void MessagePager::setLive(bool isLive)
{
    if (!isLive) {
        if (m_tail)
            goToLast();
        return;
    }
    m_reading.drop();
    m_problem.reset();
    const std::optional<Stream> now = m_service.stream(m_stream);
    const quint64 newest = std::max(now ? now->lastSequence : 0, m_page.lastSequence);
    m_tail = m_service.follow(m_stream, m_subject, newest);
    connect(m_tail.get(), &MessageTail::changed, this, &MessagePager::changed);
    Q_EMIT changed();
}

const QList<StreamMessage> &MessagePager::messages() const
{
    return m_tail ? m_tail->messages() : m_page.messages;
}

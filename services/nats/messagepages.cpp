// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/messagepages.h"

#include "services/nats/jetstreamapi.h"
#include "services/nats/streammessages.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>
#include <vector>

namespace {

using Found = std::optional<StreamMessage>;

/// As many as NatsConnection lets out at once.
constexpr int mostAtOnce = 4;

/// The sequences from `begin` to before `end`.
struct Span {
    quint64 begin = 1;
    quint64 end = 1;

    quint64 width() const { return end > begin ? end - begin : 0; }
};

quint64 lastOf(const QList<StreamMessage> &messages)
{
    return messages.isEmpty() ? 0 : messages.constLast().sequence;
}

qsizetype sizeOf(const QList<StreamMessage> &messages)
{
    qsizetype size = 0;
    for (const StreamMessage &message : messages)
        size += message.size();
    return size;
}

/// How many of the last, one at least, are no more than `most` and, but for the first of them, `mostBytes`.
qsizetype lastThatFit(const QList<StreamMessage> &messages, qsizetype most, qsizetype mostBytes)
{
    qsizetype count = 0;
    for (qsizetype bytes = 0; count < std::min(messages.size(), most) && bytes < mostBytes; ++count)
        bytes += messages[messages.size() - 1 - count].size();
    return count;
}

/// One query, read from top to bottom. Lives in the frame of readMessages().
class PageReader final {
public:
    PageReader(std::shared_ptr<JetStreamApi> api, const QString &stream, const MessageQuery &query)
        : m_api(std::move(api))
        , m_messages(m_api->transport(), stream)
        , m_stream(stream)
        , m_query(query)
    {
    }

    Flow<MessagePage> read();

private:
    Flow<MessagePage> forward(quint64 from);
    Flow<MessagePage> backward(quint64 before);
    /// By sequence; m_isWhole says whether nothing more is in the span.
    Flow<QList<StreamMessage>> collect(Span span, int most, qsizetype mostBytes);
    Flow<quint64> beginOf(QDateTime time);
    Flow<quint64> bisected(QDateTime time);
    MessagePage page(QList<StreamMessage> messages) const;

    std::shared_ptr<JetStreamApi> m_api;
    StreamMessages m_messages;
    QString m_stream;
    MessageQuery m_query;
    quint64 m_first = 0; ///< of the stream
    quint64 m_last = 0;
    std::optional<QDateTime> m_created;
    bool m_isWhole = false;
};

MessagePage PageReader::page(QList<StreamMessage> messages) const
{
    MessagePage page;
    page.messages = std::move(messages);
    page.firstSequence = m_first;
    page.lastSequence = m_last;
    page.created = m_created;
    return page;
}

Flow<MessagePage> PageReader::read()
{
    Pending<Stream> asking = m_api->stream(m_stream);
    auto now = co_await asking;
    if (!now)
        co_return fail(now.error());
    m_first = now->firstSequence;
    m_last = now->lastSequence;
    m_created = now->created;
    if (now->messages == 0)
        co_return page({});
    quint64 from = m_first;
    switch (m_query.from) {
    case MessageQuery::From::Last:
        from = std::numeric_limits<qint64>::max();
        [[fallthrough]];
    case MessageQuery::From::Before: {
        Flow<MessagePage> reading =
            backward(std::min(m_query.from == MessageQuery::From::Last ? from : m_query.sequence, m_last + 1));
        auto read = co_await reading;
        co_return read;
    }
    case MessageQuery::From::Time: {
        Flow<quint64> looking = beginOf(m_query.time);
        auto begin = co_await looking;
        if (!begin)
            co_return fail(begin.error());
        from = *begin;
        break;
    }
    case MessageQuery::From::Sequence:
        from = std::max(m_query.sequence, m_first);
        break;
    case MessageQuery::From::First:
        break;
    }
    Flow<MessagePage> reading = forward(from);
    auto read = co_await reading;
    co_return read;
}

Flow<MessagePage> PageReader::forward(quint64 from)
{
    const Span span{from, std::numeric_limits<qint64>::max()};
    Flow<QList<StreamMessage>> collecting = collect(span, m_query.most, mostBytesOfPage);
    auto collected = co_await collecting;
    if (!collected)
        co_return fail(collected.error());
    MessagePage found = page(*collected);
    found.hasBefore = from > m_first;
    found.hasAfter = !m_isWhole && lastOf(found.messages) < m_last;
    co_return found;
}

/// Each span that was read whole is followed by a wider one before it. One that holds too much is read from behind, by
/// narrower ones; what was found at its beginning is kept for when they come to that.
Flow<MessagePage> PageReader::backward(quint64 before)
{
    constexpr quint64 growth = 4;
    QList<StreamMessage> found;
    QList<StreamMessage> below; // all from `known` on, to its last one
    quint64 known = m_first;
    Span span{before, before};
    quint64 width = quint64(m_query.most);
    while (found.size() < m_query.most && sizeOf(found) < mostBytesOfPage && span.end > m_first) {
        const quint64 floor = below.isEmpty() ? m_first : lastOf(below) + 1;
        if (span.end <= floor) {
            const qsizetype bytes = sizeOf(found);
            const qsizetype taken = lastThatFit(below, m_query.most - found.size(), mostBytesOfPage - bytes);
            found = below.last(taken) + found;
            span.end = taken < below.size() ? found.constFirst().sequence : known;
            below.clear();
            continue;
        }
        span.begin = span.end - std::min(width, span.end - floor);
        Flow<QList<StreamMessage>> collecting =
            collect(span, m_query.most - int(found.size()), mostBytesOfPage - sizeOf(found));
        auto collected = co_await collecting;
        if (!collected)
            co_return fail(collected.error());
        if (m_isWhole) {
            found = *collected + found;
            span.end = span.begin;
            width = std::min(width, std::numeric_limits<quint64>::max() / growth) * growth;
            continue;
        }
        // what fits one page lay in so many sequences: the last so many may fit as well
        const quint64 held = std::max<quint64>(lastOf(*collected) - span.begin + 1, 1);
        width = std::max<quint64>(std::min(held, span.width() * 3 / 4), 1);
        if (span.begin > floor)
            below.clear();
        if (below.isEmpty())
            known = span.begin;
        below += *collected;
    }
    MessagePage result = page(found);
    result.hasBefore = span.end > m_first;
    result.hasAfter = before <= m_last;
    co_return result;
}

/// Asks from several sequences on at once: where the messages lie side by side each is another. Where they don't the
/// same one comes more than once, and fewer are asked for.
Flow<QList<StreamMessage>> PageReader::collect(Span span, int most, qsizetype mostBytes)
{
    QList<StreamMessage> messages;
    qsizetype bytes = 0;
    quint64 next = span.begin;
    int atOnce = 1;
    m_isWhole = true;
    while (next < span.end && messages.size() < most && bytes < mostBytes) {
        const int asked = int(std::min<quint64>(
            std::min<quint64>(quint64(atOnce), span.end - next), quint64(most - int(messages.size()))));
        std::vector<Pending<Found>> questions;
        questions.reserve(std::size_t(asked));
        for (int i = 0; i < asked; ++i)
            questions.push_back(m_messages.next(next + quint64(i), m_query.subject));
        const qsizetype before = messages.size();
        for (Pending<Found> &question : questions) {
            auto found = co_await question;
            if (!found)
                co_return fail(found.error());
            if (!*found || (*found)->sequence >= span.end)
                co_return messages;
            if ((*found)->sequence <= lastOf(messages))
                continue;
            bytes += (*found)->size();
            messages.append(std::move(**found));
        }
        const int others = int(messages.size() - before);
        atOnce = others == asked ? std::min(asked * 2, mostAtOnce) : 1;
        next = lastOf(messages) + 1;
    }
    m_isWhole = next >= span.end;
    co_return messages;
}

/// The sequence from which on messages are not older than `time`.
Flow<quint64> PageReader::beginOf(QDateTime time)
{
    const QString any;
    Pending<Found> asking = m_messages.since(time, any);
    auto found = co_await asking;
    if (!found && found.error().isTransient())
        co_return fail(found.error());
    if (found && !*found)
        co_return m_last + 1;
    // an old server leaves the time aside, or does not understand it
    if (found && (*found)->time >= time)
        co_return (*found)->sequence;
    Flow<quint64> looking = bisected(time);
    auto sequence = co_await looking;
    co_return sequence;
}

Flow<quint64> PageReader::bisected(QDateTime time)
{
    const QString any;
    Span span{m_first, m_last + 1};
    while (span.begin < span.end) {
        const quint64 middle = span.begin + span.width() / 2;
        Pending<Found> asking = m_messages.next(middle, any);
        auto found = co_await asking;
        if (!found)
            co_return fail(found.error());
        if (!*found || (*found)->time >= time)
            span.end = middle;
        else
            span.begin = (*found)->sequence + 1;
    }
    co_return span.begin;
}

} // namespace

Flow<MessagePage> readMessages(std::shared_ptr<JetStreamApi> api, QString stream, MessageQuery query)
{
    PageReader reader(std::move(api), stream, query);
    Flow<MessagePage> reading = reader.read();
    auto page = co_await reading;
    co_return page;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/messageexport.h"

#include "services/base/background.h"
#include "services/messaging/filesaving.h"

#include <algorithm>

namespace {

constexpr int mostAtOnce = 200;

QByteArray linesOf(const QList<StreamMessage> &messages)
{
    QByteArray lines;
    for (const StreamMessage &message : messages)
        lines += toJsonLine(message);
    return lines;
}

Error madeAnew()
{
    return {Error::Kind::Conflict,
        MessageExport::tr(
            "The stream was deleted and made anew while its messages were exported: no file was written."),
        {}, {}, {}};
}

} // namespace

MessageExport::MessageExport(Read read, QObject *parent)
    : QObject(parent)
    , m_read(std::move(read))
{
}

MessageExport::~MessageExport() = default;

void MessageExport::start(const ExportRange &range, const QString &file)
{
    prepare(file, range);
    begin(writeRange(range));
}

void MessageExport::start(const QList<StreamMessage> &messages, const QString &file)
{
    ExportRange range;
    range.first = messages.isEmpty() ? 1 : messages.constFirst().sequence;
    range.last = messages.isEmpty() ? 0 : messages.constLast().sequence;
    prepare(file, range);
    begin(writeAll(messages));
}

void MessageExport::prepare(const QString &file, const ExportRange &range)
{
    m_path = file;
    m_range = range;
    m_reached = 0;
    m_isClosing = false;
    m_count = 0;
    m_bytes = 0;
    m_file = std::make_unique<SavedFile>(file);
}

void MessageExport::begin(Flow<void> flow)
{
    m_running = std::move(flow);
    m_running.whenFinished([this](const Result<void> &outcome) {
        m_file.reset();
        Q_EMIT ended(outcome ? std::nullopt : std::optional(outcome.error()));
    });
}

void MessageExport::cancel()
{
    if (!isRunning() || m_isClosing)
        return;
    m_running = {};
    m_file.reset();
    Q_EMIT ended(Error{Error::Kind::Cancelled, tr("The export was stopped: no file was written."), {}, {}, {}});
}

double MessageExport::progress() const
{
    if (m_range.last < m_range.first)
        return 0;
    const quint64 whole = m_range.last - m_range.first + 1;
    const quint64 done = m_reached < m_range.first ? 0 : m_reached - m_range.first + 1;
    return std::min(double(done) / double(whole), 1.0);
}

Flow<void> MessageExport::writeRange(ExportRange range)
{
    MessageQuery query;
    query.from = MessageQuery::From::Sequence;
    query.subject = range.subject;
    query.most = mostAtOnce;
    query.sequence = range.first;
    std::optional<QDateTime> created;
    while (query.sequence <= range.last) {
        Flow<MessagePage> reading = m_read(query);
        auto page = co_await reading;
        if (!page)
            co_return fail(page.error());
        if (created && page->created && *page->created != *created)
            co_return fail(madeAnew());
        if (!created)
            created = page->created;
        QList<StreamMessage> messages = page->messages;
        const bool isPast = !messages.isEmpty() && messages.constLast().sequence >= range.last;
        messages.removeIf([&range](const StreamMessage &message) { return message.sequence > range.last; });
        const bool isEnd = isPast || !page->hasAfter;
        if (!page->messages.isEmpty())
            query.sequence = page->messages.constLast().sequence + 1;
        Flow<void> writing = write(messages);
        auto written = co_await writing;
        if (!written)
            co_return fail(written.error());
        if (isEnd)
            break;
    }
    // what the last page was read of is known by asking once more
    query.most = 1;
    query.sequence = range.last;
    Flow<MessagePage> looking = m_read(query);
    auto end = co_await looking;
    if (!end)
        co_return fail(end.error());
    if (created && end->created && *end->created != *created)
        co_return fail(madeAnew());
    Flow<void> closing = close();
    auto closed = co_await closing;
    co_return closed;
}

Flow<void> MessageExport::writeAll(QList<StreamMessage> messages)
{
    Flow<void> writing = write(messages);
    auto written = co_await writing;
    if (!written)
        co_return fail(written.error());
    Flow<void> closing = close();
    auto closed = co_await closing;
    co_return closed;
}

Flow<void> MessageExport::write(QList<StreamMessage> messages)
{
    const std::function<Result<QByteArray>()> put = [messages]() -> Result<QByteArray> { return linesOf(messages); };
    Pending<QByteArray> putting = runInBackground<QByteArray>(QThreadPool::globalInstance(), put);
    auto lines = co_await putting;
    const qint64 size = lines->size();
    Pending<void> writing = m_file->write(*lines);
    auto written = co_await writing;
    if (!written)
        co_return fail(written.error());
    m_count += quint64(messages.size());
    m_bytes += size;
    if (!messages.isEmpty())
        m_reached = messages.constLast().sequence;
    Q_EMIT progressed();
    co_return Result<void>();
}

Flow<void> MessageExport::close()
{
    m_isClosing = true; // from here on the file comes to be, whoever waits for it
    Pending<qint64> committing = m_file->commit();
    auto committed = co_await committing;
    if (!committed)
        co_return fail(committed.error());
    co_return Result<void>();
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/streambackup.h"

#include "services/nats/jetstreamapi.h"
#include "services/nats/jetstreamasking.h"
#include "services/nats/jetstreamtransport.h"

#include <QJsonDocument>

#include <algorithm>

using namespace JetStreamAsking;
using namespace std::chrono_literals;

namespace {

constexpr qint64 chunkSize = 128 * 1024;
constexpr qint64 pieceSize = 64 * 1024; // less than the largest message of any server in use
constexpr qint64 windowSize = 1024 * 1024;
constexpr qint64 leastWindow = 2 * pieceSize;
constexpr std::chrono::milliseconds soon = 500ms; // an answer, after which more may be under way
constexpr std::chrono::milliseconds late = 1s; // less; a line is taken for dead after four
constexpr qint64 mostWaiting = 16 * windowSize;
constexpr std::chrono::milliseconds answerLimit = 30s; // a large stream is looked through before the first piece
constexpr std::chrono::milliseconds pieceLimit = 20s;
constexpr std::chrono::milliseconds storingLimit = 1h; // the server puts it all in its place at the end

using Subscription = std::shared_ptr<NatsSubscription>;

Error inWords(Error error, const char *words)
{
    if (error.kind == Error::Kind::Timeout || error.kind == Error::Kind::Offline)
        error.summary = text(words);
    return error;
}

/// "408 No Interest" of the message that ends a snapshot; nothing where it ends well.
std::optional<Error> problemIn(const NatsMessage &end)
{
    constexpr int noContent = 204;
    if (end.status == 0 || end.status == noContent)
        return std::nullopt;
    return Error{Error::Kind::Server, text("The server gave the backup up before its end. Begin again."),
        QStringLiteral("%1 %2").arg(end.status).arg(end.statusText), {}, {}};
}

/// Counts the pieces by the number at the end of where each is answered: one that is missing would leave a hole.
class PieceCount {
public:
    bool isNext(const NatsMessage &piece)
    {
        if (piece.replyTo.isEmpty())
            return true; // the last one, which is not answered
        const QByteArray number = piece.replyTo.mid(piece.replyTo.lastIndexOf('.') + 1);
        return number.toLongLong() == ++m_last;
    }

private:
    qint64 m_last = 0;
};

/// What a batch of messages holds.
struct Arrived {
    QByteArrayList pieces;
    QList<NatsMessage> answers;
    bool isEnd = false;
};

Result<Arrived> arrived(const QList<NatsMessage> &messages, PieceCount &count)
{
    Arrived result;
    for (const NatsMessage &message : messages) {
        if (message.payload.isEmpty()) {
            if (const auto problem = problemIn(message))
                return fail(*problem);
            result.isEnd = true;
            return result;
        }
        if (!count.isNext(message))
            return fail(Error::Kind::Protocol, text("A part of the backup was lost on its way. Begin again."),
                QString::fromUtf8(message.replyTo));
        result.pieces.append(message.payload);
        if (!message.replyTo.isEmpty())
            result.answers.append({message.replyTo, {}, {}});
    }
    return result;
}

QByteArray inJson(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// Tells the server that no more will come, unless it ended otherwise: it takes a piece that can't be answered for
/// that, and would wait a while for the next one else.
class GivingUp {
public:
    GivingUp(JetStreamTransport *transport, QByteArray subject)
        : m_transport(transport)
        , m_subject(std::move(subject))
    {
    }
    ~GivingUp()
    {
        if (m_isDue)
            m_transport->publish({{m_subject, {}, QByteArrayLiteral("-")}});
    }
    GivingUp(const GivingUp &) = delete;
    GivingUp &operator=(const GivingUp &) = delete;

    void isNotDue() { m_isDue = false; }

private:
    JetStreamTransport *m_transport;
    QByteArray m_subject;
    bool m_isDue = true;
};

/// Takes what the server says of pieces that were sent: nothing of one that it has taken, and a document of why not.
Result<int> takenIn(const QList<NatsMessage> &answers)
{
    int taken = 0;
    for (const NatsMessage &answer : answers) {
        if (answer.payload.isEmpty()) {
            ++taken;
            continue;
        }
        const Result<QJsonObject> document = decoded(answer.payload);
        if (!document)
            return fail(document.error());
    }
    return taken;
}

std::chrono::milliseconds steadyNow()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

/// How much may be under way: all else on the line waits behind it, PONGs too. Little at first, more while answers come
/// soon, less where they come late.
class Window {
public:
    qint64 bytes() const { return m_bytes; }

    /// To `size` bytes that were sent at `sentAt`.
    void noteAnswer(qint64 size, std::chrono::milliseconds sentAt, std::chrono::milliseconds now)
    {
        const auto taken = now - sentAt;
        if (taken < soon) {
            m_bytes = std::min(m_bytes + size, windowSize);
        } else if (taken > late && sentAt >= m_narrowedAt) { // what was sent before may not tell of it so far
            m_bytes = std::max(m_bytes / 2, leastWindow);
            m_narrowedAt = now;
        }
    }

private:
    qint64 m_bytes = leastWindow;
    std::chrono::milliseconds m_narrowedAt{0};
};

/// Sends an archive piece by piece. A member's flow ends before the object does.
class Sending {
public:
    Sending(JetStreamTransport *transport, Subscription inbox, QByteArray subject, StreamBackup::Now now)
        : m_transport(transport)
        , m_inbox(std::move(inbox))
        , m_subject(std::move(subject))
        , m_now(now ? std::move(now) : StreamBackup::Now(steadyNow))
    {
    }

    Flow<void> send(StreamBackup::Source source, StreamBackup::Progress progress)
    {
        for (;;) {
            Pending<QByteArray> reading = source();
            const auto part = co_await reading;
            if (!part)
                co_return fail(part.error());
            if (part->isEmpty())
                break;
            for (qsizetype at = 0; at < part->size();) {
                const qint64 room = std::max(pieceSize, m_window.bytes() / 4); // several at once
                const auto taken = co_await awaitRoom(room, progress);
                if (!taken)
                    co_return fail(taken.error());
                const QList<NatsMessage> messages = piecesOf(*part, at);
                const auto sent = co_await m_transport->publish(messages);
                if (!sent)
                    co_return fail(sent.error());
            }
        }
        const auto all = co_await awaitRoom(windowSize, progress); // none is under way any more
        co_return all;
    }

private:
    struct Piece {
        qint64 size;
        std::chrono::milliseconds sentAt;
    };

    /// From `at` on, as many as there is room for: one at least. As messages, which are under way from now on.
    QList<NatsMessage> piecesOf(const QByteArray &part, qsizetype &at)
    {
        QList<NatsMessage> messages;
        const QByteArray replyTo = m_inbox->subject().toUtf8();
        const std::chrono::milliseconds now = m_now();
        do {
            messages.append({m_subject, replyTo, part.mid(at, pieceSize)});
            const qint64 size = messages.constLast().payload.size();
            m_underWay.append({size, now});
            m_bytesUnderWay += size;
            at += size;
        } while (at < part.size() && m_bytesUnderWay + pieceSize <= m_window.bytes());
        return messages;
    }

    /// Until `bytes` more may be under way.
    Flow<void> awaitRoom(qint64 bytes, StreamBackup::Progress progress)
    {
        while (m_bytesUnderWay > 0 && m_bytesUnderWay + bytes > m_window.bytes()) {
            const auto answers = co_await m_inbox->next(pieceLimit);
            if (!answers)
                co_return fail(inWords(answers.error(),
                    QT_TRANSLATE_NOOP("JetStream",
                        "The connection broke, or the server stopped answering, before all "
                        "was sent.")));
            const Result<int> taken = takenIn(*answers);
            if (!taken)
                co_return fail(taken.error());
            for (int i = 0; i < *taken && !m_underWay.isEmpty(); ++i) {
                const Piece piece = m_underWay.takeFirst();
                m_taken += piece.size;
                m_bytesUnderWay -= piece.size;
                m_window.noteAnswer(piece.size, piece.sentAt, m_now());
            }
            progress(m_taken);
        }
        co_return Result<void>();
    }

    JetStreamTransport *m_transport;
    Subscription m_inbox;
    QByteArray m_subject;
    StreamBackup::Now m_now;
    Window m_window;
    QList<Piece> m_underWay;
    qint64 m_bytesUnderWay = 0;
    qint64 m_taken = 0;
};

} // namespace

Flow<StreamBackup::Description> StreamBackup::take(
    JetStreamTransport *transport, QString stream, Begun begun, Sink sink)
{
    if (const QString problem = tokenProblem(stream); !problem.isEmpty())
        co_return fail(Error::Kind::Invalid, problem);
    const auto inbox = co_await transport->subscribe(mostWaiting);
    if (!inbox)
        co_return fail(inbox.error());
    const Subscription incoming = *inbox;
    const QJsonObject body{{QStringLiteral("deliver_subject"), incoming->subject()},
        {QStringLiteral("no_consumers"), false}, {QStringLiteral("chunk_size"), chunkSize},
        {QStringLiteral("window_size"), windowSize}};
    const QStringList names{stream};
    const QString request = apiSubject("STREAM.SNAPSHOT", names);
    const QByteArray payload = inJson(body);
    const auto reply = co_await transport->request(request, payload, answerLimit);
    const Result<QJsonObject> answer = decoded(reply);
    if (!answer)
        co_return fail(answer.error());
    const Description description{
        answer->value(QLatin1String("config")).toObject(), answer->value(QLatin1String("state")).toObject()};
    begun(description);
    PieceCount count;
    for (bool isEnd = false; !isEnd;) {
        const auto messages = co_await incoming->next(pieceLimit);
        if (!messages)
            co_return fail(inWords(messages.error(),
                QT_TRANSLATE_NOOP("JetStream",
                    "The connection broke, or the server stopped sending, before the backup's "
                    "end. Begin again.")));
        const Result<Arrived> batch = arrived(*messages, count);
        if (!batch)
            co_return fail(batch.error());
        // answered at once: the server waits two seconds for it, and how much waits here is bounded by its window
        Pending<void> answering = transport->publish(batch->answers);
        Pending<void> taking = sink(batch->pieces);
        const auto answered = co_await answering;
        if (!answered)
            co_return fail(answered.error());
        const auto taken = co_await taking;
        if (!taken)
            co_return fail(taken.error());
        isEnd = batch->isEnd;
    }
    co_return description;
}

Flow<Stream> StreamBackup::restore(JetStreamTransport *transport, QString account, Description description,
    Source source, Progress progress, Asked asked, Now now)
{
    const QString name = description.config.value(QLatin1String("name")).toString();
    if (const QString problem = tokenProblem(name); !problem.isEmpty())
        co_return fail(Error::Kind::Invalid, problem);
    const auto inbox = co_await transport->subscribe(mostWaiting);
    if (!inbox)
        co_return fail(inbox.error());
    const Subscription answers = *inbox;
    const QJsonObject body{
        {QStringLiteral("config"), description.config}, {QStringLiteral("state"), description.state}};
    const QStringList names{name};
    const QString request = apiSubject("STREAM.RESTORE", names);
    const QByteArray payload = inJson(body);
    if (asked)
        asked();
    const auto reply = co_await transport->request(request, payload, answerLimit);
    const Result<QJsonObject> answer = decoded(reply);
    if (!answer)
        co_return fail(answer.error());
    const QByteArray subject = answer->value(QLatin1String("deliver_subject")).toString().toUtf8();
    if (subject.isEmpty())
        co_return fail(Error::Kind::Protocol, text("The server did not say where the backup is to be sent."));
    progress(0);
    GivingUp givingUp(transport, subject);
    Sending sending(transport, answers, subject, now);
    const auto sent = co_await sending.send(source, progress);
    if (!sent)
        co_return fail(sent.error());
    givingUp.isNotDue();
    const QString unknown = text("All was sent, but the server did not say in time what became of it. Stream %1 may "
                                 "still come to be: look at the table.")
                                .arg(name);
    const QList<NatsMessage> end{{subject, answers->subject().toUtf8(), {}}};
    const auto ended = co_await transport->publish(end);
    if (!ended)
        co_return fail(ended.error());
    const auto last = co_await answers->next(storingLimit);
    if (!last) {
        Error error = last.error();
        error.kind = Error::Kind::Timeout;
        error.summary = unknown;
        co_return fail(error);
    }
    const auto info = decoded(last->constLast().payload);
    if (!info)
        co_return fail(info.error());
    co_return streamFromJson(account, *info);
}

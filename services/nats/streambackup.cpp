// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/streambackup.h"

#include "services/nats/jetstreamapi.h"
#include "services/nats/jetstreamasking.h"
#include "services/nats/jetstreamtransport.h"

#include <QJsonDocument>

using namespace JetStreamAsking;
using namespace std::chrono_literals;

namespace {

constexpr qint64 chunkSize = 128 * 1024;
constexpr qint64 pieceSize = 64 * 1024; // less than the largest message of any server in use
constexpr qint64 windowSize = 1024 * 1024;
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

/// Sends an archive piece by piece. A member's flow ends before the object does.
class Sending {
public:
    Sending(JetStreamTransport *transport, Subscription inbox, QByteArray subject)
        : m_transport(transport)
        , m_inbox(std::move(inbox))
        , m_subject(std::move(subject))
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
            const auto taken = co_await awaitRoom(part->size(), progress);
            if (!taken)
                co_return fail(taken.error());
            const QList<NatsMessage> messages = piecesOf(*part);
            const auto sent = co_await m_transport->publish(messages);
            if (!sent)
                co_return fail(sent.error());
        }
        const auto all = co_await awaitRoom(windowSize, progress);
        co_return all;
    }

private:
    /// As messages, which are under way from now on.
    QList<NatsMessage> piecesOf(const QByteArray &part)
    {
        QList<NatsMessage> messages;
        const QByteArray replyTo = m_inbox->subject().toUtf8();
        for (qsizetype at = 0; at < part.size(); at += pieceSize) {
            messages.append({m_subject, replyTo, part.mid(at, pieceSize)});
            m_underWay.append(messages.constLast().payload.size());
        }
        m_bytesUnderWay += part.size();
        return messages;
    }

    /// Until `bytes` more may be under way.
    Flow<void> awaitRoom(qint64 bytes, StreamBackup::Progress progress)
    {
        while (m_bytesUnderWay + bytes > windowSize) {
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
                m_taken += m_underWay.first();
                m_bytesUnderWay -= m_underWay.takeFirst();
            }
            progress(m_taken);
        }
        co_return Result<void>();
    }

    JetStreamTransport *m_transport;
    Subscription m_inbox;
    QByteArray m_subject;
    QList<qint64> m_underWay;
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

Flow<Stream> StreamBackup::restore(
    JetStreamTransport *transport, QString account, Description description, Source source, Progress progress)
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
    const auto reply = co_await transport->request(request, payload, answerLimit);
    const Result<QJsonObject> answer = decoded(reply);
    if (!answer)
        co_return fail(answer.error());
    const QByteArray subject = answer->value(QLatin1String("deliver_subject")).toString().toUtf8();
    if (subject.isEmpty())
        co_return fail(Error::Kind::Protocol, text("The server did not say where the backup is to be sent."));
    progress(0);
    GivingUp givingUp(transport, subject);
    Sending sending(transport, answers, subject);
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/streammessages.h"

#include "services/base/background.h"
#include "services/base/flow.h"
#include "services/base/mapped.h"
#include "services/nats/jetstreamasking.h"

using namespace JetStreamAsking;

namespace {

using Found = std::optional<StreamMessage>;

constexpr int noMessageFound = 10037;
/// Above this an answer is taken apart in the background.
constexpr qsizetype mostAtOnce = 16 * 1024;
/// A message of 64 MiB through a tunnel.
constexpr std::chrono::milliseconds readLimit = std::chrono::seconds(30);
constexpr std::chrono::milliseconds publishLimit = std::chrono::seconds(10);

QString anyOf(const QString &subject)
{
    return subject.isEmpty() ? QStringLiteral(">") : subject;
}

/// To the millisecond before, not to the nearest: what is asked for by it is not to lie before what was found.
QDateTime momentOf(QString timestamp)
{
    constexpr qsizetype digits = 3;
    const qsizetype point = timestamp.indexOf(QLatin1Char('.'));
    qsizetype end = point + 1;
    while (point >= 0 && end < timestamp.size() && timestamp[end].isDigit())
        ++end;
    if (point >= 0 && end > point + 1 + digits)
        timestamp.remove(point + 1 + digits, end - point - 1 - digits);
    return QDateTime::fromString(timestamp, Qt::ISODateWithMs).toUTC();
}

QByteArray bytesIn(const QJsonObject &message, const char *key)
{
    return QByteArray::fromBase64(message.value(QLatin1String(key)).toString().toLatin1());
}

Flow<Found> asked(JetStreamTransport *transport, QString subject, QByteArray payload)
{
    Pending<QByteArray> asking = transport->request(subject, payload, readLimit);
    auto reply = co_await asking;
    if (!reply)
        co_return fail(inJetStreamTerms(std::move(reply.error())));
    if (reply->size() <= mostAtOnce)
        co_return streamMessageFrom(*reply);
    const std::function<Result<Found>()> read = [bytes = *reply] { return streamMessageFrom(bytes); };
    Pending<Found> reading = runInBackground<Found>(QThreadPool::globalInstance(), read);
    auto found = co_await reading;
    co_return found;
}

NatsHeaders bytesOf(const QList<MessageHeader> &headers)
{
    NatsHeaders bytes;
    for (const MessageHeader &header : headers)
        bytes.append({header.name.toUtf8(), header.value.toUtf8()});
    return bytes;
}

Error inPublishersTerms(Error error)
{
    if (error.kind == Error::Kind::NotReady)
        error.summary = text("No stream takes messages on this subject right now: it may have been changed or deleted, "
                             "or has no leader. Nothing was stored.");
    if (error.kind == Error::Kind::Timeout)
        error.summary = text("The server did not answer in time. Whether the message was stored is not known.");
    return error;
}

} // namespace

Result<Found> streamMessageFrom(const QByteArray &reply)
{
    const QJsonDocument document = QJsonDocument::fromJson(reply);
    if (!document.isObject())
        return fail(decoded(reply).error());
    const QJsonObject answer = document.object();
    const QJsonValue refusal = answer.value(QLatin1String("error"));
    if (refusal[QLatin1String("err_code")].toInt() == noMessageFound)
        return Found();
    if (const std::optional<Error> error = jetStreamError(answer))
        return fail(*error);
    const QJsonObject told = answer.value(QLatin1String("message")).toObject();
    StreamMessage message;
    message.sequence = counterOf(told.value(QLatin1String("seq")));
    message.subject = told.value(QLatin1String("subject")).toString();
    message.timestamp = told.value(QLatin1String("time")).toString();
    message.time = momentOf(message.timestamp);
    message.headerBlock = bytesIn(told, "hdrs");
    message.payload = bytesIn(told, "data");
    if (message.sequence == 0)
        return fail(Error::Kind::Protocol, text("The server told of a message without a sequence."));
    return Found(message);
}

Result<PublishAck> publishAckFrom(const QByteArray &reply)
{
    const Result<QJsonObject> answer = decoded(reply);
    if (!answer && answer.error().kind != Error::Kind::Protocol)
        return fail(answer.error());
    PublishAck ack;
    if (answer) {
        ack.stream = answer->value(QLatin1String("stream")).toString();
        ack.sequence = counterOf(answer->value(QLatin1String("seq")));
        ack.isDuplicate = answer->value(QLatin1String("duplicate")).toBool();
    }
    if (!ack.stream.isEmpty() && ack.sequence > 0)
        return ack;
    return fail(Error::Kind::Protocol,
        text("Somebody answered that is no stream: a service listens on this subject as well. Whether the message was "
             "stored is not known."),
        QString::fromUtf8(reply.left(200)));
}

StreamMessages::StreamMessages(JetStreamTransport &transport, QString stream)
    : m_transport(transport)
    , m_stream(std::move(stream))
{
}

Pending<Found> StreamMessages::get(const QJsonObject &body)
{
    if (const QString problem = tokenProblem(m_stream); !problem.isEmpty())
        return refused<Found>("name", problem);
    const QByteArray payload = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return asPending(asked(&m_transport, apiSubject("STREAM.MSG.GET", {m_stream}), payload));
}

Pending<Found> StreamMessages::next(quint64 sequence, const QString &subject)
{
    return get({{QStringLiteral("seq"), qint64(std::max<quint64>(sequence, 1))},
        {QStringLiteral("next_by_subj"), anyOf(subject)}});
}

Pending<Found> StreamMessages::last(const QString &subject)
{
    return get({{QStringLiteral("last_by_subj"), anyOf(subject)}});
}

Pending<Found> StreamMessages::at(quint64 sequence)
{
    return get({{QStringLiteral("seq"), qint64(sequence)}});
}

Pending<Found> StreamMessages::since(const QDateTime &time, const QString &subject)
{
    return get({{QStringLiteral("start_time"), time.toUTC().toString(Qt::ISODateWithMs)},
        {QStringLiteral("next_by_subj"), anyOf(subject)}});
}

Pending<void> StreamMessages::remove(quint64 sequence)
{
    if (const QString problem = tokenProblem(m_stream); !problem.isEmpty())
        return refused<void>("name", problem);
    const QJsonObject body{{QStringLiteral("seq"), qint64(sequence)}};
    return ask<void>(m_transport, apiSubject("STREAM.MSG.DELETE", {m_stream}), body, Manner::Mutation,
        deletionConfirmed,
        text("The server did not answer in time. Whether message %1 was deleted is not known yet.").arg(sequence));
}

Pending<PublishAck> StreamMessages::publish(JetStreamTransport &transport, const OutgoingMessage &message)
{
    auto reply = std::make_shared<Pending<QByteArray>>(
        transport.requestWithHeaders(message.subject, bytesOf(message.headers), message.payload, publishLimit));
    return Pending<PublishAck>::ask([&](Pending<PublishAck>::Answer answer) -> std::function<void()> {
        reply->then(qApp, [reply, answer](const Result<QByteArray> &bytes) {
            answer(bytes ? publishAckFrom(*bytes) : Result<PublishAck>(fail(inPublishersTerms(bytes.error()))));
        });
        return {};
    });
}

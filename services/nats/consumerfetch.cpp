// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/consumerfetch.h"

#include "services/domain/bytecount.h"
#include "services/nats/jetstreamasking.h"
#include "services/nats/streammessages.h"

#include <algorithm>

using namespace JetStreamAsking;
using namespace std::chrono_literals;

namespace {

constexpr qint64 mostWaiting = 128 * 1024 * 1024;
constexpr std::chrono::milliseconds answerLimit = 6s;
constexpr int noMessages = 404;
constexpr int requestOver = 408;
/// A header that stands for a payload which was left out.
constexpr char sizeHeader[] = "Nats-Msg-Size";

/// Why there are no (more) messages, where that is no plain end.
std::optional<Error> problemIn(const NatsMessage &end, const FetchRequest &request, bool isFirst)
{
    // some releases say so behind the last of a batch, with the status of what went wrong
    const bool isComplete = end.statusText.startsWith(QLatin1String("Batch Completed"));
    if (end.status == noMessages || end.status == requestOver || isComplete)
        return std::nullopt;
    const bool isLarge = end.statusText.startsWith(QLatin1String("Message Size Exceeds"));
    const QString summary = isLarge
        ? text("The next message would be more than is fetched at once, which is %1.")
              .arg(ByteCount{request.mostBytes}.text())
        : (isFirst ? text("The server gave none: %1") : text("The server gave no more: %1")).arg(end.statusText);
    return Error{Error::Kind::Server, summary, QStringLiteral("%1 %2").arg(end.status).arg(end.statusText), {}, {}};
}

QByteArray blockOf(const NatsHeaders &headers)
{
    if (headers.isEmpty())
        return {};
    QByteArray block("NATS/1.0\r\n");
    for (const auto &[name, value] : headers)
        block += name + ": " + value + "\r\n";
    return block + "\r\n";
}

FetchedMessage deliveredAs(const AckSubject &ack, const NatsMessage &message)
{
    constexpr qint64 millisecond = 1'000'000;
    FetchedMessage fetched;
    fetched.message.sequence = ack.sequence;
    fetched.message.subject = QString::fromUtf8(message.subject);
    fetched.message.time = QDateTime::fromMSecsSinceEpoch(ack.stored / millisecond, Qt::UTC);
    fetched.message.timestamp = timestampFrom(ack.stored);
    fetched.message.headerBlock = blockOf(message.headers);
    fetched.message.payload = message.payload;
    fetched.deliveries = ack.deliveries;
    fetched.isBodyLeftOut = message.payload.isEmpty()
        && std::any_of(message.headers.cbegin(), message.headers.cend(),
            [](const auto &header) { return header.first.compare(sizeHeader, Qt::CaseInsensitive) == 0; });
    return fetched;
}

/// Takes what has come into `fetched`; true where that is all.
bool take(const QList<NatsMessage> &messages, const FetchRequest &request, Fetched &fetched)
{
    for (const NatsMessage &message : messages) {
        const std::optional<AckSubject> ack = ackSubjectFrom(message.replyTo);
        if (!ack) {
            fetched.problem = problemIn(message, request, fetched.messages.isEmpty());
            return true;
        }
        fetched.messages.append(deliveredAs(*ack, message));
    }
    return fetched.messages.size() >= request.most;
}

QByteArray bodyOf(const FetchRequest &request)
{
    QJsonObject body{{QStringLiteral("batch"), request.most}, {QStringLiteral("no_wait"), true},
        {QStringLiteral("max_bytes"), request.mostBytes},
        {QStringLiteral("expires"), qint64(std::chrono::nanoseconds(request.expires).count())}};
    if (!request.group.isEmpty())
        body.insert(QStringLiteral("group"), request.group);
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

} // namespace

FetchRequest FetchRequest::within(const QJsonObject &config) const
{
    FetchRequest bounded = *this;
    if (const qint64 bytes = config.value(QLatin1String("max_bytes")).toInteger(); bytes > 0)
        bounded.mostBytes = std::min(bounded.mostBytes, bytes);
    const std::chrono::nanoseconds longest(config.value(QLatin1String("max_expires")).toInteger());
    if (longest >= 1ms)
        bounded.expires = std::min(bounded.expires, std::chrono::duration_cast<std::chrono::milliseconds>(longest));
    return bounded;
}

Flow<Fetched> fetchNext(std::shared_ptr<JetStreamApi> api, FetchRequest request)
{
    JetStreamTransport &transport = api->transport();
    Pending<std::shared_ptr<NatsSubscription>> subscribing = transport.subscribe(mostWaiting);
    auto subscribed = co_await subscribing;
    if (!subscribed)
        co_return fail(subscribed.error());
    const std::shared_ptr<NatsSubscription> inbox = *subscribed;
    const QStringList names{request.stream, request.consumer};
    const QByteArray subject = apiSubject("CONSUMER.MSG.NEXT", names).toUtf8();
    const QList<NatsMessage> asking{{subject, inbox->subject().toUtf8(), bodyOf(request)}};
    Pending<void> publishing = transport.publish(asking);
    auto published = co_await publishing;
    if (!published)
        co_return fail(published.error());
    Fetched fetched;
    for (bool isEnd = false; !isEnd;) {
        Pending<QList<NatsMessage>> waiting = inbox->next(answerLimit);
        auto messages = co_await waiting;
        if (messages) {
            isEnd = take(*messages, request, fetched);
        } else {
            fetched.problem = messages.error();
            isEnd = true;
        }
    }
    if (fetched.messages.isEmpty() && fetched.problem)
        co_return fail(*fetched.problem);
    co_return fetched;
}

Flow<Fetched> withBodies(std::shared_ptr<JetStreamApi> api, QString stream, Fetched fetched)
{
    StreamMessages stored(api->transport(), stream);
    for (FetchedMessage &each : fetched.messages) {
        if (!each.isBodyLeftOut)
            continue;
        Pending<std::optional<StreamMessage>> reading = stored.at(each.message.sequence);
        auto message = co_await reading;
        if (!message) {
            fetched.unread = message.error();
            break;
        }
        if (*message) {
            each.message = **message;
            each.isBodyLeftOut = false;
        }
    }
    co_return fetched;
}

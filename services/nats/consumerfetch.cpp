// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/consumerfetch.h"

#include "services/nats/jetstreamasking.h"
#include "services/nats/streammessages.h"

using namespace JetStreamAsking;
using namespace std::chrono_literals;

namespace {

constexpr qint64 mostWaiting = 128 * 1024 * 1024;
constexpr std::chrono::milliseconds answerLimit = 6s;
constexpr int noMessages = 404;
constexpr int requestOver = 408;

/// Why there are no (more) messages, where that is no plain end.
std::optional<Error> problemIn(const NatsMessage &end)
{
    if (end.status == noMessages || end.status == requestOver)
        return std::nullopt;
    return Error{Error::Kind::Server, text("The server gave none: %1").arg(end.statusText),
        QStringLiteral("%1 %2").arg(end.status).arg(end.statusText), {}, {}};
}

FetchedMessage deliveredAs(const AckSubject &ack, const NatsMessage &message)
{
    FetchedMessage fetched;
    fetched.message.sequence = ack.sequence;
    fetched.message.subject = QString::fromUtf8(message.subject);
    fetched.message.payload = message.payload;
    fetched.deliveries = ack.deliveries;
    return fetched;
}

/// Takes what has come into `fetched`; true where that is all.
Result<bool> take(const QList<NatsMessage> &messages, QList<FetchedMessage> &fetched, qsizetype most)
{
    for (const NatsMessage &message : messages) {
        const std::optional<AckSubject> ack = ackSubjectFrom(message.replyTo);
        if (ack)
            fetched.append(deliveredAs(*ack, message));
        else if (const auto problem = problemIn(message); problem && fetched.isEmpty())
            return fail(*problem);
        else
            return true;
    }
    return fetched.size() >= most;
}

} // namespace

Flow<QList<FetchedMessage>> fetchNext(std::shared_ptr<JetStreamApi> api, QString stream, QString consumer, int most)
{
    JetStreamTransport &transport = api->transport();
    Pending<std::shared_ptr<NatsSubscription>> subscribing = transport.subscribe(mostWaiting);
    auto subscribed = co_await subscribing;
    if (!subscribed)
        co_return fail(subscribed.error());
    const std::shared_ptr<NatsSubscription> inbox = *subscribed;
    const QJsonObject body{{QStringLiteral("batch"), most}, {QStringLiteral("no_wait"), true}};
    const QByteArray subject = apiSubject("CONSUMER.MSG.NEXT", {stream, consumer}).toUtf8();
    const QList<NatsMessage> request{
        {subject, inbox->subject().toUtf8(), QJsonDocument(body).toJson(QJsonDocument::Compact)}};
    Pending<void> asking = transport.publish(request);
    auto asked = co_await asking;
    if (!asked)
        co_return fail(asked.error());
    QList<FetchedMessage> fetched;
    for (bool isEnd = false; !isEnd;) {
        Pending<QList<NatsMessage>> waiting = inbox->next(answerLimit);
        auto messages = co_await waiting;
        if (!messages && fetched.isEmpty())
            co_return fail(messages.error());
        const Result<bool> taken = messages ? take(*messages, fetched, most) : Result<bool>(true);
        if (!taken)
            co_return fail(taken.error());
        isEnd = *taken;
    }
    // as the stream has them, with headers and the time; what it has no more stays as it was delivered
    StreamMessages stored(transport, stream);
    for (FetchedMessage &each : fetched) {
        Pending<std::optional<StreamMessage>> reading = stored.at(each.message.sequence);
        auto message = co_await reading;
        if (message && *message)
            each.message = **message;
    }
    co_return fetched;
}

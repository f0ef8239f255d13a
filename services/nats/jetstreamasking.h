// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/nats/jetstreamapi.h"
#include "services/nats/jetstreamtransport.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <functional>
#include <memory>

/// How the parts of the JetStream API in this box ask: one request, its answer taken apart. GUI thread.
namespace JetStreamAsking {

QString text(const char *source);
/// "$JS.API.STREAM.INFO.ORDERS" of "STREAM.INFO" and "ORDERS".
QString apiSubject(const char *verb, const QStringList &names);
/// What the transport says of a reply that never came, in JetStream's terms.
Error inJetStreamTerms(Error error);
/// The answer's document, or the error that it tells of.
Result<QJsonObject> decoded(Result<QByteArray> reply);
/// Why `name` would break a request. Reading takes any other: a server may have accepted what this program would not
/// create.
QString tokenProblem(const QString &name);
/// A counter of the server's; 0 where it is none or below, and the largest where it is above.
quint64 counterOf(const QJsonValue &value);
/// Of an answer that says no more than `success`.
Result<void> deletionConfirmed(const QJsonObject &answer);

template <typename T> using Decoder = std::function<Result<T>(const QJsonObject &)>;

enum class Manner { Read, Mutation };

/// A mutation runs on when nobody waits for it any more; `unknownOutcome` is what is said where it is not answered.
template <typename T>
Pending<T> ask(JetStreamTransport &transport, const QString &subject, const QJsonObject &body, Manner manner,
    Decoder<T> decode, const QString &unknownOutcome = {})
{
    const QByteArray payload = body.isEmpty() ? QByteArray() : QJsonDocument(body).toJson(QJsonDocument::Compact);
    auto reply = std::make_shared<Pending<QByteArray>>(transport.request(subject, payload));
    return Pending<T>::ask([&](typename Pending<T>::Answer answer) -> std::function<void()> {
        reply->then(qApp, [reply, answer, decode, unknownOutcome](Result<QByteArray> bytes) {
            if (!bytes && bytes.error().kind == Error::Kind::Timeout && !unknownOutcome.isEmpty())
                bytes.error().summary = unknownOutcome;
            answer(decoded(std::move(bytes)).and_then(decode));
        });
        if (manner == Manner::Mutation)
            return {};
        return [reply] { reply->drop(); };
    });
}

template <typename T> Pending<T> refused(const char *field, const QString &problem)
{
    return Pending<T>::answered(fail(Error{Error::Kind::Invalid, problem, {}, {{QLatin1String(field), problem}}, {}}));
}

} // namespace JetStreamAsking

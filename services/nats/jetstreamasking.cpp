// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/jetstreamasking.h"

#include <algorithm>
#include <limits>

QString JetStreamAsking::text(const char *source)
{
    return QCoreApplication::translate("JetStream", source);
}

QString JetStreamAsking::apiSubject(const char *verb, const QStringList &names)
{
    QString subject = QStringLiteral("$JS.API.") + QLatin1String(verb);
    for (const QString &name : names)
        subject += QLatin1Char('.') + name;
    return subject;
}

Error JetStreamAsking::inJetStreamTerms(Error error)
{
    if (error.kind == Error::Kind::NotReady)
        error.summary = text("JetStream does not answer: it is off for this account, or has no leader yet. Try again "
                             "when the pods are ready.");
    return error;
}

Result<QJsonObject> JetStreamAsking::decoded(Result<QByteArray> reply)
{
    if (!reply)
        return fail(inJetStreamTerms(std::move(reply.error())));
    const QJsonDocument document = QJsonDocument::fromJson(*reply);
    if (!document.isObject())
        return fail(Error::Kind::Protocol, text("JetStream's answer makes no sense: it is not a JSON object."),
            QString::fromUtf8(reply->left(200)));
    const QJsonObject answer = document.object();
    if (std::optional<Error> error = jetStreamError(answer))
        return fail(std::move(*error));
    return answer;
}

QString JetStreamAsking::tokenProblem(const QString &name)
{
    static const QString breaking = QStringLiteral(" \t\n\v\f\r.*>") + QChar(QChar::Null);
    const bool isBroken =
        std::any_of(name.cbegin(), name.cend(), [](QChar character) { return breaking.contains(character); });
    return name.isEmpty() || isBroken ? text("A name like this can't be asked for.") : QString();
}

quint64 JetStreamAsking::counterOf(const QJsonValue &value)
{
    if (const qint64 integer = value.toInteger(-1); integer >= 0)
        return quint64(integer);
    // above an int64 JSON keeps a double
    const double number = value.toDouble(0);
    constexpr double tooLarge = 18446744073709551616.0;
    return number <= 0 ? 0 : number >= tooLarge ? std::numeric_limits<quint64>::max() : quint64(number);
}

Result<void> JetStreamAsking::deletionConfirmed(const QJsonObject &answer)
{
    if (!answer.value(QLatin1String("success")).toBool())
        return fail(Error::Kind::Protocol, text("JetStream did not confirm the deletion. Look at the table."));
    return {};
}

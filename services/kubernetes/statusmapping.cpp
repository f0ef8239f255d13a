// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/statusmapping.h"

#include "services/domain/owner.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(KubernetesStatus)
};

constexpr qsizetype longestSentence = 4000;
/// Gateways name the length of their maintenance: whoever waits that out stays stale long after the server is back.
constexpr auto longestWait = std::chrono::seconds(60);

Error::Kind kindOf(int httpStatus)
{
    switch (httpStatus) {
    case 400:
    case 413:
    case 422:
        return Error::Kind::Invalid;
    case 401:
        return Error::Kind::Unauthorized;
    case 403:
        return Error::Kind::Forbidden;
    case 404:
        return Error::Kind::NotFound;
    case 409:
        return Error::Kind::Conflict;
    case 410:
        return Error::Kind::Gone;
    case 429:
        return Error::Kind::Throttled;
    case 504:
        return Error::Kind::Timeout;
    default:
        return httpStatus >= 500 && httpStatus < 600 ? Error::Kind::Server : Error::Kind::Protocol;
    }
}

/// Apply writes paths as ".spec.replicas"; forms know them without the dot.
QString fieldName(const QString &path)
{
    return path.startsWith(u'.') ? path.mid(1) : path;
}

/// Whose the fields are that an apply would have changed: "Helm (spec.replicas), kubectl-edit (spec.template)". Empty
/// where they are nobody's.
QString ownersText(const QJsonObject &details)
{
    static const QRegularExpression manager(QStringLiteral("conflict with \"([^\"]+)\""));
    QMap<QString, QStringList> fields;
    for (const QJsonValue &cause : details.value(QLatin1String("causes")).toArray()) {
        const QString name = manager.match(cause[QLatin1String("message")].toString()).captured(1);
        if (cause[QLatin1String("reason")] == QLatin1String("FieldManagerConflict") && !name.isEmpty())
            fields[name].append(fieldName(cause[QLatin1String("field")].toString()));
    }
    QStringList owners;
    for (auto each = fields.cbegin(); each != fields.cend(); ++each) {
        const auto tool = toolOfManager(each.key());
        owners.append(QStringLiteral("%1 (%2)").arg(
            tool ? toolName(*tool) : each.key(), each->mid(0, 5).join(QStringLiteral(", "))));
    }
    return owners.join(QStringLiteral(", "));
}

QString conflictSummary(const QString &reason, const QString &message, const QJsonObject &details)
{
    if (const QString owners = ownersText(details); !owners.isEmpty())
        return Text::tr("What would be changed is kept by %1, and is not taken from there. Change it there, or let it "
                        "go there, then retry.")
            .arg(owners);
    if (reason == QLatin1String("AlreadyExists"))
        return Text::tr("It exists already: %1. Choose another name, or change what is there.").arg(message);
    return Text::tr("Somebody else changed or owns it: %1. Reload and try again.").arg(message);
}

/// Who lacks which permission, out of what an authorizer says:
/// https://github.com/kubernetes/apiserver/blob/master/pkg/endpoints/handlers/responsewriters/errors.go
QString forbiddenSummary(const QString &message)
{
    static const QRegularExpression refusal(
        QStringLiteral("User \"([^\"]*)\" cannot (\\S+) resource \"([^\"]+)\" in API group \"[^\"]*\" "
                       "(?:in the namespace \"([^\"]+)\"|at the cluster scope)"));
    const QRegularExpressionMatch match = refusal.match(message);
    if (!match.hasMatch())
        return Text::tr(
            "The API server does not allow this: %1. Ask whoever administers the cluster for the permission.")
            .arg(message);
    const QString where = match.captured(4).isEmpty() ? Text::tr("in the whole cluster")
                                                      : Text::tr("in namespace %1").arg(match.captured(4));
    return Text::tr("User “%1” may not %2 %3 %4. Ask whoever administers the cluster for the permission.")
        .arg(match.captured(1), match.captured(2), match.captured(3), where);
}

QString summaryOf(Error::Kind kind, int httpStatus, const QString &reason, const QString &message,
    const QJsonObject &details, const ApiPeer &peer)
{
    switch (kind) {
    case Error::Kind::Unauthorized:
        return Text::tr("The API server %1 refused the credentials of user “%2”. Renew them or choose another context.")
            .arg(peer.server, peer.user);
    case Error::Kind::Forbidden:
        return forbiddenSummary(message);
    case Error::Kind::NotFound:
        return Text::tr("The API server does not have it: %1. It may have been deleted; reload.").arg(message);
    case Error::Kind::Conflict:
        return conflictSummary(reason, message, details);
    case Error::Kind::Invalid:
        return Text::tr("The API server refused it as invalid: %1. Correct it and try again.").arg(message);
    case Error::Kind::Gone:
        return Text::tr("The API server no longer keeps this version: %1. Reload.").arg(message);
    case Error::Kind::Throttled:
        return Text::tr("The API server is busy: %1. Try again in a moment.").arg(message);
    case Error::Kind::Timeout:
        return Text::tr("The API server did not finish in time: %1. Reload to see whether it was done.").arg(message);
    case Error::Kind::Server:
        return Text::tr("The API server failed (%1): %2. Try again in a moment.").arg(httpStatus).arg(message);
    default:
        return Text::tr(
            "The API server %1 gave an answer that Pennant does not understand (%2): %3. Check the address.")
            .arg(peer.server)
            .arg(httpStatus)
            .arg(message);
    }
}

FieldErrors fieldErrors(const QJsonObject &details)
{
    FieldErrors fields;
    for (const QJsonValue &value : details.value(QLatin1String("causes")).toArray()) {
        const QJsonObject cause = value.toObject();
        const QString field = fieldName(cause.value(QLatin1String("field")).toString());
        const QString message = cause.value(QLatin1String("message")).toString().left(longestSentence);
        if (field.isEmpty() && message.isEmpty())
            continue;
        const bool isOwned = cause.value(QLatin1String("reason")) == QLatin1String("FieldManagerConflict");
        fields.append({field, isOwned ? Text::tr("Another manager owns this field: %1").arg(message) : message});
    }
    return fields;
}

Error makeError(int httpStatus, const QJsonObject &status, const QByteArray &retryAfter, const ApiPeer &peer)
{
    const QJsonObject details = status.value(QLatin1String("details")).toObject();
    const QString reason = status.value(QLatin1String("reason")).toString();
    const QString own = status.value(QLatin1String("message")).toString().left(longestSentence);
    QString message = clauseOf(own);
    if (message.isEmpty())
        message = reason.isEmpty() ? Text::tr("it gave no reason") : reason.left(longestSentence);

    Error error;
    error.kind = kindOf(httpStatus);
    error.summary = summaryOf(error.kind, httpStatus, reason, message, details, peer);
    error.detail = own;
    error.fields = fieldErrors(details);
    const int seconds = details.value(QLatin1String("retryAfterSeconds")).toInt(retryAfter.trimmed().toInt());
    if (seconds > 0)
        error.retryAfter = std::min(std::chrono::seconds(seconds), longestWait);
    return error;
}

Error notKubernetes(const QString &words, const ApiPeer &peer)
{
    return {Error::Kind::NotFound,
        Text::tr(
            "%1 answered that what was asked for does not exist, and not as a Kubernetes API server does: there may "
            "be another server at this address. Check “server” in the kubeconfig.")
            .arg(peer.server),
        words, {}, {}};
}

} // namespace

QString clauseOf(QString text)
{
    text = text.trimmed().left(longestSentence);
    while (text.endsWith(u'.') || text.endsWith(u':'))
        text.chop(1);
    return text;
}

Error statusError(int httpStatus, const QByteArray &body, const QByteArray &retryAfter, const ApiPeer &peer)
{
    QJsonObject status = QJsonDocument::fromJson(body).object();
    const bool isStatus = status.value(QLatin1String("kind")) == QLatin1String("Status");
    if (!isStatus) {
        // a kubelet's own words come as plain text; pages of a proxy or portal are of no use to anybody
        const QString text = QString::fromUtf8(body.left(longestSentence)).trimmed();
        const bool isPlain = !text.startsWith(u'<') && !text.startsWith(u'{') && !text.startsWith(u'[');
        // a group that is not served is told by the same words as Go's servers have for any path
        if (httpStatus == 404 && (!isPlain || text.isEmpty() || text == QLatin1String("404 page not found")))
            return notKubernetes(isPlain ? text : QString(), peer);
        status = QJsonObject{{QStringLiteral("message"), isPlain ? text : QString()}};
    }
    return makeError(httpStatus, status, retryAfter, peer);
}

Error statusDocumentError(const QJsonObject &status, const ApiPeer &peer)
{
    return makeError(status.value(QLatin1String("code")).toInt(), status, {}, peer);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/execcredential.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ExecPlugin)
};

QString text(const char *value)
{
    return QLatin1String(value);
}

Error unusable(const ExecPlugin &plugin, const QString &what)
{
    return {Error::Kind::Unauthorized,
        Text::tr("What the exec plugin %1 hands out can't be used: %2. Try it in a terminal, and update it.")
            .arg(plugin.command, what),
        {}, {}, {}};
}

} // namespace

QByteArray execInfo(const ExecPlugin &plugin)
{
    QJsonObject spec{{text("interactive"), plugin.interaction == ExecPlugin::Interaction::Always}};
    if (!plugin.cluster.isEmpty())
        spec.insert(text("cluster"), QJsonDocument::fromJson(plugin.cluster).object());
    return QJsonDocument(QJsonObject{{text("apiVersion"), plugin.apiVersion}, {text("kind"), text("ExecCredential")},
                             {text("spec"), spec}})
        .toJson(QJsonDocument::Compact);
}

Result<LoginCredential> readExecCredential(const QByteArray &output, const ExecPlugin &plugin)
{
    QJsonParseError problem;
    const QJsonObject answer = QJsonDocument::fromJson(output, &problem).object();
    if (problem.error != QJsonParseError::NoError)
        return fail(unusable(plugin,
            output.trimmed().isEmpty() ? Text::tr("it wrote nothing")
                                       : Text::tr("it is not JSON (%1)").arg(problem.errorString())));
    if (answer[text("kind")] != text("ExecCredential"))
        return fail(unusable(plugin, Text::tr("it is not of the kind ExecCredential")));
    if (answer[text("apiVersion")] != plugin.apiVersion)
        return fail(unusable(plugin,
            Text::tr("it is of “%1”, and the kubeconfig says %2")
                .arg(answer[text("apiVersion")].toString().left(80), plugin.apiVersion)));
    const QJsonObject status = answer[text("status")].toObject();
    LoginCredential credential;
    credential.token = SecretString(status[text("token")].toString());
    credential.certificate = status[text("clientCertificateData")].toString().toUtf8();
    credential.key = SecretString(status[text("clientKeyData")].toString());
    if (credential.certificate.isEmpty() != credential.key.isEmpty())
        return fail(
            unusable(plugin, Text::tr("it has a certificate without its key, or a key without its certificate")));
    if (credential.token.isEmpty() && credential.certificate.isEmpty())
        return fail(unusable(plugin, Text::tr("it has neither a token nor a certificate")));
    if (const QString until = status[text("expirationTimestamp")].toString(); !until.isEmpty()) {
        const QDateTime expires = QDateTime::fromString(until, Qt::ISODateWithMs).toUTC();
        if (!expires.isValid())
            return fail(unusable(plugin, Text::tr("its expirationTimestamp is no time")));
        credential.expires = expires;
    }
    return credential;
}

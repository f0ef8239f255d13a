// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/clientsecrets.h"

#include "services/messaging/runtimecredentials.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimeservice.h"

namespace {

ResourceWatch::Query clientSecretQuery(const QString &nameSpace)
{
    ResourceWatch::Query query;
    query.apiVersion = QStringLiteral("v1");
    query.kind = QStringLiteral("Secret");
    query.nameSpace = nameSpace;
    query.labelSelector = RuntimeNames::labelSelector() + QLatin1Char(',') + QLatin1String(RuntimeNames::roleLabel)
        + QStringLiteral("=client");
    query.isMetadataOnly = true;
    return query;
}

SecretVersion versionOf(const QJsonObject &secret)
{
    const QJsonValue metadata = secret[QLatin1String("metadata")];
    return {metadata[QLatin1String("uid")].toString(), metadata[QLatin1String("resourceVersion")].toString()};
}

} // namespace

ClientSecrets::ClientSecrets(KubernetesTransport &transport, Clock &clock, RuntimeService &runtime, QObject *parent)
    : QObject(parent)
    , m_runtime(runtime)
    , m_client(transport)
    , m_watch(transport, clock, clientSecretQuery(runtime.status().nameSpace))
{
    connect(&m_watch, &ResourceWatch::snapshotChanged, this, &ClientSecrets::versionsChanged);
    connect(&m_watch, &ResourceWatch::freshnessChanged, this, &ClientSecrets::versionsChanged);
    connect(&runtime, &RuntimeService::accessChanged, this, &ClientSecrets::noteAccess);
}

void ClientSecrets::start()
{
    m_watch.start();
}

/// Whoever was refused before may list them now.
void ClientSecrets::noteAccess()
{
    const std::optional<Error> &why = m_watch.lastError();
    if (why && why->kind == Error::Kind::Forbidden && m_runtime.access().accounts)
        m_watch.refresh();
}

std::optional<SecretVersion> ClientSecrets::version(const QString &account) const
{
    if (m_watch.freshness().state != Freshness::State::Live)
        return std::nullopt;
    const QString name = RuntimeNames::clientSecret(account);
    for (const QJsonObject &secret : m_watch.snapshot()) {
        if (secret[QLatin1String("metadata")][QLatin1String("name")].toString() == name)
            return versionOf(secret);
    }
    return std::nullopt;
}

Flow<ClientCredential> ClientSecrets::read(QString account)
{
    const ObjectRef ref{QStringLiteral("v1"), QStringLiteral("Secret"), m_runtime.status().nameSpace,
        RuntimeNames::clientSecret(account)};
    auto secret = co_await m_client.read(ref);
    if (!secret) {
        m_runtime.noteRefusal(secret.error());
        co_return fail(secret.error());
    }
    const Login login = loginFromSecret(*secret);
    if (login.password.isEmpty())
        co_return fail(Error::Kind::NotFound,
            tr("Secret %1 holds no password: its key \"password\" is missing or empty. Put it back from a backup.")
                .arg(ref.name));
    co_return ClientCredential{login.username, login.password, versionOf(*secret)};
}

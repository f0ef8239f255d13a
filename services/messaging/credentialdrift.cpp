// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/credentialdrift.h"

#include "services/messaging/runtimecredentials.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimeservice.h"
#include "services/nats/serverconfig.h"

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

ResourceWatch::Query secretQuery(const QString &nameSpace)
{
    ResourceWatch::Query query;
    query.apiVersion = text("v1");
    query.kind = text("Secret");
    query.nameSpace = nameSpace;
    query.labelSelector = RuntimeNames::labelSelector();
    query.isMetadataOnly = true;
    return query;
}

} // namespace

CredentialDrift::CredentialDrift(
    KubernetesTransport &transport, Clock &clock, RuntimeService &runtime, std::function<void()> changed)
    : m_runtime(runtime)
    , m_client(transport)
    , m_changed(std::move(changed))
    , m_secrets(transport, clock, secretQuery(runtime.status().nameSpace))
{
    QObject::connect(&m_secrets, &ResourceWatch::snapshotChanged, &m_secrets, [this] { follow(); });
    QObject::connect(&runtime, &RuntimeService::accessChanged, &m_secrets, [this] { follow(); });
}

void CredentialDrift::start()
{
    m_secrets.start();
}

void CredentialDrift::refresh()
{
    m_secrets.refresh();
}

bool CredentialDrift::hasDrifted(const QString &account) const
{
    return m_drifted.contains(account) && versions() == m_seen;
}

QMap<QString, QString> CredentialDrift::versions() const
{
    QMap<QString, QString> versions;
    for (const QJsonObject &secret : m_secrets.snapshot()) {
        const QJsonObject metadata = secret[text("metadata")].toObject();
        const QString role = metadata[text("labels")][text(RuntimeNames::roleLabel)].toString();
        if (role == text("client") || role == text("config"))
            versions[metadata[text("name")].toString()] = metadata[text("resourceVersion")].toString();
    }
    return versions;
}

void CredentialDrift::follow()
{
    // who may not list Secrets is refused for good; where that has changed, the watch is to know
    const std::optional<Error> &problem = m_secrets.lastError();
    if (problem && problem->kind == Error::Kind::Forbidden && m_runtime.access().accounts)
        m_secrets.refresh();
    if (!m_runtime.access().write || m_looking.isRunning() || versions() == m_seen)
        return;
    m_looking = look();
}

Flow<void> CredentialDrift::look()
{
    m_trace.begin();
    Result<void> looked;
    while (looked && versions() != m_seen)
        looked = co_await lookOnce();
    m_trace.end();
    co_return looked;
}

Flow<void> CredentialDrift::lookOnce()
{
    const QMap<QString, QString> seen = versions();
    const QString nameSpace = m_runtime.status().nameSpace;
    const ObjectRef ref{text("v1"), text("Secret"), nameSpace, text(RuntimeNames::configSecret)};
    auto configuration = co_await m_client.read(ref);
    if (!configuration)
        co_return fail(configuration.error());
    const QByteArray running = secretValue(*configuration, text("nats.conf"));
    QSet<QString> next;
    for (const QJsonObject &secret : QList<QJsonObject>(m_secrets.snapshot())) {
        const QJsonObject labels = secret[text("metadata")][text("labels")].toObject();
        if (labels[text(RuntimeNames::roleLabel)] != text("client"))
            continue;
        const QString account = labels[text(RuntimeNames::accountLabel)].toString();
        auto drifted = co_await isDrifted(account, running);
        if (drifted && *drifted)
            next.insert(account);
    }
    m_seen = seen;
    m_drifted = next;
    m_changed();
    co_return Result<void>();
}

Flow<bool> CredentialDrift::isDrifted(QString account, QByteArray configuration)
{
    const ObjectRef ref{text("v1"), text("Secret"), m_runtime.status().nameSpace, RuntimeNames::clientSecret(account)};
    auto secret = co_await m_client.read(ref);
    if (!secret)
        co_return fail(secret.error());
    const Login login = loginFromSecret(*secret);
    const QByteArray hash = passwordHashIn(configuration, login.username);
    if (hash.isEmpty() || login.password.isEmpty())
        co_return true;
    Pending<bool> matching = matchesHash(login.password, hash);
    auto matches = co_await matching;
    co_return matches && !*matches;
}

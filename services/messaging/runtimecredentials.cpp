// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimecredentials.h"

#include "services/domain/account.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/runtimemanifests.h"
#include "services/messaging/runtimenames.h"
#include "services/nats/bcrypt.h"
#include "services/nats/serverconfig.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>

namespace {

constexpr int saltBytes = 16;

QString text(const char *value)
{
    return QLatin1String(value);
}

ObjectRef secretRef(const QString &nameSpace, const QString &name)
{
    return {text("v1"), text("Secret"), nameSpace, name};
}

QByteArray randomBytes(int count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = char(QRandomGenerator::system()->bounded(256));
    return bytes;
}

SecretValues loginValues(const QByteArray &username, const SecretString &password)
{
    return {{text("username"), username}, {text("password"), password.revealUtf8()}};
}

/// Reads the Secret, or creates it from `fresh` and reads what then is there (somebody may have been faster).
Flow<QJsonObject> ensureSecret(KubernetesClient &client, ObjectRef ref, QJsonObject fresh)
{
    auto found = co_await client.read(ref);
    if (found || found.error().kind != Error::Kind::NotFound)
        co_return found;
    auto created = co_await client.create(fresh);
    if (created || created.error().kind != Error::Kind::Conflict)
        co_return created;
    auto again = co_await client.read(ref);
    co_return again;
}

/// Users of an account that only this program knows, and the Secret of each.
struct HiddenUser {
    Login RuntimeCredentials::*login;
    QString role;
    QString secret;
};

QList<HiddenUser> hiddenUsers(const QString &account)
{
    return {{&RuntimeCredentials::management, text("management"), RuntimeNames::managementSecret(account)},
        {&RuntimeCredentials::viewing, text("viewing"), RuntimeNames::viewingSecret(account)}};
}

Result<ServerUser> hashed(const Login &login, const QByteArray &saltKey)
{
    // A salt for each user that stays the same, so that writing the configuration again changes nothing.
    const QByteArray salt =
        QMessageAuthenticationCode::hash(login.username.toUtf8(), saltKey, QCryptographicHash::Sha256).left(saltBytes);
    auto hash = bcryptHash(login.password, bcryptCostFor(login.password), salt);
    if (!hash)
        return fail(hash.error());
    ServerUser user;
    user.name = login.username;
    user.passwordHash = *hash;
    return user;
}

} // namespace

QByteArray secretValue(const QJsonObject &secret, const QString &key)
{
    return QByteArray::fromBase64(secret[text("data")][key].toString().toLatin1());
}

Login loginFromSecret(const QJsonObject &secret)
{
    return {
        QString::fromUtf8(secretValue(secret, text("username"))), SecretString(secretValue(secret, text("password")))};
}

Flow<RuntimeCredentials> ensureCredentials(
    KubernetesClient &client, const RuntimeManifests &manifests, QString nameSpace)
{
    const QString account = defaultAccountName();
    RuntimeCredentials credentials;

    const ObjectRef clientRef = secretRef(nameSpace, RuntimeNames::clientSecret(account));
    auto clientSecret = co_await client.read(clientRef);
    if (!clientSecret && clientSecret.error().kind == Error::Kind::NotFound)
        co_return fail(Error::Kind::NotFound,
            QCoreApplication::translate("RuntimeCredentials",
                "Secret %1, which holds the only copy of the clients' password, is not there. Put it back from a "
                "backup, then retry; or disable NATS and enable it again with another password.")
                .arg(clientRef.name),
            clientSecret.error().detail);
    if (!clientSecret)
        co_return fail(clientSecret.error());
    credentials.client = loginFromSecret(*clientSecret);

    for (const auto &[login, role, name] : hiddenUsers(account)) {
        const SecretString password = generatePassword();
        const QByteArray username = "pennant-" + role.toUtf8() + '-' + account.toUtf8();
        const QJsonObject fresh = manifests.secret(name, role, account, loginValues(username, password));
        auto secret = co_await ensureSecret(client, secretRef(nameSpace, name), fresh);
        if (!secret)
            co_return fail(secret.error());
        credentials.*login = loginFromSecret(*secret);
    }

    const SecretString systemPassword = generatePassword();
    SecretValues systemValues = loginValues("pennant-system", systemPassword);
    systemValues.append({text("saltKey"), randomBytes(saltBytes)});
    const QJsonObject freshSystem =
        manifests.secret(text(RuntimeNames::systemSecret), text("system"), QString(), systemValues);
    auto system = co_await ensureSecret(client, secretRef(nameSpace, text(RuntimeNames::systemSecret)), freshSystem);
    if (!system)
        co_return fail(system.error());
    credentials.system = loginFromSecret(*system);
    credentials.saltKey = secretValue(*system, text("saltKey"));
    co_return credentials;
}

Result<QByteArray> serverConfiguration(const RuntimeSpec &spec, const RuntimeCredentials &credentials)
{
    const auto system = hashed(credentials.system, credentials.saltKey);
    const auto management = hashed(credentials.management, credentials.saltKey);
    const auto viewing = hashed(credentials.viewing, credentials.saltKey);
    const auto client = hashed(credentials.client, credentials.saltKey);
    for (const auto *user : {&system, &management, &viewing, &client}) {
        if (!*user)
            return fail(user->error());
    }
    ServerConfig config;
    config.statefulSetName = text(RuntimeNames::server);
    config.headlessServiceName = text(RuntimeNames::headlessService);
    config.clusterName = text(RuntimeNames::server);
    config.spec = spec;
    config.accounts = {ServerAccount{text("SYS"), true, {*system}},
        ServerAccount{defaultAccountName(), false,
            {*client, managementUser(management->name, management->passwordHash)},
            viewingUser(viewing->name, viewing->passwordHash)}};
    return serverConfigText(config);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimecredentials.h"

#include "services/base/background.h"
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

#include <algorithm>
#include <vector>

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

/// Makes users of logins.
struct Hashing {
    const QByteArray &saltKey;
    const QByteArray &running;

    /// Nothing where neither the password nor an earlier hash of it is known.
    Result<std::optional<ServerUser>> user(const Login &login, const SubjectPermissions &permissions = {}) const
    {
        if (login.password.isEmpty())
            return known(login, permissions);
        // A salt for each user that stays the same, so that writing the configuration again changes nothing.
        const QByteArray salt =
            QMessageAuthenticationCode::hash(login.username.toUtf8(), saltKey, QCryptographicHash::Sha256)
                .left(saltBytes);
        auto hash = bcryptHash(login.password, bcryptCostFor(login.password), salt);
        if (!hash)
            return fail(hash.error());
        return ServerUser{login.username, *hash, permissions};
    }

    /// As the servers have it until now; nothing where they don't.
    std::optional<ServerUser> known(const Login &login, const SubjectPermissions &permissions) const
    {
        const QByteArray hash = passwordHashIn(running, login.username);
        return hash.isEmpty() ? std::nullopt : std::optional(ServerUser{login.username, hash, permissions});
    }
};

Error withoutPassword(const QString &secret)
{
    return {Error::Kind::NotFound,
        QCoreApplication::translate("RuntimeCredentials",
            "Secret %1 holds no password: its key \"password\" is missing or empty. Delete it, and it is made anew.")
            .arg(secret),
        {}, {}, {}};
}

/// The logins of clients, as far as they are known.
Result<QList<ServerUser>> clientUsers(const AccountCredentials &account, const Hashing &hashing)
{
    QList<std::pair<Login, SubjectPermissions>> logins{{account.client, {}}};
    if (account.retiring)
        logins.append({*account.retiring, {}});
    for (qsizetype i = 0; i < account.users.size(); ++i)
        logins.append({account.users[i], account.spec.users[i].permissions});
    QList<ServerUser> users;
    for (const auto &[login, permissions] : account.isClosed ? decltype(logins)() : logins) {
        if (const auto known = hashing.known(login, permissions); known && !account.changed.contains(login.username)) {
            users.append(*known);
            continue;
        }
        auto user = hashing.user(login, permissions);
        if (!user)
            return fail(user.error());
        if (*user)
            users.append(**user);
    }
    return users;
}

Result<ServerAccount> serverAccount(const AccountCredentials &account, const Hashing &hashing)
{
    auto users = clientUsers(account, hashing);
    if (!users)
        return fail(users.error());
    const auto management = hashing.user(account.management);
    if (!management)
        return fail(management.error());
    const auto viewing = hashing.user(account.viewing);
    if (!viewing)
        return fail(viewing.error());
    if (!*management || !*viewing)
        return fail(withoutPassword(*management ? RuntimeNames::viewingSecret(account.spec.name)
                                                : RuntimeNames::managementSecret(account.spec.name)));
    users->append(managementUser((*management)->name, (*management)->passwordHash));
    return ServerAccount{
        account.spec.name, false, *users, account.spec.limits, viewingUser((*viewing)->name, (*viewing)->passwordHash)};
}

/// Of a user that only this program knows.
Flow<Login> ensureHidden(
    KubernetesClient &client, const RuntimeManifests &manifests, ObjectRef ref, QString role, QString account)
{
    const SecretString password = generatePassword();
    const QByteArray username = "pennant-" + role.toUtf8() + '-' + account.toUtf8();
    const QJsonObject fresh = manifests.secret(ref.name, role, account, loginValues(username, password));
    auto secret = co_await ensureSecret(client, ref, fresh);
    if (!secret)
        co_return fail(secret.error());
    co_return loginFromSecret(*secret);
}

/// Of clients. One that servers know already is not made anew, for nobody would know the password that clients use; one
/// that they don't know was never handed to anybody.
Flow<Login> ensureClient(
    KubernetesClient &client, const RuntimeManifests &manifests, ConnectionDetails details, bool isKnownToServers)
{
    const ObjectRef ref = secretRef(details.nameSpace, details.secretName);
    auto found = co_await client.read(ref);
    if (found) {
        // another user's name there is no login of this one, and would be refused with all the rest
        const Login login = loginFromSecret(*found);
        co_return login.username == details.username ? login : Login{details.username, {}};
    }
    if (found.error().kind != Error::Kind::NotFound)
        co_return fail(found.error());
    if (isKnownToServers)
        co_return Login{details.username, {}};
    const SecretString password = generatePassword();
    const QJsonObject fresh = manifests.clientSecret(details, password);
    auto secret = co_await ensureSecret(client, ref, fresh);
    if (!secret)
        co_return fail(secret.error());
    co_return loginFromSecret(*secret);
}

Flow<Login> retiringLogin(KubernetesClient &client, ObjectRef ref, QString username)
{
    auto secret = co_await client.read(ref);
    if (secret)
        co_return loginFromSecret(*secret);
    if (secret.error().kind == Error::Kind::NotFound)
        co_return Login{username, {}};
    co_return fail(secret.error());
}

/// What the operation under way asks of passwords.
QStringList changedLogins(const AccountRecord &record, const QList<ConnectionDetails> &clients)
{
    QStringList names;
    if (record.operation.state != AccountOperation::State::Running)
        return names;
    for (const ConnectionDetails &details : clients)
        names.append(details.username);
    if (record.takesSecrets)
        return names;
    if (record.operation.kind != AccountOperation::Kind::Rotate)
        return {};
    return {
        record.rotatedUser.isEmpty() ? record.clientUsername : serverUserName(record.spec.name, record.rotatedUser)};
}

Flow<AccountCredentials> ensureAccount(KubernetesClient &client, const RuntimeManifests &manifests, QString nameSpace,
    AccountRecord record, QByteArray running)
{
    const QString name = record.spec.name;
    std::vector<Flow<Login>> asked;
    asked.push_back(ensureHidden(
        client, manifests, secretRef(nameSpace, RuntimeNames::managementSecret(name)), text("management"), name));
    asked.push_back(ensureHidden(
        client, manifests, secretRef(nameSpace, RuntimeNames::viewingSecret(name)), text("viewing"), name));
    QList<ConnectionDetails> clients{manifests.connection(name, record.clientUsername)};
    for (const AccountUser &user : record.spec.users)
        clients.append(manifests.userConnection(name, user.name));
    for (const ConnectionDetails &details : clients) {
        // of the default account the password was stored before all else
        const bool isMadeWithRuntime = details.username == defaultAccountName();
        const bool isKnown = isMadeWithRuntime || !passwordHashIn(running, details.username).isEmpty();
        asked.push_back(ensureClient(client, manifests, details, isKnown));
    }
    if (record.retiring)
        asked.push_back(
            retiringLogin(client, secretRef(nameSpace, RuntimeNames::retiringSecret(name)), record.retiring->username));

    QList<Login> logins;
    for (Flow<Login> &each : asked) {
        auto login = co_await each;
        if (!login)
            co_return fail(login.error());
        logins.append(*login);
    }
    AccountCredentials account;
    account.spec = record.spec;
    account.isClosed = record.operation.kind == AccountOperation::Kind::Delete;
    account.changed = changedLogins(record, clients);
    account.management = logins.takeFirst();
    account.viewing = logins.takeFirst();
    account.client = logins.takeFirst();
    // a rotation that came no further has left the Secret as it was
    if (record.retiring && logins.constLast().username != account.client.username)
        account.retiring = logins.constLast();
    account.users = logins.first(record.spec.users.size());
    co_return account;
}

} // namespace

QList<AccountRecord> sortedWithDefault(QList<AccountRecord> accounts)
{
    const auto isDefault = [](const AccountRecord &each) { return each.spec.name == defaultAccountName(); };
    if (std::none_of(accounts.cbegin(), accounts.cend(), isDefault))
        accounts.append(AccountRecord::ofDefaultAccount());
    std::sort(accounts.begin(), accounts.end(), [&](const AccountRecord &a, const AccountRecord &b) {
        return isDefault(a) != isDefault(b) ? isDefault(a) : a.spec.name < b.spec.name;
    });
    return accounts;
}

QByteArray secretValue(const QJsonObject &secret, const QString &key)
{
    return QByteArray::fromBase64(secret[text("data")][key].toString().toLatin1());
}

Login loginFromSecret(const QJsonObject &secret)
{
    return {
        QString::fromUtf8(secretValue(secret, text("username"))), SecretString(secretValue(secret, text("password")))};
}

Pending<bool> matchesHash(const SecretString &password, const QByteArray &hash)
{
    return runInBackground<bool>(
        QThreadPool::globalInstance(), [password, hash]() -> Result<bool> { return bcryptMatches(password, hash); });
}

Flow<QList<AccountRecord>> storedAccounts(KubernetesClient &client, QString nameSpace)
{
    const QString apiVersion = text("v1");
    const QString kind = text("ConfigMap");
    const QString selector = RuntimeNames::recordSelector();
    auto found = co_await client.list(apiVersion, kind, nameSpace, selector);
    if (!found)
        co_return fail(found.error());
    QList<AccountRecord> accounts;
    for (const QJsonObject &configMap : *found) {
        if (!RuntimeNames::isOwnName(configMap))
            continue;
        auto record = AccountRecord::fromConfigMap(configMap);
        if (!record)
            co_return fail(record.error());
        accounts.append(*record);
    }
    co_return sortedWithDefault(accounts);
}

Flow<RuntimeCredentials> ensureCredentials(KubernetesClient &client, const RuntimeManifests &manifests,
    QString nameSpace, QList<AccountRecord> accounts, QByteArray running)
{
    const SecretString systemPassword = generatePassword();
    SecretValues systemValues = loginValues("pennant-system", systemPassword);
    systemValues.append({text("saltKey"), randomBytes(saltBytes)});
    const QJsonObject freshSystem =
        manifests.secret(text(RuntimeNames::systemSecret), text("system"), QString(), systemValues);
    auto system = co_await ensureSecret(client, secretRef(nameSpace, text(RuntimeNames::systemSecret)), freshSystem);
    if (!system)
        co_return fail(system.error());
    RuntimeCredentials credentials;
    credentials.system = loginFromSecret(*system);
    credentials.saltKey = secretValue(*system, text("saltKey"));

    // One after the other, a hundred accounts would take many seconds.
    std::vector<Flow<AccountCredentials>> reading;
    for (const AccountRecord &account : accounts)
        reading.push_back(ensureAccount(client, manifests, nameSpace, account, running));
    for (Flow<AccountCredentials> &each : reading) {
        auto account = co_await each;
        if (!account)
            co_return fail(account.error());
        credentials.accounts.append(*account);
    }
    co_return credentials;
}

Result<void> isClientKnown(const RuntimeCredentials &credentials)
{
    if (!credentials.ofDefault().client.password.isEmpty())
        return {};
    return fail(Error::Kind::NotFound,
        QCoreApplication::translate("RuntimeCredentials",
            "Secret %1, which holds the only copy of the clients' password, is not there. Put it back from a "
            "backup, then retry; or disable NATS and enable it again with another password.")
            .arg(RuntimeNames::clientSecret(defaultAccountName())));
}

Result<QByteArray> serverConfiguration(
    const RuntimeSpec &spec, const RuntimeCredentials &credentials, const QByteArray &running)
{
    const Hashing hashing{credentials.saltKey, running};
    const auto system = hashing.user(credentials.system);
    if (!system)
        return fail(system.error());
    if (!*system)
        return fail(withoutPassword(text(RuntimeNames::systemSecret)));
    ServerConfig config;
    config.statefulSetName = text(RuntimeNames::server);
    config.headlessServiceName = text(RuntimeNames::headlessService);
    config.clusterName = text(RuntimeNames::server);
    config.spec = spec;
    config.accounts = {ServerAccount{text("SYS"), true, {**system}}};
    if (credentials.ofDefault().client.password.isEmpty() && passwordHashIn(running, defaultAccountName()).isEmpty())
        return fail(isClientKnown(credentials).error());
    for (const AccountCredentials &account : credentials.accounts) {
        auto made = serverAccount(account, hashing);
        if (!made)
            return fail(made.error());
        config.accounts.append(*made);
    }
    return serverConfigText(config);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/accountchanges.h"

#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/runtimemanifests.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/storedrecord.h"
#include "services/nats/serverconfig.h"

#include <QCoreApplication>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

QString say(const char *source)
{
    return QCoreApplication::translate("AccountChanges", source);
}

ObjectRef secretRef(const QString &nameSpace, const QString &name)
{
    return {text("v1"), text("Secret"), nameSpace, name};
}

ObjectRef recordRef(const QString &nameSpace, const QString &account)
{
    return {text("v1"), text("ConfigMap"), nameSpace, RuntimeNames::accountRecord(account)};
}

Error changedMeanwhile(const AccountRecord &now)
{
    return {Error::Kind::Conflict,
        say("Nothing was changed: somebody else has changed account %1 meanwhile (%2). Look at it, then decide again.")
            .arg(now.spec.name, now.operation.requestedBy),
        {}, {}, {}};
}

Error isThereAlready(const QString &account)
{
    return {Error::Kind::Conflict,
        say("There is an account %1 already: somebody else was faster. It is left as it is.").arg(account), {},
        {{text("name"), say("There is an account %1 already.").arg(account)}}, {}};
}

Error isGone(const QString &account)
{
    return {Error::Kind::NotFound, say("The account %1 is not there any more.").arg(account), {}, {}, {}};
}

/// Writes it as it was read, or anew.
Flow<AccountRecord> write(KubernetesClient &client, QString nameSpace, AccountRecord record)
{
    const QJsonObject configMap = record.toConfigMap(nameSpace);
    Pending<QJsonObject> writing =
        record.resourceVersion.isEmpty() ? client.create(configMap) : client.apply(configMap, true);
    auto written = co_await writing;
    if (!written)
        co_return fail(written.error());
    co_return AccountRecord::fromConfigMap(*written);
}

QJsonObject ofOperation(QJsonObject secret, const QString &id)
{
    QJsonObject metadata = secret[text("metadata")].toObject();
    metadata[text("annotations")] = QJsonObject{{text(RuntimeNames::operationAnnotation), id}};
    secret[text("metadata")] = metadata;
    return secret;
}

bool isOfOperation(const QJsonObject &secret, const QString &id)
{
    return secret[text("metadata")][text("annotations")][text(RuntimeNames::operationAnnotation)] == id;
}

/// Over what is there, which is refused where somebody else has changed that since; once for each operation.
Flow<void> store(KubernetesClient &client, QJsonObject secret, QString id)
{
    const ObjectRef ref = ObjectRef::of(secret);
    const QJsonObject marked = ofOperation(secret, id);
    auto found = co_await client.read(ref);
    if (!found && found.error().kind != Error::Kind::NotFound)
        co_return fail(found.error());
    if (found && isOfOperation(*found, id))
        co_return Result<void>();
    Pending<QJsonObject> writing =
        found ? client.apply(onlyWhere(Preconditions::unchanged(*found), marked), true) : client.create(marked);
    auto written = co_await writing;
    if (!written)
        co_return fail(written.error());
    co_return Result<void>();
}

Flow<bool> isTakenByServers(KubernetesClient &client, QString nameSpace, Login login)
{
    auto stored = co_await client.read(secretRef(nameSpace, text(RuntimeNames::configSecret)));
    if (!stored)
        co_return fail(stored.error());
    const QByteArray hash = passwordHashIn(secretValue(*stored, text("nats.conf")), login.username);
    if (hash.isEmpty())
        co_return false;
    Pending<bool> matching = matchesHash(login.password, hash);
    auto matches = co_await matching;
    co_return matches;
}

/// The login that clients use until now, kept beside the one that takes its place.
Flow<void> storeRetiring(KubernetesClient &client, RuntimeManifests manifests, QString nameSpace, AccountRecord record)
{
    const QString account = record.spec.name;
    auto current = co_await client.read(secretRef(nameSpace, RuntimeNames::clientSecret(account)));
    if (!current)
        co_return fail(current.error());
    const Login login = loginFromSecret(*current);
    if (login.username != record.retiring->username)
        co_return Result<void>(); // it was done before
    // changed by hand it is not what clients use: without a Secret of its own the login keeps the hash that servers
    // have
    auto isUsed = co_await isTakenByServers(client, nameSpace, login);
    if (!isUsed)
        co_return fail(isUsed.error());
    if (!*isUsed)
        co_return Result<void>();
    const QJsonObject secret = manifests.secret(RuntimeNames::retiringSecret(account), text("retiring"), account,
        {{text("username"), login.username.toUtf8()}, {text("password"), login.password.revealUtf8()}});
    auto stored = co_await store(client, secret, record.operation.id);
    co_return stored;
}

bool isToBeKept(const QJsonObject &secret, const AccountRecord &record)
{
    if (record.operation.kind == AccountOperation::Kind::Delete)
        return false;
    const QJsonObject metadata = secret[text("metadata")].toObject();
    const QString role = metadata[text("labels")][text(RuntimeNames::roleLabel)].toString();
    if (role == text("retiring"))
        return record.retiring.has_value();
    if (role != text("user"))
        return true;
    const QString name = metadata[text("name")].toString();
    return std::any_of(record.spec.users.cbegin(), record.spec.users.cend(),
        [&](const AccountUser &user) { return name == RuntimeNames::userSecret(record.spec.name, user.name); });
}

} // namespace

Flow<RuntimeSpec> AccountChanges::runtimeSpec(KubernetesClient &client, QString nameSpace)
{
    auto found = co_await storedRecord(client, nameSpace);
    if (!found)
        co_return fail(found.error());
    if (!*found)
        co_return fail(Error::Kind::NotReady, say("NATS is not enabled on this cluster any more."));
    const Result<RuntimeRecord> &record = (*found)->record;
    if (!record)
        co_return fail(record.error());
    if (record->operation.kind == RuntimeOperation::Kind::Disable || !record->operation.hasBegun())
        co_return fail(Error::Kind::NotReady, say("NATS is being disabled on this cluster."));
    if (const auto obstacle = record->obstacle())
        co_return fail(*obstacle);
    co_return record->spec;
}

Flow<AccountRecord> AccountChanges::stored(KubernetesClient &client, QString nameSpace, QString account)
{
    auto found = co_await client.read(recordRef(nameSpace, account));
    if (found)
        co_return AccountRecord::fromConfigMap(*found);
    if (found.error().kind != Error::Kind::NotFound)
        co_return fail(found.error());
    if (account == defaultAccountName())
        co_return AccountRecord::ofDefaultAccount();
    co_return fail(isGone(account));
}

Flow<AccountRecord> AccountChanges::record(KubernetesClient &client, Place place, AccountRecord next, QString seen)
{
    auto now = co_await stored(client, place.nameSpace, next.spec.name);
    const bool isNew = next.operation.kind == AccountOperation::Kind::Create;
    if (now && now->operation.id == next.operation.id)
        co_return now; // asked again
    if (!now && (now.error().kind != Error::Kind::NotFound || !isNew))
        co_return now;
    if (now && isNew)
        co_return fail(isThereAlready(next.spec.name));
    if (now && now->operation.id != seen)
        co_return fail(changedMeanwhile(*now));
    if (now) {
        next.uid = now->uid;
        next.resourceVersion = now->resourceVersion;
        next.storedSpec = now->storedSpec;
    }
    auto written = co_await write(client, place.nameSpace, next);
    if (written || written.error().kind != Error::Kind::Conflict)
        co_return written;
    auto faster = co_await stored(client, place.nameSpace, next.spec.name);
    co_return fail(isNew || !faster ? isThereAlready(next.spec.name) : changedMeanwhile(*faster));
}

Flow<void> AccountChanges::end(KubernetesClient &client, Place place, QString account, QString id, Outcome outcome)
{
    auto now = co_await stored(client, place.nameSpace, account);
    if (!now && now.error().kind == Error::Kind::NotFound)
        co_return Result<void>();
    if (!now)
        co_return fail(now.error());
    const bool isOver = now->operation.id != id || now->operation.state != AccountOperation::State::Running;
    if (isOver)
        co_return Result<void>();
    now->operation.state = outcome.error ? AccountOperation::State::Failed : AccountOperation::State::Done;
    now->operation.error = outcome.error;
    now->isUndone = outcome.isUndone;
    if (outcome.isLoadedTwice)
        now->loads = 2;
    if (now->isUndone && now->isOverlapBegun && now->retiring) {
        now->clientUsername = now->retiring->username;
        now->retiring.reset();
    }
    auto written = co_await write(client, place.nameSpace, *now);
    if (!written)
        co_return fail(written.error());
    co_return Result<void>();
}

Flow<void> AccountChanges::amend(
    KubernetesClient &client, Place place, QString account, QString id, std::function<void(AccountRecord &)> change)
{
    auto now = co_await stored(client, place.nameSpace, account);
    if (!now)
        co_return fail(now.error());
    if (now->operation.id != id)
        co_return fail(changedMeanwhile(*now));
    change(*now);
    auto written = co_await write(client, place.nameSpace, *now);
    if (!written)
        co_return fail(written.error());
    co_return Result<void>();
}

Flow<void> AccountChanges::storeLogin(
    KubernetesClient &client, RuntimeSpec spec, Place place, AccountRecord record, SecretString password)
{
    const RuntimeManifests manifests(place.nameSpace, spec);
    if (record.retiring) {
        auto kept = co_await storeRetiring(client, manifests, place.nameSpace, record);
        if (!kept)
            co_return kept;
    }
    const ConnectionDetails details = manifests.connection(record.spec.name, record.clientUsername);
    const QJsonObject secret = manifests.clientSecret(details, password);
    auto written = co_await store(client, secret, record.operation.id);
    co_return written;
}

Flow<void> AccountChanges::storeUserLogin(
    KubernetesClient &client, RuntimeSpec spec, Place place, AccountRecord record, QString user, SecretString password)
{
    const RuntimeManifests manifests(place.nameSpace, spec);
    const QJsonObject secret = manifests.clientSecret(manifests.userConnection(record.spec.name, user), password);
    auto written = co_await store(client, secret, record.operation.id);
    co_return written;
}

Flow<bool> AccountChanges::isLoginStored(KubernetesClient &client, QString nameSpace, AccountRecord record)
{
    const QString account = record.spec.name;
    const QString name = record.rotatedUser.isEmpty() ? RuntimeNames::clientSecret(account)
                                                      : RuntimeNames::userSecret(account, record.rotatedUser);
    auto found = co_await client.read(secretRef(nameSpace, name));
    if (!found && found.error().kind != Error::Kind::NotFound)
        co_return fail(found.error());
    co_return found.has_value() && isOfOperation(*found, record.operation.id);
}

Flow<void> AccountChanges::noteLostPassword(KubernetesClient &client, Place place, AccountRecord record)
{
    const QString account = record.spec.name;
    auto found = co_await client.read(secretRef(place.nameSpace, RuntimeNames::clientSecret(account)));
    if (found)
        co_return Result<void>();
    if (found.error().kind != Error::Kind::NotFound)
        co_return fail(found.error());
    const std::function<void(AccountRecord &)> lost = [](AccountRecord &each) { each.hasLostPassword = true; };
    const QString id = record.operation.id;
    auto noted = co_await amend(client, place, account, id, lost);
    co_return noted;
}

Flow<void> AccountChanges::forgetLogins(KubernetesClient &client, QString nameSpace, AccountRecord record)
{
    const QString apiVersion = text("v1");
    const QString kind = text("Secret");
    const QString selector = RuntimeNames::accountSelector(record.spec.name);
    auto secrets = co_await client.list(apiVersion, kind, nameSpace, selector);
    if (!secrets)
        co_return fail(secrets.error());
    for (const QJsonObject &secret : *secrets) {
        if (!RuntimeNames::isOwnName(secret) || isToBeKept(secret, record))
            continue;
        const ObjectRef ref = ObjectRef::of(secret);
        const QString policy = text("Background");
        const Preconditions same = Preconditions::sameAs(secret);
        auto removed = co_await client.remove(ref, policy, same);
        if (!removed)
            co_return removed;
    }
    co_return Result<void>();
}

Flow<void> AccountChanges::forgetRecord(KubernetesClient &client, QString nameSpace, AccountRecord record)
{
    const ObjectRef ref = recordRef(nameSpace, record.spec.name);
    const QString policy = text("Background");
    const Preconditions same{record.uid, {}};
    auto removed = co_await client.remove(ref, policy, same);
    co_return removed;
}

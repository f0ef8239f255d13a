// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/accountservice_p.h"

#include "services/base/clock.h"
#include "services/kubernetes/podhttp.h"
#include "services/messaging/clusterprotection.h"
#include "services/messaging/natslink.h"
#include "services/messaging/runtimemanifests.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimepermissions.h"
#include "services/messaging/runtimeservice.h"
#include "services/nats/monitoring.h"

#include <QJsonDocument>
#include <QUuid>

#include <algorithm>

using namespace std::chrono_literals;

namespace {

/// After that an operation that nobody has come on with is gone on with here.
constexpr std::chrono::milliseconds orphanedAfter = 20s;
constexpr std::chrono::milliseconds ownOrphanedAfter = 5s; // of a Pennant of this person here, which has died
constexpr int unusedSightings = 3; // a client that is connecting anew is not seen for a moment
constexpr std::chrono::milliseconds kickLimit = 10s;

ResourceWatch::Query recordQuery(const QString &nameSpace)
{
    ResourceWatch::Query query;
    query.apiVersion = QStringLiteral("v1");
    query.kind = QStringLiteral("ConfigMap");
    query.nameSpace = nameSpace;
    query.labelSelector = RuntimeNames::recordSelector();
    return query;
}

AccountOperation operationOf(AccountOperation::Kind kind, const Clock &clock, const QString &workstation)
{
    return {kind, AccountOperation::State::Running, QUuid::createUuid().toString(QUuid::WithoutBraces), workstation,
        clock.now().toUTC(), {}};
}

CredentialState stateOf(const AccountRecord &record, bool isKnown, bool hasDrifted)
{
    using State = AccountOperation::State;
    const bool isCredential = record.operation.kind != AccountOperation::Kind::Change;
    if (record.operation.kind == AccountOperation::Kind::Delete)
        return CredentialState::Unknown; // nobody is let in by it any more, or soon
    if (record.operation.state == State::Running && isCredential)
        return CredentialState::PendingReload;
    if (hasDrifted)
        return CredentialState::Drifted;
    if (record.retiring)
        return CredentialState::Rotating;
    const bool hasFailed = record.operation.state == State::Failed && isCredential;
    return hasFailed || !isKnown ? CredentialState::Unknown : CredentialState::Active;
}

} // namespace

AccountService::Private::Private(AccountService &owner, KubernetesTransport &network, Clock &time,
    RuntimeService &runtimeService, const QString &ownWorkstation)
    : service(owner)
    , runtime(runtimeService)
    , transport(network)
    , clock(time)
    , client(network)
    , workstation(ownWorkstation)
    , records(network, time, recordQuery(runtimeService.status().nameSpace))
    , sightings(network, time, runtimeService, [this](bool isOther) { noteSightings(isOther); })
    , drift(network, time, runtimeService, [this] { update(); })
    , driver(network, time, runtimeService, {runtimeService.status().nameSpace},
          [this](const QString &account, const QList<PodConfiguration> &pods) { noteRollout(account, pods); })
{
}

void AccountService::Private::update()
{
    QList<AccountRecord> next;
    std::optional<Error> nextProblem =
        records.freshness().state == Freshness::State::Live ? std::nullopt : records.lastError();
    for (const QJsonObject &configMap : records.snapshot()) {
        auto record = AccountRecord::fromConfigMap(configMap);
        if (record)
            next.append(*record);
        else
            nextProblem = record.error();
    }
    const bool isKnown = runtime.status().spec && records.freshness().state != Freshness::State::Syncing;
    stored = isKnown ? sortedWithDefault(next) : QList<AccountRecord>();
    QList<Account> shown;
    for (const AccountRecord &record : std::as_const(stored))
        shown.append(accountOf(record));
    const Freshness nextFreshness = records.freshness();
    QStringList deleted;
    for (const Account &before : std::as_const(accounts)) {
        const bool wasBeingDeleted = before.isInProgress() && before.operation->kind == AccountOperation::Kind::Delete;
        const bool isThere = std::any_of(
            shown.cbegin(), shown.cend(), [&before](const Account &account) { return account.name == before.name; });
        if (isKnown && wasBeingDeleted && !isThere)
            deleted.append(before.name);
    }
    const bool isOther = shown != accounts || nextProblem != problem || nextFreshness.state != freshness.state;
    accounts = std::move(shown);
    problem = nextProblem;
    freshness = nextFreshness;
    followOperations();
    if (isOther)
        Q_EMIT service.accountsChanged();
    for (const QString &name : std::as_const(deleted))
        Q_EMIT service.accountDeleted(name);
}

Account AccountService::Private::accountOf(const AccountRecord &record) const
{
    const RuntimeManifests manifests(runtime.status().nameSpace, *runtime.status().spec);
    const QString &name = record.spec.name;
    const QString fallback = name == defaultAccountName() ? tr("Default application account") : name;
    Account account{name, record.spec.displayName.isEmpty() ? fallback : record.spec.displayName,
        manifests.connection(name, record.clientUsername), record.spec,
        stateOf(record, drift.isKnown(), drift.hasDrifted(name)), record.retiring, {}, record.hasLostPassword};
    if (!record.operation.id.isEmpty())
        account.operation = record.operation;
    return account;
}

const AccountRecord *AccountService::Private::recordOf(const QString &account) const
{
    const auto found = std::find_if(stored.cbegin(), stored.cend(),
        [&account](const AccountRecord &record) { return record.spec.name == account; });
    return found == stored.cend() ? nullptr : &*found;
}

Access AccountService::Private::access() const
{
    if (const Access open = runtime.protection().access(); !open)
        return open;
    const RuntimeStatus &status = runtime.status();
    if (status.phase != RuntimePhase::Ready)
        return Access::no(tr("Accounts can be changed once NATS is ready."));
    if (status.obstacle)
        return Access::no(status.obstacle->summary);
    if (status.isOfEarlierFormat)
        return Access::no(tr("An earlier Pennant made this runtime. Retry reconcile on Overview first: it makes "
                             "servers tell which configuration they run."));
    return runtime.access().accounts;
}

Access AccountService::Private::revealAccess(const QString &account)
{
    if (account.isEmpty() || account == defaultAccountName())
        return runtime.access().reveal;
    const auto known = reveals.find(account);
    Reveal &reveal = known == reveals.end()
        ? reveals.emplace(account, Reveal{RuntimeAccess::unknown().reveal, false, {}}).first->second
        : known->second;
    if (!reveal.isCurrent && !reveal.asking.isRunning())
        reveal.asking = askReveal(account);
    return reveal.access;
}

void AccountService::Private::outdateReveals()
{
    for (auto &[account, reveal] : reveals)
        reveal.isCurrent = false;
}

Flow<void> AccountService::Private::askReveal(QString account)
{
    const QList<Permission> wanted{RuntimePermissions::toRevealOf(account, runtime.status().nameSpace)};
    auto reviewed = co_await RuntimePermissions::review(client, clock, wanted);
    Reveal &reveal = reveals.at(account);
    reveal.isCurrent = true;
    if (!reviewed)
        co_return fail(reviewed.error());
    const bool isOther = std::exchange(reveal.access, *reviewed) != *reviewed;
    if (isOther)
        QMetaObject::invokeMethod(
            &service, [this] { Q_EMIT service.accessChanged(); }, Qt::QueuedConnection);
    co_return Result<void>();
}

Pending<void> AccountService::Private::run(const QString &account, const QString &operation, Flow<void> flow)
{
    carriedOut.insert(account, operation);
    QMetaObject::invokeMethod(
        &service, [this] { Q_EMIT service.accessChanged(); }, Qt::QueuedConnection);
    return mutations.run(noted(account, std::move(flow)));
}

Flow<void> AccountService::Private::noted(QString account, Flow<void> flow)
{
    auto done = co_await flow;
    carriedOut.remove(account);
    if (!done)
        runtime.noteRefusal(done.error());
    updateSoon();
    co_return done;
}

Pending<void> AccountService::Private::carryOut(
    const Account &seen, AccountRecord next, AccountOperation::Kind kind, AccountDriver::Store store, Retried retried)
{
    next.operation = operationOf(kind, clock, workstation);
    next.isEmptied = false;
    next.isUndone = false;
    next.takesSecrets = retried == Retried::Login || kind == AccountOperation::Kind::Create;
    if (kind != AccountOperation::Kind::Rotate) {
        next.isOverlapBegun = false;
        next.rotatedUser.clear();
    }
    const QString before = seen.operation ? seen.operation->id : QString();
    return run(seen.name, next.operation.id, driver.carryOut(next, before, store));
}

void AccountService::Private::updateSoon()
{
    QMetaObject::invokeMethod(
        &service, [this] { update(); }, Qt::QueuedConnection);
}

void AccountService::Private::followOperations()
{
    std::map<QString, std::chrono::milliseconds> nextSeen;
    for (const AccountRecord &record : std::as_const(stored)) {
        if (record.operation.state != AccountOperation::State::Running)
            continue;
        const auto known = runningSince.find(record.operation.id);
        nextSeen[record.operation.id] = known == runningSince.end() ? clock.monotonic() : known->second;
    }
    runningSince = std::move(nextSeen);
    if (!runningSince.empty() && !lookingAfter.isRunning())
        lookingAfter = lookAfterOrphans();
}

Flow<void> AccountService::Private::lookAfterOrphans()
{
    while (!runningSince.empty()) {
        co_await clock.sleep(ownOrphanedAfter / 2);
        for (const AccountRecord &record : QList<AccountRecord>(stored)) {
            const auto since = runningSince.find(record.operation.id);
            const auto patience = record.operation.requestedBy == workstation ? ownOrphanedAfter : orphanedAfter;
            const bool isOrphan = since != runningSince.end() && clock.monotonic() - since->second >= patience;
            if (isOrphan && !carriedOut.contains(record.spec.name) && access())
                run(record.spec.name, record.operation.id, driver.goOn(record));
        }
    }
    co_return Result<void>();
}

void AccountService::Private::noteRollout(const QString &account, const QList<PodConfiguration> &pods)
{
    if (rollouts.value(account) == pods)
        return;
    if (pods.isEmpty())
        rollouts.remove(account);
    else
        rollouts[account] = pods;
    Q_EMIT service.rolloutChanged(account);
}

void AccountService::Private::noteSightings(bool isOther)
{
    if (isOther)
        Q_EMIT service.usageChanged();
    // a client of a pod that is away may come back with it
    if (sightings.problem() || !sightings.isWhole())
        return;
    for (const AccountRecord &record : QList<AccountRecord>(stored))
        endWhereUnused(record);
}

void AccountService::Private::endWhereUnused(const AccountRecord &record)
{
    const bool isAwaited = record.retiring && record.retiring->endsWhenUnused
        && record.operation.state == AccountOperation::State::Done && !carriedOut.contains(record.spec.name);
    const bool isUsed = !isAwaited || sightings.connectionsOf(record.spec.name, record.retiring->username) > 0;
    int &unused = unusedFor[record.spec.name];
    unused = isUsed ? 0 : unused + 1;
    if (unused < unusedSightings || !access())
        return;
    unused = 0;
    service.endOverlap(accountOf(record));
}

void AccountService::Private::renewSightings()
{
    const bool isOverlap = std::any_of(stored.cbegin(), stored.cend(),
        [](const AccountRecord &record) { return record.retiring && record.retiring->endsWhenUnused; });
    sightings.setWanted(isInSight || isOverlap);
}

Flow<SecretString> AccountService::Private::clientPassword(QString account, QString user)
{
    const QString name = user.isEmpty() ? RuntimeNames::clientSecret(account) : RuntimeNames::userSecret(account, user);
    const ObjectRef ref{QStringLiteral("v1"), QStringLiteral("Secret"), runtime.status().nameSpace, name};
    auto secret = co_await client.read(ref);
    if (!secret) {
        runtime.noteRefusal(secret.error());
        co_return fail(secret.error());
    }
    const SecretString password = loginFromSecret(*secret).password;
    if (password.isEmpty())
        co_return fail(Error::Kind::NotFound,
            tr("Secret %1 holds no password: its key \"password\" is missing or empty. Put it back from a backup.")
                .arg(ref.name));
    co_return password;
}

Flow<void> AccountService::Private::kick(ClientConnection connection)
{
    const ObjectRef ref{QStringLiteral("v1"), QStringLiteral("Secret"), runtime.status().nameSpace,
        QLatin1String(RuntimeNames::systemSecret)};
    auto secret = co_await client.read(ref);
    if (!secret)
        co_return fail(secret.error());
    auto confirmed = co_await runtime.confirmChange();
    if (!confirmed)
        co_return confirmed;
    NatsLink link(transport, runtime.status().nameSpace, connection.pod, loginFromSecret(*secret));
    auto opened = co_await link.open(clock, kickLimit);
    if (!opened)
        co_return opened;
    const QString path = QStringLiteral("/varz");
    auto body =
        co_await getFromPod(transport, runtime.status().nameSpace, connection.pod, RuntimeNames::monitorPort, path);
    const Result<ServerVariables> server =
        body ? serverVariablesFrom(*body) : Result<ServerVariables>(fail(body.error()));
    if (!server)
        co_return fail(server.error());
    const QString subject = QStringLiteral("$SYS.REQ.SERVER.%1.KICK").arg(server->id);
    const QByteArray which =
        QJsonDocument(QJsonObject{{QStringLiteral("cid"), qint64(connection.id)}}).toJson(QJsonDocument::Compact);
    auto answer = co_await link.connection().request(subject, which, kickLimit);
    if (!answer)
        co_return fail(answer.error());
    sightings.setWanted(false);
    renewSightings();
    const QJsonObject error = QJsonDocument::fromJson(*answer).object()[QLatin1String("error")].toObject();
    const QString words = error[QLatin1String("description")].toString();
    if (words.contains(QLatin1String("no such client"))) // nats-server 2.14.9: "no such client or leafnode id"
        co_return fail(Error::Kind::NotFound, tr("That connection is not there any more."), words);
    if (!error.isEmpty())
        co_return fail(Error::Kind::Server, tr("The server of pod %1 did not close it.").arg(connection.pod), words);
    co_return Result<void>();
}

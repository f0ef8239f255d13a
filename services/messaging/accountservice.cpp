// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/accountservice.h"

#include "services/base/clock.h"
#include "services/base/mapped.h"
#include "services/messaging/accountservice_p.h"
#include "services/messaging/runtimeservice.h"

#include <algorithm>

namespace {

Error invalid(const FieldErrors &fields)
{
    return {Error::Kind::Invalid, AccountService::tr("Correct the fields marked below."), {}, fields, {}};
}

} // namespace

AccountService::AccountService(
    KubernetesTransport &transport, Clock &clock, RuntimeService &runtime, QString workstation, QObject *parent)
    : AccountSource(parent)
    , d(std::make_unique<Private>(*this, transport, clock, runtime, workstation))
{
    const auto renew = [this] {
        d->update();
        d->renewSightings();
    };
    connect(&d->records, &ResourceWatch::snapshotChanged, this, renew);
    connect(&d->records, &ResourceWatch::freshnessChanged, this, renew);
    connect(&runtime, &RuntimeService::statusChanged, this, renew);
    connect(&runtime, &RuntimeService::freshnessChanged, this, renew);
    connect(&runtime, &RuntimeService::statusChanged, this, &AccountService::accessChanged);
    connect(&runtime, &RuntimeService::accessChanged, this, [this] {
        d->outdateReveals();
        Q_EMIT accessChanged();
    });
}

AccountService::~AccountService() = default;

void AccountService::start()
{
    d->records.start();
    d->drift.start();
}

void AccountService::refresh()
{
    d->records.refresh();
    d->drift.refresh();
}

const QList<Account> &AccountService::accounts() const
{
    return d->accounts;
}

std::optional<Account> AccountService::find(const QString &name) const
{
    const auto found = std::find_if(
        d->accounts.cbegin(), d->accounts.cend(), [&name](const Account &account) { return account.name == name; });
    return found == d->accounts.cend() ? std::nullopt : std::optional(*found);
}

const std::optional<Error> &AccountService::problem() const
{
    return d->problem;
}

Freshness AccountService::freshness() const
{
    return d->freshness;
}

Access AccountService::revealAccess(const QString &account)
{
    return d->revealAccess(account);
}

Pending<SecretString> AccountService::clientPassword(const QString &account, const QString &user)
{
    return asPending(d->clientPassword(account, user));
}

Access AccountService::createAccess() const
{
    return d->access();
}

Access AccountService::changeAccess(const Account &account) const
{
    if (const Access access = d->access(); !access)
        return access;
    if (d->carriedOut.contains(account.name) || account.isInProgress())
        return Access::no(tr("Account %1 is being changed. Wait until that is over.").arg(account.name));
    return Access::yes();
}

Access AccountService::deleteAccess(const Account &account) const
{
    if (account.name == defaultAccountName())
        return Access::no(tr("The default account belongs to the runtime: it goes when NATS is disabled."));
    if (const Access access = changeAccess(account); !access)
        return access;
    const RuntimeStatus &status = d->runtime.status();
    if (status.readyPods() < status.wantedPods())
        return Access::no(tr("%1 of %2 pods are ready: what one that is away holds of the account would stay on its "
                             "volume. Delete it once all are ready.")
                              .arg(status.readyPods())
                              .arg(status.wantedPods()));
    return Access::yes();
}

AccountSurroundings AccountService::surroundings(const QString &name) const
{
    AccountSurroundings around;
    for (const AccountRecord &record : std::as_const(d->stored)) {
        if (record.spec.name != name)
            around.others.append(record.spec);
    }
    if (const auto &spec = d->runtime.status().spec) {
        around.replicas = spec->replicas;
        around.storageGibibytes = spec->storageGibibytes;
    }
    return around;
}

Pending<void> AccountService::create(const AccountSpec &spec, const SecretString &password)
{
    FieldErrors wrong = validateNew(spec, surroundings());
    wrong += validateClientPassword(password.reveal());
    if (!wrong.isEmpty())
        return Pending<void>::answered(fail(invalid(wrong)));
    if (const Access access = createAccess(); !access)
        return Pending<void>::answered(fail(Error::Kind::Forbidden, access.reason));
    if (d->carriedOut.contains(spec.name))
        return Pending<void>::answered(fail(Error::Kind::Conflict, tr("It is being made already.")));
    AccountRecord record;
    record.spec = spec;
    record.clientUsername = spec.name;
    const AccountDriver::Store store = [place = AccountChanges::Place{d->runtime.status().nameSpace}, password](
                                           KubernetesClient &client, const RuntimeSpec &runtimeSpec,
                                           const AccountRecord &recorded) {
        return AccountChanges::storeLogin(client, runtimeSpec, place, recorded, password);
    };
    Account seen;
    seen.name = spec.name;
    return d->carryOut(seen, record, AccountOperation::Kind::Create, store);
}

Pending<void> AccountService::change(const Account &seen, const AccountSpec &spec)
{
    if (const FieldErrors wrong = validateChange(spec, surroundings(spec.name)); !wrong.isEmpty())
        return Pending<void>::answered(fail(invalid(wrong)));
    if (const Access access = changeAccess(seen); !access)
        return Pending<void>::answered(fail(Error::Kind::Forbidden, access.reason));
    const AccountRecord *record = d->recordOf(seen.name);
    if (!record)
        return Pending<void>::answered(fail(Error::Kind::NotFound, tr("Account %1 is gone.").arg(seen.name)));
    AccountRecord next = *record;
    next.spec = spec;
    next.spec.name = seen.name;
    return d->carryOut(seen, next, AccountOperation::Kind::Change, {});
}

Pending<void> AccountService::rotate(const Account &seen, const RotationRequest &request)
{
    using Overlap = RotationRequest::Overlap;
    if (const FieldErrors wrong = validateClientPassword(request.password.reveal()); !wrong.isEmpty())
        return Pending<void>::answered(fail(invalid(wrong)));
    if (const Access access = changeAccess(seen); !access)
        return Pending<void>::answered(fail(Error::Kind::Forbidden, access.reason));
    const AccountRecord *record = d->recordOf(seen.name);
    if (!record)
        return Pending<void>::answered(fail(Error::Kind::NotFound, tr("Account %1 is gone.").arg(seen.name)));
    if (request.overlap != Overlap::None && record->retiring)
        return Pending<void>::answered(fail(Error::Kind::Conflict,
            tr("The login %1 is still being retired. End that overlap first.").arg(record->retiring->username)));
    AccountRecord next = *record;
    next.rotatedUser = request.user;
    next.hasLostPassword = record->hasLostPassword && !request.user.isEmpty();
    next.isOverlapBegun = request.user.isEmpty() && request.overlap != Overlap::None;
    if (request.user.isEmpty() && request.overlap != Overlap::None) {
        next.retiring =
            RetiringLogin{record->clientUsername, d->clock.now().toUTC(), request.overlap == Overlap::UntilUnused};
        next.clientUsername = nextClientUsername(seen.name, record->clientUsername);
    }
    const AccountDriver::Store store = [place = AccountChanges::Place{d->runtime.status().nameSpace}, request](
                                           KubernetesClient &client, const RuntimeSpec &spec,
                                           const AccountRecord &recorded) {
        return request.user.isEmpty()
            ? AccountChanges::storeLogin(client, spec, place, recorded, request.password)
            : AccountChanges::storeUserLogin(client, spec, place, recorded, request.user, request.password);
    };
    return d->carryOut(seen, next, AccountOperation::Kind::Rotate, store);
}

Pending<void> AccountService::endOverlap(const Account &seen)
{
    const AccountRecord *record = d->recordOf(seen.name);
    if (!record || !record->retiring)
        return Pending<void>::answered(fail(Error::Kind::NotFound, tr("There is no overlap to end.")));
    if (const Access access = changeAccess(seen); !access)
        return Pending<void>::answered(fail(Error::Kind::Forbidden, access.reason));
    AccountRecord next = *record;
    next.retiring.reset();
    return d->carryOut(seen, next, AccountOperation::Kind::EndOverlap, {});
}

Pending<void> AccountService::remove(const Account &seen)
{
    if (const Access access = deleteAccess(seen); !access)
        return Pending<void>::answered(fail(Error::Kind::Forbidden, access.reason));
    const AccountRecord *record = d->recordOf(seen.name);
    if (!record)
        return Pending<void>::answered(Result<void>());
    return d->carryOut(seen, *record, AccountOperation::Kind::Delete, {});
}

Pending<void> AccountService::retry(const Account &seen)
{
    const AccountRecord *record = d->recordOf(seen.name);
    if (!record || !seen.operation)
        return Pending<void>::answered(fail(Error::Kind::NotFound, tr("There is nothing to retry.")));
    if (const Access access = d->access(); !access)
        return Pending<void>::answered(fail(Error::Kind::Forbidden, access.reason));
    if (d->carriedOut.contains(seen.name))
        return Pending<void>::answered(fail(Error::Kind::Conflict, tr("It is under way here already.")));
    if (record->isUndone)
        return Pending<void>::answered(fail(Error::Kind::NotReady,
            tr("The new password was never stored, and the one before is in force. Rotate it again.")));
    if (record->operation.state == AccountOperation::State::Running)
        return d->run(seen.name, record->operation.id, d->driver.goOn(*record));
    using Kind = AccountOperation::Kind;
    const Kind failed = record->operation.kind;
    if (failed == Kind::Delete)
        return d->carryOut(seen, *record, Kind::Delete, {});
    // What was stored stays; of a rotation nothing but the way to the servers is left to do.
    const bool isOfLogin = failed == Kind::Create || failed == Kind::Rotate || record->takesSecrets;
    AccountDriver::Store store;
    if (failed == Kind::Create)
        store = AccountDriver::noteLostPasswordAt({d->runtime.status().nameSpace});
    return d->carryOut(
        seen, *record, Kind::Change, store, isOfLogin ? Private::Retried::Login : Private::Retried::Nothing);
}

QList<PodConfiguration> AccountService::rollout(const QString &account) const
{
    return d->rollouts.value(account);
}

QString AccountService::operationHere(const QString &account) const
{
    return d->carriedOut.value(account);
}

bool AccountService::isAtRest() const
{
    return d->mutations.isIdle();
}

void AccountService::setInSight(bool inSight)
{
    d->isInSight = inSight;
    d->renewSightings();
}

AccountFigures AccountService::usage(const QString &account) const
{
    AccountFigures figures;
    figures.storage = d->sightings.storage(account);
    if (d->sightings.isKnown())
        figures.connections = int(d->sightings.connections(account).size());
    return figures;
}

std::optional<QList<ClientConnection>> AccountService::connections(const QString &account) const
{
    return d->sightings.isKnown() ? std::optional(d->sightings.connections(account)) : std::nullopt;
}

bool AccountService::areConnectionsWhole() const
{
    return d->sightings.isWhole();
}

const std::optional<Error> &AccountService::usageProblem() const
{
    return d->sightings.problem();
}

Pending<void> AccountService::kick(const ClientConnection &connection)
{
    if (const Access access = createAccess(); !access)
        return Pending<void>::answered(fail(Error::Kind::Forbidden, access.reason));
    return d->mutations.run(d->kick(connection));
}

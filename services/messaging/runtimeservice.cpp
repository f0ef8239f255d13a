// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimeservice.h"

#include "services/base/mapped.h"
#include "services/messaging/foreignobjects.h"
#include "services/messaging/runtimerequests.h"
#include "services/messaging/runtimeroles.h"
#include "services/messaging/runtimeservice_p.h"

namespace {

/// To be written down where nobody knows what was asked: Disable needs none of it.
RuntimeSpec unknownSpec()
{
    RuntimeSpec spec;
    spec.storageClass = RuntimeService::tr("unknown");
    return spec;
}

} // namespace

RuntimeService::RuntimeService(
    KubernetesTransport &transport, Clock &clock, QString nameSpace, QString workstation, QObject *parent)
    : RuntimeSource(parent)
    , d(std::make_unique<Private>(*this, transport, clock, std::move(nameSpace), std::move(workstation)))
{
}

RuntimeService::~RuntimeService()
{
    // First what is under way, then what it uses.
    d->driving = {};
    d->reviewing = {};
    d->lookingAtNodes = {};
}

void RuntimeService::start()
{
    d->start();
}

void RuntimeService::leave()
{
    d->isLeaving = true;
    d->stopDriving();
    if (d->lease.isHeld())
        d->driving = d->giveBack();
}

bool RuntimeService::isAtRest() const
{
    return d->isAtRest();
}

void RuntimeService::refresh()
{
    d->protection.refresh();
    d->watch.refresh();
    d->classes.refresh();
    d->reviewSoon();
}

const RuntimeStatus &RuntimeService::status() const
{
    return d->status;
}

const Freshness &RuntimeService::freshness() const
{
    return d->freshness;
}

std::optional<Error> RuntimeService::lastError() const
{
    return d->watch.lastError();
}

const Result<QList<StorageClass>> &RuntimeService::storageClasses() const
{
    return d->storageClasses;
}

const std::optional<QStringList> &RuntimeService::schedulableNodes() const
{
    return d->nodes;
}

void RuntimeService::lookAtNodes()
{
    d->lookAtNodes();
}

Pending<NamespaceFate> RuntimeService::namespaceFate()
{
    const bool isDisabled = d->status.phase == RuntimePhase::Absent;
    return asPending(
        ::namespaceFate(d->client, d->clock, d->nameSpace, isDisabled ? OfRuntime::Foreign : OfRuntime::Ours));
}

bool RuntimeService::isAccessKnown() const
{
    return d->isAccessKnown;
}

Access RuntimeService::viewAccess() const
{
    return d->access.view;
}

Access RuntimeService::inspectAccess() const
{
    return d->access.inspect;
}

Access RuntimeService::reachAccess() const
{
    return d->access.reach;
}

const RuntimeAccess &RuntimeService::access() const
{
    return d->access;
}

void RuntimeService::setUser(const QString &user)
{
    d->access.user = user;
}

QString RuntimeService::grantFor(const Access &access) const
{
    // Whoever is to look is not to come back for each thing there is to see.
    const bool isToView = !d->access.view && access == d->access.view;
    return RuntimeRoles::grantText(
        isToView ? access.missing + d->access.inspect.missing : access.missing, d->access.user);
}

void RuntimeService::noteRefusal(const Error &error)
{
    d->noteRefusal(error);
}

ClusterProtection &RuntimeService::protection()
{
    return d->protection;
}

const ClusterProtection &RuntimeService::protection() const
{
    return d->protection;
}

Access RuntimeService::archiveAccess() const
{
    const bool isUnderWay = d->status.isInProgress() && !d->protection.state().archived;
    return isUnderWay ? Access::no(tr("An operation on NATS is under way. Archive the cluster once that is over."))
                      : d->protection.archiveAccess();
}

Access RuntimeService::changeAccess() const
{
    return d->protection.access();
}

Flow<void> RuntimeService::confirmChange()
{
    return d->protection.confirm();
}

Access RuntimeService::writeAccess() const
{
    return d->allowed(d->access.write);
}

Access RuntimeService::editAccess() const
{
    return d->allowed(d->access.edit);
}

Access RuntimeService::enableAccess() const
{
    if (d->freshness.state == Freshness::State::Syncing)
        return Access::no(tr("What the cluster has is still being read."));
    if (d->status.phase != RuntimePhase::Absent)
        return Access::no(tr("NATS is enabled on this cluster already."));
    return writeAccess();
}

Access RuntimeService::disableAccess() const
{
    if (d->status.phase == RuntimePhase::Absent)
        return Access::no(tr("NATS is not enabled on this cluster."));
    if (d->status.phase == RuntimePhase::Deleting)
        return Access::no(tr("NATS is being disabled already."));
    if (const Access access = d->protection.access(); !access)
        return access;
    if (const QString kept = d->status.keptReason(); !kept.isEmpty())
        return Access::no(kept);
    if (d->status.obstacle)
        return Access::no(d->status.obstacle->summary);
    return d->access.remove;
}

Access RuntimeService::retryAccess() const
{
    if (const Access access = d->protection.access(); !access)
        return access;
    if (d->status.obstacle)
        return Access::no(d->status.obstacle->summary);
    if (const QString kept = d->status.keptReason(); !kept.isEmpty())
        return Access::no(kept);
    if (d->status.deviation && !d->status.deviation->canBePutBack)
        return Access::no(tr("Enabling again can't put back what was changed by hand without losing something."));
    if (d->status.phase != RuntimePhase::Failed && !d->status.deviation)
        return Access::no(tr("Nothing has failed."));
    const auto record = begunRecord(d->watch.observation());
    const bool isDisable = record && record->operation.kind == RuntimeOperation::Kind::Disable;
    return isDisable ? d->access.remove : d->access.write;
}

Pending<void> RuntimeService::run(Errand errand)
{
    return Pending<void>::ask(
        [this, errand = std::move(errand)](Pending<void>::Answer answer) -> std::function<void()> {
            d->errands.push_back({errand, std::move(answer)});
            d->updateSoon();
            return {};
        });
}

Pending<void> RuntimeService::enable(EnableRequest request)
{
    Error invalid{Error::Kind::Invalid, tr("Correct the fields marked below."), {}, {}, {}};
    invalid.fields = validate(request.spec) + validateClientPassword(request.clientPassword.reveal());
    if (!invalid.fields.isEmpty())
        return Pending<void>::answered(fail(invalid));
    if (const Access access = enableAccess(); !access)
        return Pending<void>::answered(fail(Error::Kind::Forbidden, access.reason));
    return d->mutate([this, request] {
        return RuntimeRequests::enable(d->client, d->clock, d->nameSpace, d->workstation, request);
    });
}

Pending<void> RuntimeService::change(const RuntimeSpec &spec)
{
    if (!d->status.spec)
        return Pending<void>::answered(fail(Error::Kind::NotReady, tr("NATS is not enabled on this cluster.")));
    if (const Access access = d->protection.access(); !access)
        return Pending<void>::answered(fail(Error::Kind::Forbidden, access.reason));
    Error refused{Error::Kind::Invalid, tr("These changes can't be carried out on a running runtime yet."), {}, {}, {}};
    refused.fields = validate(spec) + refusedChanges(*d->status.spec, spec);
    if (!refused.fields.isEmpty())
        return Pending<void>::answered(fail(refused));
    return Pending<void>::answered({});
}

Pending<void> RuntimeService::retry()
{
    const RuntimeObservation seen = d->watch.observation();
    const auto record = begunRecord(seen);
    const bool isUnreadable = seen.record && !*seen.record;
    if (const Access access = retryAccess(); !access || isUnreadable || !d->status.spec)
        return Pending<void>::answered(fail(Error::Kind::NotReady,
            access ? tr("What the cluster remembers of its runtime can't be read, so nothing can be retried.")
                   : access.reason));
    if (!record)
        return d->mutate([this, spec = *d->status.spec] { return d->adopt(spec, RuntimeOperation::Kind::Enable); });
    return d->mutate([this, current = *record] {
        return RuntimeRequests::begin(
            d->client, d->clock, d->nameSpace, d->workstation, current, current.operation.kind);
    });
}

Pending<void> RuntimeService::disable(const RuntimeIdentity &confirmed)
{
    const RuntimeObservation seen = d->watch.observation();
    const auto record = begunRecord(seen);
    if (confirmed.nameSpace != d->nameSpace)
        return Pending<void>::answered(fail(Error::Kind::Invalid,
            tr("What was confirmed is another runtime than that of namespace %1.").arg(d->nameSpace)));
    if (const Access access = disableAccess(); !access)
        return Pending<void>::answered(fail(Error::Kind::Forbidden, access.reason));
    if (seen.record && !*seen.record)
        return Pending<void>::answered(fail(Error::Kind::NotReady,
            tr("What the cluster remembers of its runtime can't be read, so nothing was deleted.")));
    if (confirmed.operation != (record ? record->operation.id : QString()))
        return Pending<void>::answered(fail(Error::Kind::Conflict,
            tr("Nothing was deleted: something else was asked of NATS on this cluster since you were asked to confirm "
               "this. Look at Overview, then decide again.")));
    if (!record)
        return d->mutate([this, spec = d->status.spec.value_or(unknownSpec())] {
            return d->adopt(spec, RuntimeOperation::Kind::Disable);
        });
    return d->mutate([this, current = *record] { return d->beginDisable(current); });
}

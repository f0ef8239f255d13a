// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/accountdriver.h"

#include "services/base/clock.h"
#include "services/base/freedmemory.h"
#include "services/base/logging.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/kubernetes/podhttp.h"
#include "services/messaging/natslink.h"
#include "services/messaging/retrying.h"
#include "services/messaging/roleinstallation.h"
#include "services/messaging/runtimemanifests.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimeservice.h"
#include "services/nats/jetstreamapi.h"
#include "services/nats/monitoring.h"
#include "services/nats/serverconfig.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds loginLimit = 15s;
constexpr std::chrono::milliseconds storeLimit = 10s;
constexpr std::chrono::milliseconds emptyLimit = 1min; // a follower deletes what its leader has deleted in its own time
constexpr std::chrono::milliseconds lookEvery = 500ms;
constexpr int mostRounds = 3;

QString say(const char *source)
{
    return QCoreApplication::translate("AccountDriver", source);
}

/// What was written, for what comes after.
struct Written {
    AccountRecord record;
    WrittenConfiguration configuration;
};

/// The part of a change that is written under the Lease. What was recorded and can't be gone on with is recorded as
/// failed.
Flow<void> beginUnderLease(KubernetesClient &client, Clock &clock, AccountChanges::Place place, AccountRecord next,
    QString seen, AccountDriver::Store store, std::shared_ptr<Written> written)
{
    auto spec = co_await AccountChanges::runtimeSpec(client, place.nameSpace);
    if (!spec)
        co_return fail(spec.error());
    auto recorded = co_await AccountChanges::record(client, place, next, seen);
    if (!recorded)
        co_return fail(recorded.error());
    written->record = *recorded;
    Result<void> stored;
    if (store) {
        Flow<void> storing = store(client, *spec, *recorded);
        stored = co_await storing;
    }
    if (!stored && recorded->operation.kind == AccountOperation::Kind::Rotate) {
        // an answer that never came says nothing: only the Secret does
        const AccountRecord asked = *recorded;
        const std::function<Flow<bool>()> ask = [&client, place, asked] {
            return AccountChanges::isLoginStored(client, place.nameSpace, asked);
        };
        auto isStored = co_await retrying(clock, ask, storeLimit);
        if (!isStored)
            co_return stored; // it stays under way, and whoever goes on with it looks again
        if (*isStored)
            stored = Result<void>();
    }
    Result<WrittenConfiguration> configuration = fail(stored ? Error{} : stored.error());
    if (stored) {
        const RuntimeManifests manifests(place.nameSpace, *spec);
        configuration = co_await writeConfiguration(client, clock, manifests, place.nameSpace, *spec);
    }
    if (configuration) {
        written->configuration = *configuration;
        co_return Result<void>();
    }
    const QString account = recorded->spec.name;
    const QString id = recorded->operation.id;
    AccountChanges::Outcome outcome;
    outcome.error = configuration.error();
    // of a new account the password is made by whoever goes on with it: nothing is to be taken back
    outcome.isUndone = !stored && recorded->operation.kind == AccountOperation::Kind::Rotate;
    auto ended = co_await AccountChanges::end(client, place, account, id, outcome);
    if (!ended)
        co_return ended;
    if (outcome.isUndone) {
        // the login that was to retire may have been stored beside; a later change takes it away where this can't
        auto now = co_await AccountChanges::stored(client, place.nameSpace, account);
        if (now && now->operation.id == id)
            co_await AccountChanges::forgetLogins(client, place.nameSpace, *now);
    }
    co_return fail(configuration.error());
}

/// Servers have not loaded it twice so far, whatever was asked since it was to be made.
bool isNew(const AccountRecord &record)
{
    return record.loads == 1 && record.spec.name != defaultAccountName()
        && record.operation.kind != AccountOperation::Kind::Delete;
}

/// Nobody has asked anything else of it meanwhile, nor made it anew.
bool isStillOf(const AccountRecord &now, const AccountRecord &record)
{
    return now.uid == record.uid && now.operation.id == record.operation.id
        && now.operation.state == AccountOperation::State::Running;
}

/// Logins that nobody is let in by any more go once the servers know that.
Flow<void> endUnderLease(
    KubernetesClient &client, AccountChanges::Place place, AccountRecord record, AccountChanges::Outcome outcome)
{
    auto now = co_await AccountChanges::stored(client, place.nameSpace, record.spec.name);
    if (!now)
        co_return fail(now.error());
    if (!isStillOf(*now, record))
        co_return Result<void>();
    if (!outcome.error) {
        auto forgotten = co_await AccountChanges::forgetLogins(client, place.nameSpace, *now);
        if (!forgotten)
            outcome.error = forgotten.error();
    }
    const QString account = record.spec.name;
    const QString id = record.operation.id;
    auto ended = co_await AccountChanges::end(client, place, account, id, outcome);
    if (!ended)
        co_return ended;
    co_return outcome.error ? Result<void>(fail(*outcome.error)) : Result<void>();
}

Flow<void> installRolesFor(KubernetesClient &client, Clock &clock, QString nameSpace)
{
    auto installed = co_await installRoles(client, clock, nameSpace);
    co_return installed ? Result<void>() : Result<void>(fail(installed.error()));
}

Flow<void> amendUnderLease(KubernetesClient &client, Clock &clock, AccountChanges::Place place,
    std::shared_ptr<Written> written, std::function<void(AccountRecord &)> change)
{
    auto spec = co_await AccountChanges::runtimeSpec(client, place.nameSpace);
    if (!spec)
        co_return fail(spec.error());
    const QString account = written->record.spec.name;
    const QString id = written->record.operation.id;
    auto noted = co_await AccountChanges::amend(client, place, account, id, change);
    if (!noted)
        co_return noted;
    const RuntimeManifests manifests(place.nameSpace, *spec);
    auto configuration = co_await writeConfiguration(client, clock, manifests, place.nameSpace, *spec);
    if (!configuration)
        co_return fail(configuration.error());
    written->configuration = *configuration;
    co_return Result<void>();
}

Flow<void> forgetUnderLease(KubernetesClient &client, Clock &clock, AccountChanges::Place place, AccountRecord record)
{
    auto now = co_await AccountChanges::stored(client, place.nameSpace, record.spec.name);
    if (!now && now.error().kind == Error::Kind::NotFound)
        co_return Result<void>();
    if (!now)
        co_return fail(now.error());
    if (!isStillOf(*now, record))
        co_return Result<void>(); // made anew meanwhile
    auto forgotten = co_await AccountChanges::forgetLogins(client, place.nameSpace, *now);
    if (!forgotten)
        co_return forgotten;
    auto gone = co_await AccountChanges::forgetRecord(client, place.nameSpace, *now);
    if (gone)
        co_await installRoles(client, clock, place.nameSpace);
    co_return gone;
}

/// Of a rotation whose workstation went away before it had stored the password, which it alone knew.
Flow<void> mustBeStored(KubernetesClient &client, QString nameSpace, AccountRecord record)
{
    auto isStored = co_await AccountChanges::isLoginStored(client, nameSpace, record);
    if (!isStored)
        co_return fail(isStored.error());
    if (*isStored)
        co_return Result<void>();
    co_return fail(Error::Kind::NotFound,
        say("%1 went away before the new password was stored. The one before is still in force: rotate it again.")
            .arg(record.operation.requestedBy));
}

} // namespace

struct AccountDriver::Begun : Written { };

AccountDriver::AccountDriver(KubernetesTransport &transport, Clock &clock, RuntimeService &runtime,
    AccountChanges::Place place, Progress progress)
    : m_transport(transport)
    , m_clock(clock)
    , m_runtime(runtime)
    , m_place(std::move(place))
    , m_progress(std::move(progress))
{
}

Flow<void> AccountDriver::carryOut(AccountRecord next, QString seen, Store store)
{
    SecretTrace trace; // every login of the runtime passes through
    trace.begin();
    auto confirmed = co_await m_runtime.confirmChange();
    if (!confirmed)
        co_return confirmed;
    auto begun = std::make_shared<Begun>();
    auto written = co_await begin(next, seen, store, begun);
    if (!written)
        co_return written;
    auto finished = co_await finish(begun);
    co_return finished;
}

Flow<void> AccountDriver::goOn(AccountRecord record)
{
    Store store;
    if (record.operation.kind == AccountOperation::Kind::Rotate)
        store = [nameSpace = m_place.nameSpace](KubernetesClient &client, const RuntimeSpec &,
                    const AccountRecord &recorded) { return mustBeStored(client, nameSpace, recorded); };
    if (record.operation.kind == AccountOperation::Kind::Create)
        store = noteLostPasswordAt(m_place);
    auto done = co_await carryOut(record, record.operation.id, store);
    co_return done;
}

AccountDriver::Store AccountDriver::noteLostPasswordAt(AccountChanges::Place place)
{
    return [place](KubernetesClient &client, const RuntimeSpec &, const AccountRecord &recorded) {
        return AccountChanges::noteLostPassword(client, place, recorded);
    };
}

Flow<void> AccountDriver::begin(AccountRecord next, QString seen, Store store, std::shared_ptr<Begun> begun)
{
    const RuntimeService::Errand errand = [clock = &m_clock, place = m_place, next, seen, store, begun](
                                              KubernetesClient &client) {
        return beginUnderLease(client, *clock, place, next, seen, store, begun);
    };
    auto done = co_await m_runtime.run(errand);
    co_return done;
}

Flow<void> AccountDriver::finish(std::shared_ptr<Begun> begun)
{
    const AccountRecord record = begun->record;
    AccountChanges::Outcome outcome;
    Result<void> brought;
    if (isNew(record))
        brought = co_await bringNew(begun, &outcome.isLoadedTwice);
    else
        brought = co_await bring(begun);
    if (brought && record.operation.kind == AccountOperation::Kind::Delete)
        brought = co_await empty(begun);
    m_progress(record.spec.name, {});
    const bool isGone = brought && record.operation.kind == AccountOperation::Kind::Delete;
    if (isGone)
        co_return brought;
    if (!brought)
        outcome.error = brought.error();
    auto recorded = co_await recordEnd(record, outcome);
    co_return brought ? recorded : brought;
}

ConfigurationRollout::Progress AccountDriver::progressOf(const QString &account) const
{
    return [this, account](const QList<PodConfiguration> &pods) { m_progress(account, pods); };
}

Flow<void> AccountDriver::bring(std::shared_ptr<Begun> begun)
{
    ConfigurationRollout rollout(m_transport, m_clock, m_runtime, begun->configuration.credentials.system);
    const ConfigurationRollout::Progress tell = progressOf(begun->record.spec.name);
    auto brought = co_await rollout.bring(begun->configuration.text, tell);
    co_return brought;
}

Flow<void> AccountDriver::bringNew(std::shared_ptr<Begun> begun, bool *isLoadedTwice)
{
    const QString account = begun->record.spec.name;
    // whoever may only look is to see it too; who may not change Roles leaves that to others
    const RuntimeService::Errand errand = [clock = &m_clock, nameSpace = m_place.nameSpace](KubernetesClient &client) {
        return installRolesFor(client, *clock, nameSpace);
    };
    Pending<void> roles = m_runtime.run(errand);
    ConfigurationRollout rollout(m_transport, m_clock, m_runtime, begun->configuration.credentials.system);
    rollout.connectToLoadAgain();
    const ConfigurationRollout::Progress tell = progressOf(account);
    auto brought = co_await rollout.bring(begun->configuration.text, tell);
    if (brought) {
        auto loaded = co_await rollout.loadAgain();
        // only viewers miss it, and the next change of the account brings it
        if (!loaded)
            qCInfo(lcMessaging) << account << "was not loaded again:" << loaded.error().text();
        *isLoadedTwice = loaded.has_value();
    }
    auto installed = co_await roles;
    if (!installed)
        qCInfo(lcMessaging) << "Roles don't know" << account << "so far:" << installed.error().text();
    co_return brought;
}

Flow<void> AccountDriver::bringAmended(std::shared_ptr<Begun> begun, std::function<void(AccountRecord &)> change)
{
    const RuntimeService::Errand errand = [clock = &m_clock, place = m_place, begun, change](KubernetesClient &client) {
        return amendUnderLease(client, *clock, place, begun, change);
    };
    auto amended = co_await m_runtime.run(errand);
    if (!amended)
        co_return amended;
    auto brought = co_await bring(begun);
    co_return brought;
}

Flow<void> AccountDriver::empty(std::shared_ptr<Begun> begun)
{
    if (!begun->record.isEmptied) {
        if (const Result<void> ready = areAllReady(); !ready)
            co_return ready;
        auto deleted = co_await deleteStreams(begun);
        if (!deleted)
            co_return deleted;
        auto isEmpty = co_await waitUntilEmpty(begun->record.spec.name);
        if (!isEmpty)
            co_return isEmpty;
        const std::function<void(AccountRecord &)> emptied = [](AccountRecord &record) { record.isEmptied = true; };
        auto left = co_await bringAmended(begun, emptied);
        if (!left)
            co_return left;
    }
    const RuntimeService::Errand errand = [clock = &m_clock, place = m_place, record = begun->record](
                                              KubernetesClient &client) {
        return forgetUnderLease(client, *clock, place, record);
    };
    auto forgotten = co_await m_runtime.run(errand);
    co_return forgotten;
}

Flow<void> AccountDriver::deleteStreams(std::shared_ptr<Begun> begun)
{
    const QString account = begun->record.spec.name;
    const QList<AccountCredentials> &known = begun->configuration.credentials.accounts;
    const auto own = std::find_if(
        known.cbegin(), known.cend(), [&account](const AccountCredentials &each) { return each.spec.name == account; });
    if (own == known.cend() || m_runtime.status().readyPodNames().isEmpty())
        co_return fail(Error::Kind::NotReady, say("No pod of NATS is ready: the account's streams can't be deleted."));
    NatsLink link(m_transport, m_place.nameSpace, m_runtime.status().readyPodNames().constFirst(), own->management,
        managementInboxPrefix());
    auto opened = co_await link.open(m_clock, loginLimit);
    if (!opened)
        co_return opened;
    JetStreamApi api(link.connection(), account);
    for (int round = 0; round < mostRounds; ++round) {
        // by now it may be archived, or read-only here
        auto confirmed = co_await m_runtime.confirmChange();
        if (!confirmed)
            co_return confirmed;
        auto streams = co_await api.streams();
        if (!streams)
            co_return fail(streams.error());
        if (streams->isEmpty())
            co_return Result<void>();
        for (const Stream &stream : *streams) {
            auto deleted = co_await api.deleteStream(stream.id.name);
            if (!deleted && deleted.error().kind != Error::Kind::NotFound)
                co_return deleted;
        }
    }
    co_return fail(Error::Kind::NotReady,
        say("Streams of account %1 come back while they are deleted: something makes them anew.").arg(account));
}

/// No server holds a stream of it any more, or its files would stay on the volume for good.
Flow<void> AccountDriver::waitUntilEmpty(QString account)
{
    const auto deadline = m_clock.monotonic() + emptyLimit;
    const QString path = QStringLiteral("/jsz?acc=%1&streams=true").arg(account);
    for (;;) {
        QStringList holders;
        if (const Result<void> ready = areAllReady(); !ready)
            holders.append(ready.error().summary);
        for (const QString &pod : m_runtime.status().readyPodNames()) {
            auto body = co_await getFromPod(m_transport, m_place.nameSpace, pod, RuntimeNames::monitorPort, path);
            const Result<int> held = body ? heldStreams(*body, account) : Result<int>(fail(body.error()));
            if (!held || *held > 0)
                holders.append(pod);
        }
        if (holders.isEmpty())
            co_return Result<void>();
        if (m_clock.monotonic() >= deadline)
            co_return fail(Error::Kind::Timeout,
                say("Servers still hold streams of account %1: %2. Retry once they are well.")
                    .arg(account, holders.join(QStringLiteral(", "))));
        co_await m_clock.sleep(lookEvery);
    }
}

Flow<void> AccountDriver::recordEnd(AccountRecord record, AccountChanges::Outcome outcome)
{
    const RuntimeService::Errand errand = [place = m_place, record, outcome](KubernetesClient &client) {
        return endUnderLease(client, place, record, outcome);
    };
    auto ended = co_await m_runtime.run(errand);
    co_return ended;
}

/// What a pod that is away holds would stay on its volume for good, and keep it from starting.
Result<void> AccountDriver::areAllReady() const
{
    const RuntimeStatus &status = m_runtime.status();
    if (status.wantedPods() > 0 && status.readyPods() >= status.wantedPods())
        return {};
    return fail(Error::Kind::NotReady,
        say("%1 of %2 pods are ready: what the others hold of the account can't be deleted. Retry once all are ready.")
            .arg(status.readyPods())
            .arg(status.wantedPods()));
}

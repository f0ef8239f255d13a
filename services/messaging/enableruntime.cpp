// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/enableruntime.h"

#include "services/base/clock.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/handchanges.h"
#include "services/messaging/natslink.h"
#include "services/messaging/operationsteps.h"
#include "services/messaging/podhandover.h"
#include "services/messaging/podrules.h"
#include "services/messaging/retrying.h"
#include "services/messaging/roleinstallation.h"
#include "services/messaging/rolloutrules.h"
#include "services/messaging/runtimechecks.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimepermissions.h"
#include "services/messaging/runtimesteps.h"
#include "services/nats/jetstreamapi.h"
#include "services/nats/serverconfig.h"

#include <QJsonDocument>

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds pollEvery = 500ms;
constexpr int mostUndoTries = 5; // its status is written all the time
constexpr std::chrono::milliseconds podsLimit = 15min; // as long as the startup probe waits
constexpr std::chrono::milliseconds hopelessLimit = 90s; // images, crashes and placement mend themselves at times
// A kubelet takes up to a minute and a half to hand a new configuration to servers that run: until then they know the
// old passwords.
constexpr std::chrono::milliseconds jetStreamLimit = 2min;
constexpr std::chrono::milliseconds viewingLimit = 5min; // a kubelet may have to hand over two
constexpr std::chrono::milliseconds unheardLimit = 3s;

QString text(const char *value)
{
    return QLatin1String(value);
}

/// A server's answer to `$SYS.REQ.SERVER.PING.JSZ` says that JetStream serves: on its own, or with a leader and all
/// peers.
bool isJetStreamUp(const QByteArray &answer, int replicas)
{
    const QJsonObject data = QJsonDocument::fromJson(answer).object()[text("data")].toObject();
    if (data.isEmpty() || data[text("disabled")].toBool())
        return false;
    if (replicas == 1)
        return true;
    const QJsonObject meta = data[text("meta_cluster")].toObject();
    return !meta[text("leader")].toString().isEmpty() && meta[text("cluster_size")].toInt() >= replicas;
}

} // namespace

EnableRuntime::EnableRuntime(KubernetesTransport &transport, KubernetesClient &client, Clock &clock,
    RuntimeWatch &watch, QString nameSpace, RuntimeJournal journal)
    : m_client(client)
    , m_clock(clock)
    , m_watch(watch)
    , m_nameSpace(nameSpace)
    , m_journal(std::move(journal))
    , m_manifests(nameSpace, m_journal.record().spec)
    , m_logins(transport, clock, watch, nameSpace)
{
}

Flow<void> EnableRuntime::run()
{
    namespace Id = RuntimeStepId;
    return carryOutSteps(m_journal,
        {{Id::checkPrerequisites, [this] { return patiently(&EnableRuntime::checkPrerequisites); }},
            {Id::writeSecrets, [this] { return patiently(&EnableRuntime::writeSecrets); }},
            {Id::writeServices, [this] { return patiently(&EnableRuntime::writeServices); }},
            {Id::writeStatefulSet, [this] { return patiently(&EnableRuntime::writeStatefulSet); }},
            {Id::waitForPods, [this] { return waitForPods(); }},
            {Id::waitForJetStream, [this] { return waitForJetStream(); }},
            {Id::waitForAccount, [this] { return waitForAccount(); }},
            {Id::verifyLogin, [this] { return verifyLogin(); }}},
        RecordAtEnd::Done);
}

Flow<void> EnableRuntime::patiently(Flow<void> (EnableRuntime::*step)())
{
    const std::function<Flow<void>()> ask = [this, step] { return (this->*step)(); };
    return retrying(m_clock, ask);
}

Flow<void> EnableRuntime::checkPrerequisites()
{
    auto access = co_await RuntimePermissions::review(m_client, m_clock, RuntimePermissions::toWrite(m_nameSpace));
    if (!access)
        co_return fail(access.error());
    if (!access->allowed)
        co_return fail(Error::Kind::Forbidden, access->reason);
    const QString storageClass = m_journal.record().spec.storageClass;
    auto usable = co_await RuntimeChecks::storageClassUsable(m_client, storageClass);
    if (!usable)
        co_return usable;
    QList<QJsonObject> manifests = m_manifests.services();
    manifests.append(m_manifests.disruptionBudget());
    manifests.append(m_manifests.networkPolicy());
    manifests.append(m_manifests.statefulSet());
    auto free = co_await RuntimeChecks::namesFree(m_client, manifests);
    if (!free)
        co_return free;
    auto newer = co_await RuntimeChecks::wouldNotDowngrade(m_client, m_manifests.statefulSet());
    if (!newer)
        co_return newer;
    auto scalable = co_await RuntimeChecks::wouldNotShrink(m_client, m_manifests.statefulSet());
    co_return scalable;
}

Flow<void> EnableRuntime::writeSecrets()
{
    auto written = co_await writeConfiguration(m_client, m_clock, m_manifests, m_nameSpace, m_journal.record().spec);
    if (!written)
        co_return fail(written.error());
    m_written = *written;
    const Result<void> known = isClientKnown(m_written.credentials);
    if (!known)
        co_return known;
    const QStringList pods = podNames();
    auto hastened = co_await hastenConfiguration(m_client, m_nameSpace, pods, m_written.text);
    co_return hastened ? Result<void>() : Result<void>(fail(hastened.error()));
}

Flow<void> EnableRuntime::writeServices()
{
    QList<QJsonObject> manifests = m_manifests.services();
    manifests.append(m_manifests.disruptionBudget());
    manifests.append(m_manifests.networkPolicy());
    auto applied = co_await apply(manifests);
    if (!applied)
        co_return applied;
    auto problem = co_await installRoles(m_client, m_clock, m_nameSpace);
    if (!problem)
        co_return fail(problem.error());
    m_journal.noteRoles(*problem);
    co_return Result<void>();
}

Flow<void> EnableRuntime::writeStatefulSet()
{
    auto undone = co_await undoByHand();
    if (!undone)
        co_return undone;
    auto applied = co_await applyOne(m_manifests.statefulSet());
    if (!applied)
        co_return fail(applied.error());
    m_generation = (*applied)[text("metadata")][text("generation")].toInteger();
    co_return Result<void>();
}

Flow<void> EnableRuntime::undoByHand()
{
    const QJsonObject manifest = m_manifests.statefulSet();
    const ObjectRef ref = ObjectRef::of(manifest);
    for (int tries = mostUndoTries;; --tries) {
        auto servers = co_await m_client.read(ref);
        if (!servers && servers.error().kind == Error::Kind::NotFound)
            co_return Result<void>();
        if (!servers)
            co_return fail(servers.error());
        if (const auto problem = RuntimeChecks::downgrading(*servers, manifest))
            co_return fail(*problem);
        // whoever has scaled it up since the first step may have streams on the new pods by now
        if (const auto problem = RuntimeChecks::shrinking(*servers, manifest))
            co_return fail(*problem);
        const QJsonObject spec = undoingChangesByHand(*servers, manifest);
        if (spec.isEmpty())
            co_return Result<void>();
        const QJsonObject metadata{{text("resourceVersion"), (*servers)[text("metadata")][text("resourceVersion")]}};
        const QJsonObject change{{text("metadata"), metadata}, {text("spec"), spec}};
        auto undone = co_await m_client.patch(ref, change);
        if (undone)
            co_return Result<void>();
        if (undone.error().kind != Error::Kind::Conflict || tries == 1)
            co_return fail(undone.error());
    }
}

Flow<void> EnableRuntime::apply(QList<QJsonObject> manifests)
{
    for (const QJsonObject &manifest : manifests) {
        auto applied = co_await applyOne(manifest);
        if (!applied)
            co_return fail(applied.error());
    }
    co_return Result<void>();
}

Flow<QJsonObject> EnableRuntime::applyOne(QJsonObject manifest)
{
    const std::function<Pending<QJsonObject>()> ask = [this, manifest] { return m_client.apply(manifest); };
    auto applied = co_await retrying(m_clock, ask);
    if (!applied && applied.error().kind == Error::Kind::Conflict && !applied.error().fields.isEmpty())
        co_return fail(Error::Kind::Conflict,
            tr("%1 is left as it is. %2").arg(ObjectRef::of(manifest).text(), applied.error().summary),
            applied.error().detail);
    if (!applied && applied.error().kind == Error::Kind::Conflict)
        co_return fail(Error::Kind::Conflict,
            tr("%1 was changed by somebody else, and that is not overwritten. Undo the change below with the "
               "program that made it, then retry.")
                .arg(ObjectRef::of(manifest).text()),
            applied.error().detail);
    co_return applied;
}

Flow<QJsonObject> EnableRuntime::servers()
{
    const auto seen = m_watch.observation().parts.statefulSets;
    if (seen)
        co_return seen->isEmpty() ? QJsonObject() : seen->constFirst();
    const ObjectRef ref{text("apps/v1"), text("StatefulSet"), m_nameSpace, text(RuntimeNames::server)};
    const std::function<Pending<QJsonObject>()> ask = [this, ref] { return m_client.read(ref); };
    auto read = co_await retrying(m_clock, ask);
    co_return read;
}

Flow<void> EnableRuntime::waitForPods()
{
    const int wanted = m_journal.record().spec.replicas;
    const auto began = m_clock.monotonic();
    auto hopefulAt = began;
    for (;;) {
        auto current = co_await servers();
        if (!current)
            co_return fail(current.error());
        const RuntimeObservation seen = m_watch.observation();
        const int ready = readyPodsOf(*current, m_generation, seen.pods);
        if (ready >= wanted && seen.pods.size() == wanted)
            co_return Result<void>();
        const WaitReason reason = waitReason(seen.pods, seen.claims, seen.events);
        const auto now = m_clock.monotonic();
        if (!reason.isHopeless)
            hopefulAt = now;
        if (now - hopefulAt > hopelessLimit || now - began > podsLimit)
            co_return fail(podsNotReady(ready, wanted, seen.pods, reason.sentence));
        co_await m_clock.sleep(pollEvery);
    }
}

Flow<void> EnableRuntime::waitForJetStream()
{
    const int replicas = m_journal.record().spec.replicas;
    const auto deadline = m_clock.monotonic() + jetStreamLimit;
    Error last{Error::Kind::NotReady, tr("JetStream has not started yet."), {}, {}, {}};
    while (m_clock.monotonic() < deadline) {
        auto opened = co_await m_logins.link(m_written.credentials.system, QString());
        if (opened) {
            const QByteArray nothing;
            auto answer = co_await (*opened)->connection().request(text("$SYS.REQ.SERVER.PING.JSZ"), nothing, 3s);
            if (answer && isJetStreamUp(*answer, replicas))
                co_return Result<void>();
            if (!answer)
                last = answer.error();
        } else {
            last = opened.error();
            if (last.kind == Error::Kind::Forbidden)
                break;
        }
        co_await m_clock.sleep(pollEvery);
    }
    co_return fail(last);
}

Flow<void> EnableRuntime::waitForAccount()
{
    auto managed = co_await m_logins.reach(m_written.credentials.ofDefault().management, managementInboxPrefix());
    if (!managed)
        co_return managed;
    auto viewed = co_await reachViewingAccount();
    co_return viewed;
}

Flow<void> EnableRuntime::verifyLogin()
{
    auto reached = co_await m_logins.reach(m_written.credentials.ofDefault().client, QString());
    co_return reached;
}

Flow<void> EnableRuntime::reachViewingAccount()
{
    const auto deadline = m_clock.monotonic() + viewingLimit;
    std::optional<std::chrono::milliseconds> unheardSince;
    for (int loads = 2;;) {
        auto reached = co_await m_logins.tryEveryPod(m_written.credentials.ofDefault().viewing, viewingInboxPrefix());
        const auto now = m_clock.monotonic();
        if (reached || !RuntimeLogins::mayPass(reached.error()) || now > deadline)
            co_return reached;
        if (reached.error().kind == Error::Kind::Unauthorized)
            unheardSince.reset();
        else if (!unheardSince)
            unheardSince = now;
        if (unheardSince && now - *unheardSince >= unheardLimit) {
            unheardSince.reset();
            auto written = co_await writeForLoad(m_client, m_clock, m_manifests, m_written.text, loads++);
            if (!written)
                co_return fail(written.error());
            const QStringList pods = podNames();
            auto hastened = co_await hastenConfiguration(m_client, m_nameSpace, pods, *written);
            if (!hastened)
                co_return fail(hastened.error());
        }
        co_await m_clock.sleep(pollEvery);
    }
}

QStringList EnableRuntime::podNames() const
{
    QStringList names;
    for (const QJsonObject &pod : m_watch.observation().pods)
        names.append(ObjectRef::of(pod).name);
    return names;
}

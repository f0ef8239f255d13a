// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimewatch.h"

#include "services/base/clock.h"
#include "services/messaging/runtimenames.h"

namespace {

/// From being recorded to being let begin a request takes five round trips: on a bad line most of this.
constexpr std::chrono::milliseconds requestLimit = std::chrono::seconds(30);

ResourceWatch::Query query(const char *kind, const QString &nameSpace, const QString &labelSelector)
{
    ResourceWatch::Query query;
    query.apiVersion = QStringLiteral("v1");
    query.kind = QLatin1String(kind);
    query.nameSpace = nameSpace;
    query.labelSelector = labelSelector;
    return query;
}

ResourceWatch::Query namedQuery(const char *apiVersion, const char *kind, const QString &nameSpace, const char *name)
{
    ResourceWatch::Query named = query(kind, nameSpace, {});
    named.apiVersion = QLatin1String(apiVersion);
    named.fieldSelector = QStringLiteral("metadata.name=") + QLatin1String(name);
    return named;
}

ResourceWatch::Query secretQuery(const QString &nameSpace)
{
    ResourceWatch::Query secrets = query("Secret", nameSpace, RuntimeNames::labelSelector());
    secrets.isMetadataOnly = true;
    return secrets;
}

ResourceWatch::Query roleQuery(const QString &nameSpace)
{
    ResourceWatch::Query roles = query("Role", nameSpace, RuntimeNames::labelSelector());
    roles.apiVersion = QStringLiteral("rbac.authorization.k8s.io/v1");
    return roles;
}

/// Nothing where there is none.
std::optional<Result<RuntimeRecord>> recordIn(const ResourceWatch &records)
{
    if (records.snapshot().isEmpty())
        return std::nullopt;
    return RuntimeRecord::fromConfigMap(records.snapshot().constFirst());
}

/// Nothing where it was never read, or is no more than a list of a while ago.
std::optional<QList<QJsonObject>> seenBy(const ResourceWatch &watch)
{
    if (watch.freshness().state == Freshness::State::Syncing || watch.isOnlyListed())
        return std::nullopt;
    return watch.snapshot();
}

} // namespace

RuntimeWatch::RuntimeWatch(KubernetesTransport &transport, Clock &clock, const QString &nameSpace, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_nameSpace(nameSpace)
    , m_records(transport, clock, namedQuery("v1", "ConfigMap", nameSpace, RuntimeNames::record))
    , m_leases(transport, clock, namedQuery("coordination.k8s.io/v1", "Lease", nameSpace, RuntimeNames::lease))
    , m_pods(transport, clock, query("Pod", nameSpace, RuntimeNames::podSelector()))
    , m_claims(transport, clock, query("PersistentVolumeClaim", nameSpace, RuntimeNames::labelSelector()))
    , m_events(transport, clock, query("Event", nameSpace, {}))
    , m_statefulSets(transport, clock, namedQuery("apps/v1", "StatefulSet", nameSpace, RuntimeNames::server))
    , m_services(transport, clock, query("Service", nameSpace, RuntimeNames::labelSelector()))
    , m_secrets(transport, clock, secretQuery(nameSpace))
    , m_budgets(transport, clock, namedQuery("policy/v1", "PodDisruptionBudget", nameSpace, RuntimeNames::server))
    , m_policies(transport, clock, namedQuery("networking.k8s.io/v1", "NetworkPolicy", nameSpace, RuntimeNames::server))
    , m_roles(transport, clock, roleQuery(nameSpace))
{
    for (ResourceWatch *watch : all()) {
        if (watch != &m_leases && watch != &m_records)
            connect(watch, &ResourceWatch::snapshotChanged, this, &RuntimeWatch::changed);
    }
    connect(&m_records, &ResourceWatch::snapshotChanged, this, &RuntimeWatch::noteRecord);
    connect(&m_leases, &ResourceWatch::snapshotChanged, this, &RuntimeWatch::noteLease);
    for (ResourceWatch *watch : {&m_records, &m_pods}) {
        connect(watch, &ResourceWatch::freshnessChanged, this, &RuntimeWatch::freshnessChanged);
        connect(watch, &ResourceWatch::attemptFailed, this, &RuntimeWatch::attemptFailed);
    }
}

std::array<ResourceWatch *, 11> RuntimeWatch::all()
{
    return {&m_records, &m_leases, &m_pods, &m_claims, &m_events, &m_statefulSets, &m_services, &m_secrets, &m_budgets,
        &m_policies, &m_roles};
}

void RuntimeWatch::start()
{
    for (ResourceWatch *watch : all())
        watch->start();
}

void RuntimeWatch::refresh()
{
    for (ResourceWatch *watch : all())
        watch->refresh();
}

void RuntimeWatch::noteRecord()
{
    const auto record = recordIn(m_records);
    const bool isRequest = record && *record && (*record)->operation.state == RuntimeOperation::State::Requested;
    const QString request = isRequest ? (*record)->operation.id : QString();
    if (request != m_request) {
        m_request = request;
        m_requestSeenAt = m_clock.monotonic();
        m_requestChange.drop();
        if (isRequest) {
            m_requestChange = m_clock.sleep(requestLimit);
            m_requestChange.then(this, [this](const Result<void> &) { Q_EMIT changed(); });
        }
    }
    Q_EMIT changed();
}

void RuntimeWatch::noteLease()
{
    const auto now = m_clock.monotonic();
    const QList<QJsonObject> &leases = m_leases.snapshot();
    m_lease.note(leases.isEmpty() ? QJsonObject() : leases.constFirst(), now);
    m_leaseEnd = m_clock.now().addMSecs((m_lease.runsOutAt() - now).count());
    awaitLease();
    Q_EMIT changed();
}

void RuntimeWatch::awaitLease()
{
    m_leaseChange.drop();
    const auto now = m_clock.monotonic();
    if (m_lease.holderAt(now).isEmpty())
        return;
    const auto next = now < m_lease.silentFrom() ? m_lease.silentFrom() : m_lease.runsOutAt();
    m_leaseChange = m_clock.sleep(next - now);
    m_leaseChange.then(this, [this](const Result<void> &) {
        awaitLease();
        Q_EMIT changed();
    });
}

RuntimeObservation RuntimeWatch::observation() const
{
    RuntimeObservation observation;
    observation.nameSpace = m_nameSpace;
    observation.record = recordIn(m_records);
    observation.pods = m_pods.snapshot();
    observation.claims = m_claims.snapshot();
    observation.events = m_events.snapshot();
    observation.isRecordRead = m_records.freshness().state != Freshness::State::Syncing;
    observation.parts = {seenBy(m_statefulSets), seenBy(m_services), seenBy(m_secrets), seenBy(m_budgets),
        seenBy(m_policies), seenBy(m_roles)};
    observation.driver = driverNow(observation);
    const auto now = m_clock.monotonic();
    observation.isRequestOverdue = !m_request.isEmpty() && now - m_requestSeenAt >= requestLimit;
    if (areLeasesReadable() && !m_lease.holderAt(now).isEmpty() && now >= m_lease.silentFrom())
        observation.silentUntil = m_leaseEnd;
    return observation;
}

QString RuntimeWatch::driverNow(const RuntimeObservation &seen) const
{
    if (areLeasesReadable() || !seen.record || !*seen.record)
        return m_lease.holderAt(m_clock.monotonic());
    const RuntimeOperation &operation = (*seen.record)->operation;
    return operation.state == RuntimeOperation::State::Running ? operation.driver : QString();
}

bool RuntimeWatch::areLeasesReadable() const
{
    // A list that was never read is one that may not be read: Kubernetes' own role `view` leaves Leases out.
    return m_leases.freshness().state != Freshness::State::Syncing;
}

const ResourceWatch &RuntimeWatch::lessFresh() const
{
    const Freshness &records = m_records.freshness();
    const Freshness &pods = m_pods.freshness();
    if (records.state == Freshness::State::Live)
        return m_pods;
    if (pods.state == Freshness::State::Stale && records.state == Freshness::State::Stale)
        return records.since < pods.since ? m_records : m_pods;
    return m_records;
}

Freshness RuntimeWatch::freshness() const
{
    return lessFresh().freshness();
}

std::optional<Error> RuntimeWatch::lastError() const
{
    return lessFresh().lastError();
}

bool RuntimeWatch::isRefused() const
{
    const auto isForbidden = [](const ResourceWatch &watch) {
        return watch.lastError() && watch.lastError()->kind == Error::Kind::Forbidden;
    };
    return isForbidden(m_records) || isForbidden(m_pods);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimewatch.h"

#include "services/base/clock.h"
#include "services/messaging/runtimenames.h"

namespace {

ResourceWatch::Query query(const char *kind, const QString &nameSpace, const QString &labelSelector)
{
    ResourceWatch::Query query;
    query.apiVersion = QStringLiteral("v1");
    query.kind = QLatin1String(kind);
    query.nameSpace = nameSpace;
    query.labelSelector = labelSelector;
    return query;
}

ResourceWatch::Query recordQuery(const QString &nameSpace)
{
    ResourceWatch::Query record = query("ConfigMap", nameSpace, {});
    record.fieldSelector = QStringLiteral("metadata.name=") + QLatin1String(RuntimeNames::record);
    return record;
}

ResourceWatch::Query leaseQuery(const QString &nameSpace)
{
    ResourceWatch::Query lease = query("Lease", nameSpace, {});
    lease.apiVersion = QStringLiteral("coordination.k8s.io/v1");
    lease.fieldSelector = QStringLiteral("metadata.name=") + QLatin1String(RuntimeNames::lease);
    return lease;
}

} // namespace

RuntimeWatch::RuntimeWatch(KubernetesTransport &transport, Clock &clock, const QString &nameSpace, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_nameSpace(nameSpace)
    , m_records(transport, clock, recordQuery(nameSpace))
    , m_leases(transport, clock, leaseQuery(nameSpace))
    , m_pods(transport, clock, query("Pod", nameSpace, RuntimeNames::podSelector()))
    , m_claims(transport, clock, query("PersistentVolumeClaim", nameSpace, RuntimeNames::labelSelector()))
    , m_events(transport, clock, query("Event", nameSpace, {}))
{
    for (ResourceWatch *watch : {&m_records, &m_pods, &m_claims, &m_events})
        connect(watch, &ResourceWatch::snapshotChanged, this, &RuntimeWatch::changed);
    connect(&m_leases, &ResourceWatch::snapshotChanged, this, &RuntimeWatch::noteLease);
    for (ResourceWatch *watch : {&m_records, &m_pods})
        connect(watch, &ResourceWatch::freshnessChanged, this, &RuntimeWatch::freshnessChanged);
}

void RuntimeWatch::start()
{
    for (ResourceWatch *watch : {&m_records, &m_leases, &m_pods, &m_claims, &m_events})
        watch->start();
}

void RuntimeWatch::refresh()
{
    for (ResourceWatch *watch : {&m_records, &m_leases, &m_pods, &m_claims, &m_events})
        watch->refresh();
}

void RuntimeWatch::noteLease()
{
    const auto now = m_clock.monotonic();
    const QList<QJsonObject> &leases = m_leases.snapshot();
    m_lease.note(leases.isEmpty() ? QJsonObject() : leases.constFirst(), now);
    m_leaseEnd.drop();
    if (!m_lease.holderAt(now).isEmpty()) {
        m_leaseEnd = m_clock.sleep(m_lease.runsOutAt() - now);
        m_leaseEnd.then(this, [this](const Result<void> &) { Q_EMIT changed(); });
    }
    Q_EMIT changed();
}

RuntimeObservation RuntimeWatch::observation() const
{
    RuntimeObservation observation;
    observation.nameSpace = m_nameSpace;
    if (!m_records.snapshot().isEmpty())
        observation.record = RuntimeRecord::fromConfigMap(m_records.snapshot().constFirst());
    observation.pods = m_pods.snapshot();
    observation.claims = m_claims.snapshot();
    observation.events = m_events.snapshot();
    observation.driver = m_lease.holderAt(m_clock.monotonic());
    return observation;
}

Freshness RuntimeWatch::freshness() const
{
    const Freshness &records = m_records.freshness();
    const Freshness &pods = m_pods.freshness();
    if (records.state == Freshness::State::Live)
        return pods;
    if (pods.state == Freshness::State::Stale && records.state == Freshness::State::Stale)
        return records.since < pods.since ? records : pods;
    return records;
}

bool RuntimeWatch::isComplete() const
{
    return m_records.freshness().state != Freshness::State::Syncing
        && m_pods.freshness().state != Freshness::State::Syncing;
}

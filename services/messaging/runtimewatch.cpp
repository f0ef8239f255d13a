// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimewatch.h"

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

} // namespace

RuntimeWatch::RuntimeWatch(KubernetesTransport &transport, Clock &clock, const QString &nameSpace, QObject *parent)
    : QObject(parent)
    , m_nameSpace(nameSpace)
    , m_records(transport, clock, recordQuery(nameSpace))
    , m_pods(transport, clock, query("Pod", nameSpace, RuntimeNames::podSelector()))
    , m_claims(transport, clock, query("PersistentVolumeClaim", nameSpace, RuntimeNames::labelSelector()))
    , m_events(transport, clock, query("Event", nameSpace, {}))
{
    for (ResourceWatch *watch : {&m_records, &m_pods, &m_claims, &m_events})
        connect(watch, &ResourceWatch::snapshotChanged, this, &RuntimeWatch::changed);
    for (ResourceWatch *watch : {&m_records, &m_pods})
        connect(watch, &ResourceWatch::freshnessChanged, this, &RuntimeWatch::freshnessChanged);
}

void RuntimeWatch::start()
{
    for (ResourceWatch *watch : {&m_records, &m_pods, &m_claims, &m_events})
        watch->start();
}

void RuntimeWatch::refresh()
{
    for (ResourceWatch *watch : {&m_records, &m_pods, &m_claims, &m_events})
        watch->refresh();
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

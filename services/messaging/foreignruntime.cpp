// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/foreignruntime.h"

#include "services/messaging/foreignserverrules.h"
#include "services/messaging/podrules.h"
#include "services/messaging/runtimeroles.h"

#include <algorithm>

namespace {

ResourceWatch::Query statefulSetQuery(const ForeignServer &server)
{
    ResourceWatch::Query query;
    query.apiVersion = QStringLiteral("apps/v1");
    query.kind = QStringLiteral("StatefulSet");
    query.nameSpace = server.nameSpace;
    query.fieldSelector = QStringLiteral("metadata.name=") + server.name;
    return query;
}

ResourceWatch::Query podQuery(const ForeignServer &server)
{
    ResourceWatch::Query query;
    query.apiVersion = QStringLiteral("v1");
    query.kind = QStringLiteral("Pod");
    query.nameSpace = server.nameSpace;
    query.labelSelector = server.podSelector;
    return query;
}

/// By ordinal: "nats-10" after "nats-9".
bool isBefore(const RuntimePod &left, const RuntimePod &right)
{
    return std::make_pair(left.name.size(), left.name) < std::make_pair(right.name.size(), right.name);
}

} // namespace

ForeignRuntime::ForeignRuntime(
    KubernetesTransport &transport, Clock &clock, ForeignServer server, QString user, QObject *parent)
    : RuntimeSource(parent)
    , m_server(std::move(server))
    , m_user(std::move(user))
    , m_statefulSets(transport, clock, statefulSetQuery(m_server))
    , m_pods(transport, clock, podQuery(m_server))
{
    m_status.nameSpace = m_server.nameSpace;
    for (ResourceWatch *watch : {&m_statefulSets, &m_pods}) {
        connect(watch, &ResourceWatch::snapshotChanged, this, &ForeignRuntime::update);
        connect(watch, &ResourceWatch::freshnessChanged, this, &ForeignRuntime::updateFreshness);
        connect(watch, &ResourceWatch::attemptFailed, this, &ForeignRuntime::attemptFailed);
    }
}

void ForeignRuntime::start()
{
    m_statefulSets.start();
    m_pods.start();
    updateFreshness();
}

void ForeignRuntime::refresh()
{
    m_statefulSets.refresh();
    m_pods.refresh();
}

const ResourceWatch &ForeignRuntime::lessFresh() const
{
    return m_statefulSets.freshness().state == Freshness::State::Live ? m_pods : m_statefulSets;
}

std::optional<Error> ForeignRuntime::lastError() const
{
    return lessFresh().lastError();
}

QString ForeignRuntime::goneText() const
{
    return tr("The StatefulSet %1 was deleted, and what was known of it went with it. Should it come back, it is shown "
              "here again.")
        .arg(m_server.place());
}

Flow<void> ForeignRuntime::confirmChange()
{
    co_return fail(Error::Kind::Forbidden, editAccess().reason);
}

Access ForeignRuntime::editAccess() const
{
    return Access::no(m_server.readOnlyReason());
}

void ForeignRuntime::setInspectAccess(const Access &access)
{
    if (access == m_inspectAccess)
        return;
    m_inspectAccess = access;
    Q_EMIT accessChanged();
}

QString ForeignRuntime::grantFor(const Access &access) const
{
    return m_user.isEmpty() ? QString() : RuntimeRoles::grantText(access.missing, m_user);
}

void ForeignRuntime::updateFreshness()
{
    if (lessFresh().freshness() == m_freshness)
        return;
    m_freshness = lessFresh().freshness();
    Q_EMIT freshnessChanged();
    update();
}

RuntimeStatus ForeignRuntime::statusNow() const
{
    RuntimeStatus next;
    next.nameSpace = m_server.nameSpace;
    if (m_statefulSets.freshness().state == Freshness::State::Syncing || m_statefulSets.snapshot().isEmpty())
        return next;
    next.phase = RuntimePhase::Ready;
    next.spec = RuntimeSpec();
    next.spec->replicas = m_server.replicas;
    next.serverImage = m_server.image;
    for (const QJsonObject &pod : m_pods.snapshot()) {
        if (isPodOf(m_server.name, pod))
            next.pods.append(runtimePod(pod));
    }
    for (RuntimePod &pod : next.pods) {
        // the server's log, whatever the first container is
        if (pod.containers.contains(m_server.container))
            pod.defaultContainer = m_server.container;
    }
    std::sort(next.pods.begin(), next.pods.end(), isBefore);
    return next;
}

void ForeignRuntime::update()
{
    const QString reasonBefore = editAccess().reason;
    if (!m_statefulSets.snapshot().isEmpty())
        m_server = foreignServerFrom(m_statefulSets.snapshot().constFirst()).value_or(m_server);
    RuntimeStatus next = statusNow();
    if (next != m_status) {
        m_status = std::move(next);
        Q_EMIT statusChanged();
    }
    if (editAccess().reason != reasonBefore)
        Q_EMIT accessChanged();
}

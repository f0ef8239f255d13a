// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/openclusters.h"

#include "app/clustercatalog.h"
#include "app/opencluster.h"
#include "app/workspace.h"
#include "services/messaging/messaging.h"

#include <algorithm>

OpenClusters::OpenClusters(ClusterCatalog &catalog, Clock &clock)
    : m_catalog(catalog)
    , m_closed(clock)
{
}

OpenClusters::~OpenClusters() = default;

OpenClusters::List::const_iterator OpenClusters::position(const QString &id) const
{
    return std::find_if(m_open.begin(), m_open.end(), [&id](const auto &cluster) { return cluster->id() == id; });
}

OpenCluster *OpenClusters::find(const QString &id) const
{
    const auto found = position(id);
    return found == m_open.end() ? nullptr : found->get();
}

QList<OpenCluster *> OpenClusters::withLosses() const
{
    QList<OpenCluster *> found;
    for (const auto &cluster : m_open) {
        if (!cluster->losses().isEmpty())
            found.prepend(cluster.get());
    }
    return found;
}

QList<RunningOperations::Operation> OpenClusters::operations() const
{
    QList<RunningOperations::Operation> running;
    for (const auto &cluster : m_open)
        running = cluster->messaging().operations().all() + running;
    return running;
}

OpenCluster *OpenClusters::beside(const QString &id, int step) const
{
    QStringList ids;
    for (const ClusterEntry &entry : m_catalog.entries()) {
        if (find(entry.id))
            ids.append(entry.id);
    }
    if (ids.isEmpty())
        return nullptr;
    const qsizetype at = ids.indexOf(id);
    return find(at < 0 ? ids.first() : ids[(at + step + ids.size()) % ids.size()]);
}

OpenCluster &OpenClusters::add(std::unique_ptr<OpenCluster> cluster)
{
    m_open.push_back(std::move(cluster));
    return *m_open.back();
}

void OpenClusters::noteInSight(const OpenCluster &cluster)
{
    const auto found = m_open.begin() + (position(cluster.id()) - m_open.cbegin());
    std::rotate(found, found + 1, m_open.end());
}

void OpenClusters::close(const QString &id)
{
    const auto found = m_open.begin() + (position(id) - m_open.cbegin());
    if (found == m_open.end())
        return;
    const std::unique_ptr<OpenCluster> cluster = std::move(*found);
    m_open.erase(found);
    m_closed.take(cluster->leave());
    m_catalog.setState(cluster->id(), ClusterEntry::State::Closed);
}

void OpenClusters::closeAll()
{
    while (!isEmpty())
        close(last().id());
}

QStringList OpenClusters::adoptReload()
{
    QStringList elsewhere;
    for (const auto &cluster : m_open) {
        if (!cluster->adopt(m_catalog.resolve(cluster->id())))
            elsewhere.append(cluster->id());
    }
    return elsewhere;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/closedclusters.h"
#include "services/base/flow.h"
#include "services/base/runningoperations.h"

#include <QList>
#include <QStringList>

#include <memory>
#include <vector>

class Clock;
class ClusterCatalog;
class OpenCluster;

/// The clusters that are open, in the order in which they were in sight last, and those that were closed with changes
/// still under way. GUI thread.
class OpenClusters final {
public:
    /// Both must outlive it; `catalog` is told which are closed.
    OpenClusters(ClusterCatalog &catalog, Clock &clock);
    ~OpenClusters();

    bool isEmpty() const { return m_open.empty(); }
    /// Nothing where it is not open.
    OpenCluster *find(const QString &id) const;
    /// The one that was in sight last; there is one.
    OpenCluster &last() const { return *m_open.back(); }
    /// Those where something is lost with them (OpenCluster::losses()), the one that was in sight last first.
    QList<OpenCluster *> withLosses() const;
    /// What runs in all of them, in the order in which they were in sight last.
    QList<RunningOperations::Operation> operations() const;
    /// `step` further than `id` in the catalog's order, around its end; nothing where none is open.
    OpenCluster *beside(const QString &id, int step) const;

    OpenCluster &add(std::unique_ptr<OpenCluster> cluster);
    void noteInSight(const OpenCluster &cluster);
    /// Ends everything of it but the changes that are under way. Without effect where it is not open.
    void close(const QString &id);
    void closeAll();
    /// Ids of those that the kubeconfigs lead elsewhere now; the others have adopted what changed.
    QStringList adoptReload();

    /// Nothing of those that were closed is under way.
    bool areClosedAtRest() const { return m_closed.areAtRest(); }
    Flow<void> restOfClosed() { return m_closed.rest(); }

private:
    using List = std::vector<std::unique_ptr<OpenCluster>>;

    List::const_iterator position(const QString &id) const;

    ClusterCatalog &m_catalog;
    List m_open;
    ClosedClusters m_closed;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/cluster.h"

#include <QList>
#include <QSet>
#include <QString>

/// What this workstation remembers of clusters from one run to the next: which were archived when they were last open,
/// and which it treats as read-only. GUI thread.
class ClusterMarks final {
public:
    ClusterMarks();

    bool isReadOnly(const QString &id) const { return m_readOnly.contains(id); }
    void setReadOnly(const QString &id, bool isReadOnly);
    void setArchived(const QString &id, bool isArchived);

    /// `entries`, with what is remembered of each.
    QList<ClusterEntry> marked(QList<ClusterEntry> entries) const;

private:
    QSet<QString> m_readOnly;
    QSet<QString> m_archived;
};

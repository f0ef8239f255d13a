// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clustermarks.h"

#include <QSettings>
#include <QStringList>

namespace {

const QString readOnlyKey = QStringLiteral("clusters/readOnly");
const QString archivedKey = QStringLiteral("clusters/archived");

QSet<QString> stored(const QString &key)
{
    const QStringList ids = QSettings().value(key).toStringList();
    return {ids.cbegin(), ids.cend()};
}

void note(QSet<QString> &ids, const QString &id, bool isIn, const QString &key)
{
    // Writing waits for the disk: only what has changed is worth that.
    if (ids.contains(id) == isIn)
        return;
    if (isIn)
        ids.insert(id);
    else
        ids.remove(id);
    QStringList sorted = ids.values();
    sorted.sort();
    QSettings().setValue(key, sorted);
}

} // namespace

ClusterMarks::ClusterMarks()
    : m_readOnly(stored(readOnlyKey))
    , m_archived(stored(archivedKey))
{
}

void ClusterMarks::setReadOnly(const QString &id, bool isReadOnly)
{
    note(m_readOnly, id, isReadOnly, readOnlyKey);
}

void ClusterMarks::setArchived(const QString &id, bool isArchived)
{
    note(m_archived, id, isArchived, archivedKey);
}

QList<ClusterEntry> ClusterMarks::marked(QList<ClusterEntry> entries) const
{
    for (ClusterEntry &entry : entries) {
        entry.archived = m_archived.contains(entry.id);
        entry.readOnly = m_readOnly.contains(entry.id);
    }
    return entries;
}

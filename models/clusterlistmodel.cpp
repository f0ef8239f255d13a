// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/clusterlistmodel.h"

#include <algorithm>
#include <utility>

namespace {

bool isFoundIn(const ClusterEntry &entry, const QString &filter)
{
    return entry.name.contains(filter, Qt::CaseInsensitive) || entry.source.contains(filter, Qt::CaseInsensitive)
        || entry.server.contains(filter, Qt::CaseInsensitive)
        || entry.environment.label.contains(filter, Qt::CaseInsensitive)
        || entry.serverVersion.contains(filter, Qt::CaseInsensitive);
}

QString stateText(ClusterEntry::State state)
{
    switch (state) {
    case ClusterEntry::State::Closed:
        return ClusterListModel::tr("not open");
    case ClusterEntry::State::Connecting:
        return ClusterListModel::tr("connecting");
    case ClusterEntry::State::Online:
        return ClusterListModel::tr("online");
    case ClusterEntry::State::Offline:
        return ClusterListModel::tr("offline");
    case ClusterEntry::State::Refused:
        return ClusterListModel::tr("refused by the server");
    case ClusterEntry::State::Untrusted:
        return ClusterListModel::tr("not trusted");
    case ClusterEntry::State::Failing:
        return ClusterListModel::tr("answers with errors");
    case ClusterEntry::State::Broken:
        return ClusterListModel::tr("can't be opened");
    }
    return {};
}

QString runtimeText(const ClusterEntry &entry)
{
    if (entry.runtime.isEmpty())
        return {};
    return entry.state == ClusterEntry::State::Online
        ? ClusterListModel::tr("NATS: %1").arg(entry.runtime)
        : ClusterListModel::tr("NATS: %1 when last seen").arg(entry.runtime);
}

QString versionText(const ClusterEntry &entry)
{
    if (entry.serverVersion.isEmpty())
        return {};
    return entry.state == ClusterEntry::State::Online
        ? ClusterListModel::tr("Kubernetes %1").arg(entry.serverVersion)
        : ClusterListModel::tr("Kubernetes %1 when last seen").arg(entry.serverVersion);
}

QString toolTip(const ClusterEntry &entry)
{
    QStringList lines{entry.name, entry.environment.label, entry.server, stateText(entry.state), runtimeText(entry),
        versionText(entry)};
    if (entry.skipsTlsVerification)
        lines.append(ClusterListModel::tr("TLS not verified: anyone on the way could answer in the cluster's place."));
    if (entry.archived)
        lines.append(ClusterListModel::tr("Archived when it was last open."));
    if (entry.readOnly)
        lines.append(ClusterListModel::tr("Read-only on this workstation."));
    lines.append(entry.problem);
    lines.removeAll(QString());
    return lines.join(u'\n');
}

QString spokenText(const ClusterEntry &entry)
{
    const QString name = entry.environment.label.isEmpty()
        ? entry.name
        : ClusterListModel::tr("%1, %2").arg(entry.name, entry.environment.label);
    QString text = ClusterListModel::tr("%1, %2").arg(name, stateText(entry.state));
    if (!entry.runtime.isEmpty())
        text = ClusterListModel::tr("%1, %2").arg(text, runtimeText(entry));
    if (entry.readOnly)
        text = ClusterListModel::tr("%1, read-only").arg(text);
    return entry.skipsTlsVerification ? ClusterListModel::tr("%1, TLS not verified").arg(text) : text;
}

} // namespace

ClusterListModel::ClusterListModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

void ClusterListModel::setEntries(const QList<ClusterEntry> &entries)
{
    m_entries = entries;
    merge(wantedRows());
}

void ClusterListModel::setFilter(const QString &text)
{
    m_filter = text.trimmed();
    merge(wantedRows());
}

QList<ClusterListModel::Row> ClusterListModel::wantedRows() const
{
    QList<Row> rows;
    QStringList sources;
    for (const ClusterEntry &entry : m_entries) {
        if (!sources.contains(entry.source))
            sources.append(entry.source);
    }
    for (const QString &source : sources) {
        bool isHeaded = false;
        for (const ClusterEntry &entry : m_entries) {
            if (entry.archived || entry.source != source || !isFoundIn(entry, m_filter))
                continue;
            if (!std::exchange(isHeaded, true))
                rows.append({source, {}});
            rows.append({{}, entry});
        }
    }
    return rows + archivedRows();
}

QList<ClusterListModel::Row> ClusterListModel::archivedRows() const
{
    QList<Row> rows;
    int count = 0;
    for (const ClusterEntry &entry : m_entries) {
        if (!entry.archived || !isFoundIn(entry, m_filter))
            continue;
        ++count;
        if (m_isUnfolded || !m_filter.isEmpty() || entry.state != ClusterEntry::State::Closed)
            rows.append({{}, entry});
    }
    if (count > 0)
        rows.prepend({tr("Archived (%1)").arg(count), {}, true});
    return rows;
}

void ClusterListModel::toggleArchived()
{
    m_isUnfolded = !m_isUnfolded;
    merge(wantedRows());
    const auto fold = std::find_if(m_rows.cbegin(), m_rows.cend(), [](const Row &row) { return row.isFold; });
    if (fold != m_rows.cend())
        Q_EMIT dataChanged(index(int(fold - m_rows.cbegin())), index(int(fold - m_rows.cbegin())));
}

void ClusterListModel::merge(const QList<Row> &wanted)
{
    removeAllBut(wanted);
    for (int row = 0; row < wanted.size(); ++row) {
        if (row < m_rows.size() && m_rows[row].isSameAs(wanted[row])) {
            if (m_rows[row] == wanted[row])
                continue;
            m_rows[row] = wanted[row];
            Q_EMIT dataChanged(index(row), index(row));
            continue;
        }
        beginInsertRows({}, row, row);
        m_rows.insert(row, wanted[row]);
        endInsertRows();
    }
}

void ClusterListModel::removeAllBut(const QList<Row> &wanted)
{
    // A kept row must come after the one kept before it; one that has moved is removed here and inserted again.
    QList<bool> isKept(m_rows.size(), false);
    qsizetype next = 0;
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        const auto found = std::find_if(wanted.begin() + next, wanted.end(),
            [this, row](const Row &candidate) { return candidate.isSameAs(m_rows[row]); });
        if (found == wanted.end())
            continue;
        isKept[row] = true;
        next = found - wanted.begin() + 1;
    }
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        if (isKept[row])
            continue;
        beginRemoveRows({}, row, row);
        m_rows.removeAt(row);
        endRemoveRows();
    }
}

int ClusterListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant ClusterListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return row.isHeading() ? row.heading : row.entry.name;
    case Qt::ToolTipRole:
        return row.isHeading() ? row.heading : toolTip(row.entry);
    case Qt::AccessibleTextRole:
        if (row.isFold)
            return m_isUnfolded ? tr("%1, shown").arg(row.heading) : tr("%1, folded").arg(row.heading);
        return row.isHeading() ? row.heading : spokenText(row.entry);
    case IdRole:
        return row.entry.id;
    case StateRole:
        return QVariant::fromValue(int(row.entry.state));
    case IsOpenRole:
        return row.entry.isOpen();
    case EnvironmentRole:
        return row.entry.environment.label;
    case EnvironmentColorRole:
        return QVariant::fromValue(int(row.entry.environment.color));
    case RuntimeRole:
        return row.entry.runtime;
    case VersionRole:
        return row.entry.serverVersion;
    case ProblemRole:
        return row.entry.problem;
    case IsHeadingRole:
        return row.isHeading();
    case IsFoldRole:
        return row.isFold;
    case IsUnfoldedRole:
        return m_isUnfolded;
    case ReadOnlyRole:
        return row.entry.readOnly;
    default:
        return {};
    }
}

Qt::ItemFlags ClusterListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return m_rows[index.row()].isHeading() ? Qt::ItemIsEnabled | Qt::ItemNeverHasChildren
                                           : QAbstractListModel::flags(index);
}

QModelIndex ClusterListModel::indexOf(const QString &id) const
{
    const auto found = std::find_if(
        m_rows.begin(), m_rows.end(), [&id](const Row &row) { return !id.isEmpty() && row.entry.id == id; });
    return found == m_rows.end() ? QModelIndex() : index(int(found - m_rows.begin()));
}

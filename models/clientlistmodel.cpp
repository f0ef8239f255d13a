// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/clientlistmodel.h"

#include "models/celltext.h"
#include "models/relativetime.h"

namespace {

QString joined(QStringList parts)
{
    parts.removeIf([](const QString &part) { return part.trimmed().isEmpty(); });
    return parts.join(QStringLiteral(" · "));
}

} // namespace

ClientListModel::ClientListModel(QObject *parent)
    : KeyedRowsModel(parent)
{
    sort(0);
}

void ClientListModel::setClients(const QList<ClientConnection> &clients)
{
    QList<ClientRow> rows;
    rows.reserve(clients.size());
    for (const ClientConnection &client : clients)
        rows.append({QStringLiteral("%1/%2").arg(client.pod).arg(client.id), client});
    setRows(std::move(rows));
}

void ClientListModel::setNow(const QDateTime &now)
{
    m_now = now;
}

int ClientListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 1;
}

QVariant ClientListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ClientConnection &client = rowAt(index.row()).client;
    switch (role) {
    case Qt::DisplayRole:
        return joined({nameOf(client), client.user, originOf(client), trafficOf(client)});
    case Qt::ToolTipRole: {
        const QStringList lines{nameOf(client), client.user, originOf(client), trafficOf(client),
            tr("Connected since %1").arg(exactTime(client.since)),
            tr("%1 subscriptions").arg(numberText(quint64(std::max(client.subscriptions, 0))))};
        return lines.join(u'\n');
    }
    default:
        return {};
    }
}

QString ClientListModel::nameOf(const ClientConnection &client)
{
    return client.name.isEmpty() ? client.address : client.name;
}

QString ClientListModel::originOf(const ClientConnection &client)
{
    return joined({client.name.isEmpty() ? tr("gives no name") : client.address, client.library});
}

QString ClientListModel::trafficOf(const ClientConnection &client) const
{
    return joined({relativeTime(client.since, m_now),
        tr("%1 in, %2 out").arg(numberText(client.messagesIn), numberText(client.messagesOut)), client.pod});
}

QString ClientListModel::searchText(const ClientRow &row) const
{
    const ClientConnection &client = row.client;
    return joined({client.user, client.name, client.address, client.library, client.pod});
}

int ClientListModel::compared(const ClientRow &left, const ClientRow &right, int) const
{
    const int byUser = comparedText(left.client.user, right.client.user);
    return byUser != 0 ? byUser : comparedText(left.client.address, right.client.address);
}

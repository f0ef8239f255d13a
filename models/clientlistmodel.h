// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/keyedrowsmodel.h"
#include "services/domain/clientconnection.h"

/// A connected client under the key that lists know it by.
struct ClientRow {
    QString id; ///< pod and connection
    ClientConnection client;

    bool operator==(const ClientRow &) const = default;
};

/// Who is connected to an account, one line a client, by user, then address. The filter looks at user, name, address,
/// library and pod.
class ClientListModel final : public KeyedRowsModel<ClientRow> {
    Q_OBJECT

public:
    explicit ClientListModel(QObject *parent = nullptr);

    void setClients(const QList<ClientConnection> &clients);
    /// What relative times are counted from.
    void setNow(const QDateTime &now);

    int columnCount(const QModelIndex &parent = {}) const override;
    /// The display text is all that is known, in one line.
    QVariant data(const QModelIndex &index, int role) const override;

    /// As it calls itself, else its address.
    static QString nameOf(const ClientConnection &client);
    /// "10.0.0.7:51234 · nats.js 2.28.2"
    static QString originOf(const ClientConnection &client);
    /// "5 min ago · 1,204 in · 3 out · nats-0"
    QString trafficOf(const ClientConnection &client) const;

protected:
    QString searchText(const ClientRow &row) const override;
    int compared(const ClientRow &left, const ClientRow &right, int column) const override;

private:
    QDateTime m_now;
};

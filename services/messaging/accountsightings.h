// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/bytecount.h"
#include "services/domain/clientconnection.h"
#include "services/messaging/poller.h"

#include <QList>
#include <QMap>

#include <functional>
#include <optional>

class KubernetesTransport;
class RuntimeSource;

/// What the servers tell of accounts on their monitoring ports: who is connected and how much is stored, asked of every
/// pod that is ready, again every few seconds while somebody wants it. GUI thread.
class AccountSightings final {
public:
    /// After each reading that was answered, and where one was not: whether anything is other than before.
    using Told = std::function<void(bool isOther)>;

    /// All must outlive it.
    AccountSightings(KubernetesTransport &transport, Clock &clock, const RuntimeSource &runtime, Told told);

    /// Begins to read, or reads at once.
    void setWanted(bool wanted);
    bool isKnown() const { return m_isKnown; }
    /// By user, then address; without Pennant's own.
    QList<ClientConnection> connections(const QString &account) const;
    /// Clients that have logged in as `user`.
    int connectionsOf(const QString &user) const;
    /// As servers count it: in a cluster each copy of a stream.
    std::optional<ByteCount> storage(const QString &account) const;
    const std::optional<Error> &problem() const { return m_problem; }

private:
    Flow<void> read();
    void adopt(QList<ClientConnection> connections, QMap<QString, ByteCount> storage);

    KubernetesTransport &m_transport;
    const RuntimeSource &m_runtime;
    Told m_told;
    bool m_isWanted = false;
    bool m_isKnown = false;
    QList<ClientConnection> m_connections;
    QMap<QString, ByteCount> m_storage;
    std::optional<Error> m_problem;
    Poller m_poller;
};

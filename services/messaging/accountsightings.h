// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/bytecount.h"
#include "services/domain/clientconnection.h"
#include "services/messaging/poller.h"

#include <QHash>
#include <QList>
#include <QMap>

#include <functional>
#include <optional>
#include <vector>

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
    /// Every pod that the runtime is to have was asked, and answered.
    bool isWhole() const { return m_isKnown && m_reading.isWhole; }
    /// By user, then address; without Pennant's own.
    QList<ClientConnection> connections(const QString &account) const;
    /// Clients of the account that have logged in as `user`.
    int connectionsOf(const QString &account, const QString &user) const;
    /// As servers count it against the limit: in a cluster each copy of a stream.
    std::optional<ByteCount> storage(const QString &account) const;
    const std::optional<Error> &problem() const { return m_problem; }

private:
    Flow<void> read();
    /// What all servers told.
    struct Reading {
        QHash<QString, QList<ClientConnection>> connections; ///< by account
        QMap<QString, ByteCount> storage;
        bool isWhole = false;

        bool operator==(const Reading &) const = default;
    };
    struct Sighting;
    static Flow<Sighting> sightingOf(KubernetesTransport &transport, QString nameSpace, QString pod);
    static Pending<Reading> mergedInBackground(std::vector<Sighting> seen, bool isWhole);
    void adopt(const Reading &reading);

    KubernetesTransport &m_transport;
    const RuntimeSource &m_runtime;
    Told m_told;
    bool m_isWanted = false;
    bool m_isKnown = false;
    Reading m_reading;
    std::optional<Error> m_problem;
    Poller m_poller;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "services/domain/runtime.h"
#include "services/messaging/jetstreamlink.h"
#include "services/messaging/jetstreamsource.h"

#include <QString>
#include <QStringList>

#include <map>
#include <memory>
#include <optional>

class AccountService;
class Clock;
class KubernetesTransport;
class RuntimeService;

/// One connection for each account of the runtime, kept up while the runtime is ready: through a tunnel to a ready pod,
/// to another one when that pod goes. As the hidden user that may change, where this person may read its Secret, else
/// as the one that may only read; looked at again when permissions change. Never shown as up when it isn't. GUI thread.
class AccountConnections final : public JetStreamSource {
    Q_OBJECT

public:
    /// All but `links` must outlive it; without any, links are NatsLinks.
    AccountConnections(KubernetesTransport &transport, Clock &clock, RuntimeService &runtime, AccountService &accounts,
        JetStreamLinks links = {}, QObject *parent = nullptr);
    ~AccountConnections() override;

    QStringList accounts() const;
    /// The JetStream API of `account`; nothing while it is not connected. Whoever keeps it keeps the connection behind
    /// it.
    std::shared_ptr<JetStreamApi> api(const QString &account) const;
    /// The same API, waited for while the first connection is on its way (10 s at most: a runtime that has just become
    /// ready takes a moment); else why there is none.
    Flow<std::shared_ptr<JetStreamApi>> reach(QString account);
    Flow<std::shared_ptr<JetStreamApi>> reachToRead(QString account) override { return reach(std::move(account)); }
    Flow<std::shared_ptr<JetStreamApi>> reachToChange(QString account) override;
    Flow<QList<Stream>> streams() override;
    std::optional<Error> gap() const override { return m_gap; }
    QStringList hiddenAccounts() const override { return m_hidden; }
    std::optional<ServerVersion> server() const override { return m_server; }
    Flow<QList<Consumer>> consumers(StreamId stream) override;
    /// Why `account` is not connected, for people; empty while it is or is on its way.
    QString problem(const QString &account) const;
    /// No while the connection of `account` is one that may only read: the server would refuse any change by it.
    Access changeAccess(const QString &account) const;
    /// What to answer where an API is needed and there is none.
    Error notConnected(const QString &account) const;

private:
    struct Session;
    struct HiddenLogin {
        Login login;
        bool mayChange = false;
    };
    struct Connection {
        std::shared_ptr<Session> session;
        std::optional<Error> problem;
        bool isToReconsider = false; ///< permissions have changed: another login may be the right one
        bool isReconsidered = false; ///< right now
        QString podUid; ///< that it is with, or on its way to
        bool isWaiting = false; ///< for its next try
        Flow<void> keeping;
    };

    void update();
    void tryAgain();
    void followPods(bool isOneMore);
    /// Servers of another release come with other pods.
    void learnServer();
    Flow<void> askServer(QStringList pods);
    bool isUp(const Connection &connection) const;
    bool isLoginLookedFor(const QString &account) const;
    Access loginAccess(const QString &account) const;
    QList<RuntimePod> readyPods() const;
    Flow<void> keepUp(QString account);
    void reconsider();
    /// Keeps the session until it breaks, or is not the right one any more.
    Flow<void> holdSession(QString account);
    Flow<QList<Stream>> streamsOf(QString account);
    /// It was never connected so far, and nothing speaks against it.
    bool isOnItsWay(const QString &account) const;
    Flow<HiddenLogin> hiddenLogin(QString account);
    Flow<std::shared_ptr<Session>> connectTo(QString account, QString pod);

    KubernetesTransport &m_transport;
    Clock &m_clock;
    RuntimeService &m_runtime;
    AccountService &m_accounts;
    JetStreamLinks m_links;
    std::map<QString, Connection> m_connections;
    QStringList m_readyPods; ///< their UIDs, when last seen
    std::map<QString, QList<Stream>> m_known; ///< by account, as read last
    std::optional<Error> m_gap;
    QStringList m_hidden;
    std::optional<ServerVersion> m_server;
    Flow<void> m_asking;
};

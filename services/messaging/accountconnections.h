// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

/// One management connection for each account of the runtime, kept up while the runtime is ready: through a tunnel to a
/// ready pod, to another one when that pod goes. Never shown as up when it isn't. GUI thread.
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
    Flow<std::shared_ptr<JetStreamApi>> reach(QString account) override;
    Flow<QList<Stream>> streams() override;
    Flow<QList<Consumer>> consumers(StreamId stream) override;
    /// Why `account` is not connected, for people; empty while it is or is on its way.
    QString problem(const QString &account) const;
    /// What to answer where an API is needed and there is none.
    Error notConnected(const QString &account) const;

private:
    struct Session;
    struct Connection {
        std::shared_ptr<Session> session;
        std::optional<Error> problem;
        Flow<void> keeping;
    };

    void update();
    void tryAgain();
    bool isUp(const Connection &connection) const;
    QString readyPod(int attempt) const;
    Flow<void> keepUp(QString account);
    Flow<std::shared_ptr<JetStreamLink>> connectTo(QString account, QString pod);

    KubernetesTransport &m_transport;
    Clock &m_clock;
    RuntimeService &m_runtime;
    AccountService &m_accounts;
    JetStreamLinks m_links;
    std::map<QString, Connection> m_connections;
};

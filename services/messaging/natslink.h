// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/kubernetes/portforward.h"
#include "services/messaging/jetstreamlink.h"
#include "services/nats/natsconnection.h"

#include <QObject>

#include <memory>
#include <optional>

class KubernetesTransport;

/// One NATS connection as one user, through a tunnel of its own to one pod. It belongs to that pod: when the pod goes
/// the link is broken for good and a new one is made to another pod. GUI thread.
class NatsLink final : public QObject, public JetStreamLink {
    Q_OBJECT

public:
    /// `transport` must outlive it.
    NatsLink(KubernetesTransport &transport, const QString &nameSpace, const QString &pod, const Login &login,
        const QString &inboxPrefix = {});
    /// The port stays taken until the connection has ended in the background: nobody else is told the password.
    ~NatsLink() override;

    /// Opens tunnel and connection; answers when logged in, or why not within `limit`.
    Flow<void> open(Clock &clock, std::chrono::milliseconds limit) override;
    std::optional<Error> obstacle() const override;
    JetStreamTransport &transport() override { return *m_connection; }
    NatsConnection &connection() { return *m_connection; }
    QString pod() const { return m_forward->pod(); }
    quint16 localPort() const { return m_forward->localPort(); }

private:
    std::unique_ptr<PortForward> m_forward;
    NatsConnection::Options m_options;
    std::unique_ptr<NatsConnection> m_connection;
    std::optional<Error> m_problem;
};

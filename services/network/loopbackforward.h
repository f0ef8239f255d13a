// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/portforward.h"

#include <QPointer>
#include <QTcpServer>

class ForwardedConnection;
class KubernetesTransport;
class QTcpSocket;

/// A PortForward on a socket of this machine.
class LoopbackForward final : public PortForward {
    Q_OBJECT

public:
    /// `transport`, which opens the tunnels, must outlive it.
    LoopbackForward(KubernetesTransport &transport, const QString &nameSpace, const QString &pod, quint16 port);

    Result<void> listen() override;
    quint16 localPort() const override { return m_server.serverPort(); }
    QString pod() const override { return m_pod; }
    void retire() override;

private:
    void take(QTcpSocket *socket);

    KubernetesTransport *m_transport; ///< none once it has retired
    QString m_nameSpace;
    QString m_pod;
    quint16 m_port;
    QTcpServer m_server;
    QPointer<ForwardedConnection> m_current;
};

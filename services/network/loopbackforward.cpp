// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/loopbackforward.h"

#include "services/kubernetes/kubernetestransport.h"
#include "services/network/forwardedconnection.h"

#include <QHostAddress>
#include <QTcpSocket>

LoopbackForward::LoopbackForward(
    KubernetesTransport &transport, const QString &nameSpace, const QString &pod, quint16 port)
    : m_pod(pod)
{
    connect(&m_server, &QTcpServer::newConnection, this, [this, &transport, nameSpace, port] {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            const auto connection =
                new ForwardedConnection(socket, transport.tunnel(nameSpace, m_pod, port), &m_server);
            connect(connection, &ForwardedConnection::broken, this, &PortForward::broken);
        }
    });
}

Result<void> LoopbackForward::listen()
{
    if (m_server.listen(QHostAddress::LocalHost, 0))
        return {};
    return fail(Error::Kind::Local,
        tr("No local port could be opened for pod %1. Close other programs and try again.").arg(m_pod),
        m_server.errorString());
}

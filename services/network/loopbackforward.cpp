// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/loopbackforward.h"

#include "services/kubernetes/kubernetestransport.h"
#include "services/network/forwardedconnection.h"

#include <QHostAddress>
#include <QTcpSocket>

LoopbackForward::LoopbackForward(
    KubernetesTransport &transport, const QString &nameSpace, const QString &pod, quint16 port)
    : m_transport(&transport)
    , m_nameSpace(nameSpace)
    , m_pod(pod)
    , m_port(port)
{
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_server.nextPendingConnection())
            take(socket);
    });
}

void LoopbackForward::take(QTcpSocket *socket)
{
    if (!m_transport || (m_current && m_current->isLive())) {
        socket->abort();
        socket->deleteLater();
        return;
    }
    m_current = new ForwardedConnection(socket, m_transport->tunnel(m_nameSpace, m_pod, m_port), &m_server);
    connect(m_current, &ForwardedConnection::broken, this, &PortForward::broken);
}

void LoopbackForward::retire()
{
    m_transport = nullptr;
    const auto connections = m_server.findChildren<ForwardedConnection *>();
    qDeleteAll(connections);
}

Result<void> LoopbackForward::listen()
{
    if (m_server.listen(QHostAddress::LocalHost, 0))
        return {};
    return fail(Error::Kind::Local,
        tr("No local port could be opened for pod %1. Close other programs and try again.").arg(m_pod),
        m_server.errorString());
}

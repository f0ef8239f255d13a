// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sockettunnel.h"

#include <QHostAddress>

SocketTunnel::SocketTunnel(quint16 localPort)
{
    connect(&m_socket, &QTcpSocket::connected, this, &SocketTunnel::opened);
    connect(&m_socket, &QTcpSocket::readyRead, this, [this] { Q_EMIT dataArrived(m_socket.readAll()); });
    connect(&m_socket, &QTcpSocket::bytesWritten, this, &SocketTunnel::bytesWritten);
    connect(&m_socket, &QTcpSocket::errorOccurred, this, [this] {
        const bool isOver = m_socket.error() == QAbstractSocket::RemoteHostClosedError;
        Q_EMIT closed(
            isOver ? std::nullopt : std::optional(Error{Error::Kind::NotReady, m_socket.errorString(), {}, {}, {}}));
    });
    m_socket.connectToHost(QHostAddress::LocalHost, localPort);
}

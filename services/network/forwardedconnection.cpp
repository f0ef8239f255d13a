// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/forwardedconnection.h"

#include "services/kubernetes/kubernetestransport.h"

#include <QPointer>
#include <QTcpSocket>

namespace {

constexpr qint64 mostInTunnel = 1024 * 1024;
constexpr qint64 mostInSocket = 64 * 1024 * 1024;
constexpr qint64 readBuffer = 256 * 1024;
constexpr qint64 pieceSize = 64 * 1024;

} // namespace

ForwardedConnection::ForwardedConnection(QTcpSocket *socket, std::unique_ptr<PodTunnel> tunnel, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_tunnel(std::move(tunnel))
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(readBuffer);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket, &QTcpSocket::readyRead, this, &ForwardedConnection::pump);
    connect(m_socket, &QTcpSocket::disconnected, this, &ForwardedConnection::pump);
    connect(m_tunnel.get(), &PodTunnel::opened, this, [this] {
        m_isOpen = true;
        pump();
    });
    connect(m_tunnel.get(), &PodTunnel::bytesWritten, this, &ForwardedConnection::pump);
    connect(m_tunnel.get(), &PodTunnel::dataArrived, this, &ForwardedConnection::receive);
    connect(m_tunnel.get(), &PodTunnel::closed, this, &ForwardedConnection::endTunnel);
}

ForwardedConnection::~ForwardedConnection() = default;

bool ForwardedConnection::isLive()
{
    // Its end may be there and not seen so far, behind the last that was sent.
    while (m_socket->state() == QAbstractSocket::ConnectedState && m_socket->waitForReadyRead(0)) { }
    return m_tunnel && m_socket->state() == QAbstractSocket::ConnectedState;
}

void ForwardedConnection::pump()
{
    while (m_isOpen && m_tunnel && m_tunnel->bytesToWrite() < mostInTunnel && m_socket->bytesAvailable() > 0)
        m_tunnel->write(m_socket->read(pieceSize));
    endIfDone();
}

void ForwardedConnection::receive(const QByteArray &data)
{
    if (m_socket->state() != QAbstractSocket::ConnectedState)
        return;
    m_socket->write(data);
    if (m_socket->bytesToWrite() > mostInSocket) {
        endTunnel(Error{Error::Kind::Local,
            tr("A connection to the pod was given up: the program here does not read what arrives."), {}, {}, {}});
        m_socket->abort();
    }
}

void ForwardedConnection::endTunnel(const std::optional<Error> &error)
{
    // it may be the one that speaks right now
    PodTunnel *over = m_tunnel.release();
    if (!over)
        return;
    over->disconnect(this);
    over->deleteLater();
    m_socket->disconnectFromHost();
    const QPointer<ForwardedConnection> guard = this;
    if (error)
        Q_EMIT broken(*error);
    if (guard)
        endIfDone();
}

/// The socket is done when it is closed and everything it brought is in the tunnel; the tunnel when all of that left.
void ForwardedConnection::endIfDone()
{
    if (m_socket->state() != QAbstractSocket::UnconnectedState)
        return;
    const bool isIdle = !m_tunnel || (m_socket->bytesAvailable() == 0 && m_tunnel->bytesToWrite() == 0);
    if (isIdle)
        deleteLater();
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/tlstunnel.h"

#include <QNetworkProxy>

#include <utility>

TlsTunnel::TlsTunnel(const QString &host, quint16 port, const QSslConfiguration &tls)
    : m_host(host)
{
    m_socket.setProxy(QNetworkProxy::NoProxy);
    m_socket.setSslConfiguration(tls);
    connect(&m_socket, &QSslSocket::encrypted, this, &TlsTunnel::opened);
    connect(&m_socket, &QSslSocket::encryptedBytesWritten, this, &TlsTunnel::bytesWritten);
    connect(&m_socket, &QSslSocket::readyRead, this, [this] { Q_EMIT dataArrived(m_socket.readAll()); });
    connect(&m_socket, &QSslSocket::errorOccurred, this, &TlsTunnel::end);
    connect(&m_socket, &QSslSocket::disconnected, this, &TlsTunnel::end);
    m_socket.connectToHostEncrypted(host, port);
}

TlsTunnel::~TlsTunnel()
{
    m_isEnded = true;
    m_socket.disconnect(this);
    m_socket.abort();
}

void TlsTunnel::write(const QByteArray &data)
{
    if (!m_isEnded)
        m_socket.write(data);
}

void TlsTunnel::end()
{
    if (std::exchange(m_isEnded, true))
        return;
    const bool isProper = m_socket.isEncrypted() && m_socket.error() == QAbstractSocket::RemoteHostClosedError;
    const bool isDistrusted = !m_socket.sslHandshakeErrors().isEmpty();
    if (isProper)
        return Q_EMIT closed(std::nullopt);
    Q_EMIT closed(Error{isDistrusted ? Error::Kind::Tls : Error::Kind::Offline,
        tr("The proxy %1 can't be used.").arg(m_host), m_socket.errorString(), {}, {}});
}

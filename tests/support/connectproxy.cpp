// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/connectproxy.h"

#include <QTcpSocket>

ConnectProxy::ConnectProxy(quint16 target, std::unique_ptr<QTcpServer> listener)
    : m_target(target)
    , m_listener(std::move(listener))
{
    connect(m_listener.get(), &QTcpServer::pendingConnectionAvailable, this, [this] {
        while (QTcpSocket *outer = m_listener->nextPendingConnection()) {
            connect(outer, &QTcpSocket::readyRead, this, [this, outer] { accept(outer); });
            accept(outer); // what came with the handshake
        }
    });
    m_listener->listen(QHostAddress::LocalHost, 0);
}

void ConnectProxy::accept(QTcpSocket *outer)
{
    const QByteArray head = outer->peek(64 * 1024);
    const qsizetype end = head.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    outer->read(end + 4);
    if (!head.startsWith("CONNECT ")) {
        outer->write("HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n");
    } else if (!mayPass(head)) {
        ++refusals;
        outer->write("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\n"
                     "Content-Length: 0\r\n\r\n");
    } else {
        asked.append(head.left(head.indexOf("\r\n")));
        outer->disconnect(this);
        lead(outer);
    }
}

bool ConnectProxy::mayPass(const QByteArray &head) const
{
    return credentials.isEmpty() || head.contains("Proxy-Authorization: Basic " + credentials.toBase64());
}

void ConnectProxy::lead(QTcpSocket *outer)
{
    auto *inner = new QTcpSocket(outer);
    connect(inner, &QTcpSocket::connected, outer, [outer] { outer->write("HTTP/1.1 200 OK\r\n\r\n"); });
    connect(inner, &QTcpSocket::readyRead, outer, [outer, inner] { outer->write(inner->readAll()); });
    connect(outer, &QTcpSocket::readyRead, inner, [outer, inner] { inner->write(outer->readAll()); });
    connect(inner, &QTcpSocket::disconnected, outer, &QTcpSocket::disconnectFromHost);
    connect(outer, &QTcpSocket::disconnected, inner, &QTcpSocket::disconnectFromHost);
    inner->connectToHost(QHostAddress::LocalHost, m_target);
}

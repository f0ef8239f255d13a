// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/httpserver.h"

HttpServer::HttpServer(Handler handler, std::unique_ptr<QTcpServer> listener, quint16 port)
    : m_handler(std::move(handler))
    , m_listener(std::move(listener))
{
    connect(m_listener.get(), &QTcpServer::pendingConnectionAvailable, this, [this] {
        while (QTcpSocket *socket = m_listener->nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
            connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
                ++disconnections;
                m_received.remove(socket);
            });
            read(socket);
        }
    });
    m_listener->listen(QHostAddress::LocalHost, port);
}

void HttpServer::answer(QTcpSocket *socket, const QByteArray &status, const QByteArray &body, const QByteArray &headers)
{
    socket->write("HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + headers
        + "\r\n" + body);
}

void HttpServer::read(QTcpSocket *socket)
{
    QByteArray &received = m_received[socket];
    received += socket->readAll();
    const qsizetype end = received.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const qsizetype lineEnd = received.indexOf("\r\n");
    const QByteArray headers = received.mid(lineEnd + 2, end - lineEnd - 2);
    const QByteArray lengthName = "content-length:";
    const qsizetype lengthAt = headers.toLower().indexOf(lengthName);
    const qsizetype length =
        lengthAt < 0 ? 0 : headers.mid(lengthAt + lengthName.size()).split('\r').first().trimmed().toInt();
    if (received.size() < end + 4 + length)
        return;
    const Request request{received.left(lineEnd), headers, received.mid(end + 4, length)};
    received.remove(0, end + 4 + length);
    requests.append(request);
    m_handler(socket, request);
}

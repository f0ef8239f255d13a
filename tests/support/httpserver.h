// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>
#include <QTcpSocket>

#include <functional>

/// An HTTP/1.1 server on 127.0.0.1 whose answers a test writes byte by byte. `listener` may be a QSslServer.
class HttpServer final : public QObject {
    Q_OBJECT

public:
    struct Request {
        QByteArray line; ///< "GET /path HTTP/1.1"
        QByteArray headers; ///< lower-case names as they came, one a line
        QByteArray body;
    };
    using Handler = std::function<void(QTcpSocket *, const Request &)>;

    /// At `port`; 0: a free one.
    explicit HttpServer(
        Handler handler, std::unique_ptr<QTcpServer> listener = std::make_unique<QTcpServer>(), quint16 port = 0);

    quint16 port() const { return m_listener->serverPort(); }
    /// A whole answer with a length.
    static void answer(
        QTcpSocket *socket, const QByteArray &status, const QByteArray &body, const QByteArray &headers = {});

    QList<Request> requests;
    int disconnections = 0;

private:
    void read(QTcpSocket *socket);

    Handler m_handler;
    QHash<QTcpSocket *, QByteArray> m_received;
    std::unique_ptr<QTcpServer> m_listener; ///< last: its sockets still report that they end
};

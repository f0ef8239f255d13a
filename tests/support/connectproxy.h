// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>

#include <memory>

/// An HTTP proxy on 127.0.0.1 that knows CONNECT alone (RFC 9110, 9.3.6), and leads to one loopback port whatever host
/// it is asked for: so that a test can give a server any name.
class ConnectProxy final : public QObject {
    Q_OBJECT

public:
    /// `listener` may be a QSslServer.
    explicit ConnectProxy(quint16 target, std::unique_ptr<QTcpServer> listener = std::make_unique<QTcpServer>());

    quint16 port() const { return m_listener->serverPort(); }

    QByteArrayList asked; ///< "CONNECT host:port HTTP/1.1", of those that were let through
    int refusals = 0; ///< for want of credentials
    QByteArray credentials; ///< "user:password" that it wants; empty: none

private:
    void accept(QTcpSocket *outer);
    bool mayPass(const QByteArray &head) const;
    void lead(QTcpSocket *outer);

    quint16 m_target;
    std::unique_ptr<QTcpServer> m_listener;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"

#include <QObject>

#include <memory>

class PodTunnel;
class QTcpSocket;

/// One connection of a PortForward: a local socket and the tunnel that carries it. Reads from the socket only as fast
/// as the tunnel takes it; of what the tunnel brings and the program here does not read, 64 MiB are kept before it is
/// given up, because a tunnel cannot be held. Deletes itself when both ends are done.
class ForwardedConnection final : public QObject {
    Q_OBJECT

public:
    /// Owns the socket.
    ForwardedConnection(QTcpSocket *socket, std::unique_ptr<PodTunnel> tunnel, QObject *parent);
    ~ForwardedConnection() override;

    /// The program here has not left yet.
    bool isLive();

Q_SIGNALS:
    void broken(const Error &error);

private:
    void pump();
    void receive(const QByteArray &data);
    void endTunnel(const std::optional<Error> &error);
    void endIfDone();

    QTcpSocket *m_socket;
    std::unique_ptr<PodTunnel> m_tunnel;
    bool m_isOpen = false;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/kubernetestransport.h"

#include <QTcpSocket>

/// A PodTunnel to a port of this machine, for tests whose pod is a program that runs here.
class SocketTunnel final : public PodTunnel {
    Q_OBJECT

public:
    explicit SocketTunnel(quint16 localPort);

    void write(const QByteArray &data) override { m_socket.write(data); }
    qint64 bytesToWrite() const override { return m_socket.bytesToWrite(); }

private:
    QTcpSocket m_socket;
};

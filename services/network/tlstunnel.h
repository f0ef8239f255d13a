// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/kubernetestransport.h"

#include <QSslSocket>

/// A byte stream to a port that is spoken to over verified TLS, and reached without a proxy: for ForwardedConnection.
class TlsTunnel final : public PodTunnel {
    Q_OBJECT

public:
    TlsTunnel(const QString &host, quint16 port, const QSslConfiguration &tls);
    ~TlsTunnel() override;

    void write(const QByteArray &data) override;
    qint64 bytesToWrite() const override { return m_socket.bytesToWrite() + m_socket.encryptedBytesToWrite(); }

private:
    void end();

    QSslSocket m_socket;
    QString m_host;
    bool m_isEnded = false;
};

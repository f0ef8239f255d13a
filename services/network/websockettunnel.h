// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/kubernetestransport.h"

#include <QPointer>
#include <QTimer>
#include <QWebSocket>

class ApiConnection;

/// A PodTunnel over WebSocket, subprotocol `v4.channel.k8s.io`: binary frames whose first byte is the channel (0 data,
/// 1 error); the first frame of each carries the port.
class WebSocketTunnel final : public PodTunnel {
    Q_OBJECT

public:
    WebSocketTunnel(ApiConnection &connection, const QString &nameSpace, const QString &pod, quint16 port);
    ~WebSocketTunnel() override;

    void write(const QByteArray &data) override;
    qint64 bytesToWrite() const override;

private:
    void connectSocket();
    void open(ApiConnection &connection);
    void openWithCredentials();
    Error unreached(int status) const;
    void endRefused(int status, const Result<ApiResponse> &explanation);
    void receive(const QByteArray &frame);
    void ping();
    void breakOff(QAbstractSocket::SocketError code);
    void explainRefusal(int status);
    void end(const std::optional<Error> &error);

    QPointer<ApiConnection> m_connection;
    ApiRequest m_request;
    QString m_pod;
    quint16 m_port;
    QWebSocket m_socket;
    QTimer m_pingInterval;
    Pending<void> m_credentials;
    Pending<ApiResponse> m_explanation;
    QList<QSslError> m_sslErrors;
    QByteArray m_early;
    bool m_isOpen = false;
    bool m_isRepeated = false; ///< its handshake, with other credentials
    bool m_hasErrorPort = false;
    bool m_isPongDue = false;
    bool m_isEnded = false;
};

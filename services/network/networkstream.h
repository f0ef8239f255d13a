// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/kubernetestransport.h"

#include <QNetworkReply>
#include <QPointer>

class ApiConnection;

/// An ApiStream over Qt Network. Outlives its connection unharmed (it then ends).
class NetworkStream final : public ApiStream {
    Q_OBJECT

public:
    NetworkStream(ApiConnection &connection, const ApiRequest &request);
    ~NetworkStream() override;

private:
    /// Sends once there are credentials.
    void begin();
    void wait(Pending<void> credentials);
    void send();
    int status() const;
    void open();
    void read();
    void finish();
    void sendAgain();
    void end(const std::optional<Error> &error);
    void endRefused(const Error &error);
    bool waitForOthers();
    void endSoon(const Error &error);
    /// To the connection that new requests take.
    void moveOver();
    /// Lets the reply go; false where that was done before.
    bool leave();

    QPointer<ApiConnection> m_connection;
    ApiRequest m_request;
    QPointer<QNetworkReply> m_reply;
    QList<QSslError> m_sslErrors;
    QByteArray m_refusal;
    int m_triesLeft;
    Pending<void> m_credentials;
    bool m_isRefused = false;
    std::chrono::milliseconds m_sentAt{0};
    bool m_isOpen = false;
    bool m_isRunning = true;
};

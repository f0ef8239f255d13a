// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/kubernetestransport.h"

#include <QNetworkReply>
#include <QPointer>
#include <QTimer>

class ApiConnection;

/// One request and its whole answer. Child of its connection; deletes itself once it has answered.
class ApiExchange final : public QObject {
    Q_OBJECT

public:
    ApiExchange(ApiConnection &connection, const ApiRequest &request, Pending<ApiResponse>::Answer answer);
    ~ApiExchange() override;

    /// Nobody waits any more.
    void withdraw();

private:
    /// Sends once there are credentials.
    void begin();
    void wait(Pending<void> credentials);
    void send();
    bool keepToTime();
    void read();
    void finish();
    bool waitForOthers();
    void sendAgain();
    /// The connection passes for dead.
    void moveOver(const Error &error);
    void endRefused(const Error &error);
    void end(Result<ApiResponse> result);
    bool isRead() const { return m_request.verb == "GET"; }

    ApiConnection &m_connection;
    ApiRequest m_request;
    Pending<ApiResponse>::Answer m_answer;
    QList<QSslError> m_sslErrors;
    QByteArray m_body;
    QTimer m_limit;
    std::chrono::milliseconds m_endsAt{0}; ///< of a change, by the connection's clock
    std::chrono::milliseconds m_sentAt{0};
    int m_triesLeft;
    Pending<void> m_credentials;
    bool m_isRefused = false;
    bool m_isOver = false;
    QPointer<QNetworkReply> m_reply; ///< the connection's, so that it may die first
};

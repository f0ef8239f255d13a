// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/websockettunnel.h"

#include "services/network/apiconnection.h"
#include "services/network/apiexchange.h"
#include "services/network/networkmapping.h"

#include <QNetworkProxy>
#include <QRegularExpression>
#include <QSslSocket>
#include <QWebSocketHandshakeOptions>

#include <utility>

namespace {

constexpr char dataChannel = 0;
constexpr char errorChannel = 1;
/// Load balancers cut connections that are idle for a minute.
constexpr auto pingInterval = std::chrono::seconds(30);

/// QWebSocket keeps the status of a refused handshake only in its text.
int refusedStatus(const QString &errorText)
{
    static const QRegularExpression code(QStringLiteral("\\b([345]\\d\\d)\\b"));
    return code.match(errorText).captured(1).toInt();
}

} // namespace

WebSocketTunnel::WebSocketTunnel(ApiConnection &connection, const QString &nameSpace, const QString &pod, quint16 port)
    : m_connection(&connection)
    , m_pod(pod)
    , m_port(port)
{
    m_request.path = QStringLiteral("/api/v1/namespaces/%1/pods/%2/portforward").arg(nameSpace, pod);
    m_request.query.addQueryItem(QStringLiteral("ports"), QString::number(port));
    m_request.accept = "*/*";

    connect(&m_pingInterval, &QTimer::timeout, this, &WebSocketTunnel::ping);
    connectSocket();
    openWithCredentials();
}

void WebSocketTunnel::connectSocket()
{
    connect(&m_socket, &QWebSocket::sslErrors, this, [this](const QList<QSslError> &errors) { m_sslErrors = errors; });
    connect(&m_socket, &QWebSocket::binaryMessageReceived, this, &WebSocketTunnel::receive);
    connect(&m_socket, &QWebSocket::bytesWritten, this, &WebSocketTunnel::bytesWritten);
    connect(&m_socket, &QWebSocket::pong, this, [this] { m_isPongDue = false; });
    connect(&m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this, &WebSocketTunnel::breakOff);
    connect(&m_socket, &QWebSocket::disconnected, this, [this] { breakOff(QAbstractSocket::RemoteHostClosedError); });
}

void WebSocketTunnel::openWithCredentials()
{
    m_credentials = m_connection->credentials().fetch();
    m_credentials.then(this, [this](const Result<void> &outcome) {
        m_credentials.drop();
        if (!outcome)
            end(outcome.error());
        else if (m_connection)
            open(*m_connection);
    });
}

void WebSocketTunnel::open(ApiConnection &connection)
{
    m_pingInterval.start(pingInterval);
    QNetworkRequest request = connection.networkRequest(m_request);
    QUrl url = request.url();
    url.setScheme(url.scheme() == QLatin1String("https") ? QStringLiteral("wss") : QStringLiteral("ws"));
    request.setUrl(url);
    // the upgrade is one of HTTP/1.1
    QSslConfiguration tls = connection.tls();
    tls.setAllowedNextProtocols({QSslConfiguration::NextProtocolHttp1_1});
    m_socket.setSslConfiguration(tls);
    request.setSslConfiguration(tls);
    m_socket.setProxy(connection.proxy());
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({QStringLiteral("v4.channel.k8s.io")});
    m_socket.open(request, options);
    // QWebSocket would verify the certificate against the host of the address
    if (connection.tlsServerName().isEmpty())
        return;
    // of a handshake before, one may be there that is about to be deleted
    for (QSslSocket *socket : m_socket.findChildren<QSslSocket *>())
        socket->setPeerVerifyName(connection.tlsServerName());
}

WebSocketTunnel::~WebSocketTunnel()
{
    m_isEnded = true;
    m_socket.disconnect(this);
    m_socket.abort();
}

void WebSocketTunnel::write(const QByteArray &data)
{
    if (m_isEnded || data.isEmpty())
        return;
    if (m_isOpen)
        m_socket.sendBinaryMessage(QByteArray(1, dataChannel) + data);
    else
        m_early += data;
}

qint64 WebSocketTunnel::bytesToWrite() const
{
    return m_socket.bytesToWrite() + m_early.size();
}

void WebSocketTunnel::receive(const QByteArray &frame)
{
    if (m_isEnded || frame.isEmpty())
        return;
    if (frame.at(0) == dataChannel && m_isOpen) {
        Q_EMIT dataArrived(frame.mid(1));
    } else if (frame.at(0) == dataChannel) {
        m_isOpen = true;
        const QPointer<WebSocketTunnel> self = this;
        Q_EMIT opened();
        if (self && !m_early.isEmpty())
            write(std::exchange(m_early, {}));
    } else if (frame.at(0) == errorChannel && !std::exchange(m_hasErrorPort, true)) {
        return;
    } else if (frame.at(0) == errorChannel) {
        const QString reason = QString::fromUtf8(frame.mid(1)).trimmed();
        end(Error{Error::Kind::NotReady,
            tr("Port %1 of pod %2 cannot be reached. Check that the pod runs and listens there.")
                .arg(m_port)
                .arg(m_pod),
            reason, {}, {}});
    }
}

void WebSocketTunnel::ping()
{
    if (m_socket.state() == QAbstractSocket::ConnectedState && !m_isPongDue) {
        m_isPongDue = true;
        m_socket.ping();
    } else if (m_connection) {
        end(timeoutError(m_connection->peer(), true));
    }
}

void WebSocketTunnel::breakOff(QAbstractSocket::SocketError code)
{
    if (m_isEnded || !m_connection)
        return;
    const QString reason = m_socket.errorString();
    if (m_isOpen && m_socket.closeCode() == QWebSocketProtocol::CloseCodeNormal
        && code == QAbstractSocket::RemoteHostClosedError) {
        end(std::nullopt);
    } else if (const int status = m_isOpen ? 0 : refusedStatus(reason)) {
        explainRefusal(status);
    } else if (!m_sslErrors.isEmpty() || code == QAbstractSocket::SslHandshakeFailedError) {
        end(networkError(QNetworkReply::SslHandshakeFailedError, reason, m_sslErrors, m_connection->peer()));
    } else if (code == QAbstractSocket::ConnectionRefusedError) {
        end(networkError(QNetworkReply::ConnectionRefusedError, reason, {}, m_connection->peer()));
    } else if (code == QAbstractSocket::HostNotFoundError) {
        end(networkError(QNetworkReply::HostNotFoundError, reason, {}, m_connection->peer()));
    } else {
        end(Error{Error::Kind::Offline,
            tr("The tunnel to pod %1 broke. Check that the pod and the API server run.").arg(m_pod), reason, {}, {}});
    }
}

/// QWebSocket drops the body of a refusal; the same path asked for plainly tells the reason, where there is one.
void WebSocketTunnel::explainRefusal(int status)
{
    if (m_explanation.isAsked())
        return;
    m_socket.disconnect(this);
    m_explanation = Pending<ApiResponse>::ask([this](Pending<ApiResponse>::Answer answer) {
        const QPointer exchange = new ApiExchange(*m_connection, m_request, std::move(answer));
        return [exchange] {
            if (exchange)
                exchange->withdraw();
        };
    });
    m_explanation.then(this, [this, status](const Result<ApiResponse> &answer) {
        m_explanation.drop();
        // asked plainly it has refreshed the credentials, and found them good
        const bool areOthersGood = answer || answer.error().kind != Error::Kind::Unauthorized;
        if (status == 401 && areOthersGood && m_connection && !std::exchange(m_isRepeated, true)) {
            m_socket.abort();
            connectSocket();
            openWithCredentials();
        } else {
            endRefused(status, answer);
        }
    });
}

/// The API server hands a tunnel on to the kubelet, and tells only its own log where it doesn't reach that.
Error WebSocketTunnel::unreached(int status) const
{
    return {Error::Kind::Server,
        tr("The API server could not open a tunnel to pod %1 (%2). The kubelet of the pod's node may not run, or the "
           "API "
           "server may not reach it: check the node.")
            .arg(m_pod)
            .arg(status),
        {}, {}, {}};
}

void WebSocketTunnel::endRefused(int status, const Result<ApiResponse> &explanation)
{
    const ApiPeer peer = m_connection ? m_connection->peer() : ApiPeer();
    if (status != 403) {
        const Error plain = statusError(status, {}, {}, peer);
        if (!explanation && explanation.error().kind == plain.kind)
            end(explanation.error());
        else
            end(plain.kind == Error::Kind::Server ? unreached(status) : plain);
        return;
    }
    const bool isExplained = !explanation && explanation.error().kind == Error::Kind::Forbidden;
    end(Error{Error::Kind::Forbidden,
        tr("The API server refused the tunnel to pod %1. It takes the permissions get and create on "
           "pods/portforward; ask whoever administers the cluster for both.")
            .arg(m_pod),
        isExplained ? explanation.error().detail : QString(), {}, {}});
}

void WebSocketTunnel::end(const std::optional<Error> &error)
{
    if (std::exchange(m_isEnded, true))
        return;
    m_pingInterval.stop();
    m_socket.disconnect(this);
    m_socket.abort();
    Q_EMIT closed(error);
}

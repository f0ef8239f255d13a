// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/proxyrelay.h"

#include "services/base/logging.h"
#include "services/network/forwardedconnection.h"
#include "services/network/tlstunnel.h"

#include <QNetworkProxy>
#include <QSslConfiguration>
#include <QTcpSocket>

namespace {

constexpr int usualPort = 443;

} // namespace

ProxyRelay::ProxyRelay(const QUrl &proxy, const QList<QSslCertificate> &authorities)
    : m_proxy(proxy)
    , m_authorities(authorities)
{
    m_server.setProxy(QNetworkProxy::NoProxy);
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
            tls.addCaCertificates(m_authorities);
            auto tunnel = std::make_unique<TlsTunnel>(m_proxy.host(), quint16(m_proxy.port(usualPort)), tls);
            auto *carried = new ForwardedConnection(socket, std::move(tunnel), &m_server);
            connect(carried, &ForwardedConnection::broken, this,
                [](const Error &error) { qCWarning(lcKubernetes) << error.text(); });
        }
    });
}

Result<quint16> ProxyRelay::listen()
{
    if (m_server.isListening() || m_server.listen(QHostAddress::LocalHost, 0))
        return m_server.serverPort();
    return fail(Error::Kind::Local,
        tr("No local port could be opened on the way to the proxy %1. Close other programs and try again.")
            .arg(m_proxy.host()),
        m_server.errorString());
}

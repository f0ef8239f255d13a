// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/proxyway.h"

#include "services/base/logging.h"
#include "services/network/proxyrelay.h"

namespace {

int portOf(const QUrl &proxy)
{
    if (proxy.scheme() == QLatin1String("socks5"))
        return proxy.port(1080);
    return proxy.port(proxy.scheme() == QLatin1String("https") ? 443 : 80);
}

} // namespace

ProxyWay::ProxyWay() = default;
ProxyWay::~ProxyWay() = default;

void ProxyWay::set(const QUrl &proxy, const QByteArray &authorities)
{
    if (proxy == m_proxy && authorities == m_authorities)
        return;
    m_proxy = proxy;
    m_authorities = authorities;
    m_relay.reset();
    m_networkProxy = {};
    if (proxy.isEmpty())
        return;
    const bool isSocks = proxy.scheme() == QLatin1String("socks5");
    m_networkProxy = {isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, proxy.host(),
        quint16(portOf(proxy)), proxy.userName(QUrl::FullyDecoded), proxy.password(QUrl::FullyDecoded)};
    if (proxy.scheme() != QLatin1String("https"))
        return;
    m_relay = std::make_unique<ProxyRelay>(proxy, QSslCertificate::fromData(authorities));
    const Result<quint16> port = m_relay->listen();
    if (!port)
        qCWarning(lcKubernetes) << port.error().text();
    m_networkProxy.setHostName(QStringLiteral("127.0.0.1"));
    m_networkProxy.setPort(port ? *port : 1); // which nobody answers: nothing goes out another way
}

QString shownProxy(const QUrl &proxy)
{
    return proxy.isEmpty() ? QString() : QStringLiteral("%1:%2").arg(proxy.host()).arg(portOf(proxy));
}

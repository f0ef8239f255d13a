// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkProxy>
#include <QUrl>

#include <memory>

class ProxyRelay;

/// The proxy that an API server is reached through, as Qt is told of it. GUI thread.
class ProxyWay final {
public:
    ProxyWay();
    ~ProxyWay();

    /// `proxy` is http, https, socks5 or empty; one of https is verified by the system's authorities and `authorities`
    /// (PEM).
    void set(const QUrl &proxy, const QByteArray &authorities);

    /// Of the type DefaultProxy where there is none.
    const QNetworkProxy &networkProxy() const { return m_networkProxy; }

private:
    QUrl m_proxy;
    QByteArray m_authorities;
    std::unique_ptr<ProxyRelay> m_relay;
    QNetworkProxy m_networkProxy;
};

/// "host:port", for people; empty where there is none.
QString shownProxy(const QUrl &proxy);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"

#include <QSslCertificate>
#include <QTcpServer>
#include <QUrl>

/// The way to a proxy that wants TLS ("https://proxy:3129"), which Qt does not know: a port of this machine where it
/// can be spoken to in the clear. The proxy is verified under its host's name by the system's authorities and those
/// given. Whoever else finds the port finds the proxy alone, which asks them for credentials of their own. GUI thread.
class ProxyRelay final : public QObject {
    Q_OBJECT

public:
    ProxyRelay(const QUrl &proxy, const QList<QSslCertificate> &authorities);

    /// The port on 127.0.0.1; a Local error where none can be opened.
    Result<quint16> listen();

private:
    QUrl m_proxy;
    QList<QSslCertificate> m_authorities;
    QTcpServer m_server;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"

#include <QProcessEnvironment>
#include <QUrl>

/// The proxy that the environment names for `server`, as kubectl takes it: HTTPS_PROXY (HTTP_PROXY for http://), unless
/// NO_PROXY lists the server by name, domain, address or network, with or without a port; each in small letters as
/// well. Loopback is never proxied. Empty: none. Fails with Invalid where the proxy is of a kind that Qt Network lacks.
/// Rules: https://pkg.go.dev/golang.org/x/net/http/httpproxy. QNetworkProxyFactory's system proxies have others:
/// loopback is proxied, the domains below a name are not left out, and a proxy without a scheme is passed over.
Result<QUrl> environmentProxy(
    const QUrl &server, const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment());

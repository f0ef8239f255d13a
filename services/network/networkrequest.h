// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QNetworkRequest>

struct ApiRequest;
struct ClusterAccess;

/// What asks `request` of the server of `access`, as its user: over HTTP/2 where that is possible, without redirects,
/// cookies and caches. `authorization` is the header of that name; empty: none.
QNetworkRequest networkRequest(const ClusterAccess &access, const QSslConfiguration &tls,
    const QByteArray &authorization, const ApiRequest &request);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrlQuery>

#include <chrono>

/// One request to a Kubernetes API server. `path` is absolute and not percent-encoded ("/api/v1/namespaces/x/pods").
struct ApiRequest {
    QByteArray verb = "GET";
    QString path;
    QUrlQuery query;
    QByteArray body;
    QByteArray contentType; ///< empty without a body
    QByteArray accept = "application/json";
    std::chrono::milliseconds timeout = std::chrono::seconds(15); ///< for the whole answer; streams have none

    bool operator==(const ApiRequest &) const = default;
};

/// A 2xx answer.
struct ApiResponse {
    int status = 200;
    QByteArray body;
};

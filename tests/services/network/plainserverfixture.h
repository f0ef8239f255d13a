// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/network/networktransport.h"
#include "tests/support/httpserver.h"

#include <QObject>
#include <QSignalSpy>

#include <memory>
#include <optional>

/// A NetworkTransport to a server that speaks plain HTTP/1.1 and answers as each test wants it. Both are new for each.
class PlainServerFixture : public QObject {
    Q_OBJECT

protected:
    static ApiRequest requestFor(
        const QByteArray &verb, const QString &path, std::chrono::milliseconds timeout = std::chrono::seconds(15));
    /// Why the stream whose `ended` was spied on did; nothing: the server finished it.
    static std::optional<Error> endOf(const QSignalSpy &ended);

    std::unique_ptr<HttpServer> m_server;
    std::unique_ptr<NetworkTransport> m_transport;
    HttpServer::Handler m_handler;
    ClusterAccess m_access;

private Q_SLOTS:
    void init();
    void cleanup() { m_transport.reset(); }
};

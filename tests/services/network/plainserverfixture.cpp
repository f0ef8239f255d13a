// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/services/network/plainserverfixture.h"

ApiRequest PlainServerFixture::requestFor(
    const QByteArray &verb, const QString &path, std::chrono::milliseconds timeout)
{
    ApiRequest request;
    request.verb = verb;
    request.path = path;
    request.timeout = timeout;
    if (verb != "GET") {
        request.body = "{}";
        request.contentType = "application/json";
    }
    return request;
}

std::optional<Error> PlainServerFixture::endOf(const QSignalSpy &ended)
{
    return ended.value(0).value(0).value<std::optional<Error>>();
}

void PlainServerFixture::init()
{
    m_handler = [](QTcpSocket *socket, const auto &) { HttpServer::answer(socket, "200 OK", "{\"a\":1}"); };
    m_server =
        std::make_unique<HttpServer>([this](QTcpSocket *socket, const auto &request) { m_handler(socket, request); });
    m_access = {};
    ClusterAccess &access = m_access;
    access.server = QUrl(QStringLiteral("http://127.0.0.1:%1/prefix/").arg(m_server->port()));
    access.userName = QStringLiteral("ana");
    access.token = SecretString(QStringLiteral("top-secret"));
    m_transport = std::move(*NetworkTransport::create(access));
}

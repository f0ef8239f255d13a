// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/networktransport.h"

#include "services/network/apiconnection.h"
#include "services/network/apiexchange.h"
#include "services/network/environmentproxy.h"
#include "services/network/logins.h"
#include "services/network/loopbackforward.h"
#include "services/network/networkstream.h"
#include "services/network/tlsconfiguration.h"
#include "services/network/websockettunnel.h"

#include <QPointer>

namespace {

/// The kubeconfig's own proxy goes before the environment's.
Result<ClusterAccess> withProxy(ClusterAccess access)
{
    if (access.proxy.isEmpty()) {
        const Result<QUrl> proxy = environmentProxy(access.server);
        if (!proxy)
            return fail(proxy.error());
        access.proxy = *proxy;
    }
    return access;
}

/// What a connection is made with.
struct Way {
    ClusterAccess access;
    QSslConfiguration tls;
};

Result<Way> wayTo(const ClusterAccess &access)
{
    const Result<QSslConfiguration> tls = tlsConfiguration(access);
    if (!tls)
        return fail(tls.error());
    const Result<ClusterAccess> proxied = withProxy(access);
    if (!proxied)
        return fail(proxied.error());
    return Way{*proxied, *tls};
}

/// By its answer; what is written comes back as it is then.
bool carriesSecret(const ApiRequest &request)
{
    const bool isMetadataOnly = request.accept.contains("PartialObjectMetadata");
    return request.path.contains(QLatin1String("/secrets")) && !isMetadataOnly;
}

} // namespace

class NetworkTransport::Private {
public:
    Private(const ClusterAccess &access, const QSslConfiguration &tls, const ConnectionPace &pace,
        std::shared_ptr<Logins> logins)
        : connection(access, tls, pace, std::move(logins))
    {
    }

    void readOver();

    ApiConnection connection;
    Pending<ApiResponse> over;
};

/// The buffers of a connection (TLS, HTTP/2) live as long as it does, and keep the last that went through them until
/// more comes: so that it is not a Secret, something larger is read that everybody may read.
void NetworkTransport::Private::readOver()
{
    ApiRequest discovery;
    discovery.path = QStringLiteral("/api/v1");
    over = Pending<ApiResponse>::ask([this, &discovery](Pending<ApiResponse>::Answer answer) -> std::function<void()> {
        const QPointer exchange = new ApiExchange(connection, discovery, std::move(answer));
        return [exchange] {
            if (exchange)
                exchange->withdraw();
        };
    });
}

Result<std::unique_ptr<NetworkTransport>> NetworkTransport::create(
    const ClusterAccess &access, const ConnectionPace &pace, std::shared_ptr<Logins> logins)
{
    const Result<Way> way = wayTo(access);
    if (!way)
        return fail(way.error());
    if (!logins)
        logins = std::make_shared<Logins>();
    return std::unique_ptr<NetworkTransport>(
        new NetworkTransport(std::make_unique<Private>(way->access, way->tls, pace, std::move(logins))));
}

NetworkTransport::NetworkTransport(std::unique_ptr<Private> parts)
    : d(std::move(parts))
{
    connect(&d->connection.credentials(), &Credentials::waitingForChanged, this, &NetworkTransport::waitingForChanged);
    connect(&d->connection.credentials(), &Credentials::warningChanged, this, &NetworkTransport::warningChanged);
    connect(&d->connection, &ApiConnection::reached, this, &NetworkTransport::reached);
}

void NetworkTransport::tryAgain()
{
    d->connection.credentials().tryAgain();
}

QString NetworkTransport::waitingFor() const
{
    return d->connection.credentials().waitingFor();
}

QString NetworkTransport::warning() const
{
    return d->connection.credentials().warning();
}

std::optional<std::chrono::milliseconds> NetworkTransport::silence() const
{
    const auto heard = d->connection.lastHeard();
    return heard ? std::optional(d->connection.now() - *heard) : std::nullopt;
}

NetworkTransport::~NetworkTransport() = default;

Pending<ApiResponse> NetworkTransport::send(const ApiRequest &request)
{
    return Pending<ApiResponse>::ask([this, &request](Pending<ApiResponse>::Answer answer) -> std::function<void()> {
        const QPointer exchange = new ApiExchange(d->connection, request, std::move(answer));
        // later: the connection may be on its way out with all exchanges
        if (carriesSecret(request))
            connect(
                exchange.data(), &QObject::destroyed, this, [this] { d->readOver(); }, Qt::QueuedConnection);
        if (request.verb != "GET")
            return {};
        return [exchange] {
            if (exchange)
                exchange->withdraw();
        };
    });
}

std::unique_ptr<ApiStream> NetworkTransport::stream(const ApiRequest &request)
{
    return std::make_unique<NetworkStream>(d->connection, request);
}

std::unique_ptr<PodTunnel> NetworkTransport::tunnel(const QString &nameSpace, const QString &pod, quint16 port)
{
    return std::make_unique<WebSocketTunnel>(d->connection, nameSpace, pod, port);
}

std::unique_ptr<PortForward> NetworkTransport::forward(const QString &nameSpace, const QString &pod, quint16 port)
{
    return std::make_unique<LoopbackForward>(*this, nameSpace, pod, port);
}

Result<void> NetworkTransport::renew(const ClusterAccess &access)
{
    const Result<Way> way = wayTo(access);
    if (!way)
        return fail(way.error());
    d->connection.renew(way->access, way->tls);
    return {};
}

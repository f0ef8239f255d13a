// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/portforward.h"

#include "services/kubernetes/forwardedconnection.h"
#include "services/kubernetes/kubernetestransport.h"

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>

class PortForward::Private {
public:
    Private(KubernetesTransport &to, QString in, QString which, quint16 number)
        : transport(to)
        , nameSpace(std::move(in))
        , pod(std::move(which))
        , port(number)
    {
    }

    KubernetesTransport &transport;
    QString nameSpace;
    QString pod;
    quint16 port;
    QTcpServer server;
};

PortForward::PortForward(KubernetesTransport &transport, QString nameSpace, QString pod, quint16 port, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(transport, std::move(nameSpace), std::move(pod), port))
{
    connect(&d->server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = d->server.nextPendingConnection()) {
            const auto connection =
                new ForwardedConnection(socket, d->transport.tunnel(d->nameSpace, d->pod, d->port), &d->server);
            connect(connection, &ForwardedConnection::broken, this, &PortForward::broken);
        }
    });
}

PortForward::~PortForward() = default;

Result<void> PortForward::listen()
{
    if (d->server.listen(QHostAddress::LocalHost, 0))
        return {};
    return fail(Error::Kind::Local,
        tr("No local port could be opened for pod %1. Close other programs and try again.").arg(d->pod),
        d->server.errorString());
}

quint16 PortForward::localPort() const
{
    return d->server.serverPort();
}

QString PortForward::pod() const
{
    return d->pod;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/realcluster.h"

#include "services/kubernetes/kubeconfig.h"
#include "tests/support/awaited.h"

#include <QJsonDocument>

ClusterAccess accessOf(const char *variable)
{
    const Kubeconfig config = Kubeconfig::load({qEnvironmentVariable(variable)});
    if (config.contexts().isEmpty())
        return {};
    const Result<ClusterAccess> access = config.resolve(config.contexts().constFirst().name);
    if (!access)
        qWarning() << access.error().text();
    return access.value_or(ClusterAccess());
}

std::unique_ptr<NetworkTransport> connectAs(const ClusterAccess &access)
{
    auto transport = NetworkTransport::create(access);
    if (!transport)
        qWarning() << transport.error().text();
    return transport ? std::move(*transport) : nullptr;
}

std::unique_ptr<NetworkTransport> connectAs(const char *variable)
{
    return connectAs(accessOf(variable));
}

Result<QJsonObject> whoAmI(NetworkTransport &transport)
{
    ApiRequest request;
    request.verb = "POST";
    request.path = QStringLiteral("/apis/authentication.k8s.io/v1/selfsubjectreviews");
    request.contentType = "application/json";
    request.body = R"({"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"})";
    const auto answer = awaited(transport.send(request));
    if (!answer)
        return fail(answer.error());
    const QJsonObject review = QJsonDocument::fromJson(answer->body).object();
    return review[QLatin1String("status")][QLatin1String("userInfo")].toObject();
}

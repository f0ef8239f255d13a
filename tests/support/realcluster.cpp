// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/realcluster.h"

#include "services/kubernetes/kubeconfig.h"
#include "tests/support/awaited.h"

#include <QJsonDocument>
#include <QProcess>
#include <QTest>

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

bool kubectl(const QStringList &arguments, QString *said)
{
    constexpr int limit = 180'000;
    QProcess process;
    process.start(qEnvironmentVariable("PENNANT_KUBECTL"),
        QStringList{QStringLiteral("--namespace"), QStringLiteral("pennant-messaging")} + arguments);
    const bool isDone = QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, limit);
    if (!isDone || process.exitCode() != 0)
        qWarning("kubectl: %s", process.readAllStandardError().constData());
    if (said)
        *said = QString::fromUtf8(process.readAllStandardOutput());
    return isDone && process.exitCode() == 0;
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/storedmark.h"

#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/runtimenames.h"

namespace {

constexpr QLatin1String byKey("by");
constexpr QLatin1String sinceKey("since");
constexpr QLatin1String reasonKey("reason");

} // namespace

QJsonObject toConfigMap(const ArchiveMark &mark, const QString &nameSpace)
{
    return {{QStringLiteral("apiVersion"), QStringLiteral("v1")}, {QStringLiteral("kind"), QStringLiteral("ConfigMap")},
        {QStringLiteral("metadata"),
            QJsonObject{{QStringLiteral("name"), QLatin1String(RuntimeNames::archive)},
                {QStringLiteral("namespace"), nameSpace}, {QStringLiteral("labels"), RuntimeNames::labels()}}},
        {QStringLiteral("data"),
            QJsonObject{
                {byKey, mark.by}, {sinceKey, mark.since.toUTC().toString(Qt::ISODate)}, {reasonKey, mark.reason}}}};
}

ArchiveMark archiveMarkOf(const QJsonObject &configMap)
{
    const QJsonObject data = configMap[QLatin1String("data")].toObject();
    const Preconditions identity = Preconditions::unchanged(configMap);
    return {archiveReason(data[byKey].toString()),
        QDateTime::fromString(data[sinceKey].toString(), Qt::ISODate).toUTC(),
        archiveReason(data[reasonKey].toString()), identity.uid, identity.resourceVersion};
}

Flow<std::optional<ArchiveMark>> storedMark(KubernetesClient &client, QString nameSpace)
{
    const ObjectRef ref{
        QStringLiteral("v1"), QStringLiteral("ConfigMap"), nameSpace, QLatin1String(RuntimeNames::archive)};
    auto stored = co_await client.read(ref);
    if (!stored && stored.error().kind == Error::Kind::NotFound)
        co_return std::optional<ArchiveMark>();
    if (!stored)
        co_return fail(stored.error());
    co_return std::optional(archiveMarkOf(*stored));
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/clustersurvey.h"

#include "services/messaging/runtimenames.h"

namespace {

/// Where `configMaps` have a runtime's record among them.
QStringList namespacesOfRecords(const QList<QJsonObject> &configMaps)
{
    QStringList found;
    for (const QJsonObject &configMap : configMaps) {
        const QJsonObject metadata = configMap[QLatin1String("metadata")].toObject();
        if (metadata[QLatin1String("name")] == QLatin1String(RuntimeNames::record))
            found.append(metadata[QLatin1String("namespace")].toString());
    }
    return found;
}

} // namespace

ClusterSurvey::ClusterSurvey(KubernetesTransport &transport, const QStringList &likely, QObject *parent)
    : QObject(parent)
    , m_client(transport)
    , m_likely(likely)
{
    m_likely.removeAll(QString());
    m_likely.removeDuplicates();
}

void ClusterSurvey::look()
{
    if (!m_looking.isRunning())
        m_looking = run();
}

Flow<void> ClusterSurvey::run()
{
    auto version = co_await m_client.serverVersion();
    const QString knownVersion = version && !version->isEmpty() ? *version : m_version;
    auto found = co_await findRuntimes();
    const std::optional<QStringList> knownNameSpaces = found ? std::optional(*found) : m_nameSpaces;
    if (knownVersion == m_version && knownNameSpaces == m_nameSpaces)
        co_return Result<void>();
    m_version = knownVersion;
    m_nameSpaces = knownNameSpaces;
    Q_EMIT changed();
    co_return Result<void>();
}

Flow<QStringList> ClusterSurvey::findRuntimes()
{
    const QString apiVersion = QStringLiteral("v1");
    const QString kind = QStringLiteral("ConfigMap");
    const QString selector = RuntimeNames::labelSelector();
    const QString everywhere;
    auto all = co_await m_client.list(apiVersion, kind, everywhere, selector);
    if (!all && all.error().kind != Error::Kind::Forbidden)
        co_return fail(all.error());
    QStringList nameSpaces = all ? namespacesOfRecords(*all) : QStringList();
    const QStringList one = all ? QStringList() : m_likely;
    for (const QString &nameSpace : one) {
        auto some = co_await m_client.list(apiVersion, kind, nameSpace, selector);
        if (some)
            nameSpaces += namespacesOfRecords(*some);
        else if (some.error().kind != Error::Kind::Forbidden)
            co_return fail(some.error());
    }
    nameSpaces.sort();
    co_return nameSpaces;
}

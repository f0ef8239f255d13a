// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/resourcediscovery.h"

#include "services/base/mapped.h"
#include "services/kubernetes/collectionlist.h"
#include "services/kubernetes/kubernetestransport.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(KubernetesClient)
};

constexpr auto aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";

QString text(const char *value)
{
    return QLatin1String(value);
}

bool isStored(const QString &group)
{
    return group != QLatin1String("metrics.k8s.io");
}

/// Collects each resource of a group in the first version that has it: the server names the preferred one first.
class Found final {
public:
    void add(const QString &group, const ApiResource &resource, const QJsonValue &verbs)
    {
        const QString key = group + u'/' + resource.plural;
        if (!verbs.toArray().contains(text("list")) || m_known.contains(key))
            return;
        m_known.insert(key);
        m_resources.append(resource);
    }
    const QList<ApiResource> &resources() const { return m_resources; }

private:
    QSet<QString> m_known;
    QList<ApiResource> m_resources;
};

QString apiVersionOf(const QString &group, const QString &version)
{
    return group.isEmpty() ? version : group + u'/' + version;
}

Error unknownContent(const QString &apiVersion)
{
    return {Error::Kind::NotReady,
        Text::tr("What the API %1 holds is not known: its server does not answer the API server at present. Look with "
                 "`kubectl get apiservices`, then retry.")
            .arg(apiVersion),
        {}, {}, {}};
}

/// An APIGroupDiscoveryList, apidiscovery.k8s.io/v2.
Result<void> addGroups(const QJsonObject &list, Found &found)
{
    for (const QJsonValue &item : list[text("items")].toArray()) {
        const QString group = item[text("metadata")][text("name")].toString();
        if (!isStored(group))
            continue;
        for (const QJsonValue &version : item[text("versions")].toArray()) {
            const QString apiVersion = apiVersionOf(group, version[text("version")].toString());
            if (version[text("freshness")] == text("Stale"))
                return fail(unknownContent(apiVersion));
            for (const QJsonValue &resource : version[text("resources")].toArray()) {
                if (resource[text("scope")] == text("Namespaced"))
                    found.add(group,
                        {apiVersion, resource[text("responseKind")][text("kind")].toString(),
                            resource[text("resource")].toString()},
                        resource[text("verbs")]);
            }
        }
    }
    return {};
}

/// "v1" of an APIVersions, "apps/v1" … of an APIGroupList, of each group the preferred version first.
QStringList apiVersionsOf(const QJsonObject &index)
{
    QStringList all;
    for (const QJsonValue &version : index[text("versions")].toArray())
        all.append(version.toString());
    for (const QJsonValue &group : index[text("groups")].toArray()) {
        if (!isStored(group[text("name")].toString()))
            continue;
        all.append(group[text("preferredVersion")][text("groupVersion")].toString());
        for (const QJsonValue &version : group[text("versions")].toArray())
            all.append(version[text("groupVersion")].toString());
    }
    all.removeDuplicates();
    all.removeAll(QString());
    return all;
}

/// An APIResourceList, v1.
void addResources(const QJsonObject &list, const QString &apiVersion, Found &found)
{
    const QString group = apiVersion.contains(u'/') ? apiVersion.section(u'/', 0, 0) : QString();
    for (const QJsonValue &resource : list[text("resources")].toArray()) {
        const QString plural = resource[text("name")].toString();
        if (resource[text("namespaced")].toBool() && !plural.contains(u'/'))
            found.add(group, {apiVersion, resource[text("kind")].toString(), plural}, resource[text("verbs")]);
    }
}

Pending<QJsonObject> ask(KubernetesTransport &transport, const QString &path)
{
    ApiRequest request;
    request.path = path;
    request.accept = aggregated;
    request.timeout = std::chrono::seconds(30);
    return mapped<QJsonObject, ApiResponse>(
        transport.send(request), [](ApiResponse response) { return jsonObject(response.body); });
}

Flow<QList<ApiResource>> discover(KubernetesTransport *transport)
{
    Found found;
    static constexpr const char *roots[]{"/api", "/apis"};
    for (const char *root : roots) {
        const QString path = text(root);
        auto index = co_await ask(*transport, path);
        if (!index)
            co_return fail(index.error());
        if ((*index)[text("kind")] == text("APIGroupDiscoveryList")) {
            const Result<void> added = addGroups(*index, found);
            if (!added)
                co_return fail(added.error());
            continue;
        }
        const QStringList apiVersions = apiVersionsOf(*index);
        for (const QString &apiVersion : apiVersions) {
            const QString place = path + u'/' + apiVersion;
            auto list = co_await ask(*transport, place);
            if (!list)
                co_return fail(list.error());
            addResources(*list, apiVersion, found);
        }
    }
    co_return found.resources();
}

} // namespace

Pending<QList<ApiResource>> discoverResources(KubernetesTransport &transport)
{
    return asPending(discover(&transport));
}

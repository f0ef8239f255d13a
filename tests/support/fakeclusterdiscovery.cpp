// SPDX-License-Identifier: GPL-3.0-or-later
// Which kinds there are.
#include "tests/support/fakecluster.h"

#include "services/network/networkmapping.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

QString groupOf(const ApiResource &resource)
{
    return resource.apiVersion.contains(u'/') ? resource.apiVersion.section(u'/', 0, 0) : QString();
}

const QJsonArray verbs{text("create"), text("delete"), text("get"), text("list"), text("watch")};

/// One item of an APIGroupDiscoveryList.
QJsonObject groupDiscovery(const ApiResource &resource, bool isStale)
{
    const QString version = resource.apiVersion.section(u'/', -1);
    const QJsonObject kind{
        {text("group"), groupOf(resource)}, {text("version"), version}, {text("kind"), resource.kind}};
    const QJsonObject offered{{text("resource"), resource.plural}, {text("responseKind"), kind},
        {text("scope"), text("Namespaced")}, {text("verbs"), verbs}};
    const QJsonObject served{{text("version"), version},
        {text("resources"), isStale ? QJsonArray() : QJsonArray{offered}},
        {text("freshness"), isStale ? text("Stale") : text("Current")}};
    return {{text("metadata"), QJsonObject{{text("name"), groupOf(resource)}}}, {text("versions"), QJsonArray{served}}};
}

/// One group of an APIGroupList.
QJsonObject groupOfList(const ApiResource &resource)
{
    const QJsonObject version{{text("groupVersion"), resource.apiVersion}};
    return {{text("name"), groupOf(resource)}, {text("versions"), QJsonArray{version}},
        {text("preferredVersion"), version}};
}

/// One resource of an APIResourceList, and the status that comes with it.
QJsonArray resourcesOfList(const ApiResource &resource)
{
    const QJsonObject offered{{text("name"), resource.plural}, {text("kind"), resource.kind},
        {text("namespaced"), true}, {text("verbs"), verbs}};
    QJsonObject status = offered;
    status[text("name")] = resource.plural + text("/status");
    return {status, offered};
}

} // namespace

QString FakeCluster::pathOf(const ObjectRef &ref) const
{
    for (const ApiResource &custom : m_customKinds) {
        if (custom.apiVersion == ref.apiVersion && custom.kind == ref.kind)
            return custom.pathIn(ref.nameSpace) + u'/' + ref.name;
    }
    return objectPath(ref);
}

QList<ApiResource> FakeCluster::namespacedKinds() const
{
    QList<ApiResource> kinds = m_customKinds;
    for (auto it = m_store.objects().begin(); it != m_store.objects().end(); ++it) {
        const ApiPath path = ApiPath::parse(it.key());
        const ApiResource resource{path.apiVersion, ObjectRef::of(it.value()).kind, path.resource};
        if (!path.nameSpace.isEmpty() && !kinds.contains(resource))
            kinds.append(resource);
    }
    return kinds;
}

Result<ApiResponse> FakeCluster::answerDiscovery(const ApiRequest &request) const
{
    const bool isCore = request.path.startsWith(text("/api/")) || request.path == text("/api");
    const bool isRoot = request.path == text("/api") || request.path == text("/apis");
    QJsonArray groups;
    QJsonArray listed;
    QJsonArray resources;
    for (const ApiResource &resource : namespacedKinds()) {
        if (groupOf(resource).isEmpty() != isCore)
            continue;
        groups.append(groupDiscovery(resource, resource.apiVersion == staleApiVersion));
        listed.append(groupOfList(resource));
        if (request.path.endsWith(u'/' + resource.apiVersion)) {
            for (const QJsonValue &each : resourcesOfList(resource))
                resources.append(each);
        }
    }
    if (!isRoot && resources.isEmpty())
        return fail(statusError(404, "404 page not found", {}, {text("fake:6443"), text("tester")}));
    QJsonObject answer{{text("kind"), text("APIResourceList")}, {text("resources"), resources}};
    if (isRoot && isDiscoveryAggregated && request.accept.contains("as=APIGroupDiscoveryList"))
        answer = {{text("kind"), text("APIGroupDiscoveryList")}, {text("items"), groups}};
    else if (isRoot && isCore)
        answer = {{text("kind"), text("APIVersions")}, {text("versions"), QJsonArray{text("v1")}}};
    else if (isRoot)
        answer = {{text("kind"), text("APIGroupList")}, {text("groups"), listed}};
    return ApiResponse{200, QJsonDocument(answer).toJson(QJsonDocument::Compact)};
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/kubernetesclient.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace {

struct Resource {
    const char *apiVersion;
    const char *kind;
    const char *plural;
    bool isNamespaced;
};

constexpr std::array resources{
    Resource{"v1", "Namespace", "namespaces", false},
    Resource{"v1", "Node", "nodes", false},
    Resource{"v1", "PersistentVolume", "persistentvolumes", false},
    Resource{"v1", "PersistentVolumeClaim", "persistentvolumeclaims", true},
    Resource{"v1", "ConfigMap", "configmaps", true},
    Resource{"v1", "Secret", "secrets", true},
    Resource{"v1", "Service", "services", true},
    Resource{"v1", "ServiceAccount", "serviceaccounts", true},
    Resource{"v1", "Pod", "pods", true},
    Resource{"v1", "Event", "events", true},
    Resource{"apps/v1", "StatefulSet", "statefulsets", true},
    Resource{"apps/v1", "Deployment", "deployments", true},
    Resource{"apps/v1", "DaemonSet", "daemonsets", true},
    Resource{"apps/v1", "ReplicaSet", "replicasets", true},
    Resource{"batch/v1", "Job", "jobs", true},
    Resource{"batch/v1", "CronJob", "cronjobs", true},
    Resource{"policy/v1", "PodDisruptionBudget", "poddisruptionbudgets", true},
    Resource{"storage.k8s.io/v1", "StorageClass", "storageclasses", false},
    Resource{"coordination.k8s.io/v1", "Lease", "leases", true},
    Resource{"events.k8s.io/v1", "Event", "events", true},
    Resource{"jetstream.nats.io/v1beta2", "Stream", "streams", true},
    Resource{"jetstream.nats.io/v1beta2", "Consumer", "consumers", true},
    Resource{"jetstream.nats.io/v1beta2", "KeyValue", "keyvalues", true},
    Resource{"jetstream.nats.io/v1beta2", "ObjectStore", "objectstores", true},
    Resource{"jetstream.nats.io/v1beta1", "Stream", "streams", true},
    Resource{"jetstream.nats.io/v1beta1", "Consumer", "consumers", true},
    Resource{"jetstream.nats.io/v1beta1", "KeyValue", "keyvalues", true},
    Resource{"jetstream.nats.io/v1beta1", "ObjectStore", "objectstores", true},
    Resource{"networking.k8s.io/v1", "NetworkPolicy", "networkpolicies", true},
    Resource{"networking.k8s.io/v1", "Ingress", "ingresses", true},
    Resource{"rbac.authorization.k8s.io/v1", "Role", "roles", true},
    Resource{"rbac.authorization.k8s.io/v1", "RoleBinding", "rolebindings", true},
    Resource{"rbac.authorization.k8s.io/v1", "ClusterRole", "clusterroles", false},
    Resource{"rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "clusterrolebindings", false},
    Resource{"authentication.k8s.io/v1", "SelfSubjectReview", "selfsubjectreviews", false},
    Resource{"authorization.k8s.io/v1", "SelfSubjectAccessReview", "selfsubjectaccessreviews", false},
    Resource{"authorization.k8s.io/v1", "SelfSubjectRulesReview", "selfsubjectrulesreviews", false},
};

/// The API server's own rule for names that stand in a path (IsValidPathSegmentName).
bool isPathSegment(const QString &name)
{
    return name != QLatin1String(".") && name != QLatin1String("..") && !name.contains(u'/') && !name.contains(u'%');
}

} // namespace

ObjectRef ObjectRef::of(const QJsonObject &manifest)
{
    const QJsonObject metadata = manifest.value(QLatin1String("metadata")).toObject();
    return {manifest.value(QLatin1String("apiVersion")).toString(), manifest.value(QLatin1String("kind")).toString(),
        metadata.value(QLatin1String("namespace")).toString(), metadata.value(QLatin1String("name")).toString()};
}

QString ObjectRef::text() const
{
    return kind + u' ' + (nameSpace.isEmpty() ? name : nameSpace + u'/' + name);
}

QString collectionPath(const QString &apiVersion, const QString &kind, const QString &nameSpace)
{
    for (const Resource &resource : resources) {
        if (apiVersion != QLatin1String(resource.apiVersion) || kind != QLatin1String(resource.kind))
            continue;
        if (!isPathSegment(nameSpace))
            return {};
        QString path =
            (apiVersion == QLatin1String("v1") ? QStringLiteral("/api/") : QStringLiteral("/apis/")) + apiVersion;
        if (resource.isNamespaced && !nameSpace.isEmpty())
            path += QStringLiteral("/namespaces/") + nameSpace;
        return path + u'/' + QLatin1String(resource.plural);
    }
    return {};
}

QString ApiResource::pathIn(const QString &nameSpace) const
{
    const QStringList parts = apiVersion.split(u'/') << plural << nameSpace;
    const bool isNameable = std::all_of(
        parts.begin(), parts.end(), [](const QString &part) { return !part.isEmpty() && isPathSegment(part); });
    if (!isNameable)
        return {};
    const QString root = apiVersion.contains(u'/') ? QStringLiteral("/apis/") : QStringLiteral("/api/");
    return root + apiVersion + QStringLiteral("/namespaces/") + nameSpace + u'/' + plural;
}

QString objectPath(const ObjectRef &ref)
{
    const QString collection = collectionPath(ref.apiVersion, ref.kind, ref.nameSpace);
    if (collection.isEmpty() || ref.name.isEmpty() || !isPathSegment(ref.name))
        return {};
    return collection + u'/' + ref.name;
}

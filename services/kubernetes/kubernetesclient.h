// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/domain/access.h"

#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

class KubernetesTransport;

/// Names one object of the API. `nameSpace` is empty for what is not namespaced.
struct ObjectRef {
    QString apiVersion; ///< "v1", "apps/v1"
    QString kind; ///< "StatefulSet"
    QString nameSpace;
    QString name;

    bool operator==(const ObjectRef &) const = default;

    /// What `manifest` names.
    static ObjectRef of(const QJsonObject &manifest);
    /// "StatefulSet pennant-messaging/nats", for people.
    QString text() const;
};

/// "/apis/apps/v1/namespaces/{ns}/statefulsets" for the few kinds that this program uses: no discovery is made.
/// Unknown kinds give an empty path.
QString collectionPath(const QString &apiVersion, const QString &kind, const QString &nameSpace);
QString objectPath(const ObjectRef &ref);

/// A kind of namespaced objects as the API server itself offers it.
struct ApiResource {
    QString apiVersion;
    QString kind;
    QString plural; ///< as it stands in paths: "statefulsets"

    bool operator==(const ApiResource &) const = default;

    /// Empty where a name can't stand in a path.
    QString pathIn(const QString &nameSpace) const;
};

/// What a write finds, or it is refused with Conflict. Empty: anything.
struct Preconditions {
    QString uid;
    QString resourceVersion;

    /// The same object, whatever has become of it.
    static Preconditions sameAs(const QJsonObject &object);
    /// The same object, not changed since.
    static Preconditions unchanged(const QJsonObject &object);
};

/// `manifest`, to be applied or put only where what is there is as `found` says: else that is refused with Conflict. It
/// takes the uid for that: an apply to what is not there ignores a resourceVersion and makes it.
QJsonObject onlyWhere(const Preconditions &found, QJsonObject manifest);

/// The beginning of a collection.
struct FirstObjects {
    QList<QJsonObject> objects;
    bool areAll = false;
};

/// Reads and writes objects as JSON documents over a KubernetesTransport, as field manager `pennant`. What is to be
/// there in the end is written by apply(), which can be repeated and leaves fields of other managers theirs; create(),
/// replace() and patch() are for writes that depend on what was there before.
/// https://kubernetes.io/docs/reference/using-api/server-side-apply/
class KubernetesClient final {
public:
    /// The transport must outlive the client.
    explicit KubernetesClient(KubernetesTransport &transport);

    Pending<QJsonObject> read(const ObjectRef &ref);
    /// All items of a collection (paged by `continue`), each with apiVersion and kind filled in.
    Pending<QList<QJsonObject>> list(
        const QString &apiVersion, const QString &kind, const QString &nameSpace, const QString &labelSelector = {});
    /// At most `most` of a cluster's objects that are in no namespace: where a few say enough, and there may be
    /// thousands.
    Pending<FirstObjects> listFirst(const QString &apiVersion, const QString &kind, int most);
    /// Server-side apply; answers the object as it now is. `force` takes over fields that another manager owns; without
    /// it that is a Conflict with one field error each.
    Pending<QJsonObject> apply(const QJsonObject &manifest, bool force = false);
    /// POST; Conflict where it exists already.
    Pending<QJsonObject> create(const QJsonObject &object);
    /// PUT; with `metadata.resourceVersion` it is refused with Conflict where somebody was faster.
    Pending<QJsonObject> replace(const QJsonObject &object);
    /// Merge patch (RFC 7386).
    Pending<QJsonObject> patch(const ObjectRef &ref, const QJsonObject &change);
    /// Deletes; an object that is not there is a success. `propagationPolicy`: "Background", "Foreground", "Orphan".
    Pending<void> remove(const ObjectRef &ref, const QString &propagationPolicy = QStringLiteral("Background"),
        const Preconditions &preconditions = {});
    /// The API server's own, "v1.36.2": `gitVersion` of /version, which whoever is logged in may ask.
    Pending<QString> serverVersion();
    /// Every namespaced resource that can be listed, custom ones too; see discoverResources().
    Pending<QList<ApiResource>> namespacedResources();
    /// The kinds that the server has of one API of a group ("apps/v1"), which whoever is logged in may ask; NotFound
    /// where it has no such API.
    Pending<QStringList> kindsOf(const QString &apiVersion);
    /// All objects of `resource`, their metadata alone: nothing secret is read.
    Pending<QList<QJsonObject>> listMetadata(const ApiResource &resource, const QString &nameSpace);
    /// Whether this user may do one thing (authorization.k8s.io/v1 SelfSubjectAccessReview): `allowed`, or a reason
    /// that names the missing permission.
    Pending<Access> review(const Permission &permission);
    /// Who the server takes this user for (authentication.k8s.io/v1 SelfSubjectReview, Kubernetes 1.28 and later).
    Pending<QString> whoAmI();

private:
    KubernetesTransport &m_transport;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/kubernetesclient.h"

#include "services/base/mapped.h"
#include "services/kubernetes/collectionlist.h"
#include "services/kubernetes/kubernetestransport.h"
#include "services/kubernetes/resourcediscovery.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(KubernetesClient)
};

const auto jsonType = QByteArrayLiteral("application/json");

ApiRequest makeRequest(
    const QByteArray &verb, const QString &path, const QByteArray &contentType = {}, const QJsonObject &body = {})
{
    ApiRequest request;
    request.verb = verb;
    request.path = path;
    request.contentType = contentType;
    if (!contentType.isEmpty())
        request.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    if (verb == "PATCH" || verb == "POST" || verb == "PUT")
        request.query.addQueryItem(QStringLiteral("fieldManager"), QStringLiteral("pennant"));
    return request;
}

Pending<QJsonObject> askObject(KubernetesTransport &transport, const ApiRequest &request, const ObjectRef &ref)
{
    if (request.path.isEmpty()) {
        return Pending<QJsonObject>::answered(fail(Error::Kind::Invalid,
            Text::tr("“%1” (%2) cannot be named in a request: its kind or name is not valid.")
                .arg(ref.text(), ref.apiVersion)));
    }
    return mapped<QJsonObject, ApiResponse>(
        transport.send(request), [](ApiResponse response) { return jsonObject(response.body); });
}

QJsonObject deleteOptions(const QString &propagationPolicy, const Preconditions &preconditions)
{
    QJsonObject options{{QStringLiteral("apiVersion"), QStringLiteral("v1")},
        {QStringLiteral("kind"), QStringLiteral("DeleteOptions")},
        {QStringLiteral("propagationPolicy"), propagationPolicy}};
    QJsonObject found;
    if (!preconditions.uid.isEmpty())
        found.insert(QStringLiteral("uid"), preconditions.uid);
    if (!preconditions.resourceVersion.isEmpty())
        found.insert(QStringLiteral("resourceVersion"), preconditions.resourceVersion);
    if (!found.isEmpty())
        options.insert(QStringLiteral("preconditions"), found);
    return options;
}

QJsonObject accessReview(const Permission &permission)
{
    const QJsonObject attributes{
        {QStringLiteral("verb"), permission.verb},
        {QStringLiteral("group"), permission.group},
        {QStringLiteral("resource"), permission.resource},
        {QStringLiteral("subresource"), permission.subresource},
        {QStringLiteral("namespace"), permission.nameSpace},
        {QStringLiteral("name"), permission.name},
    };
    return {{QStringLiteral("apiVersion"), QStringLiteral("authorization.k8s.io/v1")},
        {QStringLiteral("kind"), QStringLiteral("SelfSubjectAccessReview")},
        {QStringLiteral("spec"), QJsonObject{{QStringLiteral("resourceAttributes"), attributes}}}};
}

} // namespace

Preconditions Preconditions::sameAs(const QJsonObject &object)
{
    return {object.value(QLatin1String("metadata")).toObject().value(QLatin1String("uid")).toString(), {}};
}

Preconditions Preconditions::unchanged(const QJsonObject &object)
{
    const QJsonObject metadata = object.value(QLatin1String("metadata")).toObject();
    return {
        metadata.value(QLatin1String("uid")).toString(), metadata.value(QLatin1String("resourceVersion")).toString()};
}

QJsonObject onlyWhere(const Preconditions &found, QJsonObject manifest)
{
    QJsonObject metadata = manifest.value(QLatin1String("metadata")).toObject();
    if (!found.uid.isEmpty())
        metadata.insert(QStringLiteral("uid"), found.uid);
    if (!found.resourceVersion.isEmpty())
        metadata.insert(QStringLiteral("resourceVersion"), found.resourceVersion);
    manifest.insert(QStringLiteral("metadata"), metadata);
    return manifest;
}

KubernetesClient::KubernetesClient(KubernetesTransport &transport)
    : m_transport(transport)
{
}

Pending<QJsonObject> KubernetesClient::read(const ObjectRef &ref)
{
    return askObject(m_transport, makeRequest("GET", objectPath(ref)), ref);
}

Pending<QList<QJsonObject>> KubernetesClient::list(
    const QString &apiVersion, const QString &kind, const QString &nameSpace, const QString &labelSelector)
{
    return mapped<QList<QJsonObject>, Collection>(
        listCollection(m_transport, {apiVersion, kind, nameSpace, labelSelector, {}, {}}),
        [](Collection collection) -> Result<QList<QJsonObject>> { return collection.items; });
}

Pending<FirstObjects> KubernetesClient::listFirst(const QString &apiVersion, const QString &kind, int most)
{
    ApiRequest request = makeRequest("GET", collectionPath(apiVersion, kind, {}));
    request.query.addQueryItem(QStringLiteral("limit"), QString::number(most));
    return mapped<FirstObjects, ApiResponse>(
        m_transport.send(request), [](ApiResponse response) -> Result<FirstObjects> {
            const Result<QJsonObject> page = jsonObject(response.body);
            if (!page)
                return fail(page.error());
            FirstObjects first;
            for (const QJsonValue &item : page->value(QLatin1String("items")).toArray())
                first.objects.append(item.toObject());
            first.areAll = page->value(QLatin1String("metadata"))[QLatin1String("continue")].toString().isEmpty();
            return first;
        });
}

Pending<QString> KubernetesClient::serverVersion()
{
    return mapped<QString, ApiResponse>(
        m_transport.send(makeRequest("GET", QStringLiteral("/version"))), [](ApiResponse response) -> Result<QString> {
            const Result<QJsonObject> version = jsonObject(response.body);
            if (!version)
                return fail(version.error());
            return version->value(QLatin1String("gitVersion")).toString();
        });
}

Pending<QJsonObject> KubernetesClient::apply(const QJsonObject &manifest, bool force)
{
    QJsonObject body = manifest;
    QJsonObject metadata = body.value(QLatin1String("metadata")).toObject();
    metadata.remove(QLatin1String("managedFields")); // refused in an apply
    body.insert(QStringLiteral("metadata"), metadata);

    const ObjectRef ref = ObjectRef::of(manifest);
    // JSON is YAML; before 1.36 this is the only content type that the server takes for an apply
    ApiRequest request = makeRequest("PATCH", objectPath(ref), "application/apply-patch+yaml", body);
    request.query.addQueryItem(QStringLiteral("force"), force ? QStringLiteral("true") : QStringLiteral("false"));
    return askObject(m_transport, request, ref);
}

Pending<QJsonObject> KubernetesClient::create(const QJsonObject &object)
{
    const ObjectRef ref = ObjectRef::of(object);
    return askObject(m_transport,
        makeRequest("POST", collectionPath(ref.apiVersion, ref.kind, ref.nameSpace), jsonType, object), ref);
}

Pending<QJsonObject> KubernetesClient::replace(const QJsonObject &object)
{
    const ObjectRef ref = ObjectRef::of(object);
    return askObject(m_transport, makeRequest("PUT", objectPath(ref), jsonType, object), ref);
}

Pending<QJsonObject> KubernetesClient::patch(const ObjectRef &ref, const QJsonObject &change)
{
    return askObject(m_transport, makeRequest("PATCH", objectPath(ref), "application/merge-patch+json", change), ref);
}

Pending<void> KubernetesClient::remove(
    const ObjectRef &ref, const QString &propagationPolicy, const Preconditions &preconditions)
{
    const QString path = objectPath(ref);
    if (path.isEmpty())
        return Pending<void>::answered(
            fail(Error::Kind::Invalid, Text::tr("“%1” cannot be named in a request.").arg(ref.text())));
    const QJsonObject options = deleteOptions(propagationPolicy, preconditions);
    auto sent =
        std::make_shared<Pending<ApiResponse>>(m_transport.send(makeRequest("DELETE", path, jsonType, options)));
    return Pending<void>::ask([sent](Pending<void>::Answer answer) {
        sent->then(qApp, [answer](const Result<ApiResponse> &result) {
            if (result || result.error().kind == Error::Kind::NotFound)
                answer({});
            else
                answer(fail(result.error()));
        });
        return [sent] { sent->drop(); };
    });
}

Pending<QList<ApiResource>> KubernetesClient::namespacedResources()
{
    return discoverResources(m_transport);
}

Pending<QStringList> KubernetesClient::kindsOf(const QString &apiVersion)
{
    return mapped<QStringList, ApiResponse>(m_transport.send(makeRequest("GET", QStringLiteral("/apis/") + apiVersion)),
        [](ApiResponse response) -> Result<QStringList> {
            const Result<QJsonObject> found = jsonObject(response.body);
            if (!found)
                return fail(found.error());
            QStringList kinds;
            for (const QJsonValue &resource : found->value(QLatin1String("resources")).toArray()) {
                if (!resource[QLatin1String("name")].toString().contains(u'/'))
                    kinds.append(resource[QLatin1String("kind")].toString());
            }
            return kinds;
        });
}

Pending<QList<QJsonObject>> KubernetesClient::listMetadata(const ApiResource &resource, const QString &nameSpace)
{
    return mapped<QList<QJsonObject>, Collection>(
        listCollection(m_transport, {resource.apiVersion, resource.kind, nameSpace, {}, {}, resource.plural, true}),
        [](Collection collection) -> Result<QList<QJsonObject>> { return collection.items; });
}

Pending<Access> KubernetesClient::review(const Permission &permission)
{
    const QJsonObject body = accessReview(permission);
    const ObjectRef ref = ObjectRef::of(body);
    const ApiRequest request = makeRequest("POST", collectionPath(ref.apiVersion, ref.kind, {}), jsonType, body);
    return mapped<Access, ApiResponse>(m_transport.send(request), [permission](ApiResponse response) -> Result<Access> {
        const Result<QJsonObject> answer = jsonObject(response.body);
        if (!answer)
            return fail(answer.error());
        const QJsonObject status = answer->value(QLatin1String("status")).toObject();
        if (status.value(QLatin1String("allowed")).toBool())
            return Access::yes();
        return Access::no(
            Text::tr("You may not %1. Ask whoever administers the cluster for this permission.").arg(permission.text()),
            {permission});
    });
}

Pending<QString> KubernetesClient::whoAmI()
{
    const QJsonObject body{{QStringLiteral("apiVersion"), QStringLiteral("authentication.k8s.io/v1")},
        {QStringLiteral("kind"), QStringLiteral("SelfSubjectReview")}};
    const ObjectRef ref = ObjectRef::of(body);
    const ApiRequest request = makeRequest("POST", collectionPath(ref.apiVersion, ref.kind, {}), jsonType, body);
    return mapped<QString, ApiResponse>(m_transport.send(request), [](ApiResponse response) -> Result<QString> {
        const Result<QJsonObject> answer = jsonObject(response.body);
        if (!answer)
            return fail(answer.error());
        return (*answer)[QLatin1String("status")][QLatin1String("userInfo")][QLatin1String("username")].toString();
    });
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/collectionlist.h"

#include "services/base/background.h"
#include "services/base/logging.h"
#include "services/base/mapped.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/kubernetes/kubernetestransport.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QThreadPool>

#include <utility>

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(KubernetesClient)
};

constexpr int pageSize = 500;
constexpr int mostPages = 2000;
constexpr qsizetype longestAtOnce = 128 * 1024; // some milliseconds

QString pathOf(const CollectionQuery &query)
{
    if (query.plural.isEmpty())
        return collectionPath(query.apiVersion, query.kind, query.nameSpace);
    return ApiResource{query.apiVersion, query.kind, query.plural}.pathIn(query.nameSpace);
}

ApiRequest pageRequest(const CollectionQuery &query, const QString &continueToken, bool isPaged)
{
    ApiRequest request;
    request.path = pathOf(query);
    if (query.isMetadataOnly)
        request.accept = acceptedMetadata("PartialObjectMetadataList");
    request.timeout = std::chrono::seconds(30);
    if (!query.labelSelector.isEmpty())
        request.query.addQueryItem(QStringLiteral("labelSelector"), queryValue(query.labelSelector));
    if (!query.fieldSelector.isEmpty())
        request.query.addQueryItem(QStringLiteral("fieldSelector"), queryValue(query.fieldSelector));
    if (isPaged)
        request.query.addQueryItem(QStringLiteral("limit"), QString::number(pageSize));
    if (!continueToken.isEmpty())
        request.query.addQueryItem(QStringLiteral("continue"), queryValue(continueToken));
    return request;
}

struct Page {
    QList<QJsonObject> items;
    QString resourceVersion;
    QString next; ///< token of the page after it; empty: it is the last
};

Result<Page> pageFrom(const QByteArray &body, const CollectionQuery &query)
{
    const Result<QJsonObject> document = jsonObject(body);
    if (!document)
        return fail(document.error());
    const QJsonValue items = document->value(QLatin1String("items"));
    if (!items.isArray() && !items.isNull()) {
        return fail(Error::Kind::Protocol,
            Text::tr("The API server's list of %1 holds no items. Check the address.").arg(query.kind));
    }
    const QJsonObject metadata = document->value(QLatin1String("metadata")).toObject();
    Page page{{}, metadata.value(QLatin1String("resourceVersion")).toString(),
        metadata.value(QLatin1String("continue")).toString()};
    for (const QJsonValue &value : items.toArray()) {
        QJsonObject item = value.toObject();
        if (ObjectRef::of(item).name.isEmpty()) {
            qCWarning(lcKubernetes) << "skipped an item without a name in a list of" << query.kind;
            continue;
        }
        item.insert(QStringLiteral("apiVersion"), query.apiVersion);
        item.insert(QStringLiteral("kind"), query.kind);
        page.items.append(item);
    }
    return page;
}

Flow<Collection> listPages(KubernetesTransport *transport, CollectionQuery query)
{
    Collection collection;
    QString token;
    bool isPaged = true;
    for (int pages = 0; pages < mostPages; ++pages) {
        const ApiRequest request = pageRequest(query, token, isPaged);
        Result<ApiResponse> response = co_await transport->send(request);
        if (!response && response.error().kind == Error::Kind::Gone && isPaged && !token.isEmpty()) {
            collection = {};
            token.clear();
            isPaged = false;
            response = co_await transport->send(pageRequest(query, token, isPaged));
        }
        if (!response)
            co_return fail(response.error());
        Result<Page> page = Page();
        if (response->body.size() <= longestAtOnce) {
            page = pageFrom(response->body, query);
        } else {
            // of a whole cluster it may be many MiB: too much for the thread that draws
            Pending<Page> reading = runInBackground<Page>(QThreadPool::globalInstance(),
                [body = std::move(response->body), query] { return pageFrom(body, query); });
            page = co_await reading;
        }
        if (!page)
            co_return fail(page.error());
        collection.resourceVersion = page->resourceVersion;
        const QString last = std::exchange(token, page->next);
        collection.items.append(page->items);
        if (token.isEmpty())
            co_return collection;
        if (token == last)
            break;
    }
    co_return fail(Error::Kind::Protocol,
        Text::tr("The API server's list of %1 does not end. Check the address.").arg(query.kind));
}

} // namespace

// https://kubernetes.io/docs/reference/using-api/api-concepts/#metadata-only-fetches; a server that can't, sends all.
QByteArray acceptedMetadata(const char *kind)
{
    return QByteArray("application/json;as=") + kind + ";g=meta.k8s.io;v=v1,application/json";
}

Result<QJsonObject> jsonObject(const QByteArray &body)
{
    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(body, &parseError);
    if (document.isObject())
        return document.object();
    const QString reason =
        parseError.error == QJsonParseError::NoError ? Text::tr("not an object") : parseError.errorString();
    return fail(Error::Kind::Protocol,
        Text::tr("The API server's answer is not a JSON document (%1). Check the address.").arg(reason));
}

QString queryValue(const QString &value)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(value));
}

Pending<Collection> listCollection(KubernetesTransport &transport, const CollectionQuery &query)
{
    if (pathOf(query).isEmpty()) {
        return Pending<Collection>::answered(fail(Error::Kind::Invalid,
            Text::tr("There is no collection of %1 (%2) in “%3”.").arg(query.kind, query.apiVersion, query.nameSpace)));
    }
    return asPending(listPages(&transport, query));
}

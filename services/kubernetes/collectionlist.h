// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"

#include <QJsonObject>
#include <QList>
#include <QString>

class KubernetesTransport;

/// All items of one collection and the resourceVersion from which a watch goes on.
struct Collection {
    QList<QJsonObject> items;
    QString resourceVersion;
};

/// What of a collection is wanted.
struct CollectionQuery {
    QString apiVersion;
    QString kind;
    QString nameSpace; ///< empty: all, or not namespaced
    QString labelSelector;
    QString fieldSelector;
    QString plural; ///< of a resource found by discovery
    bool isMetadataOnly = false; ///< metadata alone is read
};

/// What to accept so that a collection, or its watch, tells of its objects' metadata alone.
QByteArray acceptedMetadata(const char *kind);

/// The document in `body`, or a Protocol error.
Result<QJsonObject> jsonObject(const QByteArray &body);
/// `value` for a QUrlQuery, safe for any text.
QString queryValue(const QString &value);

/// Lists page by page
/// (https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks); begins again
/// once, unpaged, where the server forgot the pages in between. A list that comes back to the page just read, or has
/// more than 2,000, is a Protocol error. Items get the apiVersion and kind that a list leaves
/// out; what is not an object with a name is skipped. Large pages are taken apart in the background. `transport` must
/// outlive it.
Pending<Collection> listCollection(KubernetesTransport &transport, const CollectionQuery &query);

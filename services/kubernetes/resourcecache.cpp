// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/resourcecache.h"

#include "services/kubernetes/statusmapping.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ResourceWatch)
};

tl::unexpected<Error> notAnEvent()
{
    return fail(Error::Kind::Protocol,
        Text::tr("The API server sent a change that Pennant does not understand. It is read anew."));
}

} // namespace

void ResourceCache::replace(const QList<QJsonObject> &objects, const QString &version)
{
    m_objects.clear();
    for (const QJsonObject &object : objects)
        m_objects.insert(keyOf(object), object);
    m_version = version;
}

Result<ResourceCache::Change> ResourceCache::apply(const QByteArray &event)
{
    const QJsonObject document = QJsonDocument::fromJson(event).object();
    const QString type = document.value(QLatin1String("type")).toString();
    QJsonObject object = document.value(QLatin1String("object")).toObject();
    if (type == QLatin1String("ERROR"))
        return fail(statusDocumentError(object, {}));

    const Key key = keyOf(object);
    const QJsonObject metadata = object.value(QLatin1String("metadata")).toObject();
    const QString version = metadata.value(QLatin1String("resourceVersion")).toString();
    const bool isBookmark = type == QLatin1String("BOOKMARK");
    if (version.isEmpty() || (key.second.isEmpty() && !isBookmark))
        return notAnEvent();
    if (type == QLatin1String("ADDED") || type == QLatin1String("MODIFIED")) {
        object.insert(QStringLiteral("apiVersion"), m_apiVersion);
        object.insert(QStringLiteral("kind"), m_kind);
        m_objects.insert(key, object);
    } else if (type == QLatin1String("DELETED")) {
        m_objects.remove(key);
    } else if (!isBookmark) {
        return notAnEvent();
    }
    m_version = version;
    return isBookmark ? Change::None : Change::Content;
}

ResourceCache::Key ResourceCache::keyOf(const QJsonObject &object)
{
    const QJsonObject metadata = object.value(QLatin1String("metadata")).toObject();
    return {metadata.value(QLatin1String("namespace")).toString(), metadata.value(QLatin1String("name")).toString()};
}

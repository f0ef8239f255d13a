// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/objectstore.h"

#include "tests/support/objectmerge.h"

#include <QUuid>

namespace {

QJsonObject metadataOf(const QJsonObject &object)
{
    return object.value(QLatin1String("metadata")).toObject();
}

} // namespace

QJsonObject ObjectStore::put(const QString &path, QJsonObject object)
{
    const bool isNew = !m_objects.contains(path);
    const QJsonObject oldMetadata = metadataOf(m_objects.value(path));
    QJsonObject metadata = metadataOf(object);
    const auto keep = [&](const char *key, const QJsonValue &first) {
        metadata.insert(QLatin1String(key), isNew ? first : oldMetadata.value(QLatin1String(key)));
    };
    keep("uid", QUuid::createUuid().toString(QUuid::WithoutBraces));
    keep("creationTimestamp",
        metadata.value(QLatin1String("creationTimestamp")).toString(QStringLiteral("2026-01-02T03:04:05Z")));
    keep("generation", 1);
    object = withCanonicalQuantities(object);
    const QJsonValue oldSpec = m_objects.value(path).value(QLatin1String("spec"));
    if (!isNew && oldSpec != object.value(QLatin1String("spec")))
        metadata.insert(QStringLiteral("generation"), oldMetadata.value(QLatin1String("generation")).toInt() + 1);
    metadata.insert(QStringLiteral("resourceVersion"), QString::number(++m_version));
    object.insert(QStringLiteral("metadata"), metadata);
    m_objects.insert(path, object);
    record(isNew ? QStringLiteral("ADDED") : QStringLiteral("MODIFIED"), path, object);
    return object;
}

void ObjectStore::remove(const QString &path)
{
    const auto it = m_objects.find(path);
    if (it == m_objects.end())
        return;
    QJsonObject object = it.value();
    m_objects.erase(it);
    QJsonObject metadata = metadataOf(object);
    metadata.insert(QStringLiteral("resourceVersion"), QString::number(++m_version));
    object.insert(QStringLiteral("metadata"), metadata);
    record(QStringLiteral("DELETED"), path, object);
}

void ObjectStore::record(const QString &type, const QString &path, const QJsonObject &object)
{
    m_events.append({m_version, type, path, object});
    Q_EMIT changed(type, path, object);
}

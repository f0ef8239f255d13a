// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/storageclassrules.h"

#include <algorithm>
#include <tuple>

namespace {

constexpr QLatin1String defaultAnnotation("storageclass.kubernetes.io/is-default-class");

StorageClass storageClassFrom(const QJsonObject &object)
{
    const QJsonObject metadata = object[QLatin1String("metadata")].toObject();
    StorageClass result;
    result.name = metadata[QLatin1String("name")].toString();
    result.provisioner = object[QLatin1String("provisioner")].toString();
    result.isDefault = metadata[QLatin1String("annotations")][defaultAnnotation] == QLatin1String("true");
    result.allowsExpansion = object[QLatin1String("allowVolumeExpansion")].toBool();
    result.waitsForFirstConsumer = object[QLatin1String("volumeBindingMode")] == QLatin1String("WaitForFirstConsumer");
    return result;
}

} // namespace

ResourceWatch::Query storageClassQuery()
{
    ResourceWatch::Query query;
    query.apiVersion = QStringLiteral("storage.k8s.io/v1");
    query.kind = QStringLiteral("StorageClass");
    return query;
}

QList<StorageClass> storageClassesFrom(const QList<QJsonObject> &objects)
{
    QList<StorageClass> classes;
    for (const QJsonObject &object : objects)
        classes.append(storageClassFrom(object));
    std::sort(classes.begin(), classes.end(), [](const StorageClass &a, const StorageClass &b) {
        return std::tuple(!a.isDefault, a.name) < std::tuple(!b.isDefault, b.name);
    });
    return classes;
}

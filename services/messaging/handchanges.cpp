// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/handchanges.h"

#include <QHash>
#include <QJsonArray>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

QJsonArray containersOf(const QJsonObject &statefulSet)
{
    return statefulSet[text("spec")][text("template")][text("spec")][text("containers")].toArray();
}

} // namespace

QList<ImageChange> changedImages(const QJsonObject &servers, const QJsonObject &manifest)
{
    QHash<QString, QString> images;
    const QJsonArray found = containersOf(servers);
    for (const QJsonValue &container : found)
        images.insert(container[text("name")].toString(), container[text("image")].toString());
    QList<ImageChange> changes;
    const QJsonArray wanted = containersOf(manifest);
    for (const QJsonValue &container : wanted) {
        const QString name = container[text("name")].toString();
        const QString image = container[text("image")].toString();
        if (images.contains(name) && images[name] != image)
            changes.append({name, images[name], image});
    }
    return changes;
}

QJsonObject undoingChangesByHand(const QJsonObject &servers, const QJsonObject &manifest)
{
    QJsonObject spec;
    const QJsonValue replicas = manifest[text("spec")][text("replicas")];
    if (servers[text("spec")][text("replicas")] != replicas)
        spec[text("replicas")] = replicas;
    const QList<ImageChange> changes = changedImages(servers, manifest);
    if (changes.isEmpty())
        return spec;
    QHash<QString, QString> wanted;
    for (const ImageChange &change : changes)
        wanted.insert(change.container, change.wanted);
    QJsonArray containers;
    const QJsonArray found = containersOf(servers);
    for (const QJsonValue &container : found) {
        QJsonObject next = container.toObject();
        if (const QString name = next[text("name")].toString(); wanted.contains(name))
            next[text("image")] = wanted[name];
        containers.append(next);
    }
    spec[text("template")] = QJsonObject{{text("spec"), QJsonObject{{text("containers"), containers}}}};
    return spec;
}

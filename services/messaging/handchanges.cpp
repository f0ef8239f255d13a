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

QJsonObject undoingChangesByHand(const QJsonObject &servers, const QJsonObject &manifest)
{
    QJsonObject spec;
    const QJsonValue replicas = manifest[text("spec")][text("replicas")];
    if (servers[text("spec")][text("replicas")] != replicas)
        spec[text("replicas")] = replicas;
    QHash<QString, QJsonValue> images;
    const QJsonArray wanted = containersOf(manifest);
    for (const QJsonValue &container : wanted)
        images.insert(container[text("name")].toString(), container[text("image")]);
    const QJsonArray found = containersOf(servers);
    QJsonArray containers;
    for (const QJsonValue &container : found) {
        QJsonObject next = container.toObject();
        const QJsonValue image = images.value(next[text("name")].toString(), next[text("image")]);
        if (image != next[text("image")])
            next[text("image")] = image;
        containers.append(next);
    }
    if (containers != found)
        spec[text("template")] = QJsonObject{{text("spec"), QJsonObject{{text("containers"), containers}}}};
    return spec;
}

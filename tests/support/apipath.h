// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/apirequest.h"
#include "services/kubernetes/kubernetesclient.h"

#include <QString>

/// What a path of the API names: "/apis/apps/v1/namespaces/x/statefulsets/nats/status".
struct ApiPath {
    QString apiVersion;
    QString resource;
    QString nameSpace;
    QString name;
    QString subresource;

    static ApiPath parse(const QString &path);
    QString group() const;
    /// Whether the object at `objectPath` belongs to what this names.
    bool holds(const QString &objectPath) const;
    /// "namespace/pod/container" of a log's `request` with this path.
    QString container(const ApiRequest &request) const;
    /// The permission that `verb` (of HTTP) on it takes.
    Permission permission(const QByteArray &verb, bool isWatch) const;
};

QString queryItem(const ApiRequest &request, const char *name);
/// `object` as `request` wants it: whole, or its metadata alone.
QJsonObject asAccepted(const ApiRequest &request, const QJsonObject &object);
/// Whether `object` is among those that the selectors of `request` ask for.
bool isSelected(const ApiRequest &request, const QJsonObject &object);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    /// The permission that `verb` (of HTTP) on it takes.
    Permission permission(const QByteArray &verb, bool isWatch) const;
};

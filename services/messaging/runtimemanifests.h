// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/account.h"
#include "services/domain/runtime.h"

#include <QJsonObject>
#include <QList>

/// Keys of a Secret with their plain bytes.
using SecretValues = QList<std::pair<QString, QByteArray>>;

/// The objects that make a runtime, as manifests for server-side apply. Pure: the same spec gives the same manifests.
/// The choices (probes, Parallel pods, head-room, reloader, exporter) are explained in docs/adr/0002-runtime-shape.md.
class RuntimeManifests final {
public:
    RuntimeManifests(QString nameSpace, RuntimeSpec spec);

    QJsonObject nameSpaceObject() const;
    QList<QJsonObject> services() const;
    QJsonObject disruptionBudget() const;
    /// Only servers of the runtime reach the cluster port: a server that joins there sees every account's messages.
    QJsonObject networkPolicy() const;
    QJsonObject statefulSet() const;
    /// A Secret of the runtime.
    QJsonObject secret(const QString &name, const QString &role, const QString &account, const SecretValues &values,
        const QString &type = QStringLiteral("Opaque")) const;
    /// The credential that `details` tell of, in the shape of the Service Binding specification 1.0.
    QJsonObject clientSecret(const ConnectionDetails &details, const SecretString &password) const;

    /// How clients reach the runtime as `account`; without a `username` its managed login has the account's name.
    ConnectionDetails connection(const QString &account, const QString &username = {}) const;
    /// The same as one of its other users.
    ConnectionDetails userConnection(const QString &account, const QString &user) const;

    static QString serverImage();

private:
    QJsonObject metadata(const QString &name) const;
    QString m_nameSpace;
    RuntimeSpec m_spec;
};

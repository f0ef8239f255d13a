// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"

#include <QJsonObject>
#include <QList>
#include <QMap>

/// What a ResourceWatch knows: the objects of one collection by namespace and name, and up to which resourceVersion.
class ResourceCache final {
public:
    /// What one line of a watch told.
    enum class Change {
        None, ///< only the version moved on
        Content,
    };

    ResourceCache(QString apiVersion, QString kind)
        : m_apiVersion(std::move(apiVersion))
        , m_kind(std::move(kind))
    {
    }

    void replace(const QList<QJsonObject> &objects, const QString &version);
    /// One event of a watch as JSON. An ERROR event is the error that it carries; what is no event is a Protocol error.
    Result<Change> apply(const QByteArray &event);

    QString version() const { return m_version; }
    /// Sorted by namespace and name.
    QList<QJsonObject> objects() const { return m_objects.values(); }

private:
    using Key = std::pair<QString, QString>;

    static Key keyOf(const QJsonObject &object);

    QString m_apiVersion;
    QString m_kind;
    QMap<Key, QJsonObject> m_objects;
    QString m_version;
};

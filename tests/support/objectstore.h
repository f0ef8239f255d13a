// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QObject>

/// The objects of a FakeCluster by path, with what the API server itself fills in (uid, generation, resourceVersion …)
/// and a record of every change.
class ObjectStore final : public QObject {
    Q_OBJECT

public:
    struct Event {
        qint64 version = 0;
        QString type; ///< "ADDED", "MODIFIED", "DELETED"
        QString path;
        QJsonObject object;
    };

    const QMap<QString, QJsonObject> &objects() const { return m_objects; }
    const QList<Event> &events() const { return m_events; }
    qint64 version() const { return m_version; }

    /// Creates or replaces; answers what is stored.
    QJsonObject put(const QString &path, QJsonObject object);
    void remove(const QString &path);

Q_SIGNALS:
    void changed(const QString &type, const QString &path, const QJsonObject &object);

private:
    void record(const QString &type, const QString &path, const QJsonObject &object);

    QMap<QString, QJsonObject> m_objects;
    QList<Event> m_events;
    qint64 m_version = 1;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fakejetstream.h"

#include <QMap>
#include <QStringList>

/// The consumers of one stream on a FakeJetStream, which are created, deleted, read and listed there as nats-server
/// does that. The servers can be made to fail at any of their changes.
class FakeConsumers final {
public:
    /// What becomes of a change.
    enum class Fate {
        Done,
        Refused, ///< as a server does that has no room
        Unanswered, ///< done, without an answer
        Lost, ///< not done, without an answer
        Silence, ///< done, and from then on nothing is answered (FakeJetStream::setSilent)
    };

    /// `server` must outlive it. Those of `names` can be told of, whether they are there or not.
    FakeConsumers(FakeJetStream &server, QString stream, const QStringList &names);

    /// One is there from now on, with that configuration.
    void put(const QJsonObject &config);
    void remove(const QString &name) { m_infos.remove(name); }
    bool contains(const QString &name) const { return m_infos.contains(name); }
    QJsonObject config(const QString &name) const;
    /// Another value of what a server tells of it: "delivered", "ack_floor", "num_pending".
    void tell(const QString &name, const QString &field, const QJsonValue &value);
    /// That of the change with that number, counted from 0; later ones are done.
    void setFate(int change, Fate fate) { m_fates[change] = fate; }
    /// "create worker", "delete worker": all that were asked for, in order.
    const QStringList &changes() const { return m_changes; }
    /// Called when a change with that number is asked for, before it is done.
    void beforeChange(int change, std::function<void()> what) { m_before[change] = std::move(what); }
    /// What the server makes of a configuration.
    void make(std::function<QJsonObject(QJsonObject)> made) { m_made = std::move(made); }

private:
    using Answer = Result<QByteArray>;

    void stand(const QString &name);
    QByteArray infoOf(const QString &name) const;
    Answer change(const QString &what, const std::function<QJsonObject()> &carryOut);
    QJsonObject create(const QString &name, const QJsonObject &asked);

    FakeJetStream &m_server;
    QString m_stream;
    QMap<QString, QJsonObject> m_infos; ///< by name
    QMap<int, Fate> m_fates;
    QMap<int, std::function<void()>> m_before;
    QStringList m_changes;
    std::function<QJsonObject(QJsonObject)> m_made;
    int m_created = 0;
};

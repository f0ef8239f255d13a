// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/consumer.h"
#include "services/domain/owner.h"

#include <QHash>
#include <QJsonObject>
#include <QSet>

/// Which streams and consumers NACK keeps, by its custom resources (group jetstream.nats.io): Stream (`spec.name`),
/// Consumer (`spec.streamName`, `spec.durableName`), KeyValue and ObjectStore (`spec.bucket`, whose streams are called
/// KV_ and OBJ_ and so). "Resources managed by NACK controllers are expected to exclusively be managed by NACK, and
/// configuration state will be enforced if mutated by an external client" (https://github.com/nats-io/nack).
///
/// They are matched by name. Where `spec.servers` names hosts, one of them has to be in the NATS' namespace; without,
/// the controller's own server is meant, which nobody is told: it counts. `spec.account` names a resource whose account
/// can't be told either: only where it is called as another account known here, it is not this one's. Pure values.
class NackOwners final {
public:
    NackOwners() = default;
    /// Of `resources`, those that may be about the NATS in `nameSpace`.
    NackOwners(const QList<QJsonObject> &resources, const QString &nameSpace);

    bool isEmpty() const { return m_streams.isEmpty() && m_consumers.isEmpty(); }
    /// Writes into each who keeps it.
    void mark(QList<Stream> &streams);
    void mark(QList<Consumer> &consumers) const;

private:
    struct Entry {
        QString account;
        Owner owner;
    };

    std::optional<Owner> pick(const QList<Entry> &entries, const QString &account) const;

    QHash<QString, QList<Entry>> m_streams; ///< by name
    QHash<QString, QList<Entry>> m_consumers; ///< by stream and name
    QSet<QString> m_accounts; ///< of the streams that were marked last
};

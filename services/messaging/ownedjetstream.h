// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/messaging/jetstreamsource.h"
#include "services/messaging/nackowners.h"

class NackResources;

/// What another source reads, with who keeps it written into each stream and consumer. GUI thread.
class OwnedJetStream final : public JetStreamSource {
    Q_OBJECT

public:
    /// Both must outlive it. `nameSpace` is where the NATS is.
    OwnedJetStream(JetStreamSource &source, NackResources &nack, QString nameSpace, QObject *parent = nullptr);

    Flow<QList<Stream>> streams() override;
    Flow<QList<Consumer>> consumers(StreamId stream) override;
    Flow<std::shared_ptr<JetStreamApi>> reachToChange(QString account) override
    {
        return m_source.reachToChange(std::move(account));
    }
    Flow<std::shared_ptr<JetStreamApi>> reachToRead(QString account) override
    {
        return m_source.reachToRead(std::move(account));
    }
    Access readAccess() const override { return m_source.readAccess(); }
    std::optional<Error> gap() const override { return m_source.gap(); }
    QStringList hiddenAccounts() const override { return m_source.hiddenAccounts(); }
    Access ownersAccess() const override;
    std::optional<ServerVersion> server() const override { return m_source.server(); }
    std::chrono::milliseconds readEvery() const override { return m_source.readEvery(); }

private:
    JetStreamSource &m_source;
    NackResources &m_nack;
    QString m_nameSpace;
    NackOwners m_owners;
};
